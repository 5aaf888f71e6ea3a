"""The dialogues' jobs and the work that beat asks for."""

from __future__ import annotations

from celery import shared_task
from django.db import transaction
from django.utils import timezone

from accounts.models import Tenant
from dialogues.services import (
    counting,
    data_wishes,
    evaluating,
    inviting,
    joining,
    record_mail,
    record_rules,
    recording,
    reminding,
    taking_back,
)
from portal.jobs.running import JobContext, job_task
from portal.tenancy.scope import scope


@shared_task(name="dialogues.steps_mail", ignore_result=True)
def mail_about_steps() -> None:
    """Ask for the mails about next steps whose time has come."""
    for tenant in Tenant.objects.all():
        with transaction.atomic(), scope(tenant.pk):
            reminding.steps_mail(timezone.now())


@job_task(reminding.MAIL)
def send_step_mail(job: JobContext, *, step_id: str) -> None:
    """Write to the owner of one step."""
    reminding.step_mail_send(job, step_id=step_id)


@job_task(data_wishes.MAIL)
def send_wish_mail(job: JobContext, *, answer_id: str) -> None:
    """Tell who led a dialogue that a wish for data is answered."""
    data_wishes.wish_mail_send(job, answer_id=answer_id)


@shared_task(name="dialogues.county_count", ignore_result=True)
def count_for_the_county() -> None:
    """Bring what regions read of their municipalities' dialogues up to date."""
    for tenant in Tenant.objects.all():
        with transaction.atomic(), scope(tenant.pk):
            counting.dialogues_count()


@shared_task(name="dialogues.invitations_remind", ignore_result=True)
def remind_of_dialogues() -> None:
    """Ask for the reminders of dialogues that are held on the next working day."""
    for tenant in Tenant.objects.all():
        with transaction.atomic(), scope(tenant.pk):
            inviting.invitations_remind(timezone.now())


@job_task(inviting.MAIL)
def send_invitation(job: JobContext, *, participant_id: str) -> None:
    """Write an invitation, or what has changed of it, to one person."""
    inviting.invitation_mail_send(job, participant_id=participant_id)


@job_task(inviting.REMINDER)
def send_reminder(job: JobContext, *, participant_id: str) -> None:
    """Remind one person of tomorrow."""
    inviting.invitation_mail_send(job, participant_id=participant_id, is_reminder=True)


@job_task(taking_back.MAIL)
def send_taken_back(job: JobContext, *, taken_back_id: str) -> None:
    """Take a meeting out of the calendar of somebody who is no longer on its list."""
    taking_back.taken_back_mail_send(job, taken_back_id=taken_back_id)


@job_task(recording.FILES)
def make_record_files(job: JobContext, *, draft_id: str = "", version_id: str = "") -> None:
    """Make the files of a record."""
    recording.record_files_make(job, draft_id=draft_id, version_id=version_id)


@shared_task(name="dialogues.joining_forget", ignore_result=True)
def forget_joining() -> None:
    """Forget codes and devices of dialogues that nobody closed."""
    for tenant in Tenant.objects.all():
        with transaction.atomic(), scope(tenant.pk):
            joining.forgotten_joining_end(timezone.now())


@shared_task(name="dialogues.evaluations_end", ignore_result=True)
def end_evaluations() -> None:
    """End the three questions of dialogues that nobody closed."""
    for tenant in Tenant.objects.all():
        with transaction.atomic(), scope(tenant.pk):
            evaluating.closings_end(timezone.now())


@job_task(record_mail.MAIL)
def send_record(job: JobContext, *, participant_id: str, number: str, is_draft: str) -> None:
    """Write to one person about a record."""
    record_mail.record_mail_send(job, participant_id=participant_id, number=number, is_draft=is_draft)


@shared_task(name="dialogues.records_forget", ignore_result=True)
def forget_records() -> None:
    """Delete the records that a municipality has decided to delete by now."""
    for tenant in Tenant.objects.all():
        with transaction.atomic(), scope(tenant.pk):
            record_rules.records_forget(timezone.now())
