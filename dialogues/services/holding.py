"""Holding a dialogue: its clock, its notes, its end. What is written is stored once and never overwritten."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services.onboarding_steps import onboarding_step_reach
from dialogues.errors import DialogueError
from dialogues.models import Dialogue, Note, Slide
from dialogues.states import DIALOGUE_TRANSITIONS
from portal.audit.recording import record


def change_state(*, dialogue: Dialogue, to: Dialogue.State, **columns: object) -> bool:
    """Move a dialogue on where its present state allows it; true when this call did it."""
    sources = [state for state, targets in DIALOGUE_TRANSITIONS.items() if to in targets]
    return bool(Dialogue.objects.filter(pk=dialogue.pk, state__in=sources).update(state=to, **columns))


@transaction.atomic
def dialogue_begin(*, dialogue: Dialogue, by: User) -> None:
    """Start the agenda's clock. Who starts it again goes on with the clock that runs.

    Raises DialogueError for a dialogue that is cancelled or closed.
    """
    planned = Dialogue.objects.filter(pk=dialogue.pk, state=Dialogue.State.PLANNED)
    if planned.update(state=Dialogue.State.ONGOING, began_at=timezone.now()):
        record("dialogue.begun", target=dialogue, by=by)
        return
    dialogue.refresh_from_db(fields=["state"])
    if dialogue.state == Dialogue.State.CANCELLED:
        raise DialogueError(_("This dialogue is cancelled. Plan it again before you hold it."))
    if dialogue.state == Dialogue.State.HELD:
        raise DialogueError(_("This dialogue is closed. Open it again to go on."))


@transaction.atomic
def dialogue_finish(*, dialogue: Dialogue, by: User) -> None:
    """Close the dialogue: the log becomes a summary. It can be opened again. Raises DialogueError if cancelled."""
    if change_state(dialogue=dialogue, to=Dialogue.State.HELD, held_at=timezone.now()):
        record("dialogue.held", target=dialogue, by=by)
        onboarding_step_reach(step="first_dialogue")
        return
    dialogue.refresh_from_db(fields=["state"])
    if dialogue.state == Dialogue.State.CANCELLED:
        raise DialogueError(_("This dialogue is cancelled. Plan it again before you close it."))


@transaction.atomic
def dialogue_reopen(*, dialogue: Dialogue, by: User) -> None:
    """Open a closed dialogue again; its clock is where it was. Raises DialogueError when it is not closed."""
    reopened = Dialogue.objects.filter(pk=dialogue.pk, state=Dialogue.State.HELD).update(
        state=Dialogue.State.ONGOING, held_at=None
    )
    if not reopened:
        raise DialogueError(_("Only a closed dialogue can be opened again."))
    record("dialogue.reopened", target=dialogue, by=by)


@transaction.atomic
def dialogue_cancel(*, dialogue: Dialogue, by: User) -> None:
    """Cancel a dialogue that is planned."""
    if not change_state(dialogue=dialogue, to=Dialogue.State.CANCELLED):
        raise DialogueError(_("Only a planned dialogue can be cancelled."))
    record("dialogue.cancelled", target=dialogue, by=by)


@transaction.atomic
def dialogue_plan_again(*, dialogue: Dialogue, by: User) -> None:
    """Undo a cancellation, or a start by mistake."""
    if change_state(dialogue=dialogue, to=Dialogue.State.PLANNED, began_at=None, held_at=None):
        record("dialogue.planned_again", target=dialogue, by=by)


@dataclass(frozen=True)
class Written:
    """What became of a note that was sent: the note, and whether it came as an addition instead of a change."""

    note: Note
    was_known: bool = False
    is_beside: bool = False


@transaction.atomic
def note_add(*, dialogue: Dialogue, kind: str, text: str, write_key: UUID, slide: Slide | None = None) -> Written:
    """Store one note, without author or time. Sent again with the same key it is the same note.

    A dialogue that was closed meanwhile still takes it: a device may have been without a network. Raises
    DialogueError when it is empty, too long, or the dialogue is cancelled.
    """
    text = check_text(text)
    known: Note | None = Note.objects.filter(write_key=write_key).first()
    if known is not None:
        return Written(known, was_known=True)
    # The dialogue's row is the queue: it gives the number, and a second sender of the same key waits here.
    numbered = Dialogue.objects.filter(pk=dialogue.pk).exclude(state=Dialogue.State.CANCELLED)
    if not numbered.update(last_note_number=F("last_note_number") + 1):
        raise DialogueError(_("This dialogue is cancelled. Nothing can be added to its log."))
    known = Note.objects.filter(write_key=write_key).first()
    if known is not None:
        return Written(known, was_known=True)
    number = Dialogue.objects.values_list("last_note_number", flat=True).get(pk=dialogue.pk)
    note: Note = Note.objects.create(
        dialogue=dialogue, kind=kind, text=text, slide=slide, number=number, write_key=write_key
    )
    # That a note was added, never by whom.
    record("dialogue.note_added", target=dialogue)
    return Written(note)


@transaction.atomic
def note_change(*, note: Note, text: str, version: int, write_key: UUID, kind: str | None = None) -> Written:
    """Change a note that the writer saw at `version`.

    Where somebody else changed it meanwhile, nothing is overwritten: the text becomes a note of its own, under
    `write_key`, so that a change that is sent again makes no second one.
    """
    text = check_text(text)
    columns: dict[str, object] = {"text": text, "version": F("version") + 1}
    if kind is not None:
        columns["kind"] = kind
    if Note.objects.filter(pk=note.pk, version=version, is_removed=False).update(**columns):
        note.refresh_from_db()
        return Written(note)
    note.refresh_from_db()
    if note.text == text and not note.is_removed:
        return Written(note, was_known=True)
    beside = note_add(
        dialogue=note.dialogue, kind=kind or note.kind, text=text, slide=note.slide, write_key=write_key
    )
    return Written(beside.note, is_beside=True)


@transaction.atomic
def note_remove(*, note: Note) -> None:
    """Take a note out of the log; `note_restore` brings it back."""
    if Note.objects.filter(pk=note.pk, is_removed=False).update(is_removed=True, version=F("version") + 1):
        record("dialogue.note_removed", target=note.dialogue)


@transaction.atomic
def note_restore(*, note: Note) -> None:
    """Undo the removal of a note."""
    if Note.objects.filter(pk=note.pk, is_removed=True).update(is_removed=False, version=F("version") + 1):
        record("dialogue.note_restored", target=note.dialogue)


def check_text(text: str) -> str:
    """The text without the space around it; raises DialogueError when it is empty or too long."""
    text = text.replace("\x00", "").strip()
    if not text:
        raise DialogueError(_("Write something first."))
    if len(text) > Note.LONGEST:
        raise DialogueError(
            _("A note can be %(most)s characters long; this one has %(length)s. Split it into several notes.")
            % {"most": Note.LONGEST, "length": len(text)}
        )
    return text
