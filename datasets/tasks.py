"""The jobs of data sets: reading a file, bringing it in, and alarming those who answer for one."""

from __future__ import annotations

from celery import shared_task
from django.db import transaction

from accounts.models import Tenant, User
from datasets.emails import approval_mail, ledger_alarm_mail
from datasets.models import Approval, LedgerAlarm
from datasets.services import base_package, dividing, importing, people_importing, refreshing, source_watch
from datasets.services.alarms import answerable
from datasets.services.approvals import approvals_remind, approvers_of
from datasets.services.people_files import people_files_expire
from portal.jobs.running import JobContext, job_task
from portal.tenancy.scope import scope


@job_task("datasets.read_upload")
def read_upload(job: JobContext, *, upload_id: str) -> None:
    """Find out what a file holds and what protection would hide."""
    importing.upload_read(job, upload_id=upload_id)


@job_task("datasets.import_upload")
def import_upload(job: JobContext, *, upload_id: str, by_id: str) -> None:
    """Bring a confirmed file in as a release, whole or not at all."""
    importing.upload_import(job, upload_id=upload_id, by_id=by_id)


@job_task("datasets.read_people")
def read_people(job: JobContext, *, upload_id: str) -> None:
    """Find out what the columns of a file of people hold, and what protection would hide."""
    people_importing.people_read(job, upload_id=upload_id)


@job_task("datasets.import_people")
def import_people(job: JobContext, *, upload_id: str, by_id: str) -> None:
    """Aggregate a confirmed file of people into a release; nothing of the file is left."""
    people_importing.people_import(job, upload_id=upload_id, by_id=by_id)


@job_task("datasets.import_parts", is_long=True)
def import_parts(job: JobContext, *, upload_id: str, by_id: str) -> None:
    """Give each municipality its part of a region's file."""
    dividing.parts_import(job, upload_id=upload_id, by_id=by_id)


@shared_task(name="datasets.people_files_expire", ignore_result=True)
def expire_people_files() -> None:
    """Erase what is sealed of files of people whose hour is out."""
    for tenant in Tenant.objects.all():
        with transaction.atomic(), scope(tenant.pk):
            people_files_expire()


@job_task("datasets.approval_asked_mail")
def send_approval_asked(job: JobContext, *, approval_id: str) -> None:
    """Write to everyone who may approve a release, unless somebody has decided meanwhile."""
    for approval, person in _still_asked(job, approval_id):
        approval_mail(approval, person).send()


@shared_task(name="datasets.approvals_remind", ignore_result=True)
def remind_of_approvals() -> None:
    """Ask for a reminder of what has waited for a second person for days."""
    for tenant in Tenant.objects.all():
        with transaction.atomic(), scope(tenant.pk):
            approvals_remind()


@job_task("datasets.approval_reminder_mail")
def send_approval_reminder(job: JobContext, *, approval_id: str) -> None:
    """Remind everyone who may approve a release, unless somebody has decided meanwhile."""
    for approval, person in _still_asked(job, approval_id):
        approval_mail(approval, person, reminds=True).send()


@job_task("datasets.approval_ended_mail")
def send_approval_ended(job: JobContext, *, approval_id: str) -> None:
    """Write to who asked, and to everyone who was asked, that a file was erased before anybody decided."""
    with job.transaction():
        approval = _approval(approval_id)
        people = [approval.asked_by, *approvers_of(approval.upload, approval.asked_by)]
    for person in people:
        approval_mail(approval, person).send()


@job_task("datasets.approval_decided_mail")
def send_approval_decided(job: JobContext, *, approval_id: str) -> None:
    """Write back to who asked."""
    with job.transaction():
        approval = _approval(approval_id)
    approval_mail(approval, approval.asked_by).send()


def _still_asked(job: JobContext, approval_id: str) -> list[tuple[Approval, User]]:
    """A question that waits, and everyone who may answer it; nothing when it was answered."""
    with job.transaction():
        approval = _approval(approval_id)
        waits = approval.state == Approval.State.WAITING
        people = approvers_of(approval.upload, approval.asked_by) if waits else []
    return [(approval, person) for person in people]


def _approval(approval_id: str) -> Approval:
    related = ("upload__dataset", "upload__department", "tenant", "asked_by")
    return Approval.in_scope().defer("upload__content").select_related(*related).get(pk=approval_id)


@job_task("datasets.ledger_alarm_mail")
def send_ledger_alarm(job: JobContext, *, alarm_id: str) -> None:
    """Write to everyone who answers for the data set."""
    with job.transaction():
        alarm = LedgerAlarm.in_scope().select_related("dataset", "tenant").get(pk=alarm_id)
        people = answerable(alarm.dataset)
    for person in people:
        ledger_alarm_mail(alarm, person).send()


@job_task("datasets.look_up_source")
def look_up_source(job: JobContext, *, subscription_id: str) -> None:
    """Ask a source what a table or key figure is."""
    refreshing.source_found(job, subscription_id=subscription_id)


@job_task("datasets.refresh_source", is_long=True)
def refresh_source(job: JobContext, *, subscription_id: str) -> None:
    """Fetch a table or key figure, and publish what is new."""
    refreshing.source_refresh(job, subscription_id=subscription_id)


@job_task("datasets.give_base_package")
def give_base_package(job: JobContext) -> None:
    """Give a municipality its region's base package."""
    base_package.base_package_give(job)


@job_task("datasets.check_base_package", is_long=True)
def check_base_package(job: JobContext, *, by_id: str) -> None:
    """Compare the base package with what its sources have."""
    base_package.base_package_checked(job, by_id=by_id)


@job_task("datasets.source_troubles_mail")
def send_source_troubles(job: JobContext) -> None:
    """Write to those who answer for data that a source no longer gives, once for each trouble."""
    source_watch.troubles_told(job)


@shared_task(name="datasets.sources_keep_time", ignore_result=True)
def keep_time_of_sources() -> None:
    """Ask for the fetches that are due, and for the mails about those that fail."""
    for tenant in Tenant.objects.select_related("parent"):
        with transaction.atomic(), scope(tenant.pk):
            source_watch.sources_keep_time(tenant=tenant)
