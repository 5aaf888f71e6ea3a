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
) -> NextStep:
    """Note who does what by when. Sent again with the same key it is the same step.

    A member is found on their start page; somebody from outside is a name only. Raises DialogueError without
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
        department=department,
        due_on=due_on,
        write_key=write_key,
    )
    record("next_step.added", target=step, by=by)
    return step


@transaction.atomic
def next_step_update(*, step: NextStep, to: NextStep.State, by: User, line: str = "") -> None:
    """Say how a step goes: done, stuck, dropped, or open again.

    Raises DialogueError when somebody has moved it on meanwhile, so that neither overwrites the other.
    """
    sources = [state for state, targets in NEXT_STEP_TRANSITIONS.items() if to in targets]
    is_finished = to in (NextStep.State.DONE, NextStep.State.DROPPED)
    changed = NextStep.objects.filter(pk=step.pk, state__in=sources).update(
        state=to,
        line=line.strip()[:500] or step.line,
        finished_at=timezone.now() if is_finished else None,
        finished_by=by if is_finished else None,
    )
    if not changed:
        step.refresh_from_db()
        raise DialogueError(
            _("This step is already marked “%(state)s”. Look at it once more before you change it.")
            % {"state": step.get_state_display()}
        )
    record(f"next_step.{to.value}", target=step, by=by)


@transaction.atomic
def next_step_move(*, step: NextStep, due_on: date, by: User) -> None:
    """Give a step another date."""
    NextStep.objects.filter(pk=step.pk).update(due_on=due_on)
    record("next_step.moved", target=step, by=by)
