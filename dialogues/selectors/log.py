"""The log of a dialogue as it stands, and what happened to it since somebody looked."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

from django.db.models import QuerySet

from dialogues.models import Dialogue, NextStep, Note


def notes_of(dialogue: Dialogue) -> QuerySet[Note]:
    """The log in the order in which it was written, each note with its chart; what was removed is left out."""
    return all_notes_of(dialogue).filter(is_removed=False)


def all_notes_of(dialogue: Dialogue) -> QuerySet[Note]:
    """The same, with what was removed."""
    return Note.in_scope().filter(dialogue=dialogue).select_related("slide__chart", "cluster").order_by("number")


def mark_of(dialogue: Dialogue, steps: Sequence[NextStep]) -> str:
    """A word that changes whenever anything in the log does: a note, a next step, what is shown, the state.

    It begins with the number of the last change of a note, so that a page can ask for what came after.
    """
    known = " ".join(f"{step.pk} {step.state} {step.due_on}" for step in steps)
    began = dialogue.began_at.timestamp() if dialogue.began_at else 0
    shown = f"{dialogue.screen}{dialogue.talk}{dialogue.talk_ends_at}"
    return f"{dialogue.last_change}.{dialogue.state}.{began:.0f}.{zlib.crc32((known + shown).encode())}"


def notes_after(dialogue: Dialogue, change: int) -> QuerySet[Note]:
    """What happened to the notes after a change, those included that were removed."""
    return all_notes_of(dialogue).filter(change__gt=change)
