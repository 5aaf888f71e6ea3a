"""Several people write at once: every note gets a number of its own, and a note sent twice is one note."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction

from dialogues.errors import DialogueError
from dialogues.models import Dialogue, NextStep, Note
from dialogues.services.following_up import next_step_add, next_step_update
from dialogues.services.notes import note_add, note_change
from portal.tenancy.scope import scope
from tests.dialogues import at_work, make_dialogue
from tests.world import World

pytestmark = pytest.mark.committed


def at_once(world: World, *deeds: Callable[[], Any]) -> list[Any]:
    """Do all of them at the same time, each with a connection and a transaction of its own."""

    def one(deed: Callable[[], Any]) -> Any:
        try:
            with transaction.atomic(), scope(world.alvik.pk):
                return deed()
        except DialogueError as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(one, deeds))


def writing(dialogue: Dialogue, text: str, key: UUID) -> Callable[[], Any]:
    return lambda: note_add(dialogue=dialogue, kind="idea", text=text, write_key=key)


def test_ten_who_write_at_once_get_ten_numbers(committed: World) -> None:
    with at_work(committed):
        dialogue = make_dialogue(committed, begun=True)
    at_once(committed, *(writing(dialogue, f"Tanke {number}", uuid4()) for number in range(10)))
    with at_work(committed):
        assert sorted(Note.objects.values_list("number", flat=True)) == list(range(1, 11))


def test_the_same_note_sent_five_times_at_once_is_one(committed: World) -> None:
    with at_work(committed):
        dialogue = make_dialogue(committed, begun=True)
    key = uuid4()
    written = at_once(committed, *(writing(dialogue, "En gång", key) for _ in range(5)))
    assert len({found.note.pk for found in written}) == 1
    with at_work(committed):
        assert Note.objects.count() == 1


def test_two_who_change_at_once_are_both_kept(committed: World) -> None:
    with at_work(committed):
        note = note_add(
            dialogue=make_dialogue(committed, begun=True), kind="idea", text="Först", write_key=uuid4()
        ).note
    at_once(
        committed,
        *(
            lambda text=text: note_change(
                note=Note.objects.get(pk=note.pk), text=text, version=1, write_key=uuid4()
            )
            for text in ("Hennes", "Hans")
        ),
    )
    with at_work(committed):
        assert sorted(Note.objects.values_list("text", flat=True)) == ["Hans", "Hennes"]


def test_two_who_mark_a_step_at_once_do_it_once(committed: World) -> None:
    with at_work(committed):
        step = next_step_add(
            dialogue=make_dialogue(committed),
            text="Ringa",
            owner=committed.olle,
            owner_name="",
            due_on=None,
            write_key=uuid4(),
            by=committed.fia,
        )
    met = at_once(
        committed,
        *(
            lambda by=by: next_step_update(step=NextStep.objects.get(pk=step.pk), to=NextStep.State.DONE, by=by)
            for by in (committed.olle, committed.fia)
        ),
    )
    assert sum(isinstance(one, DialogueError) for one in met) == 1, "the second is told"


def test_the_same_step_sent_at_once_is_one(committed: World) -> None:
    with at_work(committed):
        dialogue = make_dialogue(committed)
    key = uuid4()
    at_once(
        committed,
        *(
            lambda: next_step_add(
                dialogue=dialogue,
                text="Ringa",
                owner=None,
                owner_name="Karin",
                due_on=None,
                write_key=key,
                by=committed.fia,
            )
            for _ in range(3)
        ),
    )
    with at_work(committed):
        assert NextStep.objects.count() == 1
