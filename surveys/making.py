"""How far the making of a round's results has come: one answer for all of its jobs, in the reader's words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from portal.jobs.models import Job
from surveys.models import RoundPart, SurveyRound
from surveys.states import PartState, RoundState

TABULATE = "surveys.tabulate"
PROTECT = "surveys.protect_question"
PROTECT_SCORES = "surveys.protect_scores"
PUBLISH = "surveys.publish_results"
DISCARD = "surveys.discard_results"
POOL = "surveys.pool_rounds"
"""Puts a round together with the one before, when the results of both are made."""
MAKING = (TABULATE, PROTECT, PROTECT_SCORES, PUBLISH)
"""The jobs that make results, in their order; DISCARD is what follows a stop."""

COUNTED, PUBLISHING = 10, 95
"""Per cent of the whole when the base is protected, and when the last question is."""


class Stage(StrEnum):
    """Where the making of results is."""

    NOT_YET = "not_yet"
    WORKING = "working"
    STOPPING = "stopping"
    STOPPED = "stopped"
    FAILED = "failed"
    MADE = "made"


@dataclass(frozen=True)
class Making:
    """The stage; per cent and words while it works; why it failed, where there are words for that."""

    stage: Stage
    percent: int = 0
    words: str = ""
    problem: str = ""

    @property
    def is_going_on(self) -> bool:
        """Whether something will change by itself."""
        return self.stage in (Stage.WORKING, Stage.STOPPING)

    @property
    def may_begin(self) -> bool:
        """Whether somebody may have the results made: after a stop or a failure."""
        return self.stage in (Stage.STOPPED, Stage.FAILED)


def making_of(survey_round: SurveyRound) -> Making:
    """How far a round's results have come; two queries while they are being made."""
    if survey_round.tabulated_at is not None:
        return Making(Stage.MADE, 100)
    if survey_round.state != RoundState.CLOSED or survey_round.response_count is None:
        return Making(Stage.NOT_YET)
    jobs = _latest(list(jobs_of(survey_round).order_by("asked_at")))
    match _stage(jobs):
        case Stage.STOPPING:
            return Making(Stage.STOPPING, words=_("Stopping"))
        case Stage.WORKING:
            return _working(survey_round, [job for job in jobs if not job.is_finished])
        case Stage.STOPPED:
            return Making(Stage.STOPPED)
    problems = [job.problem for job in jobs if job.state == Job.State.FAILED and job.problem != "interrupted"]
    return Making(Stage.FAILED, problem=problems[0] if problems else "")


def idle_among(rounds: Iterable[SurveyRound]) -> dict[UUID, Stage]:
    """The counted rounds whose results nobody is making, stopped or failed; one query for all, or none."""
    waiting = [
        one.pk
        for one in rounds
        if one.tabulated_at is None and one.state == RoundState.CLOSED and one.response_count is not None
    ]
    if not waiting:
        return {}
    jobs: dict[UUID, list[Job]] = {key: [] for key in waiting}
    asked = Job.in_scope().filter(subject_id__in=waiting, task__in=(*MAKING, DISCARD)).order_by("asked_at")
    for job in asked:
        if job.subject_id is not None:
            jobs[job.subject_id].append(job)
    stages = {key: _stage(_latest(found)) for key, found in jobs.items()}
    return {key: stage for key, stage in stages.items() if stage in (Stage.STOPPED, Stage.FAILED)}


def _stage(jobs: Sequence[Job]) -> Stage:
    """Where the making stands by the jobs since it was asked for last."""
    unfinished = [job for job in jobs if not job.is_finished]
    if any(job.task == DISCARD for job in unfinished):
        return Stage.STOPPING
    if unfinished:
        return Stage.WORKING
    if not jobs or any(job.state == Job.State.CANCELLED for job in jobs):
        return Stage.STOPPED
    return Stage.FAILED


def jobs_of(survey_round: SurveyRound) -> QuerySet[Job]:
    """Everything that was asked for to make a round's results, or to give them up."""
    return Job.in_scope().filter(subject_id=survey_round.pk, task__in=(*MAKING, DISCARD))


def _latest(jobs: Sequence[Job]) -> Sequence[Job]:
    """The jobs since results were asked for last."""
    begun = max((at for at, job in enumerate(jobs) if job.task == TABULATE), default=0)
    return jobs[begun:]


def _working(survey_round: SurveyRound, unfinished: Sequence[Job]) -> Making:
    parts = RoundPart.in_scope().filter(round=survey_round)
    found = parts.aggregate(total=Count("pk"), waiting=Count("pk", filter=Q(state=PartState.WAITING)))
    total, done = found["total"], found["total"] - found["waiting"]
    if not total:
        return Making(Stage.WORKING, COUNTED * unfinished[0].percent // 100, unfinished[0].words)
    if done == total:
        return Making(Stage.WORKING, PUBLISHING, _("Publishing"))
    words = _("Protecting question %(number)s of %(count)s") % {"number": done + 1, "count": total}
    return Making(Stage.WORKING, COUNTED + (PUBLISHING - COUNTED) * done // total, words)
