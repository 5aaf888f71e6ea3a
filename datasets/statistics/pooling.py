"""When counts are so small that years had better be put together."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

SMALL = 20
"""Counts under this jump by more than a fifth by chance alone (a count's own error is its square root)."""
FEWEST_STEPS = 2
"""So many steps must be left, or there is nothing to follow over time."""


def groups_of(count: int, size: int) -> tuple[tuple[int, ...], ...]:
    """The places 0 … count−1 in groups of ``size`` that end with the newest; the oldest may be left."""
    first = count % size
    return tuple(tuple(range(at, at + size)) for at in range(first, count, size))


def proposed_size(counts: NDArray[np.float64]) -> int | None:
    """How many years to put together, 2 or 3, so that the counts behind each figure mostly grow large enough.

    ``counts`` is (series, years), NaN where hidden: what is hidden plays no part. None where the counts are
    large enough as they are, or the years too few.
    """
    shown = counts[~np.isnan(counts)]
    if not len(shown) or float(np.median(shown)) >= SMALL:
        return None
    years = counts.shape[1]
    for size in (2, 3):
        if years // size >= FEWEST_STEPS and float(np.median(shown)) * size >= SMALL:
            return size
    return 3 if years // 3 >= FEWEST_STEPS else None
