"""A round put together with the one before: asked for, protected beside all that is out, published once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from datasets.cubes import LocalText
from datasets.disclosure import AggregationRule
from datasets.models import Dataset
from datasets.services.fingerprints import input_key
from datasets.services.ledgers import ledger_read
from datasets.services.releases import NamedTable, release_publish
from portal.audit.recording import record
from portal.jobs.models import Job
from portal.jobs.outbox import enqueue
from portal.jobs.running import JobContext, JobFailed
from surveys.errors import SurveysError
from surveys.making import POOL
from surveys.models import SurveyRound
from surveys.results.pooling import Held, Pool, Shown, pool_of, poolable, pooled_base, pooled_question
from surveys.results.tabulation import columns_fetch
from surveys.services.describing import round_dataset_register
from surveys.services.releasing import title_of_table
from surveys.services.rules import rule_of

JOIN = "+"


@dataclass(frozen=True)
class PoolState:
    """Whether a round can be put together with the one before, is being so, or is: `refusal` says why not."""

    refusal: str
    job: Job | None = None
    dataset: Dataset | None = None


def pool_state_of(survey_round: SurveyRound) -> PoolState:
    """Where it stands; in at most three queries."""
    before = survey_round.previous_round
    if before is None:
        return PoolState(_("There is no round before it."))
    job = Job.in_scope().filter(subject_id=survey_round.pk, task=POOL).order_by("-asked_at").first()
    pools = list(_pools_of(survey_round, before))
    made = next((one for one in pools if one.origin_ref == _origin(before, survey_round)), None)
    if made is not None:
        return PoolState("", job, made)
    return PoolState(_refusal(before, survey_round, is_pooled=bool(pools)), job)


@dataclass(frozen=True)
class Pooled:
    """Two rounds that are counted as one, the earlier first, and the data set that tells of both."""

    before: SurveyRound
    now: SurveyRound
    dataset: Dataset


def pooled_with(survey_round: SurveyRound) -> Pooled | None:
    """What a round is counted together with, the one before or the one after; in at most two queries."""
    made = next((one for one in _pools_of(survey_round) if one.withdrawn_at is None), None)
    if made is None:
        return None
    rounds = SurveyRound.objects.own().select_related("version", "tenant")
    found = rounds.in_bulk([UUID(key) for key in made.origin_ref.split(JOIN)])
    before, now = (found[UUID(key)] for key in made.origin_ref.split(JOIN))
    return Pooled(before, now, made)


@transaction.atomic
def rounds_pool_ask(*, survey_round: SurveyRound, by: User) -> Job:
    """Have a round put together with the one before. Raises SurveysError where that can't be."""
    locked = SurveyRound.objects.own().select_related("previous_round").get(pk=survey_round.pk)
    state = pool_state_of(locked)
    if state.refusal:
        raise SurveysError(state.refusal)
    if state.dataset is not None or (state.job is not None and not state.job.is_finished):
        raise SurveysError(_("They are being put together already."))
    record("survey_round.pool_asked", target=survey_round, by=by)
    return enqueue(POOL, subject=survey_round, by=by, title=survey_round.title, survey_round_id=survey_round.pk)


def rounds_pool(job: JobContext, *, survey_round_id: str) -> None:
    """Protect both rounds together, against everything that is out of either, and publish what may be shown."""
    with job.transaction():
        now, before = _both(survey_round_id)
        if _refusal_or_made(before, now):
            return
        rule = _stricter(rule_of(now), rule_of(before))
        breakdowns = [code for code in now.rule["breakdowns"] if code in before.rule["breakdowns"]]
        pool = pool_of([_held(before), _held(now)], breakdowns, rule)
    with job.beating():
        tables = _protected(job, pool, rule)
    if not tables:
        raise JobFailed(_("Even together too few answered for anything more than what each round shows."))
    with job.completing():
        now, before = _both(survey_round_id, is_locked=True)
        if not _refusal_or_made(before, now):
            _publish(before, now, tables, rule)


def _held(survey_round: SurveyRound) -> Held:
    columns = columns_fetch(survey_round, *poolable(survey_round.version.content))
    out = [table.protected for table in ledger_read(survey_round.pk).tables]
    return str(survey_round.pk), columns, out


def _protected(job: JobContext, pool: Pool, rule: AggregationRule) -> Shown:
    found = pooled_base(pool, rule, input_key=input_key())
    if found is None:
        return {}
    base, tables = found
    questions = poolable(pool.columns.questionnaire)
    for at, question in enumerate(questions):
        job.progress(10 + 85 * at // len(questions), "Protecting small groups")
        tables |= pooled_question(pool, base, question, rule, input_key=input_key())
    return tables


def _publish(before: SurveyRound, now: SurveyRound, tables: Shown, rule: AggregationRule) -> None:
    """One data set of both rounds, inside the municipality until somebody opens it."""
    title: LocalText = {
        "sv": f"{before.title} och {now.title} tillsammans",
        "en": f"{before.title} and {now.title} together",
    }
    dataset = round_dataset_register(
        survey_round=now,
        questions=now.version.content,
        rule=rule,
        title=title,
        origin_ref=_origin(before, now),
        is_alone=False,
    )
    named: Sequence[NamedTable] = [(code, title_of_table(now, code), cube) for code, cube in tables.items()]
    release_publish(dataset=dataset, tables=named, rule=rule, by=None)
    record("survey_round.pooled", target=now, tables=len(named))


def _both(survey_round_id: str, *, is_locked: bool = False) -> tuple[SurveyRound, SurveyRound]:
    """The round and the one before, locked in the order of their keys where that is asked."""
    rounds = SurveyRound.objects.own().select_related("version", "tenant")
    now = rounds.get(pk=survey_round_id)
    if now.previous_round_id is None:
        raise JobFailed(_("There is no round before it."))
    chosen = rounds.filter(pk__in=[now.pk, now.previous_round_id]).order_by("pk")
    found = {one.pk: one for one in (chosen.select_for_update(of=("self",)) if is_locked else chosen)}
    return found[now.pk], found[now.previous_round_id]


def _refusal_or_made(before: SurveyRound, now: SurveyRound) -> bool:
    """Whether somebody else was first. Raises JobFailed where it can't be any more."""
    pools = list(_pools_of(now, before))
    if any(one.origin_ref == _origin(before, now) for one in pools):
        return True
    if refusal := _refusal(before, now, is_pooled=bool(pools)):
        raise JobFailed(refusal)
    return False


def _refusal(before: SurveyRound, now: SurveyRound, *, is_pooled: bool) -> str:
    if now.is_joint or before.is_joint:
        return _("A joint round already puts small municipalities together.")
    if now.tabulated_at is None or before.tabulated_at is None:
        return _("Both rounds must have results first.")
    if now.answers_deleted_at is not None or before.answers_deleted_at is not None:
        return _("The answers of one of the rounds are deleted. They can't be counted together any more.")
    if now.version.definition_hash != before.version.definition_hash:
        return _("The two rounds did not ask the same questions.")
    if is_pooled:
        return _("One of them is already put together with another. A second time could tell what is hidden.")
    return ""


def _pools_of(*rounds: SurveyRound) -> Sequence[Dataset]:
    about = Q()
    for one in rounds:
        about |= Q(origin_ref__contains=str(one.pk))
    found = Dataset.objects.own().filter(about, origin=Dataset.Origin.SURVEY, origin_ref__contains=JOIN)
    return list(found)


def _origin(before: SurveyRound, now: SurveyRound) -> str:
    return f"{before.pk}{JOIN}{now.pk}"


def _stricter(one: AggregationRule, other: AggregationRule) -> AggregationRule:
    """The rule with the larger threshold: rules of rounds differ in that alone."""
    return max(one, other, key=lambda rule: (rule.k, rule.share_base))
