"""Every kind of question in a browser: heard with its names, reached by keys, checked in the page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

import pytest

from tests.browser.rounds_of_every_kind import open_round_of_every_kind
from tests.plugins.browser import axe
from tests.rounds import rows
from tests.world import World

pytestmark = pytest.mark.browser

Window = Callable[..., Any]
WIDER = """[...document.querySelectorAll("body *")].filter((each) => {
  const box = each.getBoundingClientRect();
  return box.width && !each.closest("thead, [role=status]") && (box.right > innerWidth + 1 || box.left < -1);
}).map((each) => each.outerHTML.slice(0, 120))"""
ON = "[data-section]:not([hidden]) button[value=on]"


def begin(page: Any, link: str) -> None:
    page.goto(link)
    page.locator("[data-begin] button[value=on]").click()
    page.wait_for_selector("[data-whole]")


def complaints(page: Any) -> list[str]:
    assert page.evaluate("document.activeElement.hasAttribute('data-errors')")
    return [str(text) for text in page.locator("[data-errors] li").all_inner_texts()]


def focused(page: Any) -> str:
    return str(page.evaluate("document.activeElement.name || document.activeElement.tagName"))


def test_every_kind_is_asked_checked_and_sent(committed: World, window: Window) -> None:
    survey_round = open_round_of_every_kind(committed)
    page = window(phone=True)
    sent: list[dict[str, list[str]]] = []
    begin(page, f"/svara/{survey_round.public_code}/")
    page.on("request", lambda asked: sent.append(parse_qs(asked.post_data)) if asked.method == "POST" else None)

    page.fill("#born", "08")
    page.locator(ON).click()
    assert len(complaints(page)) == 1 and page.locator("#born-error").is_visible()
    page.fill("#born", "2008")
    page.locator(ON).click()

    # What may be skipped is asked for once more; what is wrong is said in the server's words.
    page.fill("#sleep", "25")
    page.check("input[name=joys][value=other]")
    page.fill("#joys-words", "Att baka")
    page.locator(ON).click()
    said = complaints(page)
    assert len(said) == 3 and any("0" in text and "24" in text for text in said)
    assert axe(page) == []
    page.locator("[data-errors] a").first.focus()
    page.keyboard.press("Enter")
    assert focused(page) == "goes"
    page.fill("#sleep", "17")
    page.check("input[name=joys][value=music]")
    page.select_option("#goes", "yes")
    page.locator(ON).click()
    assert complaints(page) == ["Fråga sleep? Mer än 16 timmar?"]
    page.fill("#sleep", "6,5")

    # A number or one of the choices beside it, never both.
    page.check("input[name=sleep][value=rather_not]")
    assert page.input_value("#sleep") == ""
    page.fill("#sleep", "6,5")
    assert not page.is_checked("input[name=sleep][value=rather_not]")

    places = page.locator("#q-order li")
    places.nth(2).get_by_role("button").first.click()
    assert page.locator("#q-order [role=status]").inner_text() == "c är nummer 1 av 3."
    page.locator("#q-order [data-code=a] [data-move=next]").click()
    page.locator("#q-order [data-code=a] [data-move=up]").click()
    assert page.evaluate("document.activeElement.closest('li').dataset.code") == "a"
    page.locator(ON).click()

    # One tab stop a row, and every input says its row and its option.
    battery = page.get_by_role("group", name="Skolan är …")
    assert battery.get_by_role("radio", name="Fråga safe? Stämmer 3", exact=True).count() == 1
    page.locator("[name=safe]").first.focus()
    page.keyboard.press("Space")
    stops = []
    for _ in range(3):
        page.keyboard.press("Tab")
        stops.append(focused(page))
    assert stops.count("dull") == 1 and "safe" not in stops
    page.locator(ON).click()
    page.fill("#why_tired", "Skärmen")
    page.locator(ON).click()
    page.wait_for_selector("[data-done]")
    (form,) = sent
    assert form["born"] == ["15-19"] and form["joys.other"] == ["Att baka"] and form["sleep"] == ["6,5"]
    assert sorted(form["order"]) == ["a:1", "c:2"] and form["safe"] == ["t0"] and "dull" not in form
    assert len(rows("surveys_intakerow", "id")) == 1


@pytest.mark.parametrize("scripts", [True, False])
def test_where_a_score_decides_pages_come_one_by_one(committed: World, window: Window, scripts: bool) -> None:
    survey_round = open_round_of_every_kind(committed, scored=True)
    page = window(scripts=scripts, viewport={"width": 320, "height": 800})
    on = page.locator("button[value=on]")
    page.goto(f"/svara/{survey_round.public_code}/")
    on.click()
    page.fill("#born", "2008")
    on.click()
    page.get_by_role("heading", name="Allt", level=1).wait_for()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    on.click()
    page.locator("[data-errors]").wait_for()  # asked once more, then let go
    page.select_option("#goes", "yes")
    if not scripts:
        page.select_option("#order-b", "b:1")
    on.click()
    page.get_by_role("heading", name="Elever", level=1).wait_for()
    page.check("input[name=safe][value=t0]")
    on.click()
    page.get_by_text("Fråga low?").wait_for()
    on.click()
    page.wait_for_selector("[data-done]")
    assert len(rows("surveys_intakerow", "id")) == 1


def test_an_ordinary_page_is_never_wiped(committed: World, window: Window) -> None:
    page = window(phone=True)
    page.clock.install()
    begin(page, f"/svara/{open_round_of_every_kind(committed).public_code}/")
    page.fill("#born", "2008")
    page.clock.fast_forward(3_600_000)
    assert page.input_value("#born") == "2008"


@pytest.mark.parametrize("width", [320, 1280])
def test_every_kind_is_sound_from_right_to_left(committed: World, window: Window, width: int) -> None:
    survey_round = open_round_of_every_kind(committed)
    page = window(viewport={"width": width, "height": 844})
    begin(page, f"/svara/{survey_round.public_code}/?lang=ar")
    page.fill("#born", "2008")
    page.locator(ON).click()
    page.select_option("#goes", "yes")
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    for _ in range(2):
        assert axe(page) == []
        assert page.evaluate(WIDER) == [], page.title()
        assert page.get_attribute("html", "dir") == "rtl" and page.get_attribute("html", "lang") == "ar"
        page.locator(ON).click()


def test_a_question_is_read_aloud_by_a_voice_of_the_device_alone(committed: World, window: Window) -> None:
    survey_round = open_round_of_every_kind(committed)
    page = window(phone=True)
    page.add_init_script("""
      window.said = [];
      const voices = [{ lang: "sv-SE", localService: false }, { lang: "sv_SE", localService: true }];
      Object.defineProperty(window, "speechSynthesis", { value: {
        getVoices: () => voices, addEventListener() {}, cancel() {}, speak: (what) => said.push(what.text),
      } });
      window.SpeechSynthesisUtterance = class extends EventTarget {
        constructor(text) { super(); this.text = text; }
      };
    """)
    begin(page, f"/svara/{survey_round.public_code}/")
    page.get_by_role("button", name="Läs upp: Fråga born?").click()
    assert page.evaluate("said") == ["Fråga born?"]
    begin(page, f"/svara/{survey_round.public_code}/?lang=ar")
    assert page.locator(".aloud").count() == 0
