"""The results of a round: how many and how sure, the strongest findings, then section by section."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from datasets.charts import Measure, Selection, build_chart, propose
from datasets.cubes import pick
from datasets.disclosure import ProtectedCube
from datasets.selectors import about_of
from surveys.making import making_of
from surveys.models import SurveyRound
from surveys.questionnaire import Question, Questionnaire
from surveys.results.coverage import coverage_of
from surveys.results.findings import Finding
from surveys.results.forecast import reach_of
from surveys.results.means import MEAN
from surveys.results.outcome import outcome_of
from surveys.results.population import weighting_now
from surveys.results.shown_means import mean_shown
from surveys.results.weighted_means import weighted_mean
from surveys.results.weighting import Weighting, weighted_shares
from surveys.selectors import Published, cubes_of, not_shown_of
from surveys.services.pooling import pool_state_of
from surveys.services.texts import shown_texts
from surveys.states import Weighing
from surveys.views.common import RoundView, may
from surveys.ways_in.wording import reach_of_round
from surveys.wording import finding_in_words, language, not_shown_in_words
from surveys.wording.means import MeanWords, given_in_words, mean_in_words, score_in_words, why_no_mean
from surveys.wording.results import (
    WeightedWords,
    coverage_in_words,
    weighted_in_words,
    weighting_in_words,
)

Tables = Mapping[str, Published]


@dataclass(frozen=True)
class Bar:
    """One answer with its share: in words, and as a length from 0 to 100 where it is shown."""

    label: str
    text: str
    interval: str
    length: float | None


@dataclass(frozen=True)
class Result:
    """One question: its finding in a sentence, the answers, its chart, and its breakdowns as (label, address).

    `made_of` is what a score follows from; `missing` tells which breakdowns could not be shown, and why;
    `weighted` what the population would answer.
    """

    label: str
    question: str
    sentence: str
    bars: tuple[Bar, ...] = ()
    url: str = ""
    breakdowns: tuple[tuple[str, str], ...] = ()
    missing: str = ""
    made_of: str = ""
    mean: MeanWords | None = None
    no_mean: str = ""
    mean_url: str = ""
    weighted: WeightedWords | None = None


class RoundResultsView(RoundView):
    """What came out of a closed round, as far as it can be shown."""

    permission = "surveys.view_results"

    def get(self, request: HttpRequest, slug: str, round_id: UUID) -> HttpResponse:
        survey_round = self.survey_round()
        context: dict[str, Any] = {
            "survey_round": survey_round,
            "is_made": survey_round.tabulated_at is not None,
            "making": making_of(survey_round),
            "may_manage": may(request, "surveys.manage_round"),
        }
        if survey_round.tabulated_at is not None:
            context |= self.results(survey_round, language())
            if survey_round.previous_round_id:
                context["pool"] = pool_state_of(survey_round)
            context["may_publish"] = may(request, "datasets.open_to_public")
        return render(request, "surveys/survey_round_results.html", context)

    def results(self, survey_round: SurveyRound, lang: str) -> dict[str, Any]:
        """Findings and sections; both rounds are read at once where there is an earlier one to compare with."""
        outcome = outcome_of(survey_round)
        tables, questionnaire, found = outcome.tables, outcome.questionnaire, outcome.findings
        count = survey_round.response_count or 0
        coverage = coverage_of(survey_round.expected_answers, count)
        weighting = weights_of(survey_round, tables)
        not_shown = not_shown_of(survey_round)
        return {
            "count": count,
            "reach": reach_of(count) if count else None,
            "badge": coverage_in_words(coverage) if coverage else "",
            "is_coverage_low": coverage is not None and coverage.is_low,
            "weighting": weighting_in_words(weighting) if weighting else "",
            "base": survey_round.rule["base"],
            "own_words": shown_texts(survey_round, lang),
            "findings": [self.finding(one, tables, lang) for one in found.found],
            "compared": found.compared,
            "certain": found.certain,
            "previous": survey_round.previous_round if outcome.earlier else None,
            **reach_of_round(survey_round, cubes_of(tables)),
            "sections": [
                {
                    "code": section.code,
                    "title": pick(section.title, lang),
                    "results": [
                        with_weights(
                            self.result(question, tables, not_shown.get(question.code, {}), questionnaire, lang),
                            questionnaire,
                            question,
                            cubes_of(tables),
                            weighting,
                            lang,
                        )
                        for question in section.questions
                        if question.is_told
                    ],
                }
                for section in questionnaire.sections
            ],
        }

    def finding(self, finding: Finding, tables: Tables, lang: str) -> dict[str, str]:
        """A finding in words, with the chart that shows it."""
        published = tables[finding.comparison.table]
        words = finding_in_words(finding, lang)
        return {**words, "url": self.chart_url(published, propose(published.cube))}

    def result(
        self,
        question: Question,
        tables: Tables,
        not_shown: Mapping[str, str],
        questionnaire: Questionnaire,
        lang: str,
    ) -> Result:
        """A question with its first chart in words; where nothing can be shown, that and why."""
        label, text = pick(question.label, lang), pick(question.text, lang)
        made_of = score_in_words(questionnaire, question.code, lang)
        shown, mean = mean_shown(questionnaire, question, cubes_of(tables)), tables.get(question.code + MEAN)
        words = mean_in_words(shown, lang) if shown else None
        mean_url = self.chart_url(mean, propose(mean.cube)) if mean else ""
        published = tables.get(question.code)
        if published is None and shown is not None:
            return Result(label, text, given_in_words(shown), mean=words, mean_url=mean_url)
        if published is None:
            why = not_shown_in_words(not_shown.get(question.code, not_shown.get(question.code + MEAN, "")))
            return Result(label, text, _("Could not be shown: %(why)s.") % {"why": why}, made_of=made_of)
        selection = propose(published.cube)
        about = about_of(published.dataset, published.table.title)
        spec = build_chart(published.cube, selection, lang=lang, about=about)
        (series,) = spec.series
        bars = tuple(
            Bar(place.label, point.text, point.interval, None if point.value is None else round(point.value, 1))
            for place, point in zip(spec.x.places, series.points, strict=True)
        )
        return Result(
            label=label,
            question=text,
            sentence=spec.sentence,
            bars=_to_scale(bars, spec.measure),
            url=self.chart_url(published, selection),
            breakdowns=tuple(
                (pick(by.label, lang), self.chart_url(found, propose(found.cube)))
                for by in questionnaire.background
                if (found := tables.get(f"{question.code}.{by.code}")) is not None
            ),
            missing=missing_in_words(question, not_shown, questionnaire, lang),
            made_of=made_of,
            mean=words,
            no_mean="" if words else why_no_mean(questionnaire, question),
            mean_url=mean_url,
        )

    def chart_url(self, published: Published, selection: Selection) -> str:
        """The address of exactly this view among the data set's charts."""
        address = reverse("chart-view", args=[self.kwargs["slug"], published.dataset.pk])
        return f"{address}?table={quote(published.table.code)}&{selection.to_query()}"


def weights_of(survey_round: SurveyRound, tables: Tables) -> Weighting | None:
    """The weights of a round that is told weighted too; None where it is not, or no longer can be."""
    if survey_round.weighing != Weighing.POPULATION:
        return None
    found = weighting_now(survey_round, cubes_of(tables))
    return found if isinstance(found, Weighting) else None


def with_weights(
    result: Result,
    questionnaire: Questionnaire,
    question: Question,
    cubes: Mapping[str, ProtectedCube],
    weighting: Weighting | None,
    lang: str,
) -> Result:
    """A result with what the population would answer, where the round is told weighted and it can be known."""
    found = weighted_shares(cubes, question, weighting) if weighting is not None else None
    if found is None:
        return result
    mean = weighted_mean(questionnaire, question, cubes, found)
    return replace(result, weighted=weighted_in_words(found, mean, lang))


def missing_in_words(
    question: Question, not_shown: Mapping[str, str], questionnaire: Questionnaire, lang: str
) -> str:
    """The breakdowns of a question that could not be shown, together where the reason is the same."""
    labels: dict[str, list[str]] = {}
    for by in questionnaire.background:
        why = not_shown.get(f"{question.code}.{by.code}")
        if why is not None:
            labels.setdefault(not_shown_in_words(why), []).append(pick(by.label, lang).lower())
    return " ".join(
        _("Could not be shown by %(backgrounds)s: %(why)s.") % {"backgrounds": ", ".join(found), "why": why}
        for why, found in labels.items()
    )


def _to_scale(bars: tuple[Bar, ...], measure: Measure) -> tuple[Bar, ...]:
    """Shares are lengths already; of numbers the largest fills the row."""
    longest = max((bar.length for bar in bars if bar.length is not None), default=0.0)
    if measure is Measure.SHARE or not longest:
        return bars
    return tuple(
        bar if bar.length is None else replace(bar, length=round(100 * bar.length / longest, 1)) for bar in bars
    )
