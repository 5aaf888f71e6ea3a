"""Wishes for data: answered by a data set or a line, and the one who led the dialogue told."""

from __future__ import annotations

from smtplib import SMTPRecipientsRefused

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Membership, User
from datasets.models import Dataset
from dialogues.emails import wish_mail
from dialogues.errors import DialogueError
from dialogues.models import DataWishAnswer, Note
from portal.audit.recording import record
from portal.jobs.outbox import enqueue
from portal.jobs.running import JobContext

MAIL = "dialogues.wish_mail"


@transaction.atomic
def wish_answer(*, note: Note, dataset: Dataset | None, line: str, by: User) -> DataWishAnswer:
    """Close a wish: by a data set, or by a line that says why there is none. Who led the dialogue gets a mail.

    Raises DialogueError without either, for a note that is no wish, and when somebody has answered it meanwhile.
    """
    locked = Note.in_scope().select_for_update().filter(pk=note.pk, kind=Note.Kind.DATA_WISH, is_removed=False)
    if not locked.exists():
        raise DialogueError(_("This is no wish for data any more."))
    if DataWishAnswer.in_scope().filter(note=note).exists():
        raise DialogueError(_("Somebody has answered this wish already."))
    if dataset is None and not line.strip():
        raise DialogueError(_("Choose a data set, or write why there is none."))
    answer: DataWishAnswer = DataWishAnswer.objects.create(
        note=note, dataset=dataset, line=line.strip()[:500], answered_by=by
    )
    record("data_wish.answered", target=note.dialogue, by=by)
    if note.dialogue.facilitator_id is not None and note.dialogue.facilitator_id != by.pk:
        enqueue(MAIL, subject=answer, answer_id=answer.pk)
    return answer


@transaction.atomic
def wish_open_again(*, answer: DataWishAnswer, by: User) -> None:
    """Take an answer back: the wish waits again."""
    dialogue = answer.note.dialogue
    answer.delete()
    record("data_wish.opened", target=dialogue, by=by)


def wish_mail_send(job: JobContext, *, answer_id: str) -> None:
    """Tell who led the dialogue. Nobody is told where they have left, or the answer was taken back."""
    with job.transaction():
        found = DataWishAnswer.in_scope().select_related("note__dialogue__facilitator", "dataset", "tenant")
        answer = found.filter(pk=answer_id).first()
        leader = answer.note.dialogue.facilitator if answer else None
        at_work = leader and Membership.in_scope().filter(user=leader, is_active=True).exists()
    if answer is None or leader is None or not at_work or not leader.is_active:
        return
    try:
        wish_mail(answer, leader).send()
    except SMTPRecipientsRefused:
        return
