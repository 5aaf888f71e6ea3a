"""Publishing what came out of a round: one data set a section, inside the municipality."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone

from datasets.cubes import LocalText, pick
from datasets.disclosure import AggregationRule, ProtectedCube
from datasets.models import Release
from datasets.services.releases import NamedTable, release_publish
from portal.audit.recording import record
from surveys.models import RoundFigures, SurveyRound
from surveys.questionnaire import Question
from surveys.results.means import MEAN
from surveys.results.protecting import restored
from surveys.services.describing import round_dataset_register
from surveys.services.joint_releasing import joint_round_release


def round_release(*, survey_round: SurveyRound, rule: AggregationRule) -> None:
    """Publish what is kept of each question, all data sets together. In the caller's transaction.

    Until an administrator opens them, the results are for the tenant's own people.
    """
    tables = _kept(survey_round)
    releases: list[Release] = []
    made: list[NamedTable] = []
    owned: dict[str, list[NamedTable]] = {}
    for section in survey_round.version.told.sections:
        found = [
            (code, title_of_table(survey_round, code), cube)
            for question in section.questions
            for code, cube in tables.get(question.code, {}).items()
        ]
        if owner := survey_round.own_sections.get(section.code):
            owned.setdefault(owner, []).extend(found)
        elif found:
            title = {lang: f"{pick(section.title, lang)}: {survey_round.title}" for lang in ("sv", "en")}
            dataset = round_dataset_register(
                survey_round=survey_round, questions=section.questions, rule=rule, title=title
            )
            releases.append(release_publish(dataset=dataset, tables=found, rule=rule, by=None, together=releases))
            made += found
    if survey_round.is_joint:
        joint_round_release(survey_round=survey_round, tables=made, owned=owned, rule=rule, together=releases)
    SurveyRound.objects.filter(pk=survey_round.pk, tabulated_at=None).update(tabulated_at=timezone.now())
    count = sum(len(found) for found in tables.values())
    record("survey_round.tabulated", target=survey_round, tables=count)


def _kept(survey_round: SurveyRound) -> dict[str, dict[str, ProtectedCube]]:
    """Question → table code → protected table."""
    figures = RoundFigures.in_scope().filter(round=survey_round).exclude(part=None).select_related("part")
    return {
        kept.part.question: dict(restored(kept.content)) for kept in figures.iterator() if kept.part is not None
    }


def title_of_table(survey_round: SurveyRound, code: str) -> LocalText:
    """A question's own words, and what it is broken down by."""
    questionnaire = survey_round.version.told
    asked, _dot, background = code.partition(".")
    question: Question = questionnaire.question(asked.removesuffix(MEAN))
    if asked.endswith(MEAN):
        mean = {"sv": "Medelvärde", "en": "Mean"}
        return {lang: f"{mean.get(lang, mean['en'])}: {text}" for lang, text in question.text.items()}
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
