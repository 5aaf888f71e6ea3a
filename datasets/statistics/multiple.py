"""Honesty when many comparisons are made at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray


def holm(p_values: ArrayLike) -> NDArray[np.float64]:
    """p-values adjusted so that one false finding among them all is as unlikely as for one comparison.

    Same shape in and out; NaN (no comparison could be made) stays NaN and does not count. Holm (1979),
    Scandinavian Journal of Statistics 6:65–70.
    """
    p, order, made = _sorted(p_values)
    count = order.size
    stepped = p[made][order] * (count - np.arange(count))
    return _restored(p, order, made, np.maximum.accumulate(stepped))


def benjamini_hochberg(p_values: ArrayLike) -> NDArray[np.float64]:
    """p-values adjusted so that of the findings called certain at most that share is expected to be false.

    Milder than ``holm``: for lists of findings to look closer at. Same shape in and out; NaN stays NaN.
    Benjamini & Hochberg (1995), Journal of the Royal Statistical Society B 57:289–300.
    """
    p, order, made = _sorted(p_values)
    count = order.size
    stepped = p[made][order] * count / (np.arange(count) + 1)
    return _restored(p, order, made, np.minimum.accumulate(stepped[::-1])[::-1])


def _sorted(p_values: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.intp], NDArray[np.bool_]]:
    p = np.asarray(p_values, dtype=np.float64)
    if ((p < 0) | (p > 1)).any():
        raise ValueError("A p-value lies between 0 and 1.")
    made = ~np.isnan(p)
    return p, np.argsort(p[made], kind="stable"), made


def _restored(
    p: NDArray[np.float64], order: NDArray[np.intp], made: NDArray[np.bool_], adjusted: NDArray[np.float64]
) -> NDArray[np.float64]:
    given = np.empty(order.size)
    given[order] = np.minimum(adjusted, 1.0)
    result = np.full(p.shape, np.nan)
    result[made] = given
    return result
