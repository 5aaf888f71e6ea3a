"""Results of a round, made by several jobs: the base once, each question by itself, and publishing at the end.

Each job keeps what it found in its last transaction, so that a worker that is killed leaves nothing half done,
and the next one does only what is missing. Answers are read anew by every job: counts are in no queue, no log
and no argument.
"""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from datasets.disclosure import VERSION
from datasets.errors import DatasetsError
from datasets.services.fingerprints import input_key
from portal.jobs.models import Job
from portal.jobs.outbox import enqueue
from portal.jobs.running import JobContext, JobFailed
from surveys.making import MAKING, PROTECT, PROTECT_SCORES, PUBLISH, jobs_of
from surveys.models import RoundFigures, RoundPart, SurveyRound
from surveys.questionnaire import counted_scores
from surveys.results.means import with_mean_of_quantity
from surveys.results.protecting import Base, Protected, protected_base, protected_question, restored
from surveys.results.protecting_scores import items_of, protected_scores
from surveys.results.tabulation import columns_fetch
from surveys.services.releasing import round_release
from surveys.services.rules import rule_of
from surveys.services.texts import texts_lay_out
from surveys.states import PartState, RoundState


def round_tabulate(job: JobContext, *, survey_round_id: str) -> None:
    """Count and protect how many took part in each group, then ask for a job for each question.

    Where an earlier attempt came further, only what is missing is asked for.
    """
    with job.transaction():
        survey_round = _unpublished(survey_round_id)
        if survey_round is None:
            return
        is_begun = _is_begun(survey_round)
        columns = None if is_begun else columns_fetch(survey_round)
    base = None
    if columns is not None:
        job.progress(20, "Counting answers")
        breakdowns = survey_round.rule["breakdowns"]
        with job.beating():
            base = protected_base(columns, breakdowns, rule_of(survey_round), input_key=input_key())
    with job.completing():
        locked = _locked(survey_round_id)
        if base is not None and not _is_begun(locked):
            _keep_base(locked, base)
        _ask_for_questions(locked, job)


def question_protect(job: JobContext, *, survey_round_id: str, part_id: str) -> None:
    """Protect the tables of one question against the base; whoever does the last one asks for publishing."""
    with job.transaction():
        survey_round = _unpublished(survey_round_id)
        part = RoundPart.in_scope().filter(pk=part_id, state=PartState.WAITING).first()
        if survey_round is None or part is None:
            return
        question = survey_round.version.content.question(part.question)
        secrets = RoundFigures.in_scope().get(round=survey_round, part=None).content
        columns = columns_fetch(survey_round, question)
    job.progress(10, "Protecting small groups")
    with job.beating():
        rule, key = rule_of(survey_round), input_key()
        found = protected_question(secrets, columns, question, rule, input_key=key)
        found = with_mean_of_quantity(found, columns, question, rule, input_key=key)
    with job.completing():
        if _keep_question(part, found):
            _ask_for_next(_locked(survey_round_id), job)


def scores_protect(job: JobContext, *, survey_round_id: str) -> None:
    """Protect a round's scores, all together and beside the tables of their items, then ask for publishing."""
    with job.transaction():
        survey_round = _unpublished(survey_round_id)
        if survey_round is None or not _waiting_scores(survey_round).exists():
            return
        content = survey_round.version.content
        secrets = RoundFigures.in_scope().get(round=survey_round, part=None).content
        kept = RoundFigures.in_scope().filter(round=survey_round, part__question__in=items_of(content))
        items = {code: cube for one in kept for code, cube in restored(one.content)}
        columns = columns_fetch(survey_round, *(content.question(code) for code in items_of(content)))
    job.progress(10, "Protecting small groups")
    with job.beating():
        found = protected_scores(secrets, columns, items, rule_of(survey_round), input_key=input_key())
    with job.completing():
        locked = _locked(survey_round_id)
        for part in _waiting_scores(locked):
            _keep_question(part, found[part.question])
        _ask_for_next(locked, job)


def results_publish(job: JobContext, *, survey_round_id: str) -> None:
    """Publish every data set of a round in one transaction, and forget what was kept on the way, once."""
    with job.transaction():
        if _unpublished(survey_round_id) is None:
            return
    job.progress(50, "Publishing")
    with job.completing():
        survey_round = _locked(survey_round_id)
        if survey_round.tabulated_at is not None:
            return
        if not _parts(survey_round).exists() or _parts(survey_round).filter(state=PartState.WAITING).exists():
            raise JobFailed(_("Not every question is protected yet. Have the results made again."))
        try:
            round_release(survey_round=survey_round, rule=rule_of(survey_round))
        except DatasetsError as refusal:
            raise JobFailed(str(refusal)) from None
        texts_lay_out(survey_round)
        RoundFigures.in_scope().filter(round=survey_round).delete()


def results_discard(job: JobContext, *, survey_round_id: str) -> None:
    """Forget what was kept of results that somebody stopped. They can be made again from the answers."""
    with job.completing():
        survey_round = _locked(survey_round_id)
        is_wanted = jobs_of(survey_round).filter(task__in=MAKING, finished_at=None).exists()
        if survey_round.tabulated_at is None and not is_wanted:
            _forget(survey_round)


def _unpublished(survey_round_id: str) -> SurveyRound | None:
    """The round, closed and counted; None where its results are made. Raises JobFailed while it takes answers."""
    survey_round: SurveyRound = (
        SurveyRound.objects.own().select_related("version", "tenant").get(pk=survey_round_id)
    )
    if survey_round.tabulated_at is not None:
        return None
    if survey_round.answers_deleted_at is not None:
        raise JobFailed(_("The answers are deleted. No results can be made of them any more."))
    if survey_round.state != RoundState.CLOSED or survey_round.response_count is None:
        raise JobFailed(_("Results are made when the round is closed and the last answers are in."))
    return survey_round


def _locked(survey_round_id: str) -> SurveyRound:
    """The round, locked: of two jobs that end at the same time the second sees what the first has kept."""
    locked: SurveyRound = (
        SurveyRound.objects.own()
        .select_related("version", "tenant")
        .select_for_update(of=("self",), no_key=True)
        .get(pk=survey_round_id)
    )
    return locked


def _parts(survey_round: SurveyRound) -> QuerySet[RoundPart]:
    return RoundPart.in_scope().filter(round=survey_round)


def _waiting_scores(survey_round: SurveyRound) -> QuerySet[RoundPart]:
    scores = [score.code for score in counted_scores(survey_round.version.content)]
    return _parts(survey_round).filter(state=PartState.WAITING, question__in=scores)


def _is_begun(survey_round: SurveyRound) -> bool:
    """Whether a base is kept that the present method made."""
    base = RoundFigures.in_scope().filter(round=survey_round, part=None)
    return base.filter(content__version=VERSION).exists()


def _forget(survey_round: SurveyRound) -> None:
    RoundFigures.in_scope().filter(round=survey_round).delete()
    _parts(survey_round).delete()


def _keep_base(survey_round: SurveyRound, base: Base) -> None:
    """The base and one part a question or score; background questions are done with it."""
    _forget(survey_round)
    RoundFigures(round=survey_round, content={"version": VERSION, **base.secrets}).save()
    breakdowns = survey_round.rule["breakdowns"]
    for position, question in enumerate(survey_round.version.told):
        if question.is_told and (not question.is_background or question.code in breakdowns):
            part = RoundPart(round=survey_round, question=question.code, position=position)
            part.save()
            if question.is_background:
                _keep_question(part, base.protected.of(question))


def _keep_question(part: RoundPart, found: Protected) -> bool:
    """Keep what came out for one question; false when somebody else has, or all was given up."""
    state = PartState.PROTECTED if found.shown else PartState.NOT_SHOWN
    waiting = RoundPart.in_scope().filter(pk=part.pk, state=PartState.WAITING)
    if not waiting.update(state=state, not_shown=dict(found.not_shown)):
        return False
    tables = {code: cube.to_release() for code, cube in found.shown.items()}
    RoundFigures(round_id=part.round_id, part=part, content=tables).save()
    return True


def _ask_for_questions(survey_round: SurveyRound, job: JobContext) -> None:
    """A job for each question that is missing, unless others are at it. The round is locked."""
    others = jobs_of(survey_round).filter(finished_at=None).exclude(pk=job.job_id)
    if survey_round.tabulated_at is not None or others.exists():
        return
    waiting = _parts(survey_round).filter(state=PartState.WAITING).exclude(pk__in=_waiting_scores(survey_round))
    for part in waiting:
        _ask(PROTECT, survey_round, job, part_id=part.pk)
    _ask_for_next(survey_round, job)


def _ask_for_next(survey_round: SurveyRound, job: JobContext) -> None:
    """The scores if no question is missing, publishing if no score is either.

    The round is locked, so that one job alone finds itself the last.
    """
    waiting, scores = _parts(survey_round).filter(state=PartState.WAITING), _waiting_scores(survey_round)
    if not waiting.exists():
        _ask(PUBLISH, survey_round, job)
    elif not waiting.exclude(pk__in=scores).exists():
        _ask(PROTECT_SCORES, survey_round, job)


def _ask(task: str, survey_round: SurveyRound, job: JobContext, **ids: UUID) -> None:
    asked_by = Job.in_scope().select_related("asked_by").get(pk=job.job_id).asked_by
    title = survey_round.title
    enqueue(task, subject=survey_round, by=asked_by, title=title, survey_round_id=survey_round.pk, **ids)
