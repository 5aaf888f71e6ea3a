"""The relay, called by beat every other second, and what is tidied up hourly."""

from celery import shared_task

from portal.jobs.outbox import forget_finished_jobs, relay_waiting_jobs


@shared_task(name="jobs.relay", ignore_result=True)
def relay() -> int:
    """Hand waiting jobs to the broker."""
    return relay_waiting_jobs()


@shared_task(name="jobs.forget", ignore_result=True)
def forget() -> int:
    """Delete what was finished long ago."""
    return forget_finished_jobs()
