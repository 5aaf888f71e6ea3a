"""The pages of sources and of the base package in a real browser: for everyone, on small screens too."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction

from datasets.connectors import Axis, Definition
from datasets.models import SourceSubscription
from datasets.services.sources import source_look_up
from portal.jobs.models import Job
from portal.tenancy.scope import scope
from tests.plugins.browser import axe
from tests.world import World

pytestmark = [pytest.mark.browser, pytest.mark.committed]
Window = Callable[..., Any]
NO_WIDER = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
TABLE = Definition(
    "Folkmängden efter region, ålder, kön och år",
    "Förhållandena den 31 december.",
    axes=(
        Axis("Region", "region", "geo", (("00", "Riket"), ("97", "Nordvik"), ("9701", "Alvik"))),
        Axis("Alder", "ålder", "", tuple((str(age), f"{age} år") for age in range(10, 40))),
        Axis("Kon", "kön", "", (("1", "män"), ("2", "kvinnor"))),
        Axis("Tid", "år", "time", (("2023", "2023"), ("2024", "2024"))),
    ),
    source="SCB",
)


def found(world: World) -> SourceSubscription:
    with transaction.atomic(), scope(world.alvik.pk):
        subscription = source_look_up(kind="pxwebapi2", source_id="TAB638", by=world.alma)
        Job.in_scope().update(state="done", finished_at="2026-01-01T00:00Z")
        SourceSubscription.objects.filter(pk=subscription.pk).update(
            state="found", found=TABLE.to_json(), title=TABLE.title
        )
    return subscription


@pytest.mark.parametrize("width", [320, 1280])
def test_the_pages_are_accessible_and_fit_a_small_screen(committed: World, window: Window, width: int) -> None:
    subscription = found(committed)
    page = window("alma")
    page.set_viewport_size({"width": width, "height": 800})
    pages = ("/k/alvik/data/kallor/", f"/k/alvik/data/kallor/{subscription.pk}/", "/k/alvik/data/grundpaket/")
    for address in pages:
        page.goto(address)
        assert axe(page) == [], address
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), (
            address
        )


def test_a_table_is_chosen_of_from_the_keyboard(committed: World, window: Window) -> None:
    subscription = found(committed)
    page = window("alma")
    page.goto(f"/k/alvik/data/kallor/{subscription.pk}/")
    page.focus("details summary:has-text('Ålder')")
    page.keyboard.press("Enter")
    page.focus("input[name=v-Alder][value='15']")
    page.keyboard.press("Space")
    page.focus("button:has-text('Hämta')")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-progress]")
    with transaction.atomic(), scope(committed.alvik.pk):
        chosen = SourceSubscription.objects.get(pk=subscription.pk)
        assert chosen.state == "active" and "15" not in chosen.wanted["choice"]["Alder"]
        assert chosen.wanted["choice"]["Region"] == ["00", "97", "9701"]
