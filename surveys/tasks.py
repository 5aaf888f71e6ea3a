"""The survey's jobs and the work that beat asks for."""

from __future__ import annotations

from celery import shared_task

from portal.jobs.running import JobContext, job_task
from surveys.models import SurveyRound
from surveys.services import results, rounds, timekeeping


@shared_task(name="surveys.rounds_keep_time", ignore_result=True)
def rounds_keep_time() -> int:
    """Open and close rounds by the clock, and finish those whose last answers are in."""
    return timekeeping.rounds_keep_time()


@shared_task(name="surveys.intake_shuffle", ignore_result=True)
def intake_shuffle() -> int:
    """Shuffle the envelopes that wait."""
    return timekeeping.intakes_shuffle()


@job_task("surveys.open_round")
def open_round(job: JobContext, *, survey_round_id: str) -> None:
    """Make the key of a round that somebody opens now."""
    with job.completing():
        rounds.survey_round_open(survey_round=SurveyRound.objects.own().get(pk=survey_round_id))


@job_task("surveys.tabulate")
def tabulate(job: JobContext, *, survey_round_id: str) -> None:
    """Make the results of a closed round."""
    results.round_tabulate(job, survey_round_id=survey_round_id)
