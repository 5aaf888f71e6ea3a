"""Joining on an own device: a code that works while it lasts, one dialogue, and nothing that tells who."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dialogues.errors import DialogueError
from dialogues.models import Agreement, Device, Dialogue, JoinCode, Note
from dialogues.services import joining
from dialogues.services.holding import dialogue_cancel, dialogue_finish
from dialogues.services.joining import LETTERS, device_join, joining_begin
from portal.audit.models import AuditEvent
from portal.guessing import MOST_WRONG, forget_guesses
from portal.tenancy.scope import public_scope
from tests.conftest import client_of
from tests.dialogues import FINDING, add_slide, at_work, fresh_key, make_dialogue
from tests.world import World

JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def dialogue(world: World) -> Dialogue:
    with at_work(world):
        made = make_dialogue(world, begun=True, title="Meningsfull fritid")
        add_slide(made, world)
    return made


@pytest.fixture
def code(world: World, dialogue: Dialogue) -> str:
    forget_guesses()
    with at_work(world):
        return joining_begin(dialogue=dialogue, by=world.alma)


def address(name: str, dialogue: Dialogue, **more: Any) -> str:
    return reverse(name, kwargs={"slug": "alvik", "dialogue_id": dialogue.pk, **more})


def joined(code: str) -> Client:
    device = Client()
    answer = device.post(reverse("dialogue-join", args=[code]))
    assert answer.status_code == 302, answer.content.decode()
    return device


def say(device: Client, dialogue: Dialogue, text: str = "Öppna på söndagar", **more: Any) -> Any:
    fields = {"kind": "idea", "text": text, "write_key": fresh_key(), **more}
    return device.post(address("room-note-add", dialogue), fields, **JSON)


def test_a_typed_code_leads_into_the_room(dialogue: Dialogue, code: str) -> None:
    device = Client()
    typed = device.post(reverse("dialogue-join"), {"code": f" {code[:4].upper()} {code[4:]} "})
    assert typed.url == reverse("dialogue-join", args=[code.upper()[:4] + code[4:]])
    assert "Meningsfull fritid" in device.get(typed.url).content.decode()
    room = device.get(device.post(typed.url).url)
    assert room.status_code == 200
    assert FINDING in room.content.decode(), "what is on the wall can be read on the phone"


def test_the_code_is_open_where_it_was_asked_for_and_on_the_wall(world: World, dialogue: Dialogue) -> None:
    client = client_of(world, "fia")
    asked = client.post(address("dialogue-join-begin", dialogue), {"bild": "2"}, follow=True)
    assert "?bild=2&panel=j" in asked.redirect_chain[-1][0]
    page = asked.content.decode()
    assert 'data-panel="j" open' in page, "nobody has to open the panel a second time"
    with at_work(world):
        dialogue.refresh_from_db()
    spaced = f"{dialogue.join_code[:4]} {dialogue.join_code[4:]}"
    assert spaced in page
    assert spaced in client.get(address("dialogue-wall", dialogue)).content.decode(), "phones look for it there"


def test_looking_at_the_link_lets_nobody_in(world: World, dialogue: Dialogue, code: str) -> None:
    Client().get(reverse("dialogue-join", args=[code]))
    with at_work(world):
        assert not Device.objects.exists()


@pytest.mark.parametrize("typed", ["", "x", "abcd efgh", "å" * 8, "a" * 5000, "<script>"])
def test_a_wrong_code_says_what_to_do(dialogue: Dialogue, code: str, typed: str) -> None:
    answer = Client().post(reverse("dialogue-join"), {"code": typed})
    assert answer.status_code == 422
    assert "Titta på skärmen" in answer.content.decode()


def test_a_code_ends_with_its_day_and_with_its_dialogue(world: World, dialogue: Dialogue, code: str) -> None:
    with at_work(world):
        JoinCode.objects.own().update(ends_at=timezone.now() - timedelta(seconds=1))
    assert Client().get(reverse("dialogue-join", args=[code])).status_code == 422
    with at_work(world):
        again = joining_begin(dialogue=dialogue, by=world.alma)
        assert again != code
        dialogue_finish(dialogue=dialogue, by=world.alma)
    assert Client().get(reverse("dialogue-join", args=[again])).status_code == 422
    with at_work(world), pytest.raises(DialogueError):
        dialogue.refresh_from_db()
        joining_begin(dialogue=dialogue, by=world.alma)


def test_whoever_tries_many_codes_is_not_listened_to(dialogue: Dialogue, code: str) -> None:
    for number in range(MOST_WRONG):
        Client().post(reverse("dialogue-join"), {"code": f"{number:08}"})
    assert Client().post(reverse("dialogue-join", args=[code])).status_code == 422
    assert Client(REMOTE_ADDR="198.51.100.7").post(reverse("dialogue-join", args=[code])).status_code == 302
    forget_guesses()


def test_anyone_may_look_a_code_up_and_learns_nothing_else(dialogue: Dialogue, code: str) -> None:
    with public_scope():
        (row,) = JoinCode.objects.values()
    assert set(row) == {"id", "tenant_id", "audience_id", "dialogue_id", "code_hash", "ends_at"}
    assert code.encode() not in bytes(row["code_hash"])
    assert len(LETTERS) ** len(code) > 5e11, "enough that nobody finds one in its six hours"


def test_a_note_has_no_sender_but_the_one_chosen(world: World, dialogue: Dialogue, code: str) -> None:
    device = joined(code)
    told = say(device, dialogue, voice="Socialtjänsten").json()["note"]
    assert (told["voice"], told["mine"]) == ("Socialtjänsten", True)
    assert "Socialtjänsten" in client_of(world, "fia").get(address("dialogue-log", dialogue)).content.decode()
    with at_work(world):
        (event,) = AuditEvent.objects.filter(verb="dialogue.note_added")
    assert event.actor_id is None
    assert "Socialtjänsten" not in str(vars(event))


def test_the_same_note_sent_twice_is_stored_once(world: World, dialogue: Dialogue, code: str) -> None:
    device, key = joined(code), fresh_key()
    first, second = (say(device, dialogue, write_key=key).json()["note"] for _time in range(2))
    assert first["id"] == second["id"]


def test_a_device_changes_its_own_notes_alone(world: World, dialogue: Dialogue, code: str) -> None:
    mine, yours = joined(code), joined(code)
    note = say(mine, dialogue).json()["note"]
    fields = {"kind": "idea", "text": "Även lördagar", "version": 1, "write_key": fresh_key()}
    for name in ("room-note-change", "room-note-remove", "room-note-restore"):
        assert yours.post(address(name, dialogue, note_id=note["id"]), fields, **JSON).status_code == 404
    changed = mine.post(address("room-note-change", dialogue, note_id=note["id"]), fields, **JSON)
    assert changed.json()["note"]["text"] == "Även lördagar"


def test_agreeing_counts_a_device_once_and_never_says_which(world: World, dialogue: Dialogue, code: str) -> None:
    mine, yours = joined(code), joined(code)
    note = say(mine, dialogue).json()["note"]
    agree = address("room-note-agree", dialogue, note_id=note["id"])
    counts = [who.post(agree, **JSON).json()["agreed"] for who in (mine, yours, yours)]
    assert counts == [1, 2, 2]
    assert yours.post(agree, {"agrees": "no"}, **JSON).json()["agreed"] == 1
    assert yours.post(agree, {"agrees": "no"}, **JSON).json()["agreed"] == 1


def test_closing_forgets_the_devices_and_keeps_what_they_said(world: World, dialogue: Dialogue, code: str) -> None:
    device = joined(code)
    note = say(device, dialogue).json()["note"]
    device.post(address("room-note-agree", dialogue, note_id=note["id"]), **JSON)
    with at_work(world):
        dialogue_finish(dialogue=dialogue, by=world.alma)
        kept = Note.objects.get()
        assert (kept.text, kept.agreed, kept.device_id) == ("Öppna på söndagar", 1, None)
        assert not Device.objects.exists()
        assert not Agreement.objects.exists()
    fields = {"kind": "idea", "text": "Nej", "version": 1, "write_key": fresh_key()}
    for name in ("room-note-change", "room-note-agree"):
        assert device.post(address(name, dialogue, note_id=note["id"]), fields, **JSON).status_code == 404
    assert device.get(address("room-changes", dialogue), **JSON).status_code == 404
    assert FINDING not in device.get(address("dialogue-room", dialogue)).content.decode()


def test_what_was_written_without_a_network_is_taken_after_closing(
    world: World, dialogue: Dialogue, code: str
) -> None:
    device = joined(code)
    with at_work(world):
        dialogue_finish(dialogue=dialogue, by=world.alma)
    assert say(device, dialogue, "Skrivet i källaren").status_code == 200
    with at_work(world):
        assert Note.objects.get().device_id is None


def test_a_cancelled_dialogue_takes_nothing_and_says_so(world: World, dialogue: Dialogue, code: str) -> None:
    device = joined(code)
    with at_work(world):
        Dialogue.objects.filter(pk=dialogue.pk).update(state="planned", began_at=None)
        dialogue_cancel(dialogue=dialogue, by=world.alma)
    answer = say(device, dialogue)
    assert answer.status_code == 422
    assert answer.json()["error"]


def test_a_grant_opens_its_own_dialogue_and_no_other(world: World, dialogue: Dialogue, code: str) -> None:
    with at_work(world):
        other = make_dialogue(world, begun=True)
    device = joined(code)
    device.cookies["vaxtkraft_rum"]["path"] = "/"
    for name in ("dialogue-room", "room-changes", "room-events"):
        assert device.get(address(name, other)).status_code == 302
        assert device.get(address(name, other), **JSON).status_code == 403
    beside = address("dialogue-room", dialogue).replace("/alvik/", "/bovik/")
    assert device.get(beside).status_code == 302, "not by another municipality's name either"
    for name in ("dialogue-log", "dialogue-detail", "note-list"):
        assert device.get(address(name, dialogue)).status_code == 302, "to sign in"


def test_a_grant_is_for_a_day_and_cannot_be_made_up(
    world: World, dialogue: Dialogue, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    device = joined(code)
    grant = device.cookies["vaxtkraft_rum"].value
    device.cookies["vaxtkraft_rum"] = grant[:-2] + ("aa" if grant[-2:] != "aa" else "bb")
    assert device.get(address("dialogue-room", dialogue)).status_code == 302
    device.cookies["vaxtkraft_rum"] = grant
    assert device.get(address("dialogue-room", dialogue)).status_code == 200
    monkeypatch.setattr(joining, "GRANT_LASTS", timedelta(seconds=-1))
    assert device.get(address("dialogue-room", dialogue)).status_code == 302


def test_the_cookie_goes_to_no_other_page_and_to_no_script(dialogue: Dialogue, code: str) -> None:
    cookie = joined(code).cookies["vaxtkraft_rum"]
    assert cookie["path"] == address("dialogue-room", dialogue)
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_more_than_a_room_holds_are_not_let_in(
    world: World, dialogue: Dialogue, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(joining, "MOST_DEVICES", 12)
    with at_work(world):
        for _each in range(12):
            device_join(dialogue=dialogue)
    answer = Client().post(reverse("dialogue-join", args=[code]))
    assert answer.status_code == 422
    assert "samtalsledaren" in answer.content.decode()


def test_only_what_is_new_is_sent(dialogue: Dialogue, code: str) -> None:
    device = joined(code)
    say(device, dialogue, "Först")
    first = device.get(address("room-changes", dialogue), **JSON).json()
    assert first["is_all"]
    say(device, dialogue, "Sedan")
    later = device.get(address("room-changes", dialogue), {"efter": first["change"]}, **JSON).json()
    assert [note["text"] for note in later["notes"]] == ["Sedan"]
    removed = later["notes"][0]["id"]
    device.post(address("room-note-remove", dialogue, note_id=removed), **JSON)
    last = device.get(address("room-changes", dialogue), {"efter": later["change"]}, **JSON).json()
    assert (last["notes"], last["removed"]) == ([], [removed])
    for odd in ("-1", "x", "9" * 30):
        assert device.get(address("room-changes", dialogue), {"efter": odd}, **JSON).json()["is_all"]


def test_the_room_follows_the_presenter(world: World, dialogue: Dialogue, code: str) -> None:
    device = joined(code)
    answer = client_of(world, "fia").post(address("dialogue-screen", dialogue), {"screen": "3"})
    assert answer.status_code == 204
    assert device.get(address("room-changes", dialogue), **JSON).json()["screen"] == 3
    again = client_of(world, "alma").get(address("dialogue-present", dialogue)).content.decode()
    assert 'data-at="3"' in again, "the facilitator goes on where the room is, on another laptop"
    wall = client_of(world, "alma").get(address("dialogue-wall", dialogue)).content.decode()
    assert 'data-at="3"' in wall
    assert "data-quick-note" not in wall


def test_who_only_takes_part_neither_turns_the_page_nor_lets_others_in(world: World, dialogue: Dialogue) -> None:
    for name in ("dialogue-screen", "dialogue-join-begin"):
        assert client_of(world, "olle").post(address(name, dialogue), {"screen": "2"}).status_code == 404
