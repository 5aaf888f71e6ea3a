"""The dialogues' jobs and the work that beat asks for."""

from __future__ import annotations

from celery import shared_task
from django.db import transaction
from django.utils import timezone

from accounts.models import Tenant
from dialogues.services import reminding
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
