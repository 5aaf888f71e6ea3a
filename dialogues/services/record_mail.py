"""The record by mail: a draft to comment on, a version to keep. One link for all, so that nobody is known."""

from __future__ import annotations

from datetime import timedelta
from smtplib import SMTPRecipientsRefused
from uuid import UUID

from django.core import signing
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from dialogues.emails import record_mail
from dialogues.errors import DialogueError
from dialogues.models import Dialogue, Participant, RecordDraft, RecordVersion
from dialogues.recording.content import Record
from dialogues.recording.files import file_name
from dialogues.recording.reading import files_of
from portal.audit.recording import record
from portal.jobs.outbox import enqueue
from portal.jobs.running import JobContext

MAIL = "dialogues.record_mail"
_SALT = "dialogues.record_by_mail"
_LASTS = timedelta(days=90)


@transaction.atomic
def record_send(*, dialogue: Dialogue, by: User) -> int:
    """Ask for a mail to everybody who was invited and has an address; give how many.

    The draft goes out where there is one, else the newest version. Raises DialogueError where there is neither,
    where its files are not made yet, and where nobody has an address.
    """
    number, is_draft = _newest(dialogue)
    if not files_of(dialogue, number, is_draft=is_draft).filter(form="pdf").exists():
        raise DialogueError(_("The files are being made. Try again in a moment."))
    invited = Participant.in_scope().filter(dialogue=dialogue).exclude(email="")
    people = list(invited.exclude(answer=Participant.Answer.NO).order_by("pk"))
    if not people:
        raise DialogueError(_("Nobody on the list has an e-mail address."))
    for one in people:
        enqueue(MAIL, subject=one, participant_id=one.pk, number=str(number), is_draft="1" if is_draft else "")
    record("record.sent", target=dialogue, by=by, count=len(people), version=number, is_draft=is_draft)
    return len(people)


def record_mail_send(job: JobContext, *, participant_id: str, number: str, is_draft: str) -> None:
    """Write to one person; a draft that is no longer the one that was sent out goes to nobody."""
    with job.transaction():
        people = Participant.in_scope().select_related("dialogue__facilitator", "dialogue__tenant")
        one = people.filter(pk=participant_id).first()
        if one is None or not one.email:
            return
        files = files_of(one.dialogue, int(number), is_draft=bool(is_draft))
        file = files.filter(form="pdf").select_related("draft", "version").first()
        if file is None:
            return
        said = Record.from_json((file.draft or file.version).content)  # type: ignore[union-attr]
        name = file_name(said, int(number), "pdf", is_draft=bool(is_draft))
        content = bytes(file.content)
    grant = grant_of(one.dialogue, int(number), is_draft=bool(is_draft))
    mail = record_mail(one, grant, is_draft=bool(is_draft), said=said)
    mail.attach(name, content, "application/pdf")
    try:
        mail.send()
    except SMTPRecipientsRefused:
        with job.completing():
            Participant.in_scope().filter(pk=one.pk).update(mail_failed=True)


def grant_of(dialogue: Dialogue, number: int, *, is_draft: bool) -> str:
    """What opens one draft or version without an account: the same for everybody who gets it."""
    mark = f"{'draft' if is_draft else 'version'} {number}"
    return signing.dumps([dialogue.tenant_id.hex, dialogue.pk.hex, mark], salt=_SALT)


def record_named_in(grant: str) -> tuple[UUID, UUID, str] | None:
    """Tenant, dialogue and which record a grant was made for; None for one that is too old or no grant."""
    try:
        tenant, dialogue, mark = signing.loads(grant, salt=_SALT, max_age=_LASTS)
        return UUID(tenant), UUID(dialogue), str(mark)
    except (signing.BadSignature, ValueError, TypeError):
        return None


def _newest(dialogue: Dialogue) -> tuple[int, bool]:
    draft = RecordDraft.in_scope().filter(dialogue=dialogue).values_list("number", flat=True).first()
    if draft is not None:
        return draft, True
    version = RecordVersion.in_scope().filter(dialogue=dialogue).values_list("number", flat=True).first()
    if version is None:
        raise DialogueError(_("There is no record yet. Make a draft first."))
    return version, False
