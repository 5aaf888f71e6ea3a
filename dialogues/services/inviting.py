"""Invitations by mail with a calendar entry: sent, brought up to date, answered, reminded of, taken back."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from smtplib import SMTPRecipientsRefused
from uuid import UUID

from django.core import signing
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from accounts.models import User
from dialogues.emails import invitation_mail
from dialogues.errors import DialogueError
from dialogues.models import Dialogue, Participant
from dialogues.services.reminding import HOURS
from dialogues.services.taking_back import invitation_take_back
from portal.audit.recording import record
from portal.jobs.outbox import enqueue
from portal.jobs.running import JobContext

MAIL = "dialogues.invitation_mail"
REMINDER = "dialogues.invitation_reminder"

IN_CALENDAR = ("title", "starts_at", "minutes", "place")
"""What of a dialogue stands in people's calendars."""

_ASK_ANEW = ("starts_at", "minutes")
_SALT = "dialogues.invitation"
_LASTS = timedelta(days=400)
_FURTHEST = timedelta(days=4)


@transaction.atomic
def invitations_send(*, dialogue: Dialogue, participant_ids: Collection[UUID], by: User) -> int:
    """Ask for the invitations of these people, of those who have an address; give how many.

    Raises DialogueError while there is no day to come, or when the dialogue is no longer planned.
    """
    if dialogue.state != Dialogue.State.PLANNED:
        raise DialogueError(_("Invitations are sent while a dialogue is planned."))
    if dialogue.starts_at is None or dialogue.starts_at < timezone.now():
        raise DialogueError(_("Set a day to come first: it goes into people's calendars."))
    chosen = Participant.in_scope().filter(dialogue=dialogue, pk__in=participant_ids).exclude(email="")
    # Two who send at once would send everything twice: the second finds whom the first asked for.
    found = list(chosen.select_for_update())
    for participant in found:
        participant.invited_on, participant.mailed_as = timezone.localdate(), None
        participant.mail_failed = False
        participant.save(update_fields=["invited_on", "mailed_as", "mail_failed"])
        enqueue(MAIL, subject=participant, by=by, participant_id=participant.pk)
    if found:
        record("dialogue.invitations_sent", target=dialogue, by=by, count=len(found))
    return len(found)


@transaction.atomic
def calendars_change(*, dialogue: Dialogue, fields: Collection[str] = ()) -> int:
    """Bring what changed of a dialogue into the calendars of those invited; give how many are written to.

    Another day or length asks them anew whether they come.
    """
    invited = invited_to(dialogue)
    count = invited.update(reminded_on=None)
    if not count:
        return 0
    if any(name in _ASK_ANEW for name in fields):
        invited.update(answer=Participant.Answer.NONE)
    Dialogue.in_scope().filter(pk=dialogue.pk).update(calendar_number=F("calendar_number") + 1)
    dialogue.refresh_from_db(fields=["calendar_number"])
    for participant in invited:
        enqueue(MAIL, subject=participant, participant_id=participant.pk)
    return count


def invited_to(dialogue: Dialogue) -> QuerySet[Participant]:
    """Those who have been invited by mail."""
    invited = Participant.in_scope().filter(dialogue=dialogue, invited_on__isnull=False)
    return invited.exclude(email="").order_by("pk")


@transaction.atomic
def invitation_answer(*, participant: Participant, answer: Participant.Answer) -> None:
    """Note whether somebody comes. Raises DialogueError once the dialogue is held or cancelled."""
    planned = Dialogue.in_scope().filter(pk=participant.dialogue_id, state=Dialogue.State.PLANNED)
    if not planned.exists():
        raise DialogueError(_("This dialogue is no longer planned, so there is nothing to answer."))
    if Participant.in_scope().filter(pk=participant.pk).exclude(answer=answer).update(answer=answer):
        record("dialogue.invitation_answered", target=participant.dialogue, answer=answer.value)
    participant.answer = answer


def invitations_remind(now: datetime) -> int:
    """Ask, in the tenant's scope, for a reminder to everybody whose dialogue is on the next working day."""
    at = timezone.localtime(now)
    if at.hour not in HOURS or at.weekday() >= 5:
        return 0
    near = Dialogue.in_scope().filter(
        state=Dialogue.State.PLANNED, starts_at__gt=now, starts_at__lt=now + _FURTHEST
    )
    on = [one.pk for one in near if day_of_reminder(timezone.localdate(one.starts_at)) == at.date()]
    waiting = Participant.in_scope().filter(
        dialogue__in=on, mailed_as__isnull=False, reminded_on=None, mail_failed=False, invited_on__lt=at.date()
    )
    due = list(waiting.exclude(answer=Participant.Answer.NO).exclude(email="").select_for_update(of=("self",)))
    for participant in due:
        Participant.in_scope().filter(pk=participant.pk).update(reminded_on=at.date())
        enqueue(REMINDER, subject=participant, participant_id=participant.pk)
    return len(due)


def day_of_reminder(day: date) -> date:
    """The last weekday before a day: of a Monday the Friday."""
    before = day - timedelta(days=1)
    return before - timedelta(days=max(0, before.weekday() - 4))


def invitation_mail_send(job: JobContext, *, participant_id: str, is_reminder: bool = False) -> None:
    """Write to one person what stands now: an invitation, a change, a cancellation or a reminder.

    What they have already is not sent again. An address that the mail server refuses is noted.
    """
    with job.transaction():
        found = Participant.in_scope().select_related("dialogue__facilitator", "dialogue__tenant")
        participant = found.filter(pk=participant_id).first()
    if participant is None or not is_to_be_written(participant, is_reminder=is_reminder):
        return
    message = invitation_mail(participant, grant_of(participant), is_reminder=is_reminder)
    try:
        message.send()
    except SMTPRecipientsRefused:
        changes: dict[str, object] = {"mail_failed": True}
    else:
        changes = {"mailed_as": participant.dialogue.calendar_number, "mail_failed": False}
    with job.completing():
        same = Participant.in_scope().filter(pk=participant.pk, email=participant.email)
        if not same.update(**changes) and "mailed_as" in changes and not is_reminder:
            # Taken off the list while the mail was on its way: it follows what it should not have been.
            invitation_take_back(dialogue=participant.dialogue, email=participant.email, name=participant.name)


def is_to_be_written(participant: Participant, *, is_reminder: bool) -> bool:
    """Whether there is something to tell: of what was never sent, no change and no cancellation either."""
    dialogue = participant.dialogue
    if not participant.email or participant.invited_on is None or dialogue.starts_at is None:
        return False
    if is_reminder:
        return dialogue.state == Dialogue.State.PLANNED
    if participant.mailed_as is not None and participant.mailed_as >= dialogue.calendar_number:
        return False
    if dialogue.state == Dialogue.State.CANCELLED:
        return participant.mailed_as is not None
    return dialogue.state == Dialogue.State.PLANNED


def grant_of(participant: Participant) -> str:
    """What lets somebody answer without signing in. It ends when the place gets another address."""
    named = [participant.tenant_id.hex, participant.pk.hex, _address_mark(participant)]
    return signing.dumps(named, salt=_SALT)


def participant_named_in(grant: str) -> tuple[UUID, UUID, str] | None:
    """Tenant, participant and address that a grant was made for; None for one too old, or no grant."""
    try:
        tenant, participant, mark = signing.loads(grant, salt=_SALT, max_age=_LASTS)
        return UUID(tenant), UUID(participant), str(mark)
    except (signing.BadSignature, ValueError, TypeError):
        return None


def is_theirs(participant: Participant, mark: str) -> bool:
    """Whether a grant was made for the address that the place has now."""
    return mark == _address_mark(participant)


def _address_mark(participant: Participant) -> str:
    return salted_hmac(_SALT, participant.email).hexdigest()[:16]
