"""A second person's word: the file goes on to the worker, or back to who brought it in."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Membership, User
from datasets.errors import DatasetsError
from datasets.models import Approval
from datasets.services.approvals import approval_move, is_steward, owner_of
from datasets.services.uploads import upload_begin_import
from datasets.states import State, upload_move
from portal.audit.recording import record
from portal.jobs.outbox import enqueue


def check_may_decide(approval: Approval, membership: Membership) -> None:
    """Raise DatasetsError unless this person may decide: another than who asked, of the owning department."""
    if membership.user_id == approval.asked_by_id:
        raise DatasetsError(_("You asked yourself, so somebody else approves. You can take it back."))
    if not is_steward(membership, approval.upload, owner_of(approval.upload)):
        raise DatasetsError(_("Only those who answer for the data approve it."))


@transaction.atomic
def upload_approve(*, approval: Approval, membership: Membership) -> None:
    """Let a file be released: now the worker may take it up, in the name of who brought it in."""
    check_may_decide(approval, membership)
    by: User = membership.user
    approval_move(approval, Approval.State.APPROVED, decided_by=by)
    upload_move(approval.upload, State.CONFIRMED)
    record("release.approved", target=approval, by=by)
    upload_begin_import(upload=approval.upload, by=approval.asked_by)
    enqueue("datasets.approval_decided_mail", subject=approval, by=by, approval_id=approval.pk)


@transaction.atomic
def upload_send_back(*, approval: Approval, membership: Membership, words: str) -> None:
    """Send a file back to who brought it in, with words on what to change. Nothing of it was published."""
    check_may_decide(approval, membership)
    if not words.strip():
        raise DatasetsError(_("Write what should be changed, so that the file can be put right."))
    by: User = membership.user
    approval_move(approval, Approval.State.SENT_BACK, decided_by=by, words=words.strip())
    upload_move(approval.upload, State.READ)
    record("release.sent_back", target=approval, by=by)
    enqueue("datasets.approval_decided_mail", subject=approval, by=by, approval_id=approval.pk)
