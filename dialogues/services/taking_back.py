"""Taking an invitation back: who leaves the list, or changes address, finds the meeting gone from the calendar."""

from __future__ import annotations

from contextlib import suppress
from smtplib import SMTPRecipientsRefused

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from dialogues.emails import taken_back_mail
from dialogues.models import Dialogue, Participant, TakenBack
from portal.audit.recording import record
from portal.jobs.outbox import enqueue
from portal.jobs.running import JobContext

MAIL = "dialogues.invitation_take_back"


@transaction.atomic
def invitation_take_back(*, dialogue: Dialogue, email: str, name: str) -> bool:
    """Ask for the mail that takes a meeting out of the calendar of an address that had it; tell whether it goes.

    Nothing goes about a dialogue that is over or cancelled, nor to an address that has another place on the list.
    """
    locked = Dialogue.in_scope().select_for_update(of=("self",)).get(pk=dialogue.pk)
    is_ahead = locked.starts_at is not None and locked.starts_at > timezone.now()
    if not email or locked.state != Dialogue.State.PLANNED or not is_ahead:
        return False
    if Participant.in_scope().filter(dialogue=locked, email=email, invited_on__isnull=False).exists():
        return False
    # One for this entry, and one more: a calendar takes an invitation anew only when its number is higher.
    Dialogue.in_scope().filter(pk=locked.pk).update(calendar_number=F("calendar_number") + 2)
    dialogue.refresh_from_db(fields=["calendar_number"])
    row: TakenBack = TakenBack.objects.create(
        dialogue=locked, name=name, email=email, number=dialogue.calendar_number - 1
    )
    enqueue(MAIL, subject=row, taken_back_id=row.pk)
    record("dialogue.invitation_taken_back", target=locked)
    return True


def taken_back_mail_send(job: JobContext, *, taken_back_id: str) -> None:
    """Write to one person, and forget who it was; an address that is refused is forgotten as well."""
    with job.transaction():
        found = TakenBack.in_scope().select_related("dialogue__facilitator", "dialogue__tenant")
        row = found.filter(pk=taken_back_id).first()
    if row is None:
        return
    with suppress(SMTPRecipientsRefused):
        taken_back_mail(row).send()
    with job.completing():
        TakenBack.in_scope().filter(pk=row.pk).delete()
