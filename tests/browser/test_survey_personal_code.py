"""A personal code in a browser: exchanged before the questions, and sent with no answer."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

import pytest
from django.db import transaction

from portal.tenancy.scope import scope
from surveys.models import SurveyRound
from surveys.services.inviting import mailing_ask
from tests.browser.rounds_of_every_kind import version_of_every_kind
from tests.browser.test_survey_answering import heading, to_the_last_section
from tests.plugins.browser import axe
from tests.rounds import rows
from tests.rules.test_survey_class_codes import opened, planned, sheet
from tests.rules.test_survey_personal_codes import codes_of, invite
from tests.world import World

pytestmark = pytest.mark.browser

Window = Callable[..., Any]


@pytest.fixture
def invited(committed: World) -> SurveyRound:
    survey_round = planned(committed)
    invite(committed, survey_round)
    return opened(survey_round)


def link(survey_round: SurveyRound, code: str = "") -> str:
    return f"/svara/{survey_round.public_code}/?lang=en" + (f"#{code}" if code else "")


def start(page: Any, survey_round: SurveyRound, code: str) -> list[tuple[str, dict[str, list[str]]]]:
    """Open a personal link and take part; give the list in which every sending is noted."""
    sent: list[tuple[str, dict[str, list[str]]]] = []
    page.on(
        "request",
        lambda request: (
            sent.append((request.url, parse_qs(request.post_data))) if request.method == "POST" else None
        ),
    )
    page.goto(link(survey_round, code))
    page.wait_for_function("!location.hash")
    assert page.input_value("#way-code") == code
    page.get_by_role("button", name="I want to take part").click()
    return sent


def finish(page: Any) -> None:
    page.wait_for_selector("[data-whole]")
    to_the_last_section(page)
    page.locator("[data-section]:not([hidden]) button[value=on]").click()
    page.wait_for_selector("[data-done]")


@pytest.mark.parametrize("width", [390, 1280])
def test_a_personal_link_answers_once_and_its_code_comes_with_no_answer(
    invited: SurveyRound, window: Window, width: int
) -> None:
    code = codes_of(invited)["person5@example.org"]
    page = window(viewport={"width": width, "height": 844})
    page.goto(link(invited))
    assert axe(page) == []
    sent = start(page, invited, code)
    finish(page)
    assert "Thank you for your answers" in heading(page)
    (signed, begun, answered) = sent
    assert signed[0].endswith("/underskrift/") and set(signed[1]) == {"form", "key", "way-code", "blinded"}
    for _url, fields in (begun, answered):
        assert "way-code" not in fields and code.replace("-", "") not in str(fields)
    assert len(answered[1]["way-token"][0]) == 128 and len(answered[1]["way-signature"][0]) == 512
    assert signed[1]["blinded"][0] not in str(answered), "nothing that the signer saw is sent along"
    assert len(rows("surveys_intakerow", "id")) == 1
    assert page.evaluate("sessionStorage.length + localStorage.length") == 0


def test_from_the_mail_to_the_thanks_page_by_page(
    committed: World, window: Window, run_jobs: Any, mailoutbox: list[Any]
) -> None:
    survey_round = planned(committed, version=version_of_every_kind(committed, scored=True))
    invite(committed, survey_round)
    opened(survey_round)
    with transaction.atomic(), scope(survey_round.tenant_id):
        mailing_ask(survey_round=survey_round, by=committed.alma)
    run_jobs()
    (mail,) = [each for each in mailoutbox if each.to == ["person3@example.org"]]
    path, code = re.findall(r"(/svara/\w+/(?:\w+/)?)#(\S+)", mail.body)[0]
    page = window(phone=True)
    sent: list[str] = []
    page.on("request", lambda asked: sent.append(asked.post_data) if asked.method == "POST" else None)
    page.goto(f"{path}#{code}")
    on = page.locator("button[value=on]")
    on.click()
    page.fill("#born", "2008")
    on.click()
    page.select_option("#goes", "yes")
    on.click()
    safe = page.locator("input[type=radio][name=safe][value=t0]")
    safe.check()
    page.get_by_role("button", name="Tillbaka").click()
    page.wait_for_selector("select#goes")
    assert page.input_value("#goes") == "yes"
    on.click()
    safe.wait_for()
    assert safe.is_checked()
    on.click()
    page.get_by_text("Fråga low?").wait_for()
    on.click()
    page.wait_for_selector("[data-done]")
    assert heading(page) == "Tack för dina svar!"
    signed, *others = sent
    plain = code.replace("-", "")
    assert plain in signed.replace("-", "") and "born" not in signed
    assert len(others) > 4 and not any(plain in each.replace("-", "") for each in others)
    assert "way-token" in others[-1] and len(rows("surveys_intakerow", "id")) == 1


def test_two_tabs_with_one_code_are_one_answer(invited: SurveyRound, window: Window) -> None:
    code = codes_of(invited)["person6@example.org"]
    first = window()
    second = first.context.new_page()
    second.goto(link(invited, code))
    start(first, invited, code)
    first.wait_for_selector("[data-whole]")
    second.get_by_role("button", name="I want to take part").click()
    second.wait_for_selector("#way-code-error")
    assert "used already" in second.inner_text("#way-code-error")
    finish(first)
    assert "Thank you for your answers" in heading(first)
    second.get_by_role("button", name="I want to take part").click()
    second.wait_for_selector("#way-code-error")
    assert second.locator("[data-whole]").count() == 0
    assert len(rows("surveys_intakerow", "id")) == 1


def test_a_code_that_is_used_already_is_refused_in_words(invited: SurveyRound, window: Window) -> None:
    code = codes_of(invited)["person5@example.org"]
    page = window()
    start(page, invited, code)
    finish(page)
    again = window()
    start(again, invited, code)
    again.wait_for_selector("#way-code-error")
    assert "used already" in again.inner_text("#way-code-error")
    assert axe(again) == []
    assert again.evaluate("sessionStorage.length") == 0


def test_a_lost_network_while_the_code_is_exchanged_loses_nothing(invited: SurveyRound, window: Window) -> None:
    page = window()
    answers = iter(["abort", "lose", "through"])

    def network(route: Any) -> None:
        match next(answers, "through"):
            case "abort":
                route.abort()
            case "lose":
                route.fetch()  # the server has signed, and its answer never arrives
                route.abort()
            case _:
                route.continue_()

    page.route("**/underskrift/", network)
    start(page, invited, codes_of(invited)["person1@example.org"])
    finish(page)
    assert "Thank you for your answers" in heading(page)


def test_a_tab_that_may_remember_goes_on_after_a_reload(invited: SurveyRound, window: Window) -> None:
    code = codes_of(invited)["person2@example.org"]
    page = window()
    page.goto(link(invited, code))
    page.check("[data-remember] input")
    page.get_by_role("button", name="I want to take part").click()
    page.wait_for_selector("[data-whole]")
    page.goto(link(invited))
    assert page.locator("[data-remembered]").is_visible()
    page.get_by_role("button", name="I want to take part").click()
    finish(page)
    assert "Thank you for your answers" in heading(page)
    assert page.evaluate("sessionStorage.length") == 0


def test_a_slip_answers_by_the_same_field(committed: World, window: Window) -> None:
    survey_round = planned(committed)
    _sheet, codes = sheet(committed, survey_round)
    opened(survey_round)
    page = window(viewport={"width": 390, "height": 844})
    page.goto(link(survey_round))
    page.get_by_role("button", name="I want to take part").click()
    page.wait_for_selector("#way-code-error")
    assert axe(page) == []
    page.fill("#way-code", codes[0])
    page.get_by_role("button", name="I want to take part").click()
    finish(page)
    assert "Thank you for your answers" in heading(page)
    assert len(rows("surveys_classcode", "id")) == 2
