"""Next steps: promised in a dialogue, followed up from the owner's start page."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Department, Membership, User
from dialogues.errors import DialogueError
from dialogues.models import Dialogue, NextStep
from dialogues.room.live import changed
from dialogues.states import NEXT_STEP_TRANSITIONS
from portal.audit.recording import record


@transaction.atomic
def next_step_add(
    *,
    dialogue: Dialogue,
    text: str,
    owner: User | None,
    owner_name: str,
    due_on: date | None,
    write_key: UUID,
    by: User,
    department: Department | None = None,
    owner_email: str = "",
) -> NextStep:
    """Note who does what by when. Sent again with the same key it is the same step.

    A member finds it on their start page; both a member and somebody from outside with an address get mails about
    it once the dialogue is closed (`dialogues.services.reminding`). Raises DialogueError without
    a text or an owner, and for a dialogue that is cancelled.
    """
    if dialogue.state == Dialogue.State.CANCELLED:
        raise DialogueError(_("This dialogue is cancelled. Nothing can be added to its log."))
    # The dialogue's row is the queue: a second sender of the same key waits here, and then finds it stored.
    Dialogue.in_scope().select_for_update().get(pk=dialogue.pk)
    known: NextStep | None = NextStep.objects.filter(write_key=write_key).first()
    if known is not None:
        return known
    text = text.strip()
    if not text or not (owner or owner_name.strip()):
        raise DialogueError(_("A next step needs what is to be done, and who does it."))
    if department is None and owner is not None:
        membership = Membership.objects.filter(user=owner).select_related("department").first()
        department = membership.department if membership else None
    step: NextStep = NextStep.objects.create(
        dialogue=dialogue,
        text=text[:500],
        owner=owner,
        owner_name=owner_name.strip() or (owner.name if owner else ""),
        owner_email="" if owner else owner_email.strip().lower(),
        department=department,
        due_on=due_on,
        write_key=write_key,
    )
    record("next_step.added", target=step, by=by)
    changed(dialogue)
    return step


@transaction.atomic
def next_step_update(*, step: NextStep, to: NextStep.State, by: User | None, line: str = "") -> None:
    """Say how a step goes: done, stuck, dropped, or open again; without `by` it is its owner from outside.

    Raises DialogueError when somebody has moved it on meanwhile, so that neither overwrites the other.
    """
    sources = [state for state, targets in NEXT_STEP_TRANSITIONS.items() if to in targets]
    is_finished = to in (NextStep.State.DONE, NextStep.State.DROPPED)
    has_moved = NextStep.objects.filter(pk=step.pk, state__in=sources).update(
        state=to,
        line=line.strip()[:500] or step.line,
        finished_at=timezone.now() if is_finished else None,
        finished_by=by if is_finished else None,
    )
    if not has_moved:
        raise DialogueError(_refusal(step))
    record(f"next_step.{to.value}", target=step, by=by)
    changed(step.dialogue)


@transaction.atomic
def next_step_say(*, step: NextStep, line: str, by: User) -> None:
    """Add a line on how a step goes, and leave it where it stands.

    Raises DialogueError when somebody has moved it on meanwhile.
    """
    standing = NextStep.objects.filter(pk=step.pk, state=step.state)
    if not standing.update(line=line.strip()[:500] or step.line):
        raise DialogueError(_refusal(step))
    record("next_step.said", target=step, by=by)
    changed(step.dialogue)


@transaction.atomic
def next_step_move(*, step: NextStep, due_on: date, by: User | None, line: str = "") -> None:
    """Give a step another date; its reminders begin anew.

    Raises DialogueError when somebody finished it meanwhile: a step that is done has no day to come.
    """
    waiting = NextStep.objects.filter(pk=step.pk, state__in=(NextStep.State.OPEN, NextStep.State.STUCK))
    if not waiting.update(due_on=due_on, mails=min(step.mails, 1), line=line.strip()[:500] or step.line):
        raise DialogueError(_refusal(step))
    record("next_step.moved", target=step, by=by)
    changed(step.dialogue)


@transaction.atomic
def next_step_hand_over(
    *, step: NextStep, owner: User | None, owner_name: str, owner_email: str, by: User
) -> None:
    """Let somebody else take a step on. They are written to as if it were promised today.

    Links in mails to the one before no longer open it. Raises DialogueError when it is finished.
    """
    waiting = NextStep.objects.filter(pk=step.pk, state__in=(NextStep.State.OPEN, NextStep.State.STUCK))
    is_handed_over = waiting.update(
        owner=owner,
        owner_name=owner_name.strip() or (owner.name if owner else ""),
        owner_email="" if owner else owner_email.strip().lower(),
        mails=0,
        mailed_on=None,
        mail_failed=False,
    )
    if not is_handed_over:
        raise DialogueError(_refusal(step))
    record("next_step.handed_over", target=step, by=by)
    changed(step.dialogue)


def _refusal(step: NextStep) -> str:
    step.refresh_from_db(fields=["state"])
    return _("This step is already marked “%(state)s”. Look at it once more before you change it.") % {
        "state": step.get_state_display()
    }
