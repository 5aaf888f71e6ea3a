"""Asking a second person before sensitive data is released: whom, when, and what the log says otherwise."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import Department, Membership, Tenant, User
from datasets.errors import InvalidTransition
from datasets.models import Approval, Dataset, Upload
from datasets.rights import Person, person_of
from datasets.selectors import uploads_for
from datasets.states import APPROVAL_TRANSITIONS, State, approval_already, upload_move
from portal.audit.recording import record
from portal.jobs.models import Job
from portal.jobs.outbox import enqueue

REMIND_AFTER = timedelta(days=3)
REMINDER = "datasets.approval_reminder_mail"


@transaction.atomic
def approval_asked(*, upload: Upload, by: User) -> bool:
    """Ask for a second person's word on a file of sensitive data; give whether the file now waits for it.

    Nobody is asked about other data, where the tenant has turned asking off, or where nobody else answers for the
    data: then the log says so and the file goes on at once.
    """
    if sensitivity_of(upload) != Dataset.Sensitivity.SENSITIVE:
        return False
    why_not = _why_not(upload, by)
    if why_not:
        settled = Approval.objects.create(
            upload=upload, asked_by=by, state=Approval.State.NOT_NEEDED, why_not=why_not, decided_at=timezone.now()
        )
        record("release.approval_not_needed", target=settled, by=by, why=str(why_not))
        return False
    owner = owner_of(upload)
    upload_move(upload, State.WAITING, department=owner)
    approval = Approval.objects.create(upload=upload, asked_by=by)
    record("release.approval_asked", target=approval, by=by)
    enqueue("datasets.approval_asked_mail", subject=approval, by=by, approval_id=approval.pk)
    return True


@transaction.atomic
def approval_take_back(*, upload: Upload, by: User | None) -> None:
    """Close the question about a file that is taken back; one that nobody was asked about is no harm.

    Without `by` it was time that took it back: then everybody concerned is written to.
    """
    for approval in Approval.in_scope().filter(upload=upload, state=Approval.State.WAITING):
        approval_move(approval, Approval.State.TAKEN_BACK)
        record("release.approval_taken_back", target=approval, by=by)
        if by is None:
            enqueue("datasets.approval_ended_mail", subject=approval, approval_id=approval.pk)


def approval_move(approval: Approval, to: Approval.State, **changes: object) -> Approval:
    """Decide by one conditional update: of two who do, one does. Raises InvalidTransition that says so."""
    allowed = [state for state, following in APPROVAL_TRANSITIONS.items() if to in following]
    changes = {"state": to, "decided_at": timezone.now(), **changes}
    if not Approval.in_scope().filter(pk=approval.pk, state__in=allowed).update(**changes):
        state = Approval.in_scope().values_list("state", flat=True).get(pk=approval.pk)
        raise InvalidTransition(approval_already(Approval.State(state)))
    for name, value in changes.items():
        setattr(approval, name, value)
    return approval


def approvals_waiting(membership: Membership) -> QuerySet[Approval]:
    """What waits for somebody's word in this person's department, the oldest first: their own questions too."""
    found = Approval.in_scope().filter(state=Approval.State.WAITING, upload__state=State.WAITING)
    found = found.select_related("upload__department", "upload__dataset", "asked_by").defer("upload__content")
    return found.filter(upload__in=uploads_for(membership).values("pk")).order_by("asked_at")


def approvals_remind() -> int:
    """Ask, in the tenant's scope, for one reminder of each release that has waited for so long; give how many."""
    found = Approval.in_scope().filter(state=Approval.State.WAITING, asked_at__lt=timezone.now() - REMIND_AFTER)
    reminded = Job.in_scope().filter(task=REMINDER).values("subject_id")
    waiting = list(found.exclude(pk__in=reminded))
    for approval in waiting:
        enqueue(REMINDER, subject=approval, approval_id=approval.pk)
    return len(waiting)


def approvers_of(upload: Upload, asked_by: User) -> list[User]:
    """Who may approve a file: everyone who answers for its data but the one who asks."""
    owner = owner_of(upload)
    members = Membership.in_scope().filter(is_active=True, user__is_active=True).exclude(user=asked_by)
    return [
        membership.user
        for membership in members.select_related("user").order_by("user__email")
        if is_steward(membership, upload, owner)
    ]


def is_steward(membership: Membership | None, upload: Upload, owner: Department | None) -> bool:
    """Whether somebody answers for the data that a file holds."""
    return person_of(membership, upload.tenant_id, owner.pk if owner else None) is Person.STEWARD


def sensitivity_of(upload: Upload) -> str:
    """How sensitive the data is that a file holds: as its data set says, else as it is registered so far."""
    return str(upload.dataset.sensitivity if upload.dataset else upload.registration.get("sensitivity", ""))


def owner_of(upload: Upload) -> Department | None:
    """The department that the data belongs to: its data set's, else the one registered so far, else the file's."""
    if upload.dataset is not None:
        return upload.dataset.department
    chosen = upload.registration.get("department")
    found: Department | None = Department.in_scope().filter(pk=chosen).first() if chosen else None
    return found or upload.department


def _why_not(upload: Upload, by: User) -> Approval.WhyNot | None:
    if not Tenant.objects.get(pk=upload.tenant_id).needs_second_person:
        return Approval.WhyNot.TURNED_OFF
    return None if approvers_of(upload, by) else Approval.WhyNot.ALONE
