"""Whether two figures differ, how much, and how sure that is."""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr

from .intervals import CONFIDENCE, Interval, wilson, z_of


class Verdict(IntEnum):
    """What can honestly be said of the first figure beside the second."""

    FEWER = -1
    UNCERTAIN = 0
    MORE = 1


class Difference(NamedTuple):
    """First minus second with its interval, and the p-value that agrees with that interval."""

    value: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    p_value: NDArray[np.float64]


def difference_of_intervals(first: Interval, second: Interval, confidence: float = CONFIDENCE) -> Difference:
    """The difference of two figures, from the interval of each.

    Both intervals must be of ``confidence``. The figures are taken to be independent; where one is a part of
    the other (a municipality in its county) that only makes the interval wider than it need be.

    The square-and-add method (MOVER): Zou & Donner (2008), Statistics in Medicine 27:1693–1702. The p-value
    is the normal one at which the bound on zero's side would reach zero, so it is under 1 − confidence
    exactly where the interval leaves zero out.
    """
    value = first.value - second.value
    down = np.hypot(first.value - first.low, second.high - second.value)
    up = np.hypot(first.high - first.value, second.value - second.low)
    towards_zero = np.where(value >= 0, down, up)
    with np.errstate(invalid="ignore", divide="ignore"):
        z = z_of(confidence) * np.abs(value) / towards_zero
    z = np.where(value == 0, 0.0, z)
    return Difference(
        np.asarray(value), np.asarray(value - down), np.asarray(value + up), np.asarray(2 * ndtr(-z))
    )


def difference_of_shares(
    part: ArrayLike,
    whole: ArrayLike,
    other_part: ArrayLike,
    other_whole: ArrayLike,
    confidence: float = CONFIDENCE,
) -> Difference:
    """The difference of two independent shares, as fractions, with Newcombe's interval.

    Raises ValueError when a part is negative or larger than its whole. Method 10 of Newcombe (1998),
    Statistics in Medicine 17:873–890: the square-and-add of two Wilson intervals.
    """
    return difference_of_intervals(
        wilson(part, whole, confidence), wilson(other_part, other_whole, confidence), confidence
    )


def verdicts(
    difference: Difference,
    *,
    confidence: float = CONFIDENCE,
    adjust: Callable[[ArrayLike], NDArray[np.float64]] | None = None,
) -> NDArray[np.int8]:
    """For each difference a Verdict as number: 1 more, −1 fewer, 0 no certain difference.

    Where many comparisons are made at once, pass ``holm`` (or ``benjamini_hochberg``) as ``adjust``: out of
    twenty comparisons of equal things one would otherwise look certain. A missing figure is never certain.
    """
    p = difference.p_value if adjust is None else adjust(difference.p_value)
    certain = p < 1 - confidence
    return np.asarray(np.where(certain, np.sign(np.nan_to_num(difference.value)), 0), dtype=np.int8)
