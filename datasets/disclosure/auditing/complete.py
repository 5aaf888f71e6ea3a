"""A whole table that fits the figures that are known, where the leaf cells themselves are not.

The audit needs one whole table to set out from. Of tables that share only margins, and of earlier releases
with hidden cells, any that fits will do: what is proved is that two tables fit, not which is the true one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from scipy.sparse.csgraph import connected_components

from ..model import Ints, Matrix
from ..refusal import RefusedToPublish, Why
from .solver import INFINITY, Floats, whole_solution

ENOUGH_NODES = 20_000


@dataclass(frozen=True, eq=False)
class Bounds:
    """Rows over leaf cells with what each sums to at least and at most."""

    matrix: Matrix
    lower: Floats
    upper: Floats


def fitting_table(size: int, bounds: Bounds) -> Ints:
    """Whole, non-negative leaf counts within the bounds, part by connected part.

    Raises RefusedToPublish when there is none: the figures then do not count the same people.
    """
    leaves = np.zeros(size, dtype=np.int64)
    matrix = bounds.matrix.tocsr()
    if not matrix.shape[0]:
        return leaves
    _, label = connected_components(sp.bmat([[None, matrix], [matrix.T, None]]), directed=False)
    row_label, column_label = label[: matrix.shape[0]], label[matrix.shape[0] :]
    for part in np.unique(row_label):
        rows, columns = np.flatnonzero(row_label == part), np.flatnonzero(column_label == part)
        found = whole_solution(
            matrix[rows][:, columns],
            bounds.lower[rows],
            bounds.upper[rows],
            np.zeros(len(columns)),
            np.full(len(columns), INFINITY),
            most_nodes=ENOUGH_NODES,
        )
        if found is None:
            raise RefusedToPublish.because(Why.NO_WHOLE_TABLE)
        leaves[columns] = found
    return leaves
