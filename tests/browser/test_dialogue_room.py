"""A room with a presenter, a wall and a phone that joined by a code: everything follows, and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from dialogues.models import ClosingEvaluation, Device, Dialogue, NextStep, Note, Participant
from dialogues.services.clusters import cluster_make
from dialogues.services.following_up import next_step_add
from dialogues.services.joining import joining_begin
from dialogues.services.notes import note_add
from dialogues.services.preparing import participant_add
from dialogues.services.reminding import grant_of
from portal.guessing import forget_guesses
from tests.dialogues import add_slide, at_work, make_dialogue
from tests.plugins.browser import axe
from tests.world import World

pytestmark = pytest.mark.browser
SOON = 8000
CHART = 6
"""The number of the first chart among what is shown: welcome, principles and the frame come before."""


@pytest.fixture
def dialogue(committed: World) -> Dialogue:
    forget_guesses()
    with at_work(committed):
        made = make_dialogue(committed, begun=True)
        add_slide(made, committed)
    return made


@pytest.fixture
def code(committed: World, dialogue: Dialogue) -> str:
    with at_work(committed):
        return joining_begin(dialogue=dialogue, by=committed.alma)


def address(dialogue: Dialogue, page: str = "") -> str:
    return f"/k/alvik/dialoger/{dialogue.pk}/{page}"


def join(phone: Any, code: str) -> None:
    phone.goto("/delta/")
    phone.fill("#code", f"{code[:4]} {code[4:]}".upper())
    phone.press("#code", "Enter")
    phone.get_by_role("button", name="Gå med").click()
    phone.locator("[data-room]").wait_for()
    phone.wait_for_load_state()  # a note written before the page's script is there is sent as a form


def on_screen(page: Any) -> Any:
    return page.locator("section[data-screen]:not([hidden])")


def say(phone: Any, text: str) -> None:
    phone.fill("#new-note", text)
    phone.get_by_role("button", name="Lägg till").click()


def test_the_wall_and_the_phone_follow_and_what_is_written_arrives(
    window: Callable[..., Any], committed: World, dialogue: Dialogue, code: str
) -> None:
    presenter, wall, log, phone = window("fia"), window("alma"), window("fia"), window(phone=True)
    presenter.goto(address(dialogue, "visa/"))
    wall.goto(address(dialogue, "visa/vaggen/"))
    log.goto(address(dialogue, "logg/"))
    join(phone, code)
    for _turn in range(CHART - 1):
        presenter.keyboard.press("ArrowRight")
    for page in (wall, phone):
        page.locator(f"section[data-screen='{CHART}']:not([hidden])").wait_for(timeout=SOON)
        assert on_screen(page).count() == 1
    say(phone, "Fler trivs <b>än</b> förr")
    arrived = log.locator("[data-notes=observation] .note__text")
    arrived.first.wait_for(timeout=SOON)
    assert arrived.first.inner_text() == "Fler trivs <b>än</b> förr"
    with at_work(committed):
        note = Note.objects.select_related("slide").get()
    assert note.slide is not None, "it is about the chart that was on the screen"
    phone.get_by_role("button", name="Jag håller med").click()
    log.locator("[data-note-agreed]", has_text="1").first.wait_for(timeout=SOON)
    phone.press("#new-note", "Enter")
    assert phone.locator("#new-note").input_value() == "\n", "a phone has no Shift beside its Enter"
    phone.fill("#new-note", "")
    while presenter.locator("section[data-part=close][hidden]").count():
        presenter.keyboard.press("ArrowRight")
    phone.locator("section[data-part=close]:not([hidden])").first.wait_for(timeout=SOON)
    assert phone.locator("[name=kind][value=takeaway]").is_checked(), "the screen asks what one takes along"


def test_a_code_that_is_made_later_comes_to_the_wall_by_itself(
    window: Callable[..., Any], committed: World, dialogue: Dialogue
) -> None:
    wall = window("alma")
    wall.goto(address(dialogue, "visa/vaggen/"))
    assert wall.locator(".join-code__code").count() == 0
    with at_work(committed):
        made = joining_begin(dialogue=dialogue, by=committed.alma)
    shown = wall.locator(".join-code__code").first
    shown.wait_for(timeout=SOON)
    assert shown.inner_text().replace(" ", "") == made


def test_a_phone_without_network_loses_nothing_and_is_forgotten_at_the_end(
    window: Callable[..., Any], committed: World, dialogue: Dialogue, code: str
) -> None:
    leader, phone = window("fia"), window(phone=True)
    join(phone, code)
    phone.context.set_offline(True)
    say(phone, "Skriven i källaren")
    phone.locator(".note.is-pending").wait_for(timeout=SOON)
    leader.goto(address(dialogue, "logg/"))
    leader.get_by_role("button", name="Avsluta dialogen").first.click()
    phone.context.set_offline(False)
    phone.get_by_role("heading", name="Tack för att du var med").wait_for(timeout=2 * SOON)
    with at_work(committed):
        assert [(note.text, note.device_id) for note in Note.objects.all()] == [("Skriven i källaren", None)]
        assert not Device.objects.exists()


def test_the_room_is_told_how_to_talk_and_thinks_undisturbed(
    window: Callable[..., Any], committed: World, dialogue: Dialogue, code: str
) -> None:
    presenter, wall, phone = window("fia"), window("alma"), window(phone=True)
    presenter.goto(address(dialogue, "visa/"))
    wall.goto(address(dialogue, "visa/vaggen/"))
    join(phone, code)
    with at_work(committed):
        Dialogue.objects.filter(pk=dialogue.pk).update(began_at=timezone.now() - timedelta(minutes=15, seconds=20))
    presenter.reload()
    presenter.locator("[data-drift]", has_text="5 min efter planen").wait_for(timeout=SOON)
    presenter.keyboard.press("s")
    presenter.get_by_role("button", name="Tänk själv, 1 minut").click()
    for page in (presenter, wall, phone):
        page.locator("[data-talk-words]", has_text="Tänk själv").wait_for(timeout=SOON)
        assert page.locator("[data-talk-left]").inner_text().startswith(("0:", "1:00"))
    with at_work(committed):
        note_add(dialogue=dialogue, kind="idea", text="En annans tanke", write_key=uuid4())
    say(phone, "Min egen tanke")
    phone.locator("[data-notes] .note__text", has_text="Min egen tanke").wait_for(timeout=SOON)
    other = phone.locator("[data-notes] .note__text", has_text="En annans tanke")
    other.wait_for(state="attached", timeout=SOON)
    assert not other.is_visible()
    phone.get_by_role("button", name="Visa det nu").click()
    assert other.is_visible()


def test_at_the_closing_the_list_is_ticked_and_the_phones_are_asked(
    window: Callable[..., Any], committed: World, dialogue: Dialogue, code: str
) -> None:
    with at_work(committed):
        participant_add(dialogue=dialogue, name="Karin", role="Rektor", by=committed.alma)
    presenter, wall, phone = window("fia"), window("alma"), window(phone=True)
    presenter.goto(address(dialogue, "visa/?bild=99"))
    wall.goto(address(dialogue, "visa/vaggen/"))
    join(phone, code)
    presenter.keyboard.press("ArrowLeft")
    presenter.keyboard.press("ArrowRight")
    for page in (wall, phone):
        page.locator(".screen--evaluate:not([hidden])").wait_for(timeout=SOON)
    presenter.keyboard.press("p")
    presenter.get_by_label("Karin, Rektor").check()
    presenter.get_by_label("Vem för anteckningar?").fill("Siv")
    presenter.locator("[data-panel=p]").get_by_role("button", name="Spara").click()
    presenter.locator("[data-panel=p]:not([open])").wait_for(timeout=SOON)
    assert presenter.locator(".screen--evaluate:not([hidden])").count() == 1, "the slide stays"
    phone.get_by_role("link", name="Svara här").click()
    phone.locator("input[name=said][value='5']").check()
    phone.get_by_role("button", name="Skicka").click()
    phone.get_by_text("Tack! Dina svar är räknade").wait_for(timeout=SOON)
    with at_work(committed):
        assert Participant.objects.get(name="Karin").is_present
        assert ClosingEvaluation.objects.get().answers == 1


def test_notes_are_dragged_into_a_group_and_what_comes_meanwhile_is_told(
    window: Callable[..., Any], committed: World, dialogue: Dialogue
) -> None:
    with at_work(committed):
        group = cluster_make(dialogue=dialogue, title="Tid", by=committed.alma)
        note_add(dialogue=dialogue, kind="idea", text="Öppet på lov", write_key=uuid4())
    page = window("fia")
    page.goto(address(dialogue, "logg/grupper/"))
    assert axe(page) == []
    page.locator("[data-group-note]").drag_to(page.locator(f"#group-{group.pk}"))
    page.locator(f"#group-{group.pk} [data-group-note]", has_text="Öppet på lov").wait_for(timeout=SOON)
    with at_work(committed):
        note_add(dialogue=dialogue, kind="idea", text="Fler ledare", write_key=uuid4())
    page.locator("[data-groups-news]").wait_for(timeout=SOON)


def test_without_scripts_a_phone_reads_and_writes(
    window: Callable[..., Any], committed: World, dialogue: Dialogue, code: str
) -> None:
    phone = window(phone=True, scripts=False)
    join(phone, code)
    say(phone, "Utan skript")
    assert "Utan skript" in phone.locator("[data-notes=observation]").inner_text()


@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_scrolls_sideways_and_axe_finds_nothing(
    window: Callable[..., Any], committed: World, dialogue: Dialogue, code: str, width: int
) -> None:
    with at_work(committed):
        step: NextStep = next_step_add(
            dialogue=dialogue,
            text="Ringa biblioteket",
            owner=committed.fia,
            owner_name="",
            due_on=None,
            write_key=uuid4(),
            by=committed.alma,
        )
    size = {"width": width, "height": 800}
    leader, anyone = window("fia", viewport=size), window(viewport=size)
    faults = []

    def look(page: Any, name: str) -> None:
        page.wait_for_timeout(200)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            faults.append(f"{name} scrolls sideways")
        faults.extend(f"{name}: {found}" for found in axe(page))

    for part in ("kod/", "visa/vaggen/", "logg/grupper/", "visa/?bild=99", "avslut/", "narvaro/"):
        leader.goto(address(dialogue, part))
        look(leader, part)
    for place in ("/delta/", f"/delta/{code}/", "/delta/xxxxxxxx/", f"/steg/{grant_of(step)}/", "/steg/x/"):
        anyone.goto(place)
        look(anyone, place.split("/")[1])
    join(anyone, code)
    say(anyone, "En anteckning")
    anyone.locator("[data-notes] .note").first.wait_for(timeout=SOON)
    look(anyone, "the room")
    assert faults == []
