"""Two figures beside one another, and what may be said of many such pairs that are looked at together.

Read from published tables alone. Every comparison that is made counts against every other (Holm), of shares and of
means alike, so that "certain" still means certain among hundreds of them. No database.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from datasets.cubes import Category, LocalText
from datasets.statistics import Interval, Verdict, difference_of_intervals, holm, verdicts, wilson
from surveys.questionnaire import Question
from surveys.results.shown_means import ShownMean


@dataclass(frozen=True)
class Pair:
    """A figure and the one it is held beside: of a round and of the one before, or of a group and of all others.

    Shares are fractions, and `answer` is what people said; of a score it is a band, which nobody has said. A mean
    has no answer, and `mean` is the first one. `base` is how many the smaller side rests on; NaN where a figure of
    either is hidden.
    """

    question: Question
    answer: LocalText
    by: Question | None
    group: Category | None
    first: Interval
    second: Interval
    base: float
    mean: ShownMean | None = None
    is_score: bool = False

    @property
    def is_hidden(self) -> bool:
        """Whether a figure that the comparison needs is not shown."""
        return math.isnan(self.base)


@dataclass(frozen=True)
class Change:
    """A pair that was compared: what stood on each side, the bounds of the difference, and what may be said of it.

    `now` is the figure of this round or of the group, `earlier` that of the round before or of all others.
    """

    question: Question
    answer: LocalText
    by: Question | None
    group: Category | None
    now: float
    earlier: float
    low: float
    high: float
    verdict: Verdict
    mean: ShownMean | None = None
    is_score: bool = False

    @property
    def difference(self) -> float:
        """How much larger the figure is than the other."""
        return self.now - self.earlier

    @property
    def size(self) -> float:
        """The difference from 0 to 1, of a mean as a part of its scale, so that both can be put in order."""
        if self.mean is None:
            return abs(self.difference)
        lowest, highest = self.mean.ends
        return abs(self.difference) / (highest - lowest) if highest > lowest else 0.0

    @property
    def is_certain(self) -> bool:
        """Whether chance can be ruled out."""
        return self.verdict != Verdict.UNCERTAIN

    @property
    def table(self) -> str:
        """The code of the table that shares can be seen in."""
        return self.question.code if self.by is None else f"{self.question.code}.{self.by.code}"


def pair_of_shares(
    question: Question,
    answer: LocalText,
    by: Question | None,
    group: Category | None,
    counts: tuple[float, float, float, float],
    *,
    is_score: bool = False,
) -> Pair:
    """A pair out of how many gave the answer and how many answered, on the one side and on the other."""
    part, whole, other_part, other_whole = counts
    shares = wilson((part, other_part), (whole, other_whole))
    first, second = (Interval(*(one[at] for one in shares)) for at in range(2))
    base = math.nan if any(map(math.isnan, counts)) else min(whole, other_whole)
    return Pair(question, answer, by, group, first, second, base, is_score=is_score)


def judged(pairs: Sequence[Pair], base: int) -> tuple[tuple[Change, ...], tuple[Pair, ...]]:
    """The pairs of at least `base` people on both sides, judged together; and those that are not compared."""
    kept = [pair for pair in pairs if pair.base >= base]
    left_out = tuple(pair for pair in pairs if not pair.base >= base)
    if not kept:
        return (), left_out
    first, second = (
        Interval(*(np.array([float(one[at]) for one in figures]) for at in range(3)))
        for figures in ([pair.first for pair in kept], [pair.second for pair in kept])
    )
    difference = difference_of_intervals(first, second)
    said = verdicts(difference, adjust=holm)
    changes = tuple(
        Change(
            pair.question, pair.answer, pair.by, pair.group, float(pair.first.value), float(pair.second.value),
            float(low), float(high), Verdict(int(verdict)), pair.mean, pair.is_score,
        )
        for pair, low, high, verdict in zip(kept, difference.low, difference.high, said, strict=True)
    )  # fmt: skip
    return changes, left_out
