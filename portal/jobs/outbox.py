"""Asking for work, and carrying what was asked for to the broker."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from celery import current_app
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from portal.jobs.models import Job
from portal.tenancy.scope import check_in_transaction

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.db.models import Model

logger = logging.getLogger(__name__)

LOST_AFTER = timedelta(minutes=2)
"""A job that was sent but shows no sign of life for so long is sent again: the broker may have lost it."""

FINISHED_KEPT = timedelta(days=90)

BATCH = 100

LATER = 6
"""The priority of work that takes long: taken when nothing shorter waits. Kombu's: 0 first, 9 last."""


def enqueue(
    task: str,
    *,
    subject: Model | None = None,
    by: AbstractBaseUser | None = None,
    title: str = "",
    **arguments: str | UUID,
) -> Job:
    """Ask for a job in the same transaction as the write that it follows. Identifiers only."""
    check_in_transaction()
    return Job.objects.create(
        task=task,
        arguments={name: str(value) for name, value in arguments.items()},
        subject_type=subject._meta.label_lower if subject is not None else "",
        subject_id=subject.pk if subject is not None else None,
        title=title,
        asked_by=by if by is not None and by.is_authenticated else None,
    )


def relay_waiting_jobs() -> int:
    """Hand waiting jobs to the broker; give how many.

    Runs as the database role `worker`, which alone sees every tenant's jobs. Several relays may run at once:
    each locks the rows that it sends. A job is marked as sent only when the broker took it; should the process
    die in between it is sent twice, and the second copy finds it claimed.
    """
    lost = timezone.now() - LOST_AFTER
    sent = 0
    with transaction.atomic():
        jobs = list(
            Job._base_manager.filter(finished_at=None)
            .filter(
                Q(sent_at=None) | Q(sent_at__lt=lost, beaten_at=None) | Q(sent_at__lt=lost, beaten_at__lt=lost)
            )
            .order_by("asked_at")
            .select_for_update(skip_locked=True)[:BATCH]
        )
        for job in jobs:
            if job.attempts >= Job.MOST_ATTEMPTS:
                set_aside(job)
                continue
            task = current_app.tasks.get(job.task)
            if task is None:
                logger.error("No task is called %s: job %s is set aside.", job.task, job.pk)
                set_aside(job)
                continue
            task.apply_async(
                kwargs={"job_id": str(job.pk), "tenant_id": str(job.tenant_id)},
                task_id=str(job.pk),
                priority=LATER if getattr(task, "is_long", False) else 0,
            )
            job.sent_at = timezone.now()
            job.save(update_fields=["sent_at"])
            sent += 1
    return sent


def forget_finished_jobs() -> int:
    """Delete the jobs that were finished long ago, of every tenant; give how many. As the role `worker`.

    A job names who asked for it, and nobody needs to know that for longer: what was done is in the log.
    """
    with transaction.atomic():
        deleted, _models = Job._base_manager.filter(finished_at__lt=timezone.now() - FINISHED_KEPT).delete()
    return deleted


def set_aside(job: Job) -> None:
    """Give up a job after its last attempt, with words for the person who waits for it."""
    Job._base_manager.filter(pk=job.pk, finished_at=None).update(
        state=Job.State.FAILED, finished_at=timezone.now(), problem="interrupted"
    )


def claim(job_id: str) -> bool:
    """Take a job for this worker: true for exactly one of those who try at the same time.

    A job that is running counts as free again once its worker has shown no sign of life for a while.
    """
    now = timezone.now()
    with transaction.atomic():
        return bool(
            Job._base_manager.filter(pk=job_id, finished_at=None, attempts__lt=Job.MOST_ATTEMPTS)
            .filter(Q(state=Job.State.WAITING) | Q(beaten_at__lt=now - LOST_AFTER))
            .update(
                state=Job.State.RUNNING,
                attempts=F("attempts") + 1,
                started_at=now,
                beaten_at=now,
            )
        )
