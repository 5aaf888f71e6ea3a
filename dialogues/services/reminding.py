"""Mails about next steps: one when the dialogue is closed, some around their day, and then no more."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from smtplib import SMTPRecipientsRefused
from uuid import UUID

from django.core import signing
from django.db.models import F
from django.utils import timezone

from accounts.models import Membership, User
from dialogues.emails import step_mail
from dialogues.models import Dialogue, NextStep
from portal.jobs.outbox import enqueue
from portal.jobs.running import JobContext

MAIL = "dialogues.step_mail"

AROUND_ITS_DAY = (timedelta(days=-3), timedelta(days=3), timedelta(days=21))
"""When the owner is reminded, from the day that was promised."""

WITHOUT_A_DAY = (timedelta(days=30), timedelta(days=30))
"""The same for a step without a day, from the mail before."""

HOURS = range(8, 16)
"""Mails about work come while people work, on weekdays."""

_SALT = "dialogues.step_by_mail"
_LASTS = timedelta(days=400)


def steps_mail(now: datetime) -> int:
    """Ask, in the tenant's scope, for every mail whose time has come, in working hours; give how many."""
    at = timezone.localtime(now)
    if at.hour not in HOURS or at.weekday() >= 5:
        return 0
    waiting = NextStep.in_scope().filter(state=NextStep.State.OPEN, dialogue__state=Dialogue.State.HELD)
    due = [step for step in waiting.select_for_update(of=("self",)) if mail_is_due(step, at.date())]
    for step in due:
        # Counted where it is asked for: a worker that is killed sends it again, the clock does not.
        NextStep.in_scope().filter(pk=step.pk).update(mails=F("mails") + 1, mailed_on=at.date())
        enqueue(MAIL, subject=step, step_id=step.pk)
    return len(due)


def mail_is_due(step: NextStep, today: date) -> bool:
    """Whether the owner is written to today: told once, then reminded a few times; never twice in three days."""
    if step.mails == 0 or step.mailed_on is None:
        return True
    if today - step.mailed_on < timedelta(days=3):
        return False
    reminders = step.mails - 1
    if step.due_on is not None:
        return reminders < len(AROUND_ITS_DAY) and today >= step.due_on + AROUND_ITS_DAY[reminders]
    return reminders < len(WITHOUT_A_DAY) and today >= step.mailed_on + WITHOUT_A_DAY[reminders]


def step_mail_send(job: JobContext, *, step_id: str) -> None:
    """Write to the owner. Where the owner has left, to whoever led the dialogue, who can name another.

    An address that the mail server refuses is noted, so that somebody sees it.
    """
    with job.transaction():
        step = NextStep.in_scope().select_related("dialogue__facilitator", "owner", "tenant").get(pk=step_id)
        owner = owner_at_work(step)
        has_left = step.owner_id is not None and owner is None
        to = step.dialogue.facilitator if has_left else owner
        address = to.email if to else ("" if has_left else step.owner_email)
    if step.state != NextStep.State.OPEN or not address:
        return
    try:
        step_mail(step, address, to.name if to else step.owner_name, grant_of(step), has_left=has_left).send()
    except SMTPRecipientsRefused:
        with job.completing():
            NextStep.in_scope().filter(pk=step.pk).update(mail_failed=True)


def owner_at_work(step: NextStep) -> User | None:
    """The owner, while they have a place here."""
    if step.owner is None or not step.owner.is_active:
        return None
    return step.owner if Membership.in_scope().filter(user=step.owner, is_active=True).exists() else None


def grant_of(step: NextStep) -> str:
    """What lets the owner say how it goes without signing in. It ends when somebody else becomes the owner."""
    return signing.dumps([step.tenant_id.hex, step.pk.hex, _owner_mark(step)], salt=_SALT)


def step_named_in(grant: str) -> tuple[UUID, UUID, str] | None:
    """Tenant, step and owner that a grant was made for; None for one that is too old or no grant."""
    try:
        tenant, step, owner = signing.loads(grant, salt=_SALT, max_age=_LASTS)
        return UUID(tenant), UUID(step), str(owner)
    except (signing.BadSignature, ValueError, TypeError):
        return None


def is_owners(step: NextStep, mark: str) -> bool:
    """Whether a grant was made for the one who owns the step now."""
    return mark == _owner_mark(step)


def _owner_mark(step: NextStep) -> str:
    return step.owner_id.hex[:12] if step.owner_id else step.owner_email
