"""Results of a round: counted, protected question by question, and published as one data set a section."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Tenant
from datasets.cubes import LocalText, Reason, pick
from datasets.disclosure import AggregationRule, ProtectedCube, RefusedToPublish, Sensitivity, protect_linked
from datasets.models import Dataset
from datasets.services.registration import dataset_register
from datasets.services.releases import release_publish
from portal.audit.recording import record
from portal.jobs.running import JobContext, JobFailed
from surveys.models import SurveyRound
from surveys.questionnaire import Question, Section
from surveys.states import RoundState
from surveys.tabulation import ANSWERED, Counted, columns_fetch, tabulate

Published = tuple[Counted, ProtectedCube]


def round_tabulate(job: JobContext, *, survey_round_id: str) -> None:
    """Count and protect a closed round and publish its results inside the municipality, once.

    Until an administrator opens them, the results are for the tenant's own people.
    """
    with job.transaction():
        survey_round = SurveyRound.objects.own().select_related("version", "tenant").get(pk=survey_round_id)
        if survey_round.tabulated_at is not None:
            return
        if survey_round.state != RoundState.CLOSED or survey_round.response_count is None:
            raise JobFailed(_("Results are made when the round is closed and the last answers are in."))
        columns = columns_fetch(survey_round)
    job.progress(5, "Counting answers")
    rule = rule_of(survey_round)
    tables = tabulate(columns, survey_round.rule["breakdowns"], smallest=rule.share_base)
    published = list(_protected(job, tables, rule))
    job.progress(95, "Publishing")
    with job.completing():
        _publish(survey_round, published, rule)


def rule_of(survey_round: SurveyRound) -> AggregationRule:
    """The round's own rule as disclosure control knows it; groups that are all alike are protected too."""
    threshold, base = int(survey_round.rule["threshold"]), int(survey_round.rule["base"])
    usual = AggregationRule.default(Sensitivity.INTERNAL)
    return replace(usual, k=threshold, share_base=base, mean_base=base, tau=threshold)


def _protected(job: JobContext, tables: Sequence[Counted], rule: AggregationRule) -> Iterator[Published]:
    """The tables of each question, protected together; those that can't be shown left out."""
    questions = [list(found) for _code, found in groupby(tables, key=lambda table: table.question.code)]
    for number, group in enumerate(questions, start=1):
        job.progress(
            5 + 90 * number // len(questions), "Protecting question %(number)s of %(count)s",
            number=number, count=len(questions),
        )  # fmt: skip
        yield from protected_question(group, rule)


def protected_question(group: list[Counted], rule: AggregationRule) -> list[Published]:
    """One question: all its tables; where that is refused, fewer and fewer of them; at last none."""
    while group:
        try:
            cubes = protect_linked([counted.table for counted in group], rule)
        except RefusedToPublish:
            group = group[:-1]
            continue
        return [pair for pair in zip(group, cubes, strict=True) if not _hides_a_margin(*pair)]
    return []


def _hides_a_margin(counted: Counted, cube: ProtectedCube) -> bool:
    """Whether how many answered in some group came out hidden.

    Nearly the same people answer every question, so that other questions would tell: then the breakdown is
    not shown for this one.
    """
    if counted.by is None or counted.table.over is None:
        return False
    margins = cube.select({counted.table.over: [ANSWERED]})
    return bool((margins.statuses == Reason.SUPPRESSED).any())


def _publish(survey_round: SurveyRound, published: Sequence[Published], rule: AggregationRule) -> None:
    questionnaire = survey_round.version.content
    for section in questionnaire.sections:
        found = [(counted, cube) for counted, cube in published if counted.section == section.code]
        if found:
            dataset = _register(survey_round, section, rule)
            release_publish(
                dataset=dataset,
                tables=[(counted.code, _title(counted.question, counted.by), cube) for counted, cube in found],
                rule=rule,
                by=None,
            )
    SurveyRound.objects.filter(pk=survey_round.pk, tabulated_at=None).update(tabulated_at=timezone.now())
    record("survey_round.tabulated", target=survey_round, tables=len(published))


def _register(survey_round: SurveyRound, section: Section, rule: AggregationRule) -> Dataset:
    tenant: Tenant = survey_round.tenant
    questions = [question for question in section.questions if question.is_coded]
    measures = Counter(str(question.measures) for question in questions).most_common(1)[0][0]
    factors = sorted({factor for question in questions for factor in question.factors})
    return dataset_register(
        by=None,
        rule=rule,
        origin=Dataset.Origin.SURVEY,
        origin_ref=str(survey_round.pk),
        title=f"{pick(section.title, 'sv')}: {survey_round.title}"[:200],
        title_en=f"{pick(section.title, 'en')}: {survey_round.title}"[:200],
        source=f"{tenant.official_name}, {survey_round.title}",
        measures=measures,
        fit_for=[Dataset.FitFor.MEASURE, Dataset.FitFor.EXPLORE],
        factors=factors,
        unit="personer",
        unit_en="people",
        is_synthetic=tenant.is_demo,
    )


def _title(question: Question, by: Question | None) -> LocalText:
    """A question's own words, and what it is broken down by."""
    if by is None:
        return dict(question.text)
    words = {"sv": "efter", "en": "by"}
    return {
        lang: f"{text} ({words.get(lang, words['en'])} {pick(by.label, lang).lower()})"
        for lang, text in question.text.items()
    }
