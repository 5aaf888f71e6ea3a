"""Intervals of confidence for a share and for a mean."""

from __future__ import annotations

from statistics import NormalDist
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import stdtrit

CONFIDENCE = 0.95
"""The confidence of every interval in the product, unless a caller says otherwise."""


class Interval(NamedTuple):
    """A figure with its interval: three arrays of one shape, in the figure's own unit."""

    value: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]


def z_of(confidence: float) -> float:
    """How many standard errors an interval reaches; ValueError unless the confidence is between 0 and 1."""
    if not 0 < confidence < 1:
        raise ValueError("A confidence lies between 0 and 1, such as 0.95.")
    return NormalDist().inv_cdf((1 + confidence) / 2)


def wilson(part: ArrayLike, whole: ArrayLike, confidence: float = CONFIDENCE) -> Interval:
    """The share ``part / whole`` with Wilson's score interval, as fractions from 0 to 1.

    It holds its promise also for few answers and for shares near 0 and 1, where the textbook interval fails:
    it never leaves 0–1 and never has zero width. A whole of 0 gives NaN. Raises ValueError when a part is
    negative or larger than its whole.

    Wilson (1927), J. Am. Stat. Assoc. 22; method 3 of Newcombe (1998), Statistics in Medicine 17:857–872.
    """
    z = z_of(confidence)
    k, n = np.broadcast_arrays(np.asarray(part, dtype=np.float64), np.asarray(whole, dtype=np.float64))
    if ((k < 0) | (k > n)).any():
        raise ValueError("A share needs a part between 0 and its whole.")
    with np.errstate(invalid="ignore", divide="ignore"):
        n = np.where(n > 0, n, np.nan)
        p = k / n
        centre = (k + z**2 / 2) / (n + z**2)
        reach = z / (n + z**2) * np.sqrt(n * p * (1 - p) + z**2 / 4)
    # At 0 and 1 the bound is exact in theory; arithmetic would leave it 1e-17 beside.
    low = np.where(k == 0, np.where(np.isnan(p), np.nan, 0.0), centre - reach)
    high = np.where(k == n, 1.0, centre + reach)
    return Interval(np.asarray(p), np.asarray(low), np.asarray(high))


def mean_interval(
    mean: ArrayLike,
    deviation: ArrayLike,
    count: ArrayLike,
    *,
    confidence: float = CONFIDENCE,
    bounds: tuple[float, float] | None = None,
) -> Interval:
    """A mean with Student's t interval, in the unit of the answers.

    ``deviation`` is the sample's standard deviation (divisor n − 1) and ``count`` how many answered. Fewer
    than two answers, or answers all alike, tell nothing of the spread and give no interval. ``bounds`` are
    the ends of the answer scale, which the interval never passes.
    """
    z_of(confidence)
    m, s, n = np.broadcast_arrays(
        np.asarray(mean, dtype=np.float64),
        np.asarray(deviation, dtype=np.float64),
        np.asarray(count, dtype=np.float64),
    )
    if (s < 0).any():
        raise ValueError("A standard deviation is not negative.")
    n = np.where((n >= 2) & (s > 0), n, np.nan)
    reach = stdtrit(n - 1, (1 + confidence) / 2) * s / np.sqrt(n)
    low, high = m - reach, m + reach
    if bounds is not None:
        low, high = np.maximum(low, bounds[0]), np.minimum(high, bounds[1])
    return Interval(np.array(m), np.asarray(low), np.asarray(high))


def mean_from_counts(
    scores: ArrayLike, counts: ArrayLike, *, axis: int = -1, confidence: float = CONFIDENCE
) -> Interval:
    """The mean of an answer scale with its interval, from how many chose each step.

    ``scores`` are the steps (such as 0–10) along ``axis`` of ``counts``. The interval stays within the scale.
    A hidden count (NaN) hides the mean: what is shown of the others would give it away.
    """
    n_each = np.moveaxis(np.asarray(counts, dtype=np.float64), axis, -1)
    steps = np.asarray(scores, dtype=np.float64)
    if steps.shape != n_each.shape[-1:]:
        raise ValueError("There must be one score for each count along the axis.")
    if (n_each < 0).any():
        raise ValueError("A count is not negative.")
    n = n_each.sum(axis=-1)
    with np.errstate(invalid="ignore", divide="ignore"):
        n = np.where(n > 0, n, np.nan)
        mean = (n_each * steps).sum(axis=-1) / n
        squares = (n_each * (steps - mean[..., None]) ** 2).sum(axis=-1)
        deviation = np.sqrt(squares / np.where(n > 1, n - 1, np.nan))
    return mean_interval(
        mean, deviation, n, confidence=confidence, bounds=(float(steps.min()), float(steps.max()))
    )
