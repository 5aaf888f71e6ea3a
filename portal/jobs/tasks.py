"""The relay, called by beat every other second."""

from celery import shared_task

from portal.jobs.outbox import relay_waiting_jobs


@shared_task(name="jobs.relay", ignore_result=True)
def relay() -> int:
    """Hand waiting jobs to the broker."""
    return relay_waiting_jobs()
