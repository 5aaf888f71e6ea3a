"""Whom a round reached, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from datasets.disclosure import ProtectedCube
from surveys.models import SurveyRound
from surveys.results.population import population_of
from surveys.results.weighting import Population
from surveys.states import WayIn
from surveys.ways_in.reach import AGE, OCCUPATION, REACH, Reached, adults_reached, outside_school_reached, ways_of

CODES = (AGE, OCCUPATION, REACH)
"""The tables that tell whom a round reached."""


def reach_of_round(survey_round: SurveyRound, tables: Mapping[str, ProtectedCube]) -> dict[str, Any]:
    """What `surveys/survey_round_reach.html` takes, of a round whose results are made."""
    population = population_of(survey_round.tenant)
    return {
        "ways": ways_of(survey_round, _("The round's own link")),
        "is_rounded": survey_round.way_in == WayIn.CODES,
        "reached": reached_in_words(tables, survey_round.response_count or 0, population),
    }


def reached_in_words(
    tables: Mapping[str, ProtectedCube], count: int, population: Population | None = None
) -> list[str]:
    """A sentence for each of the two groups that a survey spread in schools misses."""
    return [
        _said(
            outside_school_reached(tables, count),
            _("15 to 19 and not in school: %(answers)s of the answers (%(percent)s %%)."),
            _("They are hardly reached: the results say little of them."),
            _("15 to 19 and not in school: how many answered can't be told from what may be shown."),
        ),
        _said(
            adults_reached(tables, count, population),
            _("20 to 29: %(answers)s of the answers (%(percent)s %%)."),
            _("They are hardly reached: the results are mostly about younger people."),
            _("20 to 29: how many answered can't be told from what may be shown."),
        ),
    ]


def _said(reached: Reached, known: str, hardly: str, unknown: str) -> str:
    if reached.answers is None:
        return unknown
    if reached.is_least:
        known = _("15 to 19 and not in school: at least %(answers)s of the answers (%(percent)s %%).")
    words = known % {"answers": reached.answers, "percent": reached.percent}
    if reached.percent_of_all is not None:
        words += " " + _("Of all who live here at that age, %(percent)s %% answered.") % {
            "percent": reached.percent_of_all
        }
    return f"{words} {hardly}" if reached.is_hardly else words
