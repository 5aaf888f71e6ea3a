"""The means that a round's published tables hold, and their intervals. Read from these tables alone.

Of a scale the mean is worked out of the published counts of its answers; of a score and of a quantity it is a
table of its own (`surveys.results.means`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from datasets.cubes import LocalText, Reason
from datasets.disclosure import ProtectedCube
from datasets.statistics import Interval, mean_from_counts
from surveys.questionnaire import Question, Questionnaire, Score
from surveys.results.means import MEAN, ends_of

Tables = Mapping[str, ProtectedCube]
"""Published tables by their code."""


LONG = 10
"""From so many steps on one decimal tells a mean apart from its interval."""


class MeanOf(StrEnum):
    """What a mean is of: the steps of an answer scale, the points of a score, or a quantity in its unit."""

    STEPS = "steps"
    POINTS = "points"
    QUANTITY = "quantity"


@dataclass(frozen=True)
class ShownMean:
    """A mean of everyone with its interval at 95 per cent, the least and greatest it can be, and of how many."""

    of: MeanOf
    value: float
    low: float
    high: float
    ends: tuple[float, float]
    people: float
    unit: LocalText | None = None
    decimals: int = 1

    @property
    def reach(self) -> float:
        """How far the interval goes to its longer side: the other one may end where the scale does."""
        return max(self.value - self.low, self.high - self.value)

    @property
    def interval(self) -> Interval:
        """The interval as long on both sides, for comparing."""
        value = np.asarray(self.value)
        return Interval(value, value - self.reach, value + self.reach)


def mean_shown(questionnaire: Questionnaire, question: Question, tables: Tables) -> ShownMean | None:
    """The mean of one question or score; None where it has none, or none that is shown."""
    made = tables.get(question.code + MEAN)
    if made is not None:
        return _published(questionnaire, question, made)
    own = tables.get(question.code)
    steps = steps_of(questionnaire, question)
    if not steps or own is None or any(code not in own.dimension(question.code).positions for code in steps):
        return None
    counts = own.select({question.code: list(steps)}).values.ravel()
    found = mean_from_counts(list(steps.values()), counts)
    if not float(found.low) <= float(found.high):
        return None
    value, low, high = (float(one) for one in found)
    ends = min(steps.values()), max(steps.values())
    decimals = 1 if ends[1] - ends[0] >= LONG else 2
    return ShownMean(MeanOf.STEPS, value, low, high, ends, float(counts.sum()), decimals=decimals)


def has_mean(questionnaire: Questionnaire, question: Question) -> bool:
    """Whether a mean would say something: of a scale, a score or a quantity."""
    return (
        question.measure is not None
        or bool(steps_of(questionnaire, question))
        or score_of_question(questionnaire, question) is not None
    )


def steps_of(questionnaire: Questionnaire, question: Question) -> dict[str, float]:
    """The answers of a scale with their numbers: their own, or else 1 and on; nothing for another question."""
    if questionnaire.scale_of(question) is None:
        return {}
    codes = [choice.code for choice in question.choices if not choice.is_missing]
    own = all(code.isdigit() for code in codes)
    return {code: float(code) if own else float(at) for at, code in enumerate(codes, start=1)}


def score_of_question(questionnaire: Questionnaire, question: Question) -> Score | None:
    """The score that a question of a told questionnaire stands for; None for one that is asked."""
    return next((score for score in questionnaire.scores if score.code == question.code), None)


def _published(questionnaire: Questionnaire, question: Question, made: ProtectedCube) -> ShownMean | None:
    if bool((made.statuses != Reason.NONE).any()):
        return None
    value, low, high, people = (float(one) for one in made.values.ravel()[:4])
    score, measure = score_of_question(questionnaire, question), question.measure
    if score is not None:
        return ShownMean(MeanOf.POINTS, value, low, high, ends_of(questionnaire, score), people)
    if measure is None:
        return None
    ends = float(measure.lowest), float(measure.highest)
    return ShownMean(MeanOf.QUANTITY, value, low, high, ends, people, measure.unit, measure.decimals + 1)
