"""Whether figures over time rise, fall or neither, in one of five states; and when nothing can be said.

The method is stated so that anybody can repeat it. Where margins or counts are known: a straight line by least
squares, each figure weighted by how sure it is, the slope's error widened where the figures scatter more than
their margins explain (Birge 1932, Physical Review 40:207). Where they are not: Kendall's test of order (Mann
1945, Econometrica 13:245; Kendall 1975) with the Theil–Sen line (Sen 1968, J. Am. Stat. Assoc. 63:1379).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from math import comb, erfc, factorial, sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .intervals import CONFIDENCE

FEWEST = 5
"""Fewest figures that a trend is told from: of four, not even a perfect order is certain."""
FEWEST_WITH_MARGINS = 3
"""Fewest figures where each comes with its margin."""
CLEARLY = 0.1
"""A certain change over the whole time of at least this part of the middle figure is a clear one."""
_EXACT = 12
"""Up to so many figures the test of order counts every order there is."""

Floats = NDArray[np.float64]


class Trend(IntEnum):
    """The five states of a trend."""

    FALLS_CLEARLY = -2
    FALLS_SOMEWHAT = -1
    UNCERTAIN = 0
    RISES_SOMEWHAT = 1
    RISES_CLEARLY = 2


@dataclass(frozen=True)
class TrendLine:
    """A trend with what it rests on: the change over the whole time along the fitted line, and its p-value."""

    state: Trend
    change: float
    p_value: float
    count: int


def trend(
    times: ArrayLike, values: ArrayLike, errors: ArrayLike | None = None, *, confidence: float = CONFIDENCE
) -> TrendLine | None:
    """The trend of figures at given times; NaN figures are left out, never filled in. None: too short to say.

    ``errors`` are standard errors in the figures' own unit; where any of the figures lacks one, none is used.
    """
    t, y = np.asarray(times, dtype=np.float64), np.asarray(values, dtype=np.float64)
    shown = ~np.isnan(y)
    t, y = t[shown], y[shown]
    e = None if errors is None else np.asarray(errors, dtype=np.float64)[shown]
    has_margins = e is not None and bool((e > 0).all())
    if len(y) < (FEWEST_WITH_MARGINS if has_margins else FEWEST):
        return None
    slope, p = _weighted(t, y, e) if has_margins and e is not None else _ordered(t, y)
    change = slope * float(t.max() - t.min())
    return TrendLine(_state(change, p, float(np.median(np.abs(y))), confidence), change, p, len(y))


def _state(change: float, p: float, level: float, confidence: float) -> Trend:
    if p >= 1 - confidence or change == 0:
        return Trend.UNCERTAIN
    clear = abs(change) >= CLEARLY * level
    return Trend(int(np.sign(change)) * (2 if clear else 1))


def _weighted(t: Floats, y: Floats, e: Floats) -> tuple[float, float]:
    """Slope and two-sided p-value of a weighted line."""
    w = 1 / e**2
    centre = float((w * t).sum() / w.sum())
    spread = float((w * (t - centre) ** 2).sum())
    slope = float((w * (t - centre) * y).sum()) / spread
    level = float((w * y).sum() / w.sum())
    left = y - level - slope * (t - centre)
    scatter = float((w * left**2).sum()) / (len(y) - 2)
    error = sqrt(max(1.0, scatter) / spread)
    return slope, float(erfc(abs(slope) / error / sqrt(2)))


def _ordered(t: Floats, y: Floats) -> tuple[float, float]:
    """The middle of all slopes between two figures, and the two-sided p-value of their order."""
    later, earlier = np.triu_indices(len(t), 1)[::-1]
    slopes = (y[later] - y[earlier]) / (t[later] - t[earlier])
    score = int(np.sign(slopes).sum())
    return float(np.median(slopes)), _p_of_order(score, y)


def _p_of_order(score: int, y: Floats) -> float:
    n = len(y)
    ties = np.unique(y, return_counts=True)[1]
    if n <= _EXACT and ties.max() == 1:
        # Orders with at most so many pairs the wrong way round, counted; both tails.
        wrong = (comb(n, 2) - abs(score)) // 2
        return min(1.0, 2 * sum(_inversions(n)[: wrong + 1]) / factorial(n))
    variance = (n * (n - 1) * (2 * n + 5) - float((ties * (ties - 1) * (2 * ties + 5)).sum())) / 18
    if variance <= 0:
        return 1.0
    return float(erfc(max(0, abs(score) - 1) / sqrt(variance) / sqrt(2)))


def _inversions(n: int) -> list[int]:
    """How many orders of n things have 0, 1, 2 … pairs the wrong way round."""
    counts = [1]
    for size in range(2, n + 1):
        longer = [0] * (len(counts) + size - 1)
        for place, count in enumerate(counts):
            for more in range(size):
                longer[place + more] += count
        counts = longer
    return counts
