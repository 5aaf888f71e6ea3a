"""A shared device, a network that goes, a keyboard alone, and languages: the whole shipped questionnaire."""

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


def begin(page: Any, link: str) -> None:
    page.goto(link)
    page.locator("[data-begin] button[value=on]").click()
    page.wait_for_selector("[data-whole]")


def test_the_whole_questionnaire_by_keyboard_alone(survey_round: SurveyRound, window: Window) -> None:
    page = window()
    sent: list[dict[str, list[str]]] = []
    page.on("request", lambda asked: sent.append(parse_qs(asked.post_data)) if asked.method == "POST" else None)
    page.goto(f"/svara/{survey_round.public_code}/")
    where = "(() => { const e = document.activeElement; return [e.tagName, e.type, e.name, e.value, e.id]; })()"

    def to(wanted: Callable[[list[str]], bool]) -> None:
        for _ in range(80):
            page.keyboard.press("Tab")
            if wanted(page.evaluate(where)):
                return
        pytest.fail(f"No way there by keyboard: {page.evaluate(where)}")

    to(lambda at: at[3] == "on")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-whole]")
    answered: set[str] = set()
    for _ in range(400):
        page.keyboard.press("Tab")
        tag, kind, name, value, _id = page.evaluate(where)
        if kind in ("radio", "checkbox") and name not in answered:
            page.keyboard.press("Space")
            answered.add(name)
        elif name == "age" and name not in answered:
            page.keyboard.type("17")
            answered.add(name)
        elif tag == "TEXTAREA":
            page.keyboard.type("Fler bussar.")
        elif tag == "BUTTON" and value == "on":
            page.keyboard.press("Enter")
            if page.evaluate("!document.querySelector('[data-whole]') || document.body.matches('[aria-busy]')"):
                break
        if len(sent) == 2:
            break
    page.wait_for_selector("[data-done]")
    assert len(rows("surveys_intakerow", "id")) == 1
    questions = {name for name in sent[1] if name not in ("form", "key", "go", "again")}
    assert len(questions) >= 26 and sent[1]["own_words"] == ["Fler bussar."]


def test_the_network_goes_on_page_three_and_it_is_sent_once_after_a_reload(
    survey_round: SurveyRound, window: Window
) -> None:
    page = window(phone=True)
    begin(page, f"/svara/{survey_round.public_code}/?lang=en")
    page.fill("#age", "17")
    page.locator(ON).click()
    page.locator(ON).click()
    page.get_by_text("Go on another time").click()
    page.fill("#keep-word", "ugglor i mossen")
    page.get_by_role("button", name="Save on this device").click()
    page.get_by_text("It is deleted by itself on").wait_for()
    number = page.input_value("input[name=form]")
    page.context.set_offline(True)
    page.get_by_text("You can go on answering").wait_for()
    page.check("input[name=turn_to][value=one]")
    for _ in range(5):
        page.locator(ON).click()
    page.get_by_text("Your answers are still here, and we keep trying").wait_for()
    page.wait_for_timeout(300)  # what is finished is locked away anew
    assert rows("surveys_intakerow") == []
    page.on("dialog", lambda dialog: dialog.accept())  # "leave the page?": the answers are not sent yet
    page.context.set_offline(False)
    page.context.set_offline(True)
    page.context.set_offline(False)
    page.goto(f"/svara/{survey_round.public_code}/?lang=en")
    if page.locator("[data-go-on]").is_visible():
        page.fill("#go-on-word", "ugglor i mossen")
        page.get_by_role("button", name="Go on where I was").click()
        page.wait_for_selector("[data-done]")
    assert [str(row[0]) for row in rows("surveys_intakerow", "id")] in ([number], [])
    assert len(rows("surveys_intakerow", "id")) == 1


@pytest.mark.looks_at("survey-answer-shared")
def test_a_shared_device_wipes_itself_and_leaves_no_way_back(survey_round: SurveyRound, window: Window) -> None:
    page = window()
    page.clock.install()
    begin(page, f"/svara/{survey_round.public_code}/delad/?lang=en")
    entries = page.evaluate("history.length")
    page.fill("#age", "17")
    page.locator(ON).click()
    page.check("input[name=means][value=calm]")
    assert page.locator("[data-keep]").count() == 0
    assert page.evaluate("history.length") == entries
    page.clock.fast_forward(46_000)
    page.get_by_role("button", name="I am still here").click()
    assert page.is_checked("input[name=means][value=calm]")
    page.clock.fast_forward(46_000)
    assert page.get_by_role("alertdialog").is_visible() and axe(page) == []
    page.clock.fast_forward(15_000)
    page.wait_for_selector("[data-begin]")
    assert page.locator("[data-whole]").count() == 0

    page.locator("[data-begin] button[value=on]").click()
    page.wait_for_selector("[data-whole]")
    assert page.input_value("#age") == "" and page.locator("input:checked").count() == 0
    page.fill("#age", "18")
    for _ in range(7):
        page.locator(ON).click()
    page.wait_for_selector("[data-done]")
    page.get_by_role("link", name="Start anew for the next person").click()
    page.wait_for_selector("[data-begin]")
    kept = "[localStorage.length, sessionStorage.length, document.cookie]"
    assert page.evaluate(kept) == [0, 0, ""]
    assert len(rows("surveys_intakerow", "id")) == 1


@pytest.mark.parametrize(("language", "width"), [("sv-x-easy", 390), ("ar", 320), ("ar", 1280)])
def test_the_shipped_questionnaire_is_sound_in_more_languages(
    survey_round: SurveyRound, window: Window, language: str, width: int
) -> None:
    page = window(viewport={"width": width, "height": 844})
    page.goto(f"/svara/{survey_round.public_code}/")
    page.locator(f".languages a[lang='{language}']").click()
    assert axe(page) == [] and page.get_attribute("html", "lang") == language
    # All but what the municipality itself wrote, in Swedish and English only.
    assert page.locator("main span[lang=sv]").all_inner_texts() == (["Vi pratar om svaren."] * (language == "ar"))
    page.locator("[data-begin] button[value=on]").click()
    page.wait_for_selector("[data-whole]")
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    page.fill("#age", "17")
    for _ in range(3):
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.locator(ON).click()
