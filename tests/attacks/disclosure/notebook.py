"""What somebody can say of unknown whole numbers, none under nought, of which they know sums and bounds.

Written apart from the engine: scipy's own routines, nothing of `datasets.disclosure`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.linalg import null_space
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse.csgraph import connected_components

Floats = NDArray[np.float64]
NEARLY = 1e-6
SMALL = 700
"""As many unknowns as a dense null space is worked out for."""


@dataclass(frozen=True)
class Range:
    """The least and the greatest value that a figure can have."""

    low: float
    high: float

    @property
    def is_exact(self) -> bool:
        return self.high <= self.low

    @property
    def width(self) -> float:
        return self.high - self.low


class Notebook:
    """Rows over the unknowns, each with what it is at least and at most."""

    def __init__(self, unknowns: int) -> None:
        self.unknowns = unknowns
        self._rows: list[Any] = []
        self._low: list[Floats] = []
        self._high: list[Floats] = []
        self._directions: dict[bool, Floats] = {}

    def copy(self) -> Notebook:
        """Another one that begins with all that is in this."""
        other = Notebook(self.unknowns)
        other._rows, other._low, other._high = list(self._rows), list(self._low), list(self._high)
        return other

    def exactly(self, rows: Any, values: Iterable[float]) -> None:
        """Sums that are known."""
        found = np.fromiter(values, dtype=np.float64)
        self.between(rows, found, found)

    def between(self, rows: Any, low: Any, high: Any) -> None:
        """Sums that are known to lie between two figures each."""
        matrix = sp.csr_matrix(rows, dtype=np.float64)
        if matrix.shape[0]:
            self._rows.append(matrix)
            self._low.append(np.broadcast_to(np.asarray(low, dtype=np.float64), matrix.shape[0]))
            self._high.append(np.broadcast_to(np.asarray(high, dtype=np.float64), matrix.shape[0]))
        self.__dict__.pop("_facts", None)
        self._directions.clear()

    def at_least(self, rows: Any, low: Any) -> None:
        """Sums that are known not to be less."""
        self.between(rows, low, np.inf)

    def share(self, part: Any, whole: Any, per_cent: float, decimals: int) -> None:
        """A share that is told in per cent with so many decimals: the part lies near that of the whole."""
        slack = 0.5 * 10.0**-decimals
        self.at_least(sp.csr_matrix(part) * 100.0 - sp.csr_matrix(whole) * (per_cent - slack), -NEARLY)
        self.at_least(sp.csr_matrix(whole) * (per_cent + slack) - sp.csr_matrix(part) * 100.0, -NEARLY)

    def range_of(self, row: Any) -> Range:
        """By linear programs, rounded inwards; infinite where nothing bounds the figure."""
        facts, target = self._facts, _flat(row)
        fixed = float(target[facts.settled] @ facts.values[facts.settled])
        bounds = [facts.bound(target, sign) for sign in (1.0, -1.0)]
        return Range(fixed + np.ceil(bounds[0] - NEARLY), fixed + np.floor(bounds[1] + NEARLY))

    def follows(self, row: Any, *, empty_are_known: bool = True) -> bool:
        """Whether the figure is a sum and difference of what is known.

        `empty_are_known`: sums of nobody are taken apart first, each part being nobody.
        """
        loose = ~self._facts.settled if empty_are_known else np.ones(self.unknowns, dtype=np.bool_)
        rest = _flat(row)[loose]
        if not rest.any():
            return True
        if len(rest) > SMALL:
            raise ValueError("Too many unknowns for this; ask for the range.")
        return bool(np.abs(rest @ self._free(empty_are_known)).max(initial=0) < 1e-7)

    def pinned(self, rows: Any, *, most_searches: int | None = None) -> list[int]:
        """The places of those rows that have one single value in every whole table that fits.

        Every table that a search finds clears each row that differs in it. `most_searches`: after so many
        whole-number programs what is left is judged by linear programs.
        """
        targets, facts = sp.csr_matrix(rows, dtype=np.float64), self._facts
        first = facts.whole(np.zeros(self.unknowns))
        if first is None:
            raise AssertionError("Nothing fits what was published: the attacker or the tables are wrong.")
        base = targets @ first
        open_rows = set(range(targets.shape[0]))
        found: list[int] = []
        random = np.random.default_rng(1)
        for _ in range(6):
            some = [place for place in sorted(open_rows) if random.random() < 0.7]
            weights = np.asarray(random.choice([-1.0, 1.0], len(some)) @ targets[some]) if some else None
            if weights is not None:
                open_rows -= _moved(targets, facts.whole(weights), base)
        searches = 0
        for place in range(targets.shape[0]):
            if place not in open_rows:
                continue
            target = _flat(targets[place])
            if most_searches is not None and searches >= most_searches:
                if self.range_of(target).is_exact:
                    found.append(place)
                continue
            for sign in (1.0, -1.0):
                if place in open_rows:
                    searches += 1
                    open_rows -= _moved(targets, facts.whole(sign * target), base)
            if place in open_rows:
                found.append(place)
        return found

    @cached_property
    def _facts(self) -> _Facts:
        matrix = sp.vstack(self._rows, format="csr") if self._rows else sp.csr_matrix((0, self.unknowns))
        low = np.concatenate([np.zeros(0), *self._low])
        return _Facts(matrix, low, np.concatenate([np.zeros(0), *self._high]))

    def _free(self, empty_are_known: bool) -> Floats:
        """The directions in which the unknowns may move while all that is known stays."""
        if empty_are_known not in self._directions:
            facts = self._facts
            loose = ~facts.settled if empty_are_known else np.ones(self.unknowns, dtype=np.bool_)
            known = facts.matrix[facts.low == facts.high][:, loose].toarray()
            self._directions[empty_are_known] = null_space(known) if len(known) else np.eye(int(loose.sum()))
        return self._directions[empty_are_known]


class _Facts:
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
        wanted = sign * target[~self.settled][columns]
        matrix = self._loose[rows][:, columns]
        low, high = self._loose_low[rows], self._loose_high[rows]
        equal = low == high
        above, below = ~equal & np.isfinite(low), ~equal & np.isfinite(high)
        unequal = sp.vstack([-matrix[above], matrix[below]])
        found = linprog(
            wanted,
            A_eq=matrix[equal] if equal.any() else None,
            b_eq=low[equal] if equal.any() else None,
            A_ub=unequal if unequal.shape[0] else None,
            b_ub=np.concatenate([-low[above], high[below]]) if unequal.shape[0] else None,
            bounds=(0, None),
            method="highs",
        )
        if found.status == 3:
            return sign * -np.inf
        assert found.status == 0, found.message
        return float(sign * found.fun)

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


def _moved(targets: Any, table: Floats | None, base: Floats) -> set[int]:
    return set() if table is None else set(np.flatnonzero(np.abs(targets @ table - base) > 0.5).tolist())


def _flat(row: Any) -> Floats:
    found = row.toarray() if sp.issparse(row) else np.asarray(row, dtype=np.float64)
    return np.asarray(found, dtype=np.float64).ravel()
