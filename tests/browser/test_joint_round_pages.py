"""The pages of a joint round, of the region and of a municipality: sound and within the screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction

from portal.tenancy.scope import scope
from surveys.services.support_lines import support_line_add
from tests.joint import announce, invite, plan_joint, put_own, say
from tests.plugins.browser import axe
from tests.rounds import public
from tests.world import World

pytestmark = pytest.mark.browser

Window = Callable[..., Any]


def look(page: Any, *addresses: str) -> None:
    for address in addresses:
        page.goto(address)
        assert axe(page) == [], address
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.looks_at(
    "joint-answer-give", "joint-own-questions", "joint-part-detail", "joint-round-create",
    "joint-round-places",
)  # fmt: skip
def test_planning_asking_and_answering_are_sound(committed: World, window: Window, width: int) -> None:
    world = committed
    draft = plan_joint(world)
    asked = invite(world, draft, {world.alvik: "kusten", world.bjorkvik: ""})
    mine = f"/k/alvik/enkater/gemensamma/{asked['alvik'].pk}"
    alma = window("alma", viewport={"width": width, "height": 844})
    look(alma, "/k/alvik/", f"{mine}/", f"{mine}/svar/")
    for place in ("alvik", "bjorkvik"):
        say(asked[place], by=world.alma)
    put_own(asked["alvik"], by=world.alma)
    look(alma, f"{mine}/", f"{mine}/egna-fragor/")
    rut = window("rut", viewport={"width": width, "height": 844})
    whole = f"/k/region-nordvik/enkater/{draft.pk}"
    look(rut, "/k/region-nordvik/enkater/ny-gemensam/", f"{whole}/", f"{whole}/kommuner/")
    announce(world, draft)
    look(alma, f"{mine}/")
    look(rut, f"{whole}/kommuner/")


def test_a_municipalitys_lines_and_questions_come_as_it_is_chosen(committed: World, window: Window) -> None:
    world = committed
    draft = plan_joint(world)
    asked = invite(world, draft, {world.alvik: "", world.bjorkvik: ""})
    for place in ("alvik", "bjorkvik"):
        say(asked[place], by=world.alma)
    put_own(asked["alvik"], by=world.alma)
    announce(world, draft, is_open=True)
    with transaction.atomic(), scope(world.alvik.pk):
        support_line_add(by=world.alma, name="Alviks mottagning", phone="0100-12 34 56", hours="9-16")
    public(draft)
    page = window(phone=True)
    page.goto(f"/svara/{draft.public_code}/")
    page.locator("[data-begin] button, main button").first.click()
    chosen = page.locator("select[name=municipality]")
    chosen.wait_for()
    lines = page.locator("#support [data-lines-of=alvik]")
    page.locator("#support summary").click()
    assert lines.is_hidden()
    chosen.select_option("alvik")
    lines.wait_for(state="visible")
    assert axe(page) == []
    own = page.locator("[data-section=alvik_fragor_fran_oss] [data-kind]")
    assert not own.evaluate("question => question.hidden")
    chosen.select_option("bjorkvik")
    lines.wait_for(state="hidden")
    assert own.evaluate("question => question.hidden")
