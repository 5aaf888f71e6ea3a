"""Bad days of a dialogue as those in the room meet them, by their pages: nothing that was written is lost.

More of them: races (test_dialogues_races.py), two hours without a network and a server that is started again
(tests/browser/test_dialogue_bad_days.py), codes that are guessed (tests/pages/dialogues/test_joining.py), steps
whose owner left and mails that come back (test_hand_over.py, test_step_by_mail.py and test_inviting.py there).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse

from dialogues.models import Dialogue, Note, Participant
from dialogues.services.joining import LENGTH, LETTERS, joining_begin
from dialogues.services.preparing import participant_add
from portal.guessing import forget_guesses
from tests.conftest import client_of
from tests.dialogues import add_slide, at_work, fresh_key, make_dialogue
from tests.records import held_dialogue
from tests.world import World

JSON = {"HTTP_ACCEPT": "application/json"}
DEVICES, EACH = 10, 30


@pytest.fixture
def dialogue(world: World) -> Dialogue:
    forget_guesses()
    with at_work(world):
        made = make_dialogue(world, begun=True)
        add_slide(made, world)
        return made


@pytest.fixture
def code(world: World, dialogue: Dialogue) -> str:
    with at_work(world):
        return joining_begin(dialogue=dialogue, by=world.alma)


def address(name: str, dialogue: Dialogue, **more: Any) -> str:
    return reverse(name, kwargs={"slug": "alvik", "dialogue_id": dialogue.pk, **more})


def join(code: str) -> Client:
    device = Client()
    assert device.post(reverse("dialogue-join", args=[code])).status_code == 302
    return device


def test_twelve_join_a_dialogue_of_ten_and_all_of_them_are_heard(
    world: World, dialogue: Dialogue, code: str
) -> None:
    with at_work(world):
        for number in range(10):
            participant_add(dialogue=dialogue, name=f"Person {number}", by=world.alma)
    for number in range(12):
        device = join(code)
        assert device.get(address("dialogue-room", dialogue)).status_code == 200
        note = {"kind": "idea", "text": f"Från plats {number}", "write_key": fresh_key()}
        assert device.post(address("room-note-add", dialogue), note, **JSON).status_code == 200
    log = client_of(world, "fia").get(address("dialogue-log", dialogue)).content.decode()
    assert all(f"Från plats {number}<" in log for number in range(12))


def test_a_code_has_more_than_thirty_eight_bits() -> None:
    assert len(set(LETTERS)) ** LENGTH > 2**38


def test_three_hundred_notes_of_ten_devices_are_all_there_once_and_are_read_by_everyone(
    world: World, dialogue: Dialogue, code: str
) -> None:
    """From one network, as a municipality's: nobody is taken for a machine. Every tenth is sent again."""
    devices = [join(code) for _ in range(DEVICES)]
    written = [f"Tanke {turn} av {number}" for turn in range(EACH) for number in range(DEVICES)]
    for place, text in enumerate(written):
        note = {"kind": "idea", "text": text, "write_key": fresh_key()}
        for _time in range(1 if place % 10 else 2):
            answer = devices[place % DEVICES].post(address("room-note-add", dialogue), note, **JSON)
            assert answer.status_code == 200
    with at_work(world):
        assert sorted(Note.objects.values_list("text", flat=True)) == sorted(written)
    for client, name in ((devices[0], "dialogue-room"), (client_of(world, "vera"), "dialogue-summary")):
        said = re.findall(r"Tanke \d+ av \d+", client.get(address(name, dialogue)).content.decode())
        assert set(written) <= set(said), name
    everything = devices[1].get(address("room-changes", dialogue), **JSON).json()["notes"]
    assert sorted(note["text"] for note in everything) == sorted(written)


def test_two_who_lead_turn_the_same_pages_and_close_once(world: World, dialogue: Dialogue, code: str) -> None:
    phone, fia, alma = join(code), client_of(world, "fia"), client_of(world, "alma")
    for leader, screen in ((fia, 2), (alma, 5), (fia, 4)):
        assert leader.post(address("dialogue-screen", dialogue), {"screen": screen}).status_code == 204
        shown = phone.get(address("room-changes", dialogue), **JSON).json()
        assert shown["screen"] == screen, "the room follows whoever turned last"
    for leader in (fia, alma):
        note = {"kind": "takeaway", "text": "Vi leder båda", "write_key": fresh_key()}
        assert leader.post(address("note-add", dialogue), note, **JSON).status_code == 200
        assert leader.post(address("dialogue-finish", dialogue)).status_code == 302
    with at_work(world):
        dialogue.refresh_from_db()
        assert dialogue.state == Dialogue.State.HELD
        assert Note.objects.filter(text="Vi leder båda").count() == 2
    assert "Vi leder båda" in alma.get(address("dialogue-summary", dialogue)).content.decode()


def test_a_record_whose_mail_comes_back_is_seen_on_the_list_and_is_still_there(
    world: World, run_jobs: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    with at_work(world):
        held = held_dialogue(world)
    alma = client_of(world, "alma")
    alma.post(address("record-draft", held), {"summary": ""})
    run_jobs()

    def refuse(self: EmailMessage, *args: Any, **kwargs: Any) -> int:
        raise SMTPRecipientsRefused({world.gun.email: (550, b"no such user")})

    monkeypatch.setattr(EmailMessage, "send", refuse)
    alma.post(address("record-send", held))
    run_jobs()
    with at_work(world):
        assert Participant.in_scope().get(email=world.gun.email).mail_failed
    assert "mejlet kom tillbaka" in alma.get(address("dialogue-invite", held)).content.decode()
    assert alma.get(address("dialogue-record", held)).status_code == 200
