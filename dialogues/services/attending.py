"""Who was there, who kept the notes, and who approved them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from dialogues.errors import DialogueError
from dialogues.models import Attendance, Dialogue, Participant
from portal.audit.recording import record


@transaction.atomic
def attendance_note(
    *, dialogue: Dialogue, present: Collection[UUID], others: str, notes_by: str, by: User
) -> Attendance:
    """Note who of the list is in the room, who else is, and who keeps the notes; noted again it is put right.

    Nobody is stored who is not on the list or written here. Raises DialogueError for a dialogue that is cancelled.
    """
    locked = _locked(dialogue)
    if locked.state == Dialogue.State.CANCELLED:
        raise DialogueError(_("This dialogue is cancelled. Plan it again before you hold it."))
    invited = Participant.in_scope().filter(dialogue=locked)
    here = invited.filter(pk__in=present).update(is_present=True)
    invited.exclude(pk__in=present).update(is_present=False)
    lines = "\n".join(line.strip() for line in others.replace("\x00", "").splitlines() if line.strip())
    noted: Attendance = Attendance.objects.update_or_create(
        dialogue=locked,
        defaults={"others": lines[: Attendance.LONGEST_OTHERS], "notes_by": notes_by.strip()[:100]},
    )[0]
    record("dialogue.attendance_noted", target=locked, by=by, present=here)
    return noted


@transaction.atomic
def notes_approve(*, dialogue: Dialogue, approved_by: str, approved_on: date | None, by: User) -> Attendance:
    """Note who approved the notes and when; without a name the approval is taken back.

    It stands in the next draft, and in the final record that is made of a draft. Raises DialogueError before the
    dialogue is closed, and for a day that is not between the meeting and today.
    """
    locked, name = _locked(dialogue), approved_by.strip()[:100]
    if locked.state != Dialogue.State.HELD:
        raise DialogueError(_("Close the dialogue first: until then more may be written."))
    day = (approved_on or timezone.localdate()) if name else None
    if day is not None and (day > timezone.localdate() or day < timezone.localdate(locked.held_at)):
        raise DialogueError(_("The notes are approved on a day after the meeting, today at the latest."))
    noted: Attendance = Attendance.objects.update_or_create(
        dialogue=locked, defaults={"approved_by": name, "approved_on": day}
    )[0]
    record("dialogue.notes_approved", target=locked, by=by, is_approved=bool(name))
    return noted


def _locked(dialogue: Dialogue) -> Dialogue:
    """The dialogue's row is the queue: two who note at once don't mix."""
    found: Dialogue = Dialogue.in_scope().select_for_update().get(pk=dialogue.pk)
    return found
