"""States of the people that tables were made from: which tables agree, and how an earlier state bounds a later.

An answer that comes late, or a correction, makes a new state. What a later state has more of than an earlier one
is known as a difference, and where everything has only grown, everybody takes it that answers were added.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import scipy.sparse as sp
from scipy.sparse.csgraph import connected_components

from ..model import Bools, Ints, Matrix, System
from ..refusal import RefusedToPublish
from ..tables.linking import Universe, link
from .stated import Bounds, Stated

ANYTHING: Bounds = (0.0, np.inf)


class State:
    """Tables that agree in everything they tell. Of its ``groups`` the first is there from the start."""

    def __init__(self, *groups: Sequence[Stated]) -> None:
        self.groups: list[Sequence[Stated]] = []
        self.told: dict[str, Bounds] = {}
        self.part_of: dict[str, tuple[str, ...]] = {}
        self.secret: set[str] = set()
        for group in groups:
            self.take(group)

    @property
    def tables(self) -> list[Stated]:
        """All tables in the order in which they were taken; one whose every part is here stands whole again."""
        parts = [stated for group in self.groups for stated in group]
        count = Counter(id(part.whole) for part in parts)
        found: dict[int, Stated] = {}
        for part in parts:
            is_here = part.whole is not None and count[id(part.whole)] == part.of
            own = part.whole if is_here and part.whole is not None else part
            found.setdefault(id(own), own)
        return list(found.values())

    def agrees(self, earlier: Sequence[Stated]) -> bool:
        """Whether no cell is told to be one thing here and another in earlier tables.

        What they show and these keep secret has changed since, or it would have been no secret.
        """
        return all(
            low <= self.told.get(key, ANYTHING)[1]
            and self.told.get(key, ANYTHING)[0] <= high
            and not (low == high and key in self.secret)
            for stated in earlier
            for key, (low, high) in stated.told.items()
        )

    def take(self, group: Sequence[Stated]) -> None:
        """Take in tables that agree."""
        self.groups.append(group)
        for stated in group:
            self.part_of.update(dict.fromkeys(stated.table.keys, stated.part))
            if stated.sure:
                keys, secret = stated.table.keys, stated.secret.ravel()
                self.secret.update(keys[cell] for cell in np.flatnonzero(secret).tolist())
            for key, bounds in stated.told.items():
                self.told[key] = _both(self.told.get(key, ANYTHING), bounds)

    @cached_property
    def universe(self) -> Universe:
        """The tables as one population, with whole counts that fit where they are hidden.

        Asked for when nothing more is taken in. Raises RefusedToPublish when there are no such counts.
        """
        return _with_equal_leaves_joined(link([stated.table for stated in self.tables], self.told))


def settled(state: State) -> list[State]:
    """The state, if whole people fit it; else what of it they fit, and the other groups as states of their own.

    Raises RefusedToPublish when not even the first group is possible.
    """
    if _is_possible(state):
        return [state]
    kept, apart = state.groups[:1], []
    for group in state.groups[1:]:
        if _is_possible(State(*kept, group)):
            kept.append(group)
        else:
            apart.append(State(group))
    return [State(*kept), *apart]


def _is_possible(state: State) -> bool:
    try:
        return bool(state.universe.keys)
    except RefusedToPublish:
        return False


@dataclass(frozen=True, eq=False)
class Told:
    """A state row by row: ``known`` exactly from a release; ``secret`` in one, ``sure``ly so or taken to be;
    ``between`` (row, low, high) where no exact figure is told. ``part_of`` names the part of each key."""

    universe: Universe
    known: Bools
    secret: Bools
    sure: Bools
    between: tuple[tuple[int, float, float], ...]
    part_of: Mapping[str, tuple[str, ...]]
    told: Mapping[str, Bounds]

    @classmethod
    def of_new(cls, universe: Universe) -> Told:
        """New tables of people of whom nothing is out."""
        nothing = np.zeros(len(universe.keys), dtype=np.bool_)
        return cls(universe, nothing, nothing, nothing, (), {}, {})

    @classmethod
    def of(cls, state: State, *, new: int = 0) -> Told:
        """``new``: so many tables are about to be published, the others are out."""
        universe = state.universe
        then = [np.zeros_like(s.table.given) if at < new else s.table.given for at, s in enumerate(state.tables)]
        return cls(
            universe=universe,
            known=universe.marks(then),
            secret=universe.marks([stated.secret for stated in state.tables]),
            sure=universe.marks([stated.secret & stated.sure for stated in state.tables]),
            between=tuple(
                (row, *state.told[key])
                for row, key in enumerate(universe.keys)
                if not universe.given[row] and key in state.told
            ),
            part_of=state.part_of,
            told=state.told,
        )


def placed(matrix: Matrix, start: int, columns: int) -> Matrix:
    """Rows over some columns as rows over all of them."""
    own = matrix.tocsr()
    return sp.csr_matrix((own.data, own.indices + start, own.indptr), shape=(own.shape[0], columns))


def bounded(told: Told, start: int, columns: int) -> tuple[Matrix, Ints]:
    """What is told of rows without giving them: rows of at least, and how much."""
    rows, least = [], []
    for row, low, high in told.between:
        if low > 0:
            rows.append(told.universe.matrix[[row]])
            least.append(int(low))
        if np.isfinite(high):
            rows.append(-told.universe.matrix[[row]])
            least.append(-int(high))
    own = told.universe.matrix.shape[1]
    matrix = sp.vstack(rows, format="csr") if rows else sp.csr_matrix((0, own), dtype=np.int64)
    return placed(matrix, start, columns), np.array(least, dtype=np.int64)


def widened(system: System, columns: int) -> System:
    """The system with room for further columns of nobody."""

    def wider(matrix: Matrix) -> Matrix:
        return placed(matrix, 0, columns)

    return replace(
        system,
        matrix=wider(system.matrix),
        leaves=np.concatenate([system.leaves, np.zeros(columns - len(system.leaves), dtype=np.int64)]),
        relations=wider(system.relations),
        at_least=wider(system.at_least),
    )


def _both(one: Bounds, two: Bounds) -> Bounds:
    return max(one[0], two[0]), min(one[1], two[1])


def _with_equal_leaves_joined(universe: Universe) -> Universe:
    """The universe with one column for leaf cells that are known to be equal: the same cell in two tables."""
    relations = universe.relations.tocsr()
    sizes = np.diff(relations.indptr)
    sums = np.asarray(relations.sum(axis=1)).ravel()
    pairs = relations[np.flatnonzero((sizes == 2) & (sums == 0))]
    if not pairs.shape[0]:
        return universe
    ends = pairs.indices.reshape(-1, 2)
    size = relations.shape[1]
    graph = sp.coo_matrix((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), shape=(size, size))
    number, group = connected_components(graph, directed=False)
    first = np.full(number, size, dtype=np.int64)
    np.minimum.at(first, group, np.arange(size))
    # In the order of the first column of each, so that nothing else moves.
    order = np.argsort(first, kind="stable")
    place = np.empty(number, dtype=np.int64)
    place[order] = np.arange(number)
    joined = sp.csr_matrix((np.ones(size, dtype=np.int64), (np.arange(size), place[group])), shape=(size, number))
    left = (relations @ joined).tocsr()
    left.eliminate_zeros()
    return replace(
        universe,
        matrix=(universe.matrix @ joined).tocsr(),
        leaves=universe.leaves[first[order]],
        relations=left[np.flatnonzero(np.diff(left.indptr))],
    )
