"""Means of numbers that people gave and of scores, of everyone together (ADR 16).

They are tables of their own, with the code of the question or score and `MEAN` after it. A group's mean is never
worked out: beside hidden cells it would tell them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from datasets.cubes import Category, Cube, Dimension, Note, Reason, Unit
from datasets.disclosure import (
    AggregationRule,
    Contributions,
    CountTable,
    ProtectedCube,
    RefusedToPublish,
    protect_means,
)
from datasets.disclosure import Scale as Ends
from surveys.questionnaire import Question, Questionnaire, Score, points_of
from surveys.results.answer_dimensions import (
    ANSWERED,
    EVERYONE,
    PEOPLE,
    WORDS,
    answer_dimension,
    answers_by_code,
    leaves_of,
)
from surveys.results.protecting import NotShown, Protected
from surveys.results.tabulation import Columns

MEAN = ":mean"
EDGE = 1e-3
"""So far from where the rounding changes a second round stays."""
POINTS = Unit({"sv": "poäng", "en": "points"}, 1)

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Numbers:
    """Everybody's number, of those who have one, between which ends and in which unit."""

    values: Floats
    ends: Ends
    unit: Unit
    decimals: int = 1

    @property
    def deviation(self) -> float:
        """The standard deviation (divisor n - 1), rounded up to two digits; NaN of fewer than two."""
        if len(self.values) < 2:
            return math.nan
        exact = float(self.values.std(ddof=1))
        return exact if exact <= 0 else math.ceil(exact / _unit(exact)) * _unit(exact)

    @property
    def slack(self) -> tuple[float, float]:
        """By how much the sum of squares may change, the sum being the same, before the rounded spread does."""
        exact, shown = float(self.values.std(ddof=1)), self.deviation
        free = len(self.values) - 1
        least = max(0.0, shown - _unit(exact)) if exact > 0 else 0.0
        low, high = free * (least**2 - exact**2), free * (shown**2 - exact**2)
        return min(0.0, low + EDGE), max(0.0, high - EDGE)


def numbers_of(columns: Columns, question: Question) -> Numbers | None:
    """The numbers that people gave, those in its bands if it has any; None where no quantity is asked for."""
    measure = question.measure
    if measure is None:
        return None
    step = 10.0**-measure.decimals
    coded = columns.of(question)[:, 0].astype(np.int64)
    counted = coded[coded > len(question.choices)]
    if measure.bands:
        leaves = leaves_of(answer_dimension(columns.questionnaire, question, in_groups=False))
        counted = coded[np.isin(coded, list(answers_by_code(columns.questionnaire, question, leaves)))]
    values = np.asarray(float(measure.lowest) + (counted - len(question.choices) - 1) * step, dtype=np.float64)
    ends = Ends(float(measure.lowest), float(measure.highest), step)
    return Numbers(values, ends, Unit(measure.unit or {}, measure.decimals + 1), measure.decimals + 1)


def ends_of(questionnaire: Questionnaire, score: Score) -> tuple[float, float]:
    """The least and the greatest value that a score can have."""
    if score.table:
        return float(min(score.table.values())), float(max(score.table.values()))
    points = [points_of(score, questionnaire.question(item)).values() for item in score.items]
    whole = Decimal(1) if score.method == "sum" else Decimal(1) / len(score.items)
    ends = [score.add + score.multiply * whole * sum(map(end, points)) for end in (min, max)]
    return float(min(ends)), float(max(ends))


def with_mean_of_quantity(
    found: Protected, columns: Columns, question: Question, rule: AggregationRule, *, input_key: bytes = b""
) -> Protected:
    """A question's tables with the mean of the numbers given, where its own table of bands hides nothing.

    A number without bands has no table: of it the mean is all that is told, so that nothing is beside it.
    """
    numbers, own = numbers_of(columns, question), found.shown.get(question.code)
    if numbers is None:
        return found
    why: Mapping[str, NotShown] = {question.code + MEAN: NotShown.TOO_FEW}
    if question.is_counted and (own is None or bool((own.statuses == Reason.SUPPRESSED).any())):
        return replace(found, not_shown={**found.not_shown, **why})
    mean = protected_mean(question, numbers, rule, columns.notes, input_key=input_key)
    if mean is None:
        return replace(found, not_shown={**found.not_shown, **why})
    return replace(found, shown={**found.shown, question.code + MEAN: mean})


def protected_mean(
    question: Question, numbers: Numbers, rule: AggregationRule, notes: tuple[Note, ...], *, input_key: bytes = b""
) -> ProtectedCube | None:
    """The mean with Student's interval at 95 per cent and how many it is of; None where it would tell too much."""
    people = len(numbers.values)
    who = Dimension(
        question.code,
        question.label,
        (Category(ANSWERED, WORDS[ANSWERED]), Category(EVERYONE, WORDS[EVERYONE])),
        total=EVERYONE,
    )
    table = CountTable(Cube.of_values((who,), [float(people)] * 2, title=question.label, unit=PEOPLE, notes=notes))
    given = Contributions.of_people((who,), (np.zeros(people, dtype=np.int64),), numbers.values, numbers.ends)
    try:
        made = protect_means(
            table,
            replace(given, deviation=numbers.deviation),
            rule,
            unit=numbers.unit,
            decimals=numbers.decimals,
            counts_known=True,
            input_key=input_key,
        )
    except RefusedToPublish:
        return None
    shown = made.means.select({question.code: [ANSWERED]})
    return None if bool((shown.statuses != Reason.NONE).any()) else shown


def _unit(exact: float) -> float:
    """The place of the second digit."""
    return float(10.0 ** (math.floor(math.log10(exact)) - 1))
