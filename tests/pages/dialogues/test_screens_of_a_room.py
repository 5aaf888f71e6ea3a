"""The screens of a room: each is let in by itself, and together they read what is new once."""

from __future__ import annotations

import re
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dialogues.models import Device, Dialogue
from dialogues.room import increments
from dialogues.room.payload import Increment
from dialogues.services.following_up import next_step_add
from dialogues.services.joining import joining_begin
from tests.dialogues import at_work, fresh_key, make_dialogue
from tests.world import World

JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def dialogue(world: World) -> Dialogue:
    with at_work(world):
        return make_dialogue(world, begun=True)


@pytest.fixture
def screens(world: World, dialogue: Dialogue) -> list[Client]:
    with at_work(world):
        code = joining_begin(dialogue=dialogue, by=world.alma)
    found = [Client() for _each in range(3)]
    for screen in found:
        assert screen.post(reverse("dialogue-join", args=[code])).status_code == 302
    return found


def address(name: str, dialogue: Dialogue) -> str:
    return reverse(name, kwargs={"slug": "alvik", "dialogue_id": dialogue.pk})


def say(screen: Client, dialogue: Dialogue, text: str) -> None:
    fields = {"kind": "idea", "text": text, "write_key": fresh_key()}
    assert screen.post(address("room-note-add", dialogue), fields, **JSON).status_code == 200


def news(screen: Client, dialogue: Dialogue, after: int = 0) -> Any:
    return screen.get(address("room-changes", dialogue), {"efter": after}, **JSON)


def test_only_the_screen_that_wrote_it_is_told_that_it_is_its_own(
    dialogue: Dialogue, screens: list[Client]
) -> None:
    say(screens[0], dialogue, "Från den första")
    say(screens[1], dialogue, "Från den andra")
    told = [{note["text"]: note["mine"] for note in news(screen, dialogue).json()["notes"]} for screen in screens]
    assert told == [
        {"Från den första": True, "Från den andra": False},
        {"Från den första": False, "Från den andra": True},
        {"Från den första": False, "Från den andra": False},
    ]


def test_what_one_screen_read_costs_the_next_nothing_but_its_own_right(
    dialogue: Dialogue, screens: list[Client]
) -> None:
    say(screens[0], dialogue, "Öppna på söndagar")
    news(screens[0], dialogue)
    with CaptureQueriesContext(connection) as seen:
        assert news(screens[1], dialogue).json()["notes"][0]["text"] == "Öppna på söndagar"
    asked = [query["sql"] for query in seen if "set_config" not in query["sql"]]
    read = [sql for sql in asked if "FROM dialogues_" in sql or 'FROM "dialogues_' in sql]
    assert len(read) == 1, asked
    assert "dialogues_device" in read[0], "whether it has joined is asked each time"


def test_a_screen_that_is_forgotten_reads_nothing_that_others_just_read(
    world: World, dialogue: Dialogue, screens: list[Client]
) -> None:
    say(screens[0], dialogue, "Öppna på söndagar")
    assert news(screens[1], dialogue).status_code == 200
    with at_work(world):
        Device.objects.all().delete()
    assert news(screens[1], dialogue).status_code == 404
    with at_work(world):
        other = make_dialogue(world, begun=True, title="En annan kväll")
    screens[0].cookies["vaxtkraft_rum"]["path"] = "/"
    assert news(screens[0], other).status_code == 403


def test_what_happens_meanwhile_is_not_hidden_by_what_was_kept(
    world: World, dialogue: Dialogue, screens: list[Client]
) -> None:
    say(screens[0], dialogue, "Först")
    first = news(screens[1], dialogue).json()
    say(screens[0], dialogue, "Sedan")
    assert [note["text"] for note in news(screens[1], dialogue).json()["notes"]] == ["Först", "Sedan"]
    with at_work(world):
        next_step_add(
            dialogue=dialogue,
            text="Ringa",
            owner=None,
            owner_name="Siv",
            due_on=None,
            write_key=uuid4(),
            by=world.alma,
        )
    later = news(screens[2], dialogue, first["change"]).json()
    assert [step["text"] for step in later["steps"]] == ["Ringa"]


def test_a_page_that_was_just_fetched_is_up_to_date(
    world: World, dialogue: Dialogue, screens: list[Client]
) -> None:
    with at_work(world):
        for number in range(3):
            next_step_add(
                dialogue=dialogue, text=f"Steg {number}", owner=None, owner_name="Siv", due_on=None,
                write_key=uuid4(), by=world.alma,
            )  # fmt: skip
    page = screens[0].get(address("dialogue-room", dialogue)).content.decode()
    mark = re.search(r'data-mark="([^"]+)"', page)
    assert mark is not None
    answer = screens[0].get(address("room-changes", dialogue), HTTP_IF_NONE_MATCH=f'"{mark[1]}"', **JSON)
    assert (answer.status_code, answer.content) == (304, b"")


def key() -> increments.Key:
    return (uuid4(), "1.ongoing.0.1.0", 0, "sv")


def test_ten_who_ask_at_once_read_once() -> None:
    everyone, read, own = threading.Barrier(10), [], key()
    begun = threading.Event()

    def reading() -> Increment:
        read.append(1)
        begun.wait(0.2)
        return Increment([{"text": "Öppna"}], [], [])

    def ask(_number: int) -> Increment:
        everyone.wait()
        return increments.increment_of(own, reading)

    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(ask, range(10)))
    assert len(read) == 1
    assert all(answer.notes == [{"text": "Öppna"}] for answer in answers)


def test_a_reading_that_fails_is_nobody_elses_answer() -> None:
    own = key()

    def failing() -> Increment:
        raise ConnectionError

    with pytest.raises(ConnectionError):
        increments.increment_of(own, failing)
    assert increments.increment_of(own, lambda: Increment([], ["x"], [])).removed == ["x"]


def test_nothing_is_kept_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(increments, "LASTS", -1.0)
    old = key()
    increments.increment_of(old, lambda: Increment([{"text": "sagt"}], [], []))
    increments.increment_of(key(), lambda: Increment([], [], []))
    assert increments.increment_of(old, lambda: Increment([], [], [])).notes == []
