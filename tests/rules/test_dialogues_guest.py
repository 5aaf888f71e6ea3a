"""A guest sees the dialogue they were invited to, and nothing more."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import get_resolver, reverse

from dialogues.models import Dialogue, Note
from dialogues.services.preparing import participant_remove
from tests.conftest import client_of
from tests.dialogues import FINDING, add_slide, at_work, fresh_key, invite_gun, make_dialogue
from tests.world import World

READS = (
    "dialogue-detail", "dialogue-present", "dialogue-log", "dialogue-summary", "note-list", "dialogue-wall",
    "dialogue-join-code", "dialogue-closing", "dialogue-record",
)  # fmt: skip
WRITES = ("note-add", "next-step-add", "record-comment")
CLOSED = (
    "dialogue-begin", "dialogue-finish", "dialogue-reopen", "dialogue-cancel", "dialogue-plan-again",
    "participant-add", "slide-add", "deck-order", "deck-file",
    "dialogue-screen", "dialogue-talk", "dialogue-join-begin", "note-groups", "deck-fill",
    "participants-fill", "dialogue-fill", "dialogue-agenda", "dialogue-copy", "dialogue-invite",
    "dialogue-template-make",
    "slide-make", "record-draft", "record-finish", "record-send", "dialogue-attendance", "notes-approve",
)  # fmt: skip


@pytest.fixture
def invited(world: World) -> Dialogue:
    with at_work(world):
        dialogue = make_dialogue(world, begun=True, title="Den som Gun är med i")
        add_slide(dialogue, world)
        invite_gun(dialogue, world)
    return dialogue


def address(name: str, dialogue: Dialogue, **more: Any) -> str:
    return reverse(name, kwargs={"slug": "alvik", "dialogue_id": dialogue.pk, **more})


def test_it_is_on_the_start_page(world: World, invited: Dialogue) -> None:
    with at_work(world):
        make_dialogue(world, title="En annan dialog")
    page = client_of(world, "gun").get(reverse("start", args=["alvik"])).content.decode()
    assert "Den som Gun är med i" in page
    assert "En annan dialog" not in page


@pytest.mark.parametrize("name", READS)
def test_that_one_dialogue_opens_and_no_other(world: World, invited: Dialogue, name: str) -> None:
    with at_work(world):
        other = make_dialogue(world)
    client = client_of(world, "gun")
    assert client.get(address(name, invited)).status_code == 200
    assert client.get(address(name, other)).status_code == 404


def test_its_charts_are_shown(world: World, invited: Dialogue) -> None:
    assert FINDING in client_of(world, "gun").get(address("dialogue-present", invited)).content.decode()


def test_the_guest_writes_in_its_log_alone(world: World, invited: Dialogue) -> None:
    with at_work(world):
        other = make_dialogue(world)
    client = client_of(world, "gun")
    note = {"kind": "idea", "text": "Från polisen", "write_key": fresh_key()}
    assert client.post(address("note-add", invited), note).status_code == 302
    assert client.post(address("note-add", other), note | {"write_key": fresh_key()}).status_code == 404
    with at_work(world):
        assert [found.dialogue_id for found in Note.objects.all()] == [invited.pk]


@pytest.mark.parametrize("name", CLOSED)
def test_preparing_and_holding_stay_closed(world: World, invited: Dialogue, name: str) -> None:
    assert client_of(world, "gun").post(address(name, invited)).status_code == 404


def test_addresses_of_other_participants_are_not_shown(world: World, invited: Dialogue) -> None:
    from dialogues.services.preparing import participant_add

    with at_work(world):
        participant_add(dialogue=invited, name="Karin", email="karin.hemlig@example.org", by=world.alma)
    for name in READS:
        assert "karin.hemlig" not in client_of(world, "gun").get(address(name, invited)).content.decode()


def test_the_members_are_not_listed_as_owners(world: World, invited: Dialogue) -> None:
    page = client_of(world, "gun").get(address("dialogue-log", invited)).content.decode()
    assert "Gun" in page
    assert "Vera" not in page


def test_who_is_taken_off_the_list_is_let_out(world: World, invited: Dialogue) -> None:
    client = client_of(world, "gun")
    assert client.get(address("dialogue-log", invited)).status_code == 200
    with at_work(world):
        participant_remove(participant=invited.participants.get(user=world.gun), by=world.alma)
    for name in READS:
        assert client_of(world, "gun").get(address(name, invited)).status_code == 404


def test_every_address_of_one_dialogue_is_weighed_here() -> None:
    """A new page about one dialogue is either open to its guest or closed; somebody has to decide."""
    known = {*READS, *WRITES, *CLOSED, "dialogue-prepare", "dialogue-events"}
    known |= {"dialogue-room", "room-changes", "room-events", "room-note-add", "room-evaluate"}
    known |= {f"room-note-{verb}" for verb in ("change", "remove", "restore", "agree")}
    known |= {f"participant-{verb}" for verb in ("change", "remove", "invite")}
    known |= {f"slide-{verb}" for verb in ("move", "remove", "describe")}
    known |= {f"note-{verb}" for verb in ("change", "remove", "restore")}
    known |= {f"record-{part}" for part in ("file", "metadata", "version")}
    known |= {f"cluster-{verb}" for verb in ("change", "raise", "remove")}
    about_one = {
        name
        for name in get_resolver().reverse_dict
        if isinstance(name, str) and "dialogue_id" in get_resolver().reverse_dict[name][0][0][1]
    }
    assert about_one == known
