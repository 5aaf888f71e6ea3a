"""Publishing what came out of a round: one data set a section, inside the municipality."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from django.utils import timezone

from accounts.models import Tenant
from datasets.cubes import LocalText, pick
from datasets.disclosure import AggregationRule, ProtectedCube
from datasets.models import Dataset, Release
from datasets.services.registration import dataset_register
from datasets.services.releases import release_publish
from portal.audit.recording import record
from surveys.models import RoundFigures, SurveyRound
from surveys.questionnaire import Question, Section
from surveys.results.protecting import restored


def round_release(*, survey_round: SurveyRound, rule: AggregationRule) -> None:
    """Publish what is kept of each question, all data sets together. In the caller's transaction.

    Until an administrator opens them, the results are for the tenant's own people.
    """
    tables = _kept(survey_round)
    releases: list[Release] = []
    for section in survey_round.version.content.sections:
        found = [
            (code, _title(survey_round, code), cube)
            for question in section.questions
            for code, cube in tables.get(question.code, {}).items()
        ]
        if found:
            dataset = _register(survey_round, section, rule)
            releases.append(release_publish(dataset=dataset, tables=found, rule=rule, by=None, together=releases))
    SurveyRound.objects.filter(pk=survey_round.pk, tabulated_at=None).update(tabulated_at=timezone.now())
    count = sum(len(found) for found in tables.values())
    record("survey_round.tabulated", target=survey_round, tables=count)


def _kept(survey_round: SurveyRound) -> dict[str, dict[str, ProtectedCube]]:
    """Question → table code → protected table."""
    figures = RoundFigures.in_scope().filter(round=survey_round).exclude(part=None).select_related("part")
    return {
        kept.part.question: dict(restored(kept.content)) for kept in figures.iterator() if kept.part is not None
    }


def _register(survey_round: SurveyRound, section: Section, rule: AggregationRule) -> Dataset:
    tenant: Tenant = survey_round.tenant
    questions = [question for question in section.questions if question.is_counted]
    measures = Counter(str(question.measures) for question in questions).most_common(1)[0][0]
    factors = sorted({factor for question in questions for factor in question.factors})
    return dataset_register(
        by=None,
        rule=rule,
        origin=Dataset.Origin.SURVEY,
        origin_ref=str(survey_round.pk),
        population=survey_round.pk,
        title=f"{pick(section.title, 'sv')}: {survey_round.title}"[:200],
        title_en=f"{pick(section.title, 'en')}: {survey_round.title}"[:200],
        source=f"{tenant.official_name}, {survey_round.title}",
        measures=measures,
        fit_for=[Dataset.FitFor.MEASURE, Dataset.FitFor.EXPLORE],
        factors=factors,
        unit="personer",
        unit_en="people",
        definition="Så många som valde varje svar, av dem som besvarade frågan i omgången.",
        definition_en="How many chose each answer, out of those who answered the question in the round.",
        polarity=Dataset.Polarity.NONE,
        is_synthetic=tenant.is_demo,
    )


def _title(survey_round: SurveyRound, code: str) -> LocalText:
    """A question's own words, and what it is broken down by."""
    questionnaire = survey_round.version.content
    asked, _dot, background = code.partition(".")
    question: Question = questionnaire.question(asked)
    if not background:
        return dict(question.text)
    words = {"sv": ("efter", "och"), "en": ("by", "and")}
    by = [questionnaire.question(code).label for code in background.split(".")]
    return {
        lang: f"{text} ({words.get(lang, words['en'])[0]} {_joined(by, lang, words.get(lang, words['en'])[1])})"
        for lang, text in question.text.items()
    }


def _joined(labels: Sequence[LocalText], lang: str, joining: str) -> str:
    return f" {joining} ".join(pick(label, lang).lower() for label in labels)
