"""The log's notes: stored once, without author or time, and never overwritten."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from dialogues.errors import DialogueError
from dialogues.models import Agreement, Device, Dialogue, Note, Slide
from dialogues.room.live import changed
from dialogues.room.one_person import reads_as_one_person
from portal.audit.recording import record


@dataclass(frozen=True)
class Written:
    """What became of a note that was sent: the note, and whether it came as an addition instead of a change."""

    note: Note
    was_known: bool = False
    is_beside: bool = False


@transaction.atomic
def note_add(
    *,
    dialogue: Dialogue,
    kind: str,
    text: str,
    write_key: UUID,
    slide: Slide | None = None,
    device: Device | None = None,
    voice: str = "",
) -> Written:
    """Store one note, without author or time. Sent again with the same key it is the same note.

    A dialogue that was closed meanwhile still takes it: a device may have been without a network. Raises
    DialogueError when it is empty, too long, or the dialogue is cancelled.
    """
    text = check_text(text)
    known: Note | None = Note.objects.filter(write_key=write_key).first()
    if known is not None:
        return Written(known, was_known=True)
    # The dialogue's row is the queue: it gives the number, and a second sender of the same key waits here.
    change = next_change(dialogue, last_note_number=F("last_note_number") + 1)
    known = Note.objects.filter(write_key=write_key).first()
    if known is not None:
        return Written(known, was_known=True)
    number = Dialogue.objects.values_list("last_note_number", flat=True).get(pk=dialogue.pk)
    note: Note = Note.objects.create(
        dialogue=dialogue,
        kind=kind,
        text=text,
        slide=slide,
        number=number,
        write_key=write_key,
        change=change,
        device=device,
        voice=voice.strip()[:60],
        may_be_about_one=reads_as_one_person(text),
    )
    # That a note was added, never by whom.
    record("dialogue.note_added", target=dialogue)
    changed(dialogue)
    return Written(note)


@transaction.atomic
def note_change(*, note: Note, text: str, version: int, write_key: UUID, kind: str | None = None) -> Written:
    """Change a note that the writer saw at `version`.

    Where somebody else changed it meanwhile, nothing is overwritten: the text becomes a note of its own, under
    `write_key`, so that a change that is sent again makes no second one.
    """
    text = check_text(text)
    columns: dict[str, object] = {"text": text, "may_be_about_one": reads_as_one_person(text)}
    if kind is not None:
        columns["kind"] = kind
    change = next_change(note.dialogue)
    current = Note.objects.filter(pk=note.pk, version=version, is_removed=False)
    if current.update(version=F("version") + 1, change=change, **columns):
        note.refresh_from_db()
        changed(note.dialogue)
        return Written(note)
    note.refresh_from_db()
    if note.text == text and not note.is_removed:
        return Written(note, was_known=True)
    beside = note_add(
        dialogue=note.dialogue,
        kind=kind or note.kind,
        text=text,
        slide=note.slide,
        write_key=write_key,
        device=note.device,
        voice=note.voice,
    )
    return Written(beside.note, is_beside=True)


@transaction.atomic
def note_remove(*, note: Note) -> None:
    """Take a note out of the log; `note_restore` brings it back."""
    if _touch(note, {"is_removed": False}, is_removed=True):
        record("dialogue.note_removed", target=note.dialogue)


@transaction.atomic
def note_restore(*, note: Note) -> None:
    """Undo the removal of a note."""
    if _touch(note, {"is_removed": True}, is_removed=False):
        record("dialogue.note_restored", target=note.dialogue)


@transaction.atomic
def note_agree(*, note: Note, device: Device, agrees: bool) -> int:
    """Mark that a device agrees with a note, or no longer does; give how many do. A device is counted once."""
    if agrees:
        _agreement, is_new = Agreement.objects.get_or_create(note=note, device=device)
        difference = 1 if is_new else 0
    else:
        difference = -Agreement.in_scope().filter(note=note, device=device).delete()[0]
    if difference:
        _touch(note, {"is_removed": False}, agreed=F("agreed") + difference)
    note.refresh_from_db(fields=["agreed"])
    return note.agreed


def _touch(note: Note, expected: dict[str, object], **columns: object) -> bool:
    """Change a note where it is as expected, and let open pages ask for it."""
    change = next_change(note.dialogue)
    if not Note.objects.filter(pk=note.pk, **expected).update(change=change, **columns):
        return False
    changed(note.dialogue)
    return True


def next_change(dialogue: Dialogue, **columns: object) -> int:
    """The number of a change, in the order in which they are stored. Raises DialogueError when cancelled.

    The dialogue's row stays locked until the change is stored: who asks for what came after a number misses none.
    """
    rows = Dialogue.objects.filter(pk=dialogue.pk).exclude(state=Dialogue.State.CANCELLED)
    if not rows.update(last_change=F("last_change") + 1, **columns):
        raise DialogueError(_("This dialogue is cancelled. Nothing can be added to its log."))
    number: int = Dialogue.objects.values_list("last_change", flat=True).get(pk=dialogue.pk)
    return number


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
