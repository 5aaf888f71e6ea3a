"""The log as scripts read it. A note says nothing of who wrote it, nor when."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, Self
from uuid import UUID

from django.utils import formats

from dialogues.models import Dialogue, NextStep, Note
from dialogues.selectors.log import Standing


def log_as_json(standing: Standing, log: Increment, *, own: Collection[UUID] = ()) -> dict[str, Any]:
    """The state of a dialogue, what is shown, its steps, and some notes; of those removed only the number.

    `change` is what to ask for the next time: what came after it. `own` are the notes of the reader's device.
    """
    running = standing.began_at if standing.state == Dialogue.State.ONGOING else None
    mine = {str(note_id) for note_id in own}
    return {
        "state": standing.state,
        "began_at": running.isoformat() if running else None,
        "screen": standing.screen,
        "talk": standing.talk,
        "talk_ends_at": standing.talk_ends_at.isoformat() if standing.talk_ends_at else None,
        "has_code": standing.has_code,
        "change": standing.change,
        "notes": [note | {"mine": note["id"] in mine} for note in log.notes],
        "removed": log.removed,
        "steps": log.steps,
    }


@dataclass(frozen=True)
class Increment:
    """Some notes and all next steps of a dialogue, as everyone reads them who may read them at all."""

    notes: list[dict[str, Any]]
    removed: list[str]
    steps: list[dict[str, Any]]

    @classmethod
    def of(cls, notes: Iterable[Note], steps: Iterable[NextStep]) -> Self:
        """As scripts read them, in the language at work."""
        notes = list(notes)
        return cls(
            [note_as_json(note) for note in notes if not note.is_removed],
            [str(note.pk) for note in notes if note.is_removed],
            [step_as_json(step) for step in steps],
        )


def note_as_json(note: Note, *, device_id: UUID | None = None) -> dict[str, Any]:
    """A note: its text, its kind, its place in the order, its version, and the chart that it is about.

    `mine` is whether the reader's own device wrote it.
    """
    return {
        "id": str(note.pk),
        "key": str(note.write_key),
        "kind": note.kind,
        "text": note.text,
        "number": note.number,
        "version": note.version,
        "change": note.change,
        "about": note.slide.name if note.slide else "",
        "cluster": note.cluster.title if note.cluster else "",
        "may_be_about_one": note.may_be_about_one,
        "voice": note.voice,
        "agreed": note.agreed,
        "mine": device_id is not None and note.device_id == device_id,
    }


def step_as_json(step: NextStep) -> dict[str, Any]:
    """A next step, with everything in words."""
    return {
        "id": str(step.pk),
        "key": str(step.write_key),
        "text": step.text,
        "owner": step.owner_name,
        "due": formats.date_format(step.due_on, "j F Y") if step.due_on else "",
        "state": step.state,
        "state_text": step.get_state_display(),
    }
