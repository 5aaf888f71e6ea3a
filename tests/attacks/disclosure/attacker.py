"""An attacker on published tables who knows nothing of how they were protected.

He sees the tables' dimensions and every figure that is not hidden. Unknown to him is how many people there
are in each combination of leaf categories of all dimensions at once. He tries sums and differences of
published figures, and whole people who cannot be fewer than none; besides, whatever else he may know: that
no zero is hidden, that he took part himself, how several groupings of one thing hang together, that figures
are rounded, what shares are told. He shares no code with the engine.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from datasets.cubes import Cube, Dimension
from tests.attacks.disclosure.notebook import Notebook, Range

Place = tuple[tuple[str, str], ...]
"""A cell: dimension and category, for every dimension of the joint table."""
Groupings = Mapping[str, tuple[str, Mapping[str, Collection[str]]]]
"""For a dimension that groups another's leaves: which other, and each category's leaves."""


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


@dataclass(frozen=True)
class Knowledge:
    """What an attacker knows beside the published figures.

    `rounding`: the base that figures were rounded to. `groupings`: see above; `leaves`: the leaf categories
    of dimensions that no table shows as such.
    """

    hidden_is_at_least_one: bool = False
    rounding: int = 1
    groupings: Groupings = field(default_factory=dict)
    leaves: Mapping[str, Sequence[str]] = field(default_factory=dict)


class Attacker:
    """Someone who has all published tables of the same people, every dimension with a total."""

    def __init__(
        self,
        published: Sequence[Cube],
        *,
        hidden_is_at_least_one: bool = False,
        knows: Knowledge | None = None,
    ) -> None:
        self.knows = knows or Knowledge(hidden_is_at_least_one=hidden_is_at_least_one)
        self._dimensions: dict[str, Dimension] = {}
        for cube in published:
            for found in cube.dimensions:
                self._dimensions.setdefault(found.code, found)
        self._codes = sorted(self._dimensions)
        self._axes = self._leaf_axes()
        self._known_counts: dict[tuple[str, str], NDArray[np.float64]] = {}
        self._values: dict[Place, float] = {}
        for cube in published:
            for cell in cube.cells():
                place = self._place(cube, cell.codes)
                value = np.nan if cell.value is None else cell.value
                if np.isnan(self._values.get(place, np.nan)):
                    self._values[place] = value
        self.hidden = sorted(place for place, value in self._values.items() if np.isnan(value))
        shown = sorted(place for place, value in self._values.items() if not np.isnan(value))
        self.notebook = Notebook(int(np.prod([len(axis) for axis in self._axes.values()])))
        self._note_shown(shown)
        if self.knows.hidden_is_at_least_one:
            self.notebook.at_least(self.rows(self.hidden), 1)

    def findings(self, places: Sequence[Place] | None = None) -> list[Finding]:
        """What he can say of hidden cells: of all, or of some."""
        return [self._finding(place) for place in (self.hidden if places is None else places)]

    def pinned(self, places: Sequence[Place], **limits: int) -> list[Place]:
        """Those of the places that have one single value in every table of whole people that fits."""
        return [places[found] for found in self.notebook.pinned(self.rows(places), **limits)]

    def place(self, **codes: str) -> Place:
        """A cell by its categories; dimensions not named are at their total."""
        return tuple((code, codes.get(code, str(self._dimensions[code].total))) for code in self._codes)

    def cells_of(self, cube: Cube, mask: NDArray[np.bool_]) -> list[Place]:
        """The marked cells of one table."""
        return [self._place(cube, cell.codes) for cell, on in zip(cube.cells(), mask.ravel(), strict=True) if on]

    def leaf_places(self) -> Iterator[tuple[int, Place]]:
        """Every leaf cell, with its number among the unknowns."""
        return enumerate(product(*([(name, leaf) for leaf in leaves] for name, leaves in self._axes.items())))

    def one_who_is_in(self, leaf: int) -> Attacker:
        """The same attacker, who took part and is one of the people in a leaf cell."""
        insider = object.__new__(Attacker)
        insider.__dict__ = {**self.__dict__, "notebook": self.notebook.copy()}
        one = sp.csr_matrix(([1.0], ([0], [leaf])), shape=(1, self.notebook.unknowns))
        insider.notebook.at_least(one, 1)
        return insider

    def told_share(self, part: Place, whole: Place, per_cent: float, decimals: int) -> None:
        """Learn a share that a chart shows, though the counts behind it may be hidden."""
        self.notebook.share(self.row(part), self.row(whole), per_cent, decimals)

    def range_of(self, place: Place) -> Range:
        """The least and greatest value of a cell."""
        return self.notebook.range_of(self.row(place))

    def row(self, place: Place) -> Any:
        """A cell as a sum over the unknowns."""
        inside: dict[str, Any] = {name: np.ones(len(leaves)) for name, leaves in self._axes.items()}
        for code, category in place:
            inside[self._underlying(code)] = inside[self._underlying(code)] * self._counts(code, category)
        columns = np.zeros(1, dtype=np.int64)
        for name, leaves in self._axes.items():
            columns = (columns[:, None] * len(leaves) + np.flatnonzero(inside[name])[None, :]).ravel()
        ones = np.ones(len(columns))
        return sp.csr_matrix((ones, columns, [0, len(columns)]), shape=(1, self.notebook.unknowns))

    def rows(self, places: Sequence[Place]) -> Any:
        """Several cells, one under the other."""
        found = [self.row(place) for place in places]
        return sp.vstack(found, format="csr") if found else sp.csr_matrix((0, self.notebook.unknowns))

    def _note_shown(self, shown: Sequence[Place]) -> None:
        base = self.knows.rounding
        values = np.array([self._values[place] for place in shown])
        rows = self.rows(shown)
        if base <= 1:
            self.notebook.exactly(rows, values)
        else:
            self.notebook.between(rows, np.maximum(0, values - base // 2), values + (base - 1) // 2)

    def _finding(self, place: Place) -> Finding:
        found = self.range_of(place)
        by_sums = self.notebook.follows(self.row(place))
        return Finding(place, found.low, found.high, by_sums)

    def _place(self, cube: Cube, codes: Sequence[str]) -> Place:
        at: Mapping[str, str] = dict(zip((d.code for d in cube.dimensions), codes, strict=True))
        return self.place(**at)

    def _underlying(self, code: str) -> str:
        return self.knows.groupings[code][0] if code in self.knows.groupings else code

    def _leaf_axes(self) -> dict[str, tuple[str, ...]]:
        names = sorted({self._underlying(code) for code in self._codes})
        return {
            name: tuple(self.knows.leaves[name])
            if name in self.knows.leaves
            else tuple(self._dimensions[name].leaves)
            for name in names
        }

    def _counts(self, code: str, category: str) -> NDArray[np.float64]:
        """For each leaf of its axis, whether a category counts it."""
        if (code, category) not in self._known_counts:
            members = self._members(code, category)
            leaves = self._axes[self._underlying(code)]
            self._known_counts[code, category] = np.array([leaf in members for leaf in leaves], dtype=np.float64)
        return self._known_counts[code, category]

    def _members(self, code: str, category: str) -> frozenset[str]:
        dimension, name = self._dimensions[code], self._underlying(code)
        if category == str(dimension.total):
            return frozenset(self._axes[name])
        if code in self.knows.groupings:
            return frozenset(self.knows.groupings[code][1][category])
        return frozenset(
            leaf for leaf in dimension.leaves if category == leaf or category in dimension.ancestors(leaf)
        )
