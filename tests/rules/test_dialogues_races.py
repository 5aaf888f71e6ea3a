"""Several people write at once: each note has its own number, is stored once, and is missed by nobody."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction

from dialogues.errors import DialogueError
from dialogues.models import Device, Dialogue, NextStep, Note
from dialogues.selectors.log import notes_after
from dialogues.services.following_up import next_step_add, next_step_move, next_step_update
from dialogues.services.joining import device_join
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


def test_done_and_moved_at_once_keeps_one_and_tells_the_other(committed: World) -> None:
    with at_work(committed):
        step = next_step_add(
            dialogue=make_dialogue(committed),
            text="Ringa",
            owner=committed.olle,
            owner_name="",
            due_on=date(2026, 9, 1),
            write_key=uuid4(),
            by=committed.fia,
        )
    done, moved = at_once(
        committed,
        lambda: next_step_update(
            step=NextStep.objects.get(pk=step.pk), to=NextStep.State.DONE, by=committed.olle, line="Klart i går"
        ),
        lambda: next_step_move(step=NextStep.objects.get(pk=step.pk), due_on=date(2026, 10, 1), by=committed.fia),
    )
    with at_work(committed):
        step.refresh_from_db()
    assert not isinstance(done, DialogueError)
    assert (step.state, step.line) == ("done", "Klart i går"), "what is done stays done, whoever came first"
    assert isinstance(moved, DialogueError) or step.due_on == date(2026, 10, 1)


def test_a_hundred_notes_from_ten_devices_reach_a_page_that_asks_meanwhile(committed: World) -> None:
    with at_work(committed):
        dialogue = make_dialogue(committed, begun=True)
        for _ in range(10):
            device_join(dialogue=dialogue)
        devices = list(Device.objects.all())
    seen, change = set[str](), 0

    def write(device: Device) -> None:
        try:
            for number in range(10):
                with transaction.atomic(), scope(committed.alvik.pk):
                    text = f"{device.pk} {number}"
                    note_add(dialogue=dialogue, kind="idea", text=text, write_key=uuid4(), device=device)
        finally:
            connection.close()

    def look() -> int:
        with at_work(committed):
            now = Dialogue.objects.get(pk=dialogue.pk)
            seen.update(str(note.pk) for note in notes_after(now.pk, change))
            return int(now.last_change)

    with ThreadPoolExecutor(10) as pool:
        writers = [pool.submit(write, device) for device in devices]
        while not all(writer.done() for writer in writers):
            change = look()
    look()
    for writer in writers:
        writer.result()
    with at_work(committed):
        stored = {str(pk) for pk in Note.objects.values_list("pk", flat=True)}
        numbers = sorted(Note.objects.values_list("number", flat=True))
    assert seen == stored, "a page that asks for what came after its last change misses none"
    assert numbers == list(range(1, 101))


def test_twelve_come_to_a_dialogue_of_ten(committed: World) -> None:
    with at_work(committed):
        dialogue = make_dialogue(committed, begun=True)
    grants = at_once(committed, *(lambda: device_join(dialogue=dialogue) for _ in range(12)))
    assert len({str(grant) for grant in grants}) == 12
    assert not any(isinstance(grant, DialogueError) for grant in grants)
