"""Holding a dialogue in real browsers: presenter, log on two devices, a network that goes away."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction

from dialogues.models import Dialogue, Note
from dialogues.services.notes import note_change
from dialogues.services.preparing import participant_add
from portal.tenancy.scope import scope
from tests.dialogues import add_slide, at_work, fresh_key, make_dialogue
from tests.plugins.browser import axe
from tests.world import World

pytestmark = pytest.mark.browser
SOON = 8000


@pytest.fixture
def dialogue(committed: World) -> Dialogue:
    with at_work(committed):
        made = make_dialogue(committed, begun=True)
        add_slide(made, committed)
        add_slide(made, committed, title="Stress i skolan", measures="risk")
        participant_add(dialogue=made, name="Karin", role="Rektor", perspective="education", by=committed.alma)
    return made


def address(dialogue: Dialogue, page: str = "") -> str:
    return f"/k/alvik/dialoger/{dialogue.pk}/{page}"


def stored(world: World) -> list[str]:
    with transaction.atomic(), scope(world.alvik.pk):
        return list(Note.objects.filter(is_removed=False).values_list("text", flat=True))


def write(page: Any, text: str, kind: str = "idea") -> None:
    page.fill(f"#new-{kind}", text)
    page.press(f"#new-{kind}", "Enter")


def shown(page: Any, kind: str = "idea") -> Any:
    return page.locator(f"[data-notes={kind}] .note__text")


def test_two_devices_see_each_others_notes_and_nobody_is_disturbed(
    window: Callable[..., Any], committed: World, dialogue: Dialogue
) -> None:
    laptop, phone = window("fia"), window("olle", phone=True)
    for page in (laptop, phone):
        page.goto(address(dialogue, "logg/"))
    phone.fill("#new-question", "Halvskriven tan")
    phone.focus("#new-question")
    phone.evaluate("document.querySelector('#new-question').scrollIntoView({block: 'center'})")
    before = phone.locator("#new-question").bounding_box()
    for number in range(4):
        write(laptop, f"Tanke {number}")
    shown(phone).nth(3).wait_for(timeout=SOON)
    assert shown(phone).all_inner_texts() == ["Tanke 3", "Tanke 2", "Tanke 1", "Tanke 0"]
    assert phone.input_value("#new-question") == "Halvskriven tan"
    assert phone.evaluate("document.activeElement.id") == "new-question"
    after = phone.locator("#new-question").bounding_box()
    assert abs(after["y"] - before["y"]) < 3, "the field did not move on the screen"
    assert sorted(stored(committed)) == [f"Tanke {number}" for number in range(4)]
    assert axe(laptop) == []


def test_without_a_network_nothing_is_lost_and_nothing_comes_twice(
    window: Callable[..., Any], committed: World, dialogue: Dialogue
) -> None:
    page = window("olle")
    page.goto(address(dialogue, "logg/"))
    page.context.set_offline(True)
    write(page, "Skriven utan nät")
    write(page, "Och en till", kind="question")
    page.wait_for_selector("[data-log-status][data-state=offline]")
    assert page.locator("[data-log-unsent] li").count() == 2
    assert stored(committed) == []

    # The laptop's lid is closed, and the page opened again once there is a network.
    page.context.set_offline(False)
    page.goto(address(dialogue, "logg/"))
    shown(page).first.wait_for(timeout=SOON)
    shown(page, "question").first.wait_for(timeout=SOON)
    page.wait_for_selector("[data-log-status][data-state=saved]", timeout=SOON)
    assert sorted(stored(committed)) == ["Och en till", "Skriven utan nät"]
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('vaxtkraft:log')).length") == 0


def test_an_answer_that_was_lost_on_the_way_makes_no_second_note(
    window: Callable[..., Any], committed: World, dialogue: Dialogue
) -> None:
    page = window("olle")
    page.goto(address(dialogue, "logg/"))
    lost: list[str] = []

    def lose_the_answer(route: Any) -> None:
        if not lost:
            lost.append(route.request.url)
            route.fetch()
            route.abort()
        else:
            route.continue_()

    page.route(re.compile(r"/logg/ny/$"), lose_the_answer)
    write(page, "Framme, fast ingen svarade")
    shown(page).first.wait_for(timeout=SOON)
    page.wait_for_selector("[data-log-status][data-state=saved]", timeout=SOON)
    assert stored(committed) == ["Framme, fast ingen svarade"]


def test_what_is_half_written_is_there_when_the_page_is_opened_again(
    window: Callable[..., Any], dialogue: Dialogue
) -> None:
    page = window("olle")
    page.goto(address(dialogue, "logg/"))
    page.locator("#new-takeaway").press_sequentially("Inte färdig")
    page.reload()
    assert page.input_value("#new-takeaway") == "Inte färdig"


def test_a_note_changed_by_two_keeps_both_and_says_so(
    window: Callable[..., Any], committed: World, dialogue: Dialogue
) -> None:
    page = window("olle")
    page.goto(address(dialogue, "logg/"))
    write(page, "Först")
    item = page.locator("li[data-note]", has_text="Först")
    item.wait_for(timeout=SOON)
    item.locator("summary").first.click()
    item.locator("textarea").fill("Min ändring")
    with at_work(committed):
        note = Note.objects.get()
        note_change(note=note, text="Någon annans ändring", version=1, write_key=fresh_key())
    item = page.locator(f"li[data-note='{note.pk}']")
    item.locator("[data-note-said]:not([hidden])").wait_for(timeout=SOON)
    assert item.locator("textarea").input_value() == "Min ändring", "what is typed is never touched"
    item.locator("form[data-note-form=change] button").click()
    page.locator("[data-notes=idea] li", has_text="Min ändring").first.wait_for(timeout=SOON)
    page.locator("[data-notes=idea] li", has_text="Någon annans ändring").first.wait_for(timeout=SOON)
    # What was typed is shown before the server has it.
    page.wait_for_selector("[data-log-status][data-state=saved]", timeout=SOON)
    assert sorted(stored(committed)) == ["Min ändring", "Någon annans ändring"]


def test_a_note_is_removed_and_brought_back(
    window: Callable[..., Any], committed: World, dialogue: Dialogue
) -> None:
    page = window("olle")
    page.goto(address(dialogue, "logg/"))
    write(page, "Hit och dit")
    item = page.locator("[data-notes=idea] li").first
    item.wait_for(timeout=SOON)
    item.locator("summary").first.click()
    item.locator("form[data-note-form=remove] button").click()
    page.wait_for_selector("[data-log-status][data-state=saved]", timeout=SOON)
    assert stored(committed) == []
    item.locator(".note__undo button").click()
    item.locator(".note__text").wait_for(timeout=SOON)
    assert stored(committed) == ["Hit och dit"]


def test_too_long_a_note_is_stopped_with_the_text_kept(
    window: Callable[..., Any], committed: World, dialogue: Dialogue
) -> None:
    page = window("olle")
    page.goto(address(dialogue, "logg/"))
    write(page, "å" * 10_000)
    page.locator("[data-problem]").wait_for()
    assert "10000" in page.locator("[data-problem]").inner_text()
    assert len(page.input_value("#new-idea")) == 10_000
    assert stored(committed) == []


def test_the_presenter_by_keys(window: Callable[..., Any], committed: World, dialogue: Dialogue) -> None:
    page = window("fia")
    page.goto(address(dialogue, "visa/"))
    heading = page.locator("section[data-screen]:not([hidden]) h1")
    assert heading.inner_text() == "En bra fritid"
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    assert page.locator("section[data-screen]:not([hidden]) canvas").is_visible(), "the sixth is the first chart"
    assert page.url.endswith("?bild=6")
    assert axe(page) == []
    page.keyboard.press("n")
    page.keyboard.type("Sagt om bilden")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-log-status][data-state=saved]", timeout=SOON)
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowLeft")
    assert page.url.endswith("?bild=5")
    for key, panel in (("t", "Samtal 1"), ("p", "Karin")):
        page.keyboard.press(key)
        assert panel in page.locator(f"[data-panel={key}] .menu__sheet").inner_text()
    assert axe(page) == []
    page.go_back()
    assert page.url.endswith("?bild=6")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.wait_for_url(re.compile(f"{dialogue.pk}/$"))
    with at_work(committed):
        [note] = Note.objects.select_related("slide")
    assert (note.text, note.slide.position) == ("Sagt om bilden", 1)


def test_without_scripts_everything_still_works(
    window: Callable[..., Any], committed: World, dialogue: Dialogue
) -> None:
    page = window("fia", scripts=False)
    page.goto(address(dialogue, "visa/"))
    page.click("a[rel=next]")
    page.click("a[rel=next]")
    assert page.url.endswith("?bild=3")
    page.goto(address(dialogue, "visa/?bild=6"))
    assert page.locator("section[data-screen]:not([hidden]) figure table").is_visible()
    page.locator("[data-panel=n] summary").click()
    page.fill("#quick-text", "Utan skript")
    page.click("[data-quick-note] button")
    assert page.url.endswith("?bild=6")
    page.goto(address(dialogue, "logg/"))
    page.fill("#new-idea", "Också utan")
    page.click("#idea form[data-compose] button")
    assert "Också utan" in page.locator("#idea").inner_text()
    assert sorted(stored(committed)) == ["Också utan", "Utan skript"]


@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_scrolls_sideways_and_axe_finds_nothing(
    window: Callable[..., Any], committed: World, dialogue: Dialogue, width: int
) -> None:
    page = window("fia", viewport={"width": width, "height": 800})
    steps = [f"forbered/{step}/" for step in ("tema", "vilka", "data", "stod", "tid", "plats")]
    inside = [
        address(dialogue, part)
        for part in ("", *steps, "visa/?bild=2", "visa/?bild=6", "logg/", "sammanfattning/")
    ]
    faults = []
    for url in (
        "/k/alvik/",
        "/k/alvik/dialoger/",
        "/k/alvik/dialoger/ny/",
        "/k/alvik/dialoger/nasta-steg/",
        *inside,
    ):
        page.goto(url)
        page.wait_for_timeout(200)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            faults.append(f"{url} scrolls sideways")
        faults += [f"{url}: {found}" for found in axe(page)]
    assert faults == []
