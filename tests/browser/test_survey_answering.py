"""Answering a survey as young people do: a phone, a thumb, a bad network, with script and without."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

import pytest

from surveys.models import SurveyRound
from tests.plugins.browser import axe
from tests.rounds import open_round, rows
from tests.world import World

pytestmark = pytest.mark.browser

Window = Callable[..., Any]
ON = "[data-section]:not([hidden]) button[value=on]"


@pytest.fixture
def survey_round(committed: World) -> SurveyRound:
    return open_round(committed)


def link(survey_round: SurveyRound) -> str:
    return f"/svara/{survey_round.public_code}/?lang=en"


def begin(page: Any, survey_round: SurveyRound) -> list[dict[str, list[str]]]:
    """Open the link and take part; give the list in which every later sending is noted."""
    sent: list[dict[str, list[str]]] = []
    page.goto(link(survey_round))
    page.get_by_role("button", name="I want to take part").click()
    page.wait_for_selector("[data-whole]")
    page.on(
        "request", lambda request: sent.append(parse_qs(request.post_data)) if request.method == "POST" else None
    )
    return sent


def to_the_last_section(page: Any) -> None:
    page.fill("#age", "17")
    page.check("input[name=occupation][value=school]")
    for _ in range(6):
        page.locator(ON).click()


def heading(page: Any) -> str:
    return str(page.locator("main h1:visible").inner_text())


def test_each_section_is_sound_and_has_the_focus_on_its_heading(survey_round: SurveyRound, window: Window) -> None:
    page = window(phone=True)
    begin(page, survey_round)
    titles = set()
    for _ in range(7):
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert page.evaluate("document.activeElement.tagName") == "H1"
        titles.add(page.title())
        if page.is_visible("#age"):
            page.fill("#age", "17")
        page.locator(ON).click()
    page.wait_for_selector("[data-done]")
    assert axe(page) == [] and len(titles) == 7


def test_with_script_nothing_is_sent_before_the_end_and_never_the_age(
    survey_round: SurveyRound, window: Window
) -> None:
    page = window(phone=True)
    sent = begin(page, survey_round)
    to_the_last_section(page)
    page.fill("textarea", "Fler bussar på kvällen.")
    assert sent == []
    page.locator(ON).click()
    page.wait_for_selector("[data-done]")
    assert heading(page) == "Thank you for your answers!"
    (form,) = sent
    assert form["age"] == ["15-17"] and form["occupation"] == ["school"]
    assert len(rows("surveys_intakerow", "id")) == 1


def test_nothing_is_kept_on_the_device(survey_round: SurveyRound, window: Window) -> None:
    page = window(phone=True)
    begin(page, survey_round)
    to_the_last_section(page)
    kept = "[localStorage.length, sessionStorage.length, document.cookie, (await indexedDB.databases()).length,"
    kept += " (await caches.keys()).length]"
    assert page.evaluate(f"(async () => {kept})()") == [0, 0, "", 0, 0]
    assert page.context.cookies() == []


def test_those_outside_the_ages_are_thanked_without_anything_being_sent(
    survey_round: SurveyRound, window: Window
) -> None:
    page = window(phone=True)
    sent = begin(page, survey_round)
    page.fill("#age", "14")
    page.locator(ON).click()
    page.wait_for_selector("[data-done]")
    assert heading(page) == "Thank you!"
    assert sent == [] and page.locator("form").count() == 0
    assert page.get_by_text("Someone to talk to").count() >= 1


def test_a_missing_or_wrong_age_is_said_beside_the_question(survey_round: SurveyRound, window: Window) -> None:
    page = window(phone=True)
    begin(page, survey_round)
    for typed, words in (("", "We need an answer"), ("many", "Write a whole number")):
        page.fill("#age", typed)
        page.locator(ON).click()
        assert page.locator("#age-error").inner_text().startswith(words)
        assert page.get_by_role("alert").get_by_role("link", name="How old are you?").count() == 1
        assert page.evaluate("document.activeElement.hasAttribute('data-errors')")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "age"
        assert page.get_attribute("#age", "aria-invalid") == "true"
    page.fill("#age", "17")
    page.locator(ON).click()
    assert heading(page) == "Feeling well"


def test_the_browsers_own_back_goes_a_section_back_and_loses_nothing(
    survey_round: SurveyRound, window: Window
) -> None:
    page = window(phone=True)
    begin(page, survey_round)
    page.fill("#age", "17")
    page.locator(ON).click()
    page.check("input[name=satisfaction][value='7']", force=True)
    page.locator(ON).click()
    assert heading(page) == "You and other people"
    page.go_back()
    assert heading(page) == "Feeling well" and page.is_checked("input[name=satisfaction][value='7']")
    page.go_back()
    page.go_back()
    assert heading(page) == "How are things with you?"
    page.get_by_role("button", name="I want to take part").click()
    assert page.input_value("#age") == "17"
    page.go_back()
    page.go_forward()
    assert page.is_visible("#age")


def test_a_double_click_is_one_response(survey_round: SurveyRound, window: Window) -> None:
    page = window(phone=True)
    sent = begin(page, survey_round)
    to_the_last_section(page)
    page.locator(ON).dblclick()
    page.wait_for_selector("[data-done]")
    assert len(sent) == 1 and len(rows("surveys_intakerow", "id")) == 1


def test_with_the_network_gone_it_says_so_and_sends_when_it_is_back(
    survey_round: SurveyRound, window: Window
) -> None:
    page = window(phone=True)
    begin(page, survey_round)
    to_the_last_section(page)
    page.context.set_offline(True)
    page.locator(ON).click()
    page.get_by_text("Your answers are still here").wait_for()
    assert rows("surveys_intakerow") == []
    page.context.set_offline(False)
    page.wait_for_selector("[data-done]")
    assert heading(page) == "Thank you for your answers!"
    assert len(rows("surveys_intakerow", "id")) == 1


def test_an_answer_that_got_lost_on_its_way_back_is_asked_for_again_and_counts_once(
    survey_round: SurveyRound, window: Window
) -> None:
    page = window(phone=True)
    begin(page, survey_round)
    to_the_last_section(page)
    lost = []

    def lose_the_first(route: Any) -> None:
        if lost:
            route.continue_()
        else:
            lost.append(route.fetch().status)
            route.abort()

    page.route("**/svara/**", lose_the_first)
    page.locator(ON).click()
    page.get_by_role("button", name="Try again now").click()
    page.wait_for_selector("[data-done]")
    assert lost == [200] and heading(page) == "We have your answers already"
    assert len(rows("surveys_intakerow", "id")) == 1


def test_a_server_that_is_busy_is_tried_again_and_the_page_stays(
    survey_round: SurveyRound, window: Window
) -> None:
    page = window(phone=True)
    begin(page, survey_round)
    to_the_last_section(page)
    tries = []

    def busy_once(route: Any) -> None:
        tries.append(1)
        if len(tries) == 1:
            route.fulfill(status=503, headers={"Retry-After": "20"}, body="busy")
        else:
            route.continue_()

    page.route("**/svara/**", busy_once)
    page.locator(ON).click()
    page.get_by_role("button", name="Try again now").click()
    page.wait_for_selector("[data-done]")
    assert heading(page) == "Thank you for your answers!"


def test_what_the_server_will_not_take_is_explained_and_can_be_mended(
    survey_round: SurveyRound, window: Window
) -> None:
    page = window(phone=True)
    begin(page, survey_round)
    to_the_last_section(page)
    page.fill("textarea", "Ring mig på 070-123 45 67")
    page.locator(ON).click()
    page.wait_for_selector("[data-errors]")
    assert page.evaluate("document.activeElement.hasAttribute('data-errors')")
    assert page.input_value("textarea") == "Ring mig på 070-123 45 67"
    page.fill("textarea", "Ring oss oftare")
    page.get_by_role("button", name="Send my answers").click()
    page.wait_for_selector("[data-done]")
    assert len(rows("surveys_intakerow", "id")) == 1


def test_an_answer_can_be_taken_back(survey_round: SurveyRound, window: Window) -> None:
    page = window(phone=True)
    sent = begin(page, survey_round)
    page.fill("#age", "17")
    page.check("input[name=gender][value=woman]")
    page.locator("#q-gender").get_by_role("button").click()
    assert page.locator("input[name=gender]:checked").count() == 0
    for _ in range(7):
        page.locator(ON).click()
    page.wait_for_selector("[data-done]")
    assert "gender" not in sent[0]


def test_no_more_than_three_of_several_and_none_of_these_stands_alone(
    survey_round: SurveyRound, window: Window
) -> None:
    page = window(phone=True)
    begin(page, survey_round)
    page.fill("#age", "17")
    page.locator(ON).click()
    boxes = page.locator("input[name=means]")
    for place in range(3):
        boxes.nth(place).check()
    assert boxes.nth(3).is_disabled()
    boxes.nth(0).uncheck()
    assert boxes.nth(3).is_enabled()


def test_only_a_keyboard_is_needed(survey_round: SurveyRound, window: Window) -> None:
    page = window()
    page.goto(link(survey_round))
    page.get_by_role("button", name="I want to take part").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-whole]")
    page.keyboard.press("Tab")
    page.keyboard.type("22")
    page.keyboard.press("Enter")
    # The heading of the next section has the focus now, and Tab leads on to its answers.
    assert heading(page) == "Feeling well"
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert page.locator("input[name=means]:checked").count() == 1


def test_leaving_quickly_leaves_no_way_back_to_the_answers(survey_round: SurveyRound, window: Window) -> None:
    page = window(phone=True)
    begin(page, survey_round)
    page.fill("#age", "17")
    page.route("https://www.smhi.se/**", lambda route: route.fulfill(body="<title>Weather</title>"))
    page.get_by_role("link", name="Leave quickly").click()
    page.wait_for_url("https://www.smhi.se/")
    page.go_back()
    assert page.locator("#age").count() == 0


@pytest.mark.parametrize("phone", [True, False])
def test_without_script_every_question_is_answered(survey_round: SurveyRound, window: Window, phone: bool) -> None:
    page = window(phone=phone, scripts=False)
    sent: list[dict[str, list[str]]] = []
    page.on(
        "request", lambda request: sent.append(parse_qs(request.post_data)) if request.method == "POST" else None
    )
    page.goto(link(survey_round))
    page.get_by_role("button", name="I want to take part").click()
    page.fill("#age", "17")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Back").click()
    assert page.input_value("#age") == "15-17"
    for number in range(7):
        boxes = page.locator("main input:is([type=radio], [type=checkbox])")
        for name in sorted(set(boxes.evaluate_all("all => all.map(one => one.name)"))):
            page.locator(f"input[name={name}]").first.check(force=True)
        if page.locator("textarea").count():
            page.fill("textarea", "Fler bussar.")
        page.get_by_role("button", name="Continue" if number < 6 else "Send my answers").click()
    assert heading(page) == "Thank you for your answers!"
    questions = sent[-1].keys() - {"form", "key", "go", "page"}
    assert len(questions) >= 26 and sent[-1]["own_words"] == ["Fler bussar."]
    assert len(rows("surveys_intakerow", "id")) == 1


def test_support_stands_open_beside_heavy_questions_and_at_the_end(
    survey_round: SurveyRound, window: Window
) -> None:
    page = window(phone=True)
    begin(page, survey_round)
    support = page.locator("#support details")
    assert support.get_attribute("open") is None
    page.fill("#age", "17")
    page.locator(ON).click()
    page.locator(ON).click()
    assert heading(page) == "You and other people" and support.get_attribute("open") is not None
    for _ in range(5):
        page.locator(ON).click()
    page.wait_for_selector("[data-done]")
    assert page.get_by_role("link", name="116 111").is_visible()


def test_who_asks_for_it_can_go_on_later_with_a_code_word(survey_round: SurveyRound, window: Window) -> None:
    page = window(phone=True)
    begin(page, survey_round)
    page.fill("#age", "17")
    page.check("input[name=gender][value=woman]")
    page.locator(ON).click()
    page.check("input[name=means][value=calm]")
    page.get_by_text("Go on another time").click()
    page.fill("#keep-word", "kort")
    page.get_by_role("button", name="Save on this device").click()
    page.get_by_text("at least six characters").wait_for()
    page.fill("#keep-word", "ugglor i mossen")
    page.keyboard.press("Enter")
    page.get_by_text("It is deleted by itself on").wait_for()
    assert axe(page) == []
    kept = page.evaluate("Object.values(localStorage).join()")
    assert kept and not any(word in kept for word in ("woman", "calm", "means", "ugglor"))

    page.goto(link(survey_round))
    page.get_by_text("You have saved answers here").wait_for()
    assert axe(page) == []
    page.fill("#go-on-word", "fel ord här")
    page.get_by_role("button", name="Go on where I was").click()
    page.get_by_text("That is not the code word").wait_for()
    page.fill("#go-on-word", "ugglor i mossen")
    page.get_by_role("button", name="Go on where I was").click()
    page.wait_for_selector("[data-whole]")
    page.wait_for_function("document.querySelector('#age')?.value === '17'")
    assert page.is_checked("input[name=gender][value=woman]")
    for _ in range(7):
        page.locator(ON).click()
    page.wait_for_selector("[data-done]")
    assert page.evaluate("localStorage.length") == 0


def test_what_was_saved_is_deleted_when_asked_and_when_it_is_old(
    survey_round: SurveyRound, window: Window
) -> None:
    page = window(phone=True)
    begin(page, survey_round)
    page.get_by_text("Go on another time").click()
    page.fill("#keep-word", "ugglor i mossen")
    page.get_by_role("button", name="Save on this device").click()
    page.get_by_text("It is deleted by itself on").wait_for()
    page.get_by_role("button", name="Delete what is saved").click()
    page.get_by_text("is deleted.").wait_for()
    assert page.evaluate("localStorage.length") == 0
    page.evaluate("localStorage.setItem('vaxtkraft-answers:/svara/other/', JSON.stringify({until: 1}))")
    page.goto(link(survey_round))
    page.wait_for_function("localStorage.length === 0")
