"""An attacker on published tables who knows nothing of how they were protected.

He sees the tables' dimensions and every figure that is not hidden. Unknown to him is how many people there
are in each combination of leaf categories of all dimensions at once. He tries two things: sums and
differences of published figures, and whole people who cannot be fewer than none. He shares no code with the
engine: dense matrices, scipy's own routines.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import null_space
from scipy.optimize import linprog

from datasets.cubes import Cube, Dimension

Place = tuple[tuple[str, str], ...]
"""A cell: dimension and category, for every dimension of the joint table."""


@dataclass(frozen=True)
class Finding:
    """What the attacker can say of one hidden cell."""

    place: Place
    low: float
    high: float
    by_sums: bool

    @property
    def is_exact(self) -> bool:
        """Whether he has the figure."""
        return self.by_sums or self.high <= self.low


class Attacker:
    """Someone who has all published tables of the same people, every dimension with a total."""

    def __init__(self, published: Sequence[Cube], *, hidden_is_at_least_one: bool = False) -> None:
        self._dimensions: dict[str, Dimension] = {}
        for cube in published:
            for found in cube.dimensions:
                self._dimensions.setdefault(found.code, found)
        self._codes = sorted(self._dimensions)
        self._leaves = list(product(*(self._dimensions[code].leaves for code in self._codes)))
        self._values: dict[Place, float] = {}
        for cube in published:
            for cell in cube.cells():
                place = self._place(cube, cell.codes)
                value = np.nan if cell.value is None else cell.value
                if np.isnan(self._values.get(place, np.nan)):
                    self._values[place] = value
        self.hidden = sorted(place for place, value in self._values.items() if np.isnan(value))
        shown = sorted(place for place, value in self._values.items() if not np.isnan(value))
        self._known = np.array([self._row(place) for place in shown]).reshape(len(shown), -1)
        self._sums = np.array([self._values[place] for place in shown])
        self._floors = np.array([self._row(p) for p in self.hidden]) if hidden_is_at_least_one else None
        self._free = null_space(self._known) if len(shown) else np.eye(len(self._leaves))

    def findings(self, places: Sequence[Place] | None = None) -> list[Finding]:
        """What he can say of hidden cells: of all, or of some."""
        return [self._finding(place) for place in (self.hidden if places is None else places)]

    def place(self, **codes: str) -> Place:
        """A cell by its categories; dimensions not named are at their total."""
        return tuple((code, codes.get(code, str(self._dimensions[code].total))) for code in self._codes)

    def cells_of(self, cube: Cube, mask: NDArray[np.bool_]) -> list[Place]:
        """The marked cells of one table."""
        return [self._place(cube, cell.codes) for cell, on in zip(cube.cells(), mask.ravel(), strict=True) if on]

    def _finding(self, place: Place) -> Finding:
        row = self._row(place)
        by_sums = bool(np.abs(row @ self._free).max(initial=0) < 1e-7)
        bounds = [self._bound(row, sign) for sign in (1.0, -1.0)]
        return Finding(place, np.ceil(bounds[0] - 1e-6), np.floor(bounds[1] + 1e-6), by_sums)

    def _bound(self, row: NDArray[np.float64], sign: float) -> float:
        found = linprog(
            sign * row,
            A_eq=self._known if len(self._known) else None,
            b_eq=self._sums if len(self._known) else None,
            A_ub=None if self._floors is None or not len(self._floors) else -self._floors,
            b_ub=None if self._floors is None or not len(self._floors) else -np.ones(len(self._floors)),
            bounds=(0, None),
            method="highs",
        )
        if found.status == 3:
            return sign * -np.inf
        assert found.status == 0, found.message
        return float(sign * found.fun)

    def _place(self, cube: Cube, codes: Sequence[str]) -> Place:
        at: Mapping[str, str] = dict(zip((d.code for d in cube.dimensions), codes, strict=True))
        return self.place(**at)

    def _row(self, place: Place) -> NDArray[np.float64]:
        inside = [
            [
                code in (leaf, self._dimensions[name].total) or code in self._dimensions[name].ancestors(leaf)
                for leaf in self._dimensions[name].leaves
            ]
            for name, code in place
        ]
        row = np.ones(1)
        for part in inside:
            row = np.outer(row, np.array(part, dtype=np.float64)).ravel()
        return row
