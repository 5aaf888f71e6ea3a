"""The three questions: on the wall with their code, once a device, tied to none, and ended when nobody does."""

from __future__ import annotations

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dialogues.models import ClosingEvaluation, Dialogue
from dialogues.services.evaluating import closings_end
from dialogues.services.joining import joining_begin
from tests.conftest import client_of, working_as
from tests.dialogues import at_work, make_dialogue
from tests.world import World

ANSWERS = {"said": "5", "learnt": "4", "believes": "3"}


@pytest.fixture
def dialogue(world: World) -> Dialogue:
    with at_work(world):
        made = make_dialogue(world, begun=True)
        joining_begin(dialogue=made, by=world.alma)
        made.refresh_from_db()
        return made


def joined(dialogue: Dialogue, device: Client | None = None) -> Client:
    device = device or Client()
    assert device.post(reverse("dialogue-join", args=[dialogue.join_code])).status_code == 302
    return device


def address(name: str, dialogue: Dialogue) -> str:
    return reverse(name, args=["alvik", dialogue.pk])


def slide(client: Client, dialogue: Dialogue, name: str) -> BeautifulSoup:
    page = BeautifulSoup(client.get(address(name, dialogue)).content, "html.parser")
    found = page.select_one(".screen--evaluate")
    assert found is not None
    return found


def test_who_joins_again_or_sends_again_is_counted_once(world: World, dialogue: Dialogue) -> None:
    device, questions = joined(dialogue), address("room-evaluate", dialogue)
    grant = device.cookies["vaxtkraft_rum"].value
    assert device.post(questions, ANSWERS).status_code == 200
    joined(dialogue, device)
    assert device.cookies["vaxtkraft_rum"].value != grant, "a new grant"
    assert "Tack" in device.get(questions).content.decode()
    assert device.post(questions, ANSWERS | {"said": "1"}).status_code == 422
    script = Client()
    joined(dialogue, script)
    script.cookies["vaxtkraft_rum"] = grant
    assert "Tack" in script.get(questions).content.decode(), "the same grant elsewhere"
    assert script.post(questions, ANSWERS | {"said": "1"}).status_code == 422
    assert joined(dialogue).post(questions, ANSWERS).status_code == 200
    with at_work(world):
        kept = ClosingEvaluation.in_scope().get(dialogue=dialogue)
        assert (kept.answers, kept.counts[0]) == (2, [0, 0, 0, 0, 2])


def test_no_row_of_a_device_is_written_with_an_answer_and_no_mark_outlasts_the_dialogue(
    world: World, dialogue: Dialogue
) -> None:
    devices = [joined(dialogue) for _number in range(3)]
    with at_work(world), connection.cursor() as cursor:
        cursor.execute("SELECT xmin::text FROM dialogues_device")
        before = sorted(cursor.fetchall())
    devices[1].post(address("room-evaluate", dialogue), ANSWERS)
    with at_work(world), connection.cursor() as cursor:
        cursor.execute("SELECT xmin::text FROM dialogues_device")
        assert sorted(cursor.fetchall()) == before
        cursor.execute("SELECT id::text FROM dialogues_device")
        numbers = [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT to_jsonb(e)::text FROM dialogues_closingevaluation e")
        ((kept,),) = cursor.fetchall()
    assert not any(number in kept or number.replace("-", "") in kept for number in numbers)
    client_of(world, "alma").post(address("dialogue-finish", dialogue))
    with at_work(world):
        assert ClosingEvaluation.in_scope().get().spent == []


def test_the_slide_has_the_questions_and_the_way_in_and_no_number_while_it_is_open(
    world: World, dialogue: Dialogue
) -> None:
    alma, device = client_of(world, "alma"), joined(dialogue)
    for _number in range(5):
        joined(dialogue).post(address("room-evaluate", dialogue), ANSWERS)
    code = f"{dialogue.join_code[:4]} {dialogue.join_code[4:]}"
    for name in ("dialogue-present", "dialogue-wall"):
        shown = slide(alma, dialogue, name)
        assert len(shown.select("ol li")) == 3 and shown.select_one("svg") and code in shown.get_text()
        assert "5" not in shown.get_text().replace(code, "").replace(dialogue.join_code, "")
    assert slide(device, dialogue, "dialogue-room").select_one(f"a[href='{address('room-evaluate', dialogue)}']")
    closing = alma.get(address("dialogue-closing", dialogue)).content.decode()
    assert "5 svar" not in closing and "5 har svarat" not in closing
    alma.post(address("dialogue-finish", dialogue))
    assert "5 svar" in slide(alma, dialogue, "dialogue-wall").get_text()


def test_questions_that_nobody_closed_end_after_their_days(world: World, dialogue: Dialogue) -> None:
    for _number in range(5):
        joined(dialogue).post(address("room-evaluate", dialogue), ANSWERS)
    late = joined(dialogue)
    now = timezone.now()
    with working_as("worker"), at_work(world):
        assert closings_end(now + timedelta(days=2, hours=23)) == 0
        assert closings_end(now + timedelta(days=3, hours=1)) == 1
        assert closings_end(now + timedelta(days=4)) == 0
    assert late.post(address("room-evaluate", dialogue), ANSWERS).status_code == 422
    page = client_of(world, "vera").get(address("dialogue-closing", dialogue)).content.decode()
    assert "5,0" in page and "4,0" in page
