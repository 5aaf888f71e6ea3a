"""Stopping the making of a round's results, and having them made again."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from portal.audit.recording import record
from portal.jobs.models import Job
from portal.jobs.outbox import enqueue
from surveys.errors import InvalidTransition
from surveys.making import DISCARD, MAKING, TABULATE, jobs_of, making_of
from surveys.models import SurveyRound


@transaction.atomic
def results_stop(*, survey_round: SurveyRound, by: User) -> None:
    """Stop what has not started, let what is running come to nothing, and have what was kept forgotten.

    Raises InvalidTransition when nothing was left to stop.
    """
    # A job in its last transaction is waited for, and may ask for jobs of a later kind: so kind by kind.
    stopped = sum(_cancel(jobs_of(survey_round).filter(task=task)) for task in MAKING)
    if not stopped:
        raise InvalidTransition(_("There is nothing to stop: no results are being made now."))
    enqueue(DISCARD, subject=survey_round, by=by, title=survey_round.title, survey_round_id=survey_round.pk)
    record("survey_round.results_stopped", target=survey_round, by=by)


@transaction.atomic
def results_begin(*, survey_round: SurveyRound, by: User) -> Job:
    """Have the results made after a stop or a failure. What is protected already is not done again.

    Raises InvalidTransition unless the round waits for that.
    """
    locked = SurveyRound.objects.own().select_for_update(no_key=True).get(pk=survey_round.pk)
    making = making_of(locked)
    if making.is_going_on:
        raise InvalidTransition(_("Somebody has asked for that already. Wait until it is done."))
    if not making.may_begin:
        raise InvalidTransition(_("Results are made once, when the round is closed and the last answers are in."))
    record("survey_round.results_asked_again", target=locked, by=by)
    return enqueue(TABULATE, subject=locked, by=by, title=locked.title, survey_round_id=locked.pk)


def _cancel(jobs: QuerySet[Job]) -> int:
    """Cancel those that are unfinished, locked in one order so that two who stop do not wait for each other."""
    locked = jobs.filter(finished_at=None).order_by("pk").select_for_update().values_list("pk", flat=True)
    return (
        Job.in_scope()
        .filter(pk__in=list(locked), finished_at=None)
        .update(state=Job.State.CANCELLED, finished_at=timezone.now())
    )
