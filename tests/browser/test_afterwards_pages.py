"""Activities, plans, wishes, ideas and the brief in a real browser: nothing that axe minds, no page too wide."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from dialogues.models import BoardBrief
from tests.activities import make_activity, make_indicator
from tests.dialogues import at_work
from tests.plugins.browser import axe
from tests.rules.matrix.data_wishes import make_wish
from tests.rules.matrix.ideas import make_idea
from tests.rules.matrix.plans import make_plan
from tests.world import World

pytestmark = pytest.mark.browser
HOME = "/k/alvik/dialoger/"


@pytest.fixture
def pages(committed: World) -> list[str]:
    """The pages, with something on each."""
    with at_work(committed):
        activity = make_activity(
            committed,
            "Simskola",
            starts_on=date(2022, 9, 1),
            what_is_done="Sim varje dag",
            effect="Fler vågar bada",
        )
        make_indicator(activity, committed)
        plan, wish, idea = make_plan(committed), make_wish(committed), make_idea(committed)
        brief = BoardBrief.objects.create(title="Till nämnden", young_say="Fler vill ses")
    return [
        f"aktiviteter/{activity.pk}/", f"aktiviteter/{activity.pk}/andra/", "aktiviteter/", "aktiviteter/ny/",
        "dataonskemal/", f"dataonskemal/{wish.pk}/", "handlingsplan/", f"handlingsplan/{plan.pk}/",
        "idebank/", f"idebank/{idea.pk}/", "idebank/metod/mentor/", "handlingsplan/till-namnden/",
        f"handlingsplan/till-namnden/{brief.pk}/",
    ]  # fmt: skip


def test_every_page_is_sound_and_fits_a_phone(window: Callable[..., Any], pages: list[str]) -> None:
    page = window("alma", phone=True)
    for address in pages:
        page.goto(HOME + address)
        assert axe(page) == [], address
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
    page.goto(HOME + pages[0])
    assert page.locator(".chain__picture--down").is_visible()
    assert not page.locator(".chain__picture--across").is_visible()
    page.locator("[data-chart-picture]:not([hidden])").wait_for()
