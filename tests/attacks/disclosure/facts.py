"""Linear and whole-number programs over what somebody knows, with scipy alone."""

from __future__ import annotations

from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse.csgraph import connected_components

Floats = NDArray[np.float64]
NEARLY = 1e-6


class Facts:
    """The rows as they stand, with the unknowns that follow at once, and in parts that stand alone."""

    def __init__(self, matrix: Any, low: Floats, high: Floats) -> None:
        self.matrix, self.low, self.high = matrix, low, high
        self.values = np.zeros(matrix.shape[1])
        self._some: Floats | None = None
        self.settled = self._settle()
        loose = matrix[:, ~self.settled]
        standing = matrix @ self.values
        self._loose, self._loose_low, self._loose_high = loose, low - standing, high - standing
        columns = loose.shape[1]
        joined = sp.bmat([[None, loose], [loose.T, None]], format="csr") if loose.shape[0] else None
        if joined is None:
            self._row_part, self._column_part = np.zeros(0, dtype=int), np.arange(columns)
        else:
            part = connected_components(joined, directed=False)[1]
            self._row_part, self._column_part = part[: loose.shape[0]], part[loose.shape[0] :]

    def bound(self, target: Floats, sign: float) -> float:
        """The least (sign 1) or greatest (-1) value of the unknowns that are not settled."""
        columns, rows = self._around(target)
        if not len(columns):
            return 0.0
        found = self._program(sign * target[~self.settled][columns], columns, rows)
        if found.status == 3:
            return sign * -np.inf
        assert found.status == 0, found.message
        return float(sign * found.fun)

    def _program(self, weights: Floats, columns: Any, rows: Any, top: float | None = None) -> Any:
        matrix = self._loose[rows][:, columns]
        low, high = self._loose_low[rows], self._loose_high[rows]
        equal = low == high
        above, below = ~equal & np.isfinite(low), ~equal & np.isfinite(high)
        unequal = sp.vstack([-matrix[above], matrix[below]])
        return linprog(
            weights,
            A_eq=matrix[equal] if equal.any() else None,
            b_eq=low[equal] if equal.any() else None,
            A_ub=unequal if unequal.shape[0] else None,
            b_ub=np.concatenate([-low[above], high[below]]) if unequal.shape[0] else None,
            bounds=(0, top),
            method="highs",
        )

    def table(self, weights: Floats) -> Floats:
        """A table, of parts of people too, with a least weighted sum; unknowns that nothing bounds stay small."""
        loose = np.flatnonzero(~self.settled)
        table = self.values.copy()
        found = self._program(weights[loose], np.arange(len(loose)), np.arange(self._loose.shape[0]), top=1e7)
        assert found.status == 0, found.message
        table[loose] = found.x
        return table

    def whole(self, weights: Floats) -> Floats | None:
        """A table of whole people with a least weighted sum (where nothing bounds it, a small one); or None."""
        table = self.values.copy() if self._some is None else self._some.copy()
        loose = np.flatnonzero(~self.settled)
        wanted = weights[loose]
        for part in np.unique(self._column_part):
            columns = np.flatnonzero(self._column_part == part)
            rows = np.flatnonzero(self._row_part == part)
            if self._some is not None and not wanted[columns].any():
                continue
            if not len(rows):
                table[loose[columns]] = np.where(wanted[columns] < 0, 1, 0)
                continue
            found = self._whole_part(rows, columns, wanted[columns])
            if found is None:
                return None
            table[loose[columns]] = found
        self._some = table if self._some is None else self._some
        return table

    def _whole_part(self, rows: NDArray[Any], columns: NDArray[Any], weights: Floats) -> Floats | None:
        facts = LinearConstraint(
            self._loose[rows][:, columns], self._loose_low[rows] - NEARLY, self._loose_high[rows] + NEARLY
        )
        known = self._loose_high[rows][np.isfinite(self._loose_high[rows])]
        # Nobody's guess goes beyond everyone there is, with one for what nothing bounds.
        top = max(float(known.max(initial=0)), float(self._loose_low[rows].max(initial=0))) + 1
        found = milp(
            weights,
            integrality=np.ones(len(columns)),
            bounds=Bounds(0, top),
            constraints=facts,
            options={"time_limit": 30},
        )
        return None if found.x is None else np.rint(found.x)

    def _around(self, target: Floats) -> tuple[NDArray[Any], NDArray[Any]]:
        parts = np.unique(self._column_part[target[~self.settled] != 0])
        return (
            np.flatnonzero(np.isin(self._column_part, parts)),
            np.flatnonzero(np.isin(self._row_part, parts)),
        )

    def _settle(self) -> NDArray[np.bool_]:
        """Unknowns in a sum of nobody are nobody; the last unknown of a sum is what is left of it."""
        settled = np.zeros(self.matrix.shape[1], dtype=np.bool_)
        equal = np.flatnonzero(self.low == self.high)
        rows, sums = self.matrix[equal], self.low[equal]
        pattern = (rows != 0).astype(np.int64)
        counts_up = np.asarray((rows < 0).sum(axis=1)).ravel() == 0
        while True:
            left = pattern @ (~settled).astype(np.int64)
            rest = sums - rows @ self.values
            nobody = np.flatnonzero((left > 0) & counts_up & (np.abs(rest) < NEARLY))
            single = np.flatnonzero((left == 1) & (np.abs(rest) >= NEARLY))
            if not len(nobody) and not len(single):
                return settled
            for row in nobody:
                settled[pattern[row].indices] = True
            for row in single:
                inside = rows[row]
                for column, factor in zip(inside.indices, inside.data, strict=True):
                    if not settled[column]:
                        settled[column] = True
                        self.values[column] = np.rint(rest[row] / factor)
