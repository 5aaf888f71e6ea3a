"""Doing a job once: claimed, attempted at most three times, watched, and never half done."""

from __future__ import annotations

import functools
import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from celery import shared_task
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from portal.jobs import outbox
from portal.jobs.models import Job
from portal.jobs.outbox import claim
from portal.tenancy.scope import scope

logger = logging.getLogger(__name__)


BEATS = 6
"""So many signs of life fit into the silence after which a job counts as lost."""


class JobFailed(Exception):
    """A job can't succeed, whoever tries again. The message is for the person who asked, and leaks nothing."""


class JobCancelled(Exception):
    """Somebody who watched the job stopped it."""


class JobContext:
    """What a job's code gets in hand: its transactions, its progress, its end."""

    def __init__(self, job_id: str, tenant_id: str) -> None:
        self.job_id = job_id
        self.tenant_id = tenant_id
        self.is_completed = False

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """A transaction in the tenant's scope. Keep it short: progress shows between transactions."""
        with transaction.atomic(), scope(self.tenant_id):
            yield

    @contextmanager
    def completing(self) -> Iterator[None]:
        """The last transaction: what it writes and that the job is done become true together, once.

        The job's row is locked first, before anything that the body locks: whoever stops jobs waits here, in the
        same order, and finds it done.
        """
        with self.transaction():
            mine = Job._base_manager.filter(pk=self.job_id, finished_at=None)
            if not mine.select_for_update().values_list("pk", flat=True).first():
                raise JobCancelled
            yield
            mine.update(state=Job.State.DONE, percent=100, message="", finished_at=timezone.now())
        self.is_completed = True

    @contextmanager
    def beating(self) -> Iterator[None]:
        """One long computation without steps: a thread gives the sign of life while it lasts."""
        ended = threading.Event()
        thread = threading.Thread(target=self._beat, args=(ended,), name="job-beat", daemon=True)
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join()

    def _beat(self, ended: threading.Event) -> None:
        try:
            while not ended.wait(outbox.LOST_AFTER.total_seconds() / BEATS):
                try:
                    with transaction.atomic():
                        Job._base_manager.filter(pk=self.job_id, finished_at=None).update(beaten_at=timezone.now())
                except DatabaseError:
                    logger.warning("Job %s could not give its sign of life.", self.job_id)
                    connection.close()
        finally:
            connection.close()  # the thread's own

    def progress(self, percent: int, message: str, **arguments: str | int) -> None:
        """Tell those who watch how far the job has come; raises JobCancelled when somebody stopped it.

        `message` is a literal that gettext knows; it is translated for each reader.
        """
        with transaction.atomic():
            alive = Job._base_manager.filter(pk=self.job_id, finished_at=None).update(
                percent=percent, message=message, message_arguments=arguments, beaten_at=timezone.now()
            )
        if not alive:
            raise JobCancelled


JobFunction = Callable[..., None]


def job_task(name: str, *, is_long: bool = False) -> Callable[[JobFunction], Any]:
    """Register a job: `@job_task("datasets.import_file") def import_file(job, *, upload_id): ...`.

    The task that Celery knows takes only the job's id and the tenant's; everything else is read from the row.
    `is_long`: one of many that take their time; mails and other short work go before those that wait.
    """

    def register(function: JobFunction) -> Any:
        @functools.wraps(function)
        def perform(*, job_id: str, tenant_id: str) -> str:
            return perform_job(function, job_id=job_id, tenant_id=tenant_id)

        return shared_task(
            name=name,
            acks_late=True,
            reject_on_worker_lost=True,
            typing=False,
            ignore_result=True,
            is_long=is_long,
        )(perform)

    return register


def perform_job(function: JobFunction, *, job_id: str, tenant_id: str) -> str:
    """Claim and do one job; give its outcome as a word for the log. Safe to call twice."""
    if not claim(job_id):
        return "not ours"
    context = JobContext(job_id, tenant_id)
    with context.transaction():
        arguments = dict(Job.objects.get(pk=job_id).arguments)
    try:
        function(context, **arguments)
        if not context.is_completed:
            with context.completing():
                pass
    except JobCancelled:
        return "cancelled"
    except JobFailed as failure:
        _finish_failed(job_id, str(failure))
        return "failed"
    except Exception as error:
        # The text of an unknown exception may quote a row: only its kind is logged.
        logger.error("Job %s failed: %s", job_id, type(error).__name__, exc_info=_trace_without_values(error))
        _put_back(job_id)
        return "put back"
    return "done"


def _trace_without_values(error: Exception) -> bool:
    from django.conf import settings

    return bool(settings.DEBUG)


def _finish_failed(job_id: str, problem: str) -> None:
    with transaction.atomic():
        Job._base_manager.filter(pk=job_id, finished_at=None).update(
            state=Job.State.FAILED, problem=problem[:500], finished_at=timezone.now()
        )


def _put_back(job_id: str) -> None:
    """Let the relay send the job again, or give it up when this was the last attempt."""
    with transaction.atomic():
        again = Job._base_manager.filter(pk=job_id, finished_at=None, attempts__lt=Job.MOST_ATTEMPTS).update(
            state=Job.State.WAITING, sent_at=None, beaten_at=None
        )
        if not again:
            Job._base_manager.filter(pk=job_id, finished_at=None).update(
                state=Job.State.FAILED, problem="interrupted", finished_at=timezone.now()
            )
