"""Where a machine has filled the open link's slower door, people get in all the same: by work, or by waiting."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from surveys.ways_in.work import AT_ONCE
from tests.attacks.anonymity.browser import Browser
from tests.attacks.anonymity.test_planted_person import key_in
from tests.browser.test_survey_answering import begin, heading, to_the_last_section
from tests.rounds import open_round, rows
from tests.world import World

pytestmark = pytest.mark.browser


def test_a_browser_works_its_way_in_and_one_without_script_may_wait(
    committed: World, site: str, window: Callable[..., Any]
) -> None:
    survey_round = open_round(committed)
    address = f"/svara/{survey_round.public_code}/"
    machine = Browser(site)
    form = {"page": "ahead", "go": "send", "age": "15-17"}
    statuses = [machine.post(address, key_in(machine.get(address).text) | form).status for _ in range(AT_ONCE + 1)]
    assert statuses == [200] * AT_ONCE + [429]

    page = window(phone=True)
    sent = begin(page, survey_round)
    to_the_last_section(page)
    page.locator("[data-section]:not([hidden]) button[value=on]").click()
    page.wait_for_selector("[data-done]", timeout=60_000)
    assert "Thank you" in heading(page) and sent[-1]["work"][0].isdigit()
    assert len(rows("surveys_intakerow", "id")) == AT_ONCE + 1

    page = window(phone=True, scripts=False)
    page.goto(f"{address}?lang=en")
    page.get_by_role("button", name="I want to take part").click()
    page.fill("#age", "17")
    for _ in range(7):
        page.locator("button[value=on]").click()
    assert heading(page) == "It did not work just now"
    assert "Your answers are still here" in page.content()
    assert page.get_by_role("button", name="Try again").is_visible()
