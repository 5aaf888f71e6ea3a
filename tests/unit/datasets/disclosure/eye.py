"""An attacker's eye on one published table: what sums of people, and of what they contribute, can be told.

He knows the dimensions and every figure shown, and that people are not negative. Written with nothing of the
engine: figures are unknowns over leaf cells, and linear programs say how far each can still move.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

from datasets.cubes import Cube
from tests.unit.datasets.disclosure.making import sums

Rows = NDArray[np.float64]
CLOSE = 1e-6


def rows_of(cube: Cube) -> Rows:
    """Cells × leaf cells: which leaf cells each cell of a table with totals counts, row-major."""
    made = np.ones((1, 1))
    for dimension in cube.dimensions:
        made = np.kron(made, sums(dimension))
    return made


class Eye:
    """What follows from equalities and from lower bounds over unknowns that are not negative."""

    def __init__(self, unknowns: int) -> None:
        self.unknowns = unknowns
        self._equal: list[tuple[Rows, Rows]] = []
        self._least: list[tuple[Rows, Rows]] = []

    def knows(self, rows: Rows, values: Rows) -> None:
        """Take in sums that are shown."""
        self._equal.append((np.atleast_2d(rows), np.atleast_1d(np.asarray(values, dtype=np.float64))))

    def knows_at_least(self, rows: Rows, values: Rows) -> None:
        """Take in sums that cannot be less."""
        self._least.append((np.atleast_2d(rows), np.atleast_1d(np.asarray(values, dtype=np.float64))))

    def is_a_sum_of_what_is_shown(self, row: Rows) -> bool:
        """Whether adding and subtracting alone gives it."""
        known = np.vstack([rows for rows, _ in self._equal])
        best = np.linalg.lstsq(known.T, row, rcond=None)[0]
        return bool(np.abs(known.T @ best - row).max() < CLOSE)

    def between(self, row: Rows) -> tuple[float, float]:
        """The least and the greatest that it can be."""
        found = []
        for sign in (1.0, -1.0):
            best = linprog(
                sign * row,
                A_eq=np.vstack([rows for rows, _ in self._equal]),
                b_eq=np.concatenate([values for _, values in self._equal]),
                A_ub=-np.vstack([rows for rows, _ in self._least]) if self._least else None,
                b_ub=-np.concatenate([values for _, values in self._least]) if self._least else None,
                method="highs",
            )
            if best.status == 3:
                found.append(sign * -np.inf)
                continue
            assert best.status == 0, best.message
            found.append(sign * best.fun)
        return found[0], found[1]


def on_counts(cube: Cube) -> Eye:
    """The eye on a table of counts with hidden cells."""
    rows, values = rows_of(cube), cube.values.ravel()
    eye = Eye(rows.shape[1])
    eye.knows(rows[~np.isnan(values)], values[~np.isnan(values)])
    return eye


def row(cube: Cube, plus: Sequence[Mapping[str, str]], minus: Sequence[Mapping[str, str]] = ()) -> Rows:
    """A sum of some cells less others, as a row over leaf cells; dimensions not named are at their total."""
    rows = rows_of(cube)

    def place(codes: Mapping[str, str]) -> int:
        at = [d.position(codes.get(d.code, d.total or "")) for d in cube.dimensions]
        return int(np.ravel_multi_index(at, cube.shape))

    return sum((rows[place(c)] for c in plus), np.zeros(rows.shape[1])) - sum(
        (rows[place(c)] for c in minus), np.zeros(rows.shape[1])
    )
