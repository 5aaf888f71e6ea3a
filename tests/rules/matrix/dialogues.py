"""Pages of dialogues. The guest meets 404 here; what a grant opens is in tests/rules/test_dialogues_guest.py."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from datasets.reach import Reach
from dialogues.models import NextStep, Note, Participant
from dialogues.services.clusters import cluster_make
from dialogues.services.evaluating import self_evaluation_open
from dialogues.services.following_up import next_step_add
from dialogues.services.notes import note_add
from dialogues.services.preparing import participant_add
from dialogues.services.recording import draft_make, record_finish
from dialogues.services.templates import template_make
from tests.conftest import do_waiting_jobs
from tests.dialogues import add_slide, at_work, make_dialogue
from tests.records import held_dialogue
from tests.rules.matrix.row import Row, row
from tests.world import World


def one(
    make: Callable[[World, Any], dict[str, Any]] = lambda world, dialogue: {},
) -> Callable[[World], dict[str, Any]]:
    """The address of one dialogue of Alvik, or of something in it."""

    def arguments(world: World) -> dict[str, Any]:
        with at_work(world):
            dialogue = make_dialogue(world)
            return {"slug": "alvik", "dialogue_id": dialogue.pk, **make(world, dialogue)}

    return arguments


def participant(world: World, dialogue: Any) -> dict[str, Any]:
    found: Participant = participant_add(dialogue=dialogue, name="Rektorn", by=world.alma)
    return {"participant_id": found.pk}


def slide(world: World, dialogue: Any) -> dict[str, Any]:
    return {"slide_id": add_slide(dialogue, world).pk}


def with_a_slide(world: World, dialogue: Any) -> dict[str, Any]:
    add_slide(dialogue, world)
    return {}


def cluster(world: World, dialogue: Any) -> dict[str, Any]:
    return {"cluster_id": cluster_make(dialogue=dialogue, title="Tid", by=world.alma).pk}


def note(world: World, dialogue: Any) -> dict[str, Any]:
    found: Note = note_add(dialogue=dialogue, kind="idea", text="Öppna på söndagar", write_key=uuid4()).note
    return {"note_id": found.pk}


def a_record(*, is_final: bool) -> Callable[[World], dict[str, Any]]:
    """The address of a dialogue of Alvik with a record."""

    def arguments(world: World) -> dict[str, Any]:
        with at_work(world):
            dialogue = held_dialogue(world, is_guest_invited=False)
            draft_make(dialogue=dialogue, lang="sv", by=world.alma)
            if is_final:
                record_finish(dialogue=dialogue, by=world.alma)
        return {"slug": "alvik", "dialogue_id": dialogue.pk}

    return arguments


def version(world: World, **more: Any) -> dict[str, Any]:
    """The address of a final version, with its files."""
    arguments = a_record(is_final=True)(world)
    do_waiting_jobs()
    return {**arguments, "number": 1, **more}


def next_step(world: World) -> dict[str, Any]:
    with at_work(world):
        step: NextStep = next_step_add(
            dialogue=make_dialogue(world),
            text="Ringa biblioteket",
            owner=world.fia,
            owner_name="",
            due_on=None,
            write_key=uuid4(),
            by=world.alma,
        )
    return {"slug": "alvik", "step_id": step.pk}


def template(world: World) -> dict[str, Any]:
    with at_work(world):
        made = template_make(dialogue=make_dialogue(world), title="Mall", reach=Reach.OWN, by=world.alma)
    return {"slug": "alvik", "dialogue_template_id": made.pk}


def self_evaluation(world: World) -> dict[str, Any]:
    with at_work(world):
        return {"slug": "alvik", "evaluation_id": self_evaluation_open(title="Nu", members=6, by=world.alma).pk}


#             adam alma dag fia olle vera gun bo rut cleo anyone
READERS = "   200 200 200 200 200 200 404 404 404 404 302"
LEADERS = "   200 200 404 200 404 404 404 404 404 404 302"
LEADS = "     405 405 404 405 404 404 404 404 404 404 302"
WRITES = "    405 405 405 405 405 404 404 404 404 404 302"
COMMENTS = "  405 405 405 405 405 405 404 404 404 404 302"
RULES = "     200 404 404 404 404 404 404 404 404 404 302"
GONE = "      404 404 404 404 404 404 404 404 404 404 404"
STRANGERS = " 302 302 302 302 302 302 302 302 302 302 302"
ANYONE = "    200 200 200 200 200 200 200 200 200 200 200"
HANDS_OVER = "405 405 405 405 405 404 404 404 404 404 302"
FOLLOWS = "   200 200 200 200 200 404 404 404 404 404 302"

MATRIX: dict[str, Row] = {
    "dialogue-list": row(READERS),
    "dialogue-create": row(LEADERS),
    "dialogue-detail": row(READERS, one()),
    "dialogue-prepare": row(LEADERS, one(lambda world, dialogue: {"step": "data"})),
    "dialogue-begin": row(LEADS, one()),
    "dialogue-finish": row(LEADS, one()),
    "dialogue-reopen": row(LEADS, one()),
    "dialogue-cancel": row(LEADS, one()),
    "dialogue-plan-again": row(LEADS, one()),
    "participant-add": row(LEADS, one()),
    "participant-change": row(LEADERS, one(participant)),
    "participant-remove": row(LEADS, one(participant)),
    "participant-invite": row(LEADS, one(participant)),
    "dialogue-template-list": row(LEADERS),
    "dialogue-template-make": row(LEADERS, one()),
    "dialogue-copy": row(LEADS, one()),
    "dialogue-template-use": row(LEADS, template),
    "dialogue-template-share": row(LEADS, template),
    "dialogue-template-remove": row(LEADS, template),
    "deck-fill": row(LEADS, one()),
    "participants-fill": row(LEADS, one()),
    "dialogue-fill": row(LEADS, one()),
    "dialogue-agenda": row(LEADERS, one()),
    "dialogue-invite": row(LEADERS, one()),
    "invitation-by-mail": row(GONE, lambda world: {"token": "x"}),
    "slide-make": row(LEADERS, one()),
    "slide-add": row(LEADS, one()),
    "deck-order": row(LEADS, one()),
    "deck-file": row(LEADERS, one(with_a_slide)),
    "slide-move": row(LEADS, one(slide)),
    "slide-remove": row(LEADS, one(slide)),
    "slide-describe": row(LEADS, one(slide)),
    "dialogue-present": row(READERS, one()),
    "dialogue-log": row(READERS, one()),
    "dialogue-summary": row(READERS, one()),
    "dialogue-record": row(READERS, a_record(is_final=False)),
    "record-draft": row(LEADS, one()),
    "record-finish": row(LEADS, one()),
    "record-comment": row(COMMENTS, one()),
    "record-version": row(READERS, version),
    "record-file": row(READERS, lambda world: version(world, form="pdf")),
    "record-metadata": row(READERS, lambda world: version(world, form="xml")),
    "record-send": row(LEADS, one()),
    "record-rules": row(RULES),
    "record-by-mail": row(GONE, lambda world: {"token": "x"}),
    "record-file-by-mail": row(GONE, lambda world: {"token": "x"}),
    "dialogue-closing": row(READERS, one()),
    "dialogue-attendance": row(LEADERS, one()),
    "notes-approve": row(LEADS, one()),
    "room-evaluate": row(STRANGERS, one()),
    "self-evaluation-list": row(READERS),
    "self-evaluation-open": row(LEADS),
    "self-evaluation-close": row(LEADS, self_evaluation),
    "self-evaluation-answer": row(GONE, lambda world: {"token": "x"}),
    "note-list": row(READERS, one()),
    "dialogue-events": row(READERS, one()),
    "dialogue-wall": row(READERS, one()),
    "dialogue-screen": row(LEADS, one()),
    "dialogue-talk": row(LEADS, one()),
    "note-groups": row(LEADERS, one()),
    "cluster-change": row(LEADS, one(cluster)),
    "cluster-raise": row(LEADS, one(cluster)),
    "cluster-remove": row(LEADS, one(cluster)),
    "dialogue-join-code": row(READERS, one()),
    "dialogue-join-begin": row(LEADS, one()),
    "next-step-by-mail": row(GONE, lambda world: {"token": "x"}),
    "dialogue-join": row(ANYONE, lambda world: {}),
    "dialogue-room": row(STRANGERS, one()),
    "room-changes": row(STRANGERS, one()),
    "room-events": row(STRANGERS, one()),
    "room-note-add": row(STRANGERS, one()),
    "room-note-change": row(STRANGERS, one(note)),
    "room-note-remove": row(STRANGERS, one(note)),
    "room-note-restore": row(STRANGERS, one(note)),
    "room-note-agree": row(STRANGERS, one(note)),
    "note-add": row(WRITES, one()),
    "note-change": row(WRITES, one(note)),
    "note-remove": row(WRITES, one(note)),
    "note-restore": row(WRITES, one(note)),
    "next-step-add": row(WRITES, one()),
    "next-step-list": row(READERS),
    "next-step-update": row(FOLLOWS, next_step),
    "next-step-hand-over": row(HANDS_OVER, next_step),
}
