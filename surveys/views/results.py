"""The results of a round: how many and how sure, the strongest findings, then section by section."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from surveys.making import making_of
from surveys.models import SurveyRound
from surveys.results.coverage import coverage_of
from surveys.results.forecast import reach_of
from surveys.results.outcome import outcome_of
from surveys.results.population import weighting_now
from surveys.results.weighting import Weighting
from surveys.selectors import Published, cubes_of, not_shown_of
from surveys.services.pooling import pool_state_of, pooled_with
from surveys.services.texts import shown_texts
from surveys.states import Weighing
from surveys.views.common import RoundView, may
from surveys.views.told_results import Told
from surveys.ways_in.wording import reach_of_round
from surveys.wording import language
from surveys.wording.results import coverage_in_words, weighting_in_words


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
            context["pooled"] = pooled_with(survey_round)
            if survey_round.previous_round_id and context["pooled"] is None:
                context["pool"] = pool_state_of(survey_round)
            context["may_publish"] = may(request, "datasets.open_to_public")
        return render(request, "surveys/survey_round_results.html", context)

    def results(self, survey_round: SurveyRound, lang: str) -> dict[str, Any]:
        """Findings and sections; both rounds are read at once where there is an earlier one to compare with."""
        outcome = outcome_of(survey_round)
        weighting = weights_of(survey_round, outcome.tables)
        told = Told(outcome, not_shown_of(survey_round), weighting, self.kwargs["slug"], lang)
        return {
            **said_of(told, survey_round.expected_answers, survey_round.response_count or 0),
            "own_words": shown_texts(survey_round, lang),
            "previous": outcome.before if outcome.earlier else None,
            **reach_of_round(survey_round, outcome.cubes),
        }


def said_of(told: Told, expected: int | None, count: int) -> dict[str, Any]:
    """What every page of results says: of how many, how sure, what stands out, and each question."""
    found = told.outcome.findings
    coverage = coverage_of(expected, count)
    return {
        "count": count,
        "reach": reach_of(count) if count else None,
        "badge": coverage_in_words(coverage) if coverage else "",
        "is_coverage_low": coverage is not None and coverage.is_low,
        "weighting": weighting_in_words(told.weighting) if told.weighting else "",
        "base": told.outcome.base,
        "findings": told.findings(),
        "compared": found.compared,
        "certain": found.certain,
        "sections": told.sections(),
    }


def weights_of(survey_round: SurveyRound, tables: Mapping[str, Published]) -> Weighting | None:
    """The weights of a round that is told weighted too; None where it is not, or no longer can be."""
    if survey_round.weighing != Weighing.POPULATION:
        return None
    found = weighting_now(survey_round, cubes_of(tables))
    return found if isinstance(found, Weighting) else None
