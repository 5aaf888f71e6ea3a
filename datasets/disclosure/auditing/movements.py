"""Movements of whole people between leaf cells that change nothing published: the proof that figures are safe.

The true table and the true table after a movement both fit what is published. A protected row in which they
differ cannot be worked out. What is proved is checked here in whole-number arithmetic, apart from any search.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import overload

import numpy as np
import scipy.sparse as sp

from ..model import Bools, Ints, Matrix, System
from .attacker import Knowledge


@dataclass(frozen=True, eq=False)
class Movement:
    """How many more people (or fewer) some leaf cells count, and by how much that changes which protected rows."""

    columns: Ints
    changes: Ints
    rows: Ints
    offsets: Ints


@dataclass
class Clearing:
    """Which protected rows have been shown to be uncertain, and the movements that show it.

    ``low`` and ``high`` are how much less and more than it is each row can be, as far as is known. A row is
    cleared when they lie ``knowledge.width`` apart and, against an insider, when no leaf cell is emptied by
    every movement that changes the row.
    """

    leaves: Ints
    protected: Bools
    knowledge: Knowledge
    movements: list[Movement] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.low = np.zeros(len(self.protected), dtype=np.int64)
        self.high = np.zeros(len(self.protected), dtype=np.int64)
        self._emptied: dict[int, frozenset[int]] = {}
        self._open = self.protected.copy()

    @property
    def waiting(self) -> Bools:
        """The protected rows that are not cleared yet."""
        return self._open

    def wanted(self, row: int, *, up: bool) -> int:
        """By how much a movement must change a row at least to make it wide enough."""
        low, high, width = int(self.low[row]), int(self.high[row]), self.knowledge.width
        if high - low >= width:
            return 1  # wide enough: what is missing is a movement that empties other leaf cells
        return max(1, width + low if up else width - high)

    def useful(self, row: int, *, up: bool) -> range:
        """Changes of a row that would be news, the one that is wanted first, then smaller ones."""
        wanted = self.wanted(row, up=up)
        reached = int(self.high[row]) if up else -int(self.low[row])
        return range(wanted, min(wanted - 1, reached), -1)

    def always_emptied(self, row: int) -> Ints:
        """The leaf cells that every movement so far that changes the row empties: the next one must not."""
        return np.array(sorted(self._emptied.get(row, ())), dtype=np.int64)

    def learn(self, movement: Movement) -> bool:
        """Take in a movement that changes nothing published; whether anything was new in it."""
        rows, offsets = movement.rows, movement.offsets
        waiting = self._open[rows]
        if not waiting.any():
            return False
        rows, offsets = rows[waiting], offsets[waiting]
        wider = bool(((offsets < self.low[rows]) | (offsets > self.high[rows])).any())
        fewer = self.knowledge.insider and self._fewer_emptied(movement, rows)
        if not (wider or fewer):
            return False
        self.low[rows] = np.minimum(self.low[rows], offsets)
        self.high[rows] = np.maximum(self.high[rows], offsets)
        clear = self.high[rows] - self.low[rows] >= self.knowledge.width
        if self.knowledge.insider:
            clear &= np.array([not self._emptied[row] for row in rows.tolist()], dtype=np.bool_)
        self._open[rows[clear]] = False
        self.movements.append(movement)
        return True

    def _fewer_emptied(self, movement: Movement, rows: Ints) -> bool:
        columns = movement.columns
        gone = (self.leaves[columns] > 0) & (self.leaves[columns] + movement.changes == 0)
        emptied = frozenset(columns[gone].tolist())
        fewer = False
        for row in rows.tolist():
            before = self._emptied.get(row)
            now = emptied if before is None else before & emptied
            fewer |= before is None or len(now) < len(before)
            self._emptied[row] = now
        return fewer


def verified(system: System, hidden: Bools, knowledge: Knowledge, movements: Sequence[Movement]) -> Clearing:
    """What movements prove once ``hidden`` is hidden: those that change anything known prove nothing.

    Whole-number arithmetic over the whole system, whoever found the movements and however.
    """
    moved = as_matrix(movements, len(system.leaves))
    kept = _still(system.known(hidden) @ moved)
    kept &= _at_least(moved, -system.leaves)
    kept &= _at_least(system.at_least @ moved, system.least - system.at_least @ system.leaves)
    if knowledge.at_least_one:
        counted = np.flatnonzero(hidden & system.shown & (system.counts > 0))
        kept &= _at_least(system.matrix[counted] @ moved, 1 - system.counts[counted])
    targets = np.flatnonzero(system.protected)
    offsets = sp.csc_matrix(system.matrix[targets] @ moved)
    offsets.eliminate_zeros()
    found = Clearing(system.leaves, system.protected, knowledge)
    for place in np.flatnonzero(kept).tolist():
        part = slice(offsets.indptr[place], offsets.indptr[place + 1])
        own = movements[place]
        found.learn(
            Movement(own.columns, own.changes, targets[offsets.indices[part]], offsets.data[part].astype(np.int64))
        )
    return found


def as_matrix(movements: Iterable[Movement], leaves: int) -> Matrix:
    """Movements as the columns of a sparse matrix over leaf cells."""
    chosen = list(movements)
    pointers = np.cumsum([0, *(len(movement.columns) for movement in chosen)])
    none = np.zeros(0, dtype=np.int64)
    changes = np.concatenate([none, *(movement.changes for movement in chosen)])
    columns = np.concatenate([none, *(movement.columns for movement in chosen)])
    return sp.csc_matrix((changes, columns, pointers), shape=(leaves, len(chosen)))


class RowChanges(Sequence[Ints]):
    """What movements change in each row of a system, one array per movement, made when it is asked for."""

    def __init__(self, by_group: Matrix, group_of: Ints) -> None:
        self._changes = sp.csc_matrix(by_group)
        self._group_of = group_of

    def __len__(self) -> int:
        return int(self._changes.shape[1])

    @overload
    def __getitem__(self, place: int) -> Ints: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Ints]: ...
    def __getitem__(self, place: int | slice) -> Ints | Sequence[Ints]:
        if isinstance(place, slice):
            return [self[each] for each in range(*place.indices(len(self)))]
        if not -len(self) <= place < len(self):
            raise IndexError(place)
        return np.asarray(self._changes[:, [place % len(self)]].toarray().ravel()[self._group_of], dtype=np.int64)

    def __iter__(self) -> Iterator[Ints]:
        return (self[place] for place in range(len(self)))


def _still(changes: Matrix) -> Bools:
    """The movements (columns) that change none of some rows."""
    found = sp.csc_matrix(changes)
    found.eliminate_zeros()
    return np.asarray(np.diff(found.indptr) == 0)


def _at_least(changes: Matrix, room: Ints) -> Bools:
    """The movements (columns) that leave every row at what it is known to be at least."""
    found = sp.csc_matrix(changes)
    kept = np.ones(found.shape[1], dtype=np.bool_)
    owner = np.repeat(np.arange(found.shape[1]), np.diff(found.indptr))
    kept[owner[found.data < room[found.indices]]] = False
    return kept
