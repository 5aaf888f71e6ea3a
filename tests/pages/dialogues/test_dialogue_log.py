"""The log: nothing written is lost, nothing is stored twice, nothing says who wrote it."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from dialogues.models import Dialogue, NextStep, Note
from portal.audit.models import AuditEvent
from tests.conftest import client_of
from tests.dialogues import SHELL, add_slide, at_work, fresh_key, make_dialogue, queries
from tests.world import World

JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def dialogue(world: World) -> Dialogue:
    with at_work(world):
        return make_dialogue(world, begun=True)


def address(name: str, dialogue: Dialogue, **more: Any) -> str:
    return reverse(name, kwargs={"slug": "alvik", "dialogue_id": dialogue.pk, **more})


def write(world: World, dialogue: Dialogue, text: str = "Fler trivs", who: str = "olle", **fields: Any) -> Any:
    data = {"kind": "observation", "text": text, "write_key": fresh_key(), **fields}
    return client_of(world, who).post(address("note-add", dialogue), data, **JSON)


def change(
    world: World, dialogue: Dialogue, note: dict[str, Any], text: str, who: str = "olle", **fields: Any
) -> Any:
    data = {"kind": note["kind"], "text": text, "version": note["version"], "write_key": fresh_key(), **fields}
    return client_of(world, who).post(address("note-change", dialogue, note_id=note["id"]), data, **JSON)


def texts(world: World) -> list[str]:
    with at_work(world):
        return [note.text for note in Note.objects.filter(is_removed=False)]


def test_a_plain_form_works_and_leads_back_to_its_heading(world: World, dialogue: Dialogue) -> None:
    data = {"kind": "idea", "text": "Öppna på söndagar", "write_key": fresh_key()}
    answer = client_of(world, "olle").post(address("note-add", dialogue), data)
    assert answer.url == address("dialogue-log", dialogue) + "#idea"
    assert "Öppna på söndagar" in client_of(world, "fia").get(address("dialogue-log", dialogue)).content.decode()


def test_a_note_sent_again_is_stored_once(world: World, dialogue: Dialogue) -> None:
    key = fresh_key()
    first = write(world, dialogue, write_key=key).json()
    assert write(world, dialogue, write_key=key).json() == first
    assert texts(world) == ["Fler trivs"]


def test_ten_thousand_characters_are_refused_with_every_one_kept(world: World, dialogue: Dialogue) -> None:
    long = "å" * 10_000
    answer = write(world, dialogue, long)
    assert answer.status_code == 422
    assert "2000" in answer.json()["error"]
    data = {"kind": "observation", "text": long, "write_key": fresh_key()}
    page = client_of(world, "olle").post(address("note-add", dialogue), data)
    assert page.status_code == 422
    assert long in page.content.decode(), "the form still holds the text"
    assert texts(world) == []


def test_nothing_says_who_wrote(world: World, dialogue: Dialogue) -> None:
    write(world, dialogue, "Utan avsändare")
    with at_work(world):
        columns = {field.name for field in Note._meta.concrete_fields}
        events = list(AuditEvent.objects.filter(verb__startswith="dialogue.note"))
    assert not columns & {"author", "user", "created_by", "created_at", "by"}
    assert [event.actor_id for event in events] == [None]
    listed = str(client_of(world, "fia").get(address("note-list", dialogue), **JSON).json())
    page = client_of(world, "vera").get(address("dialogue-log", dialogue)).content.decode()
    for shown in (listed, page):
        assert "Utan avsändare" in shown
        assert "Olle" not in shown
        assert str(world.olle.pk) not in shown


def test_two_who_change_the_same_note_are_both_kept(world: World, dialogue: Dialogue) -> None:
    note = write(world, dialogue, "Fler trivs").json()["note"]
    assert change(world, dialogue, note, "Fler flickor trivs").json()["said"] == ""
    key = fresh_key()
    beside = change(world, dialogue, note, "Fler trivs än 2019", who="fia", write_key=key).json()
    assert beside["said"], "it is said in words"
    assert sorted(texts(world)) == ["Fler flickor trivs", "Fler trivs än 2019"]
    change(world, dialogue, note, "Fler trivs än 2019", who="fia", write_key=key)
    assert len(texts(world)) == 2, "a change sent again makes no third note"


def test_a_change_sent_again_is_no_conflict(world: World, dialogue: Dialogue) -> None:
    note = write(world, dialogue).json()["note"]
    change(world, dialogue, note, "Ändrad")
    assert change(world, dialogue, note, "Ändrad").json()["said"] == ""
    assert texts(world) == ["Ändrad"]


def test_changing_a_note_that_somebody_removed_keeps_the_change(world: World, dialogue: Dialogue) -> None:
    note = write(world, dialogue).json()["note"]
    client_of(world, "fia").post(address("note-remove", dialogue, note_id=note["id"]))
    change(world, dialogue, note, "Den här meningen ska inte försvinna")
    assert texts(world) == ["Den här meningen ska inte försvinna"]


def test_a_removed_note_can_be_brought_back(world: World, dialogue: Dialogue) -> None:
    note = write(world, dialogue, "Bra tanke").json()["note"]
    client = client_of(world, "olle")
    removed = client.post(address("note-remove", dialogue, note_id=note["id"]), follow=True)
    assert texts(world) == []
    restore = address("note-restore", dialogue, note_id=note["id"])
    assert restore in removed.content.decode()
    client.post(restore)
    assert texts(world) == ["Bra tanke"]


def test_a_note_that_was_on_its_way_when_the_dialogue_closed_is_kept(world: World, dialogue: Dialogue) -> None:
    client_of(world, "fia").post(address("dialogue-finish", dialogue))
    assert write(world, dialogue, "Från en telefon utan nät").status_code == 200
    assert (
        "Från en telefon utan nät"
        in client_of(world, "vera").get(address("dialogue-summary", dialogue)).content.decode()
    )


def test_a_cancelled_dialogue_takes_no_notes_and_says_why(world: World) -> None:
    with at_work(world):
        dialogue = make_dialogue(world)
    client_of(world, "fia").post(address("dialogue-cancel", dialogue))
    answer = write(world, dialogue, "Hej")
    assert answer.status_code == 422
    assert answer.json()["error"]
    assert texts(world) == []


@pytest.mark.parametrize(
    "fields", [{"kind": "gossip"}, {"text": "  \n "}, {"write_key": "not a key"}, {"text": "\x00"}, {"slide": "x"}]
)
def test_garbled_notes_are_refused_in_words(world: World, dialogue: Dialogue, fields: dict[str, str]) -> None:
    answer = write(world, dialogue, **fields)
    assert answer.status_code == 422
    assert answer.json()["error"]


def test_markup_in_a_note_is_text(world: World, dialogue: Dialogue) -> None:
    write(world, dialogue, "<script>alert(1)</script>")
    for name in ("dialogue-log", "dialogue-summary"):
        assert "<script>alert(1)" not in client_of(world, "vera").get(address(name, dialogue)).content.decode()


def test_an_unchanged_log_is_answered_with_nothing(world: World, dialogue: Dialogue) -> None:
    write(world, dialogue)
    client = client_of(world, "olle")
    first = client.get(address("note-list", dialogue), **JSON)
    again = client.get(address("note-list", dialogue), HTTP_IF_NONE_MATCH=first.headers["ETag"], **JSON)
    assert (again.status_code, again.content) == (304, b"")
    write(world, dialogue, "En till")
    later = client.get(address("note-list", dialogue), HTTP_IF_NONE_MATCH=first.headers["ETag"], **JSON)
    assert [note["text"] for note in later.json()["notes"]] == ["Fler trivs", "En till"]


def test_a_note_keeps_the_chart_it_is_about(world: World, dialogue: Dialogue) -> None:
    with at_work(world):
        slide = add_slide(dialogue, world)
    assert write(world, dialogue, slide=str(slide.pk)).json()["note"]["about"] == "Trivs på fritiden, över tid"


def test_a_next_step_has_an_owner_and_is_written_once(world: World, dialogue: Dialogue) -> None:
    data = {"text": "Ringa biblioteket", "owner": world.olle.pk, "due_on": "2027-02-01", "write_key": fresh_key()}
    client = client_of(world, "fia")
    for _ in range(2):
        assert client.post(address("next-step-add", dialogue), data).status_code == 302
    with at_work(world):
        [step] = NextStep.objects.select_related("owner", "department")
    assert (step.owner, step.owner_name, step.department) == (world.olle, "Olle", world.departments["Skola"])
    nobody = {"text": "Någon borde ringa", "write_key": fresh_key()}
    refused = client.post(address("next-step-add", dialogue), nobody)
    assert refused.status_code == 422
    assert "Någon borde ringa" in refused.content.decode()
    stranger = {**nobody, "owner": world.bo.pk}
    assert client.post(address("next-step-add", dialogue), stranger).status_code == 422, "never another's people"


PAGES = ["dialogue-log", "dialogue-summary", "dialogue-present", "dialogue-detail", "note-list"]


@pytest.mark.parametrize("name", PAGES)
def test_queries_do_not_grow_with_the_notes(world: World, dialogue: Dialogue, name: str) -> None:
    with at_work(world):
        add_slide(dialogue, world)
        for number in range(3):
            Note.objects.create(dialogue=dialogue, kind="idea", text="x", number=1000 + number, write_key=uuid4())
    few = queries(world, address(name, dialogue))
    with at_work(world):
        for number in range(60):
            Note.objects.create(dialogue=dialogue, kind="idea", text="x", number=2000 + number, write_key=uuid4())
        add_slide(dialogue, world, title="En till")
    assert queries(world, address(name, dialogue)) == few
    assert few <= 12 + SHELL
