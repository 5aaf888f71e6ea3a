"""The cheapest further hiding that makes an exposed figure uncertain again, and what can be shown again after it.

For an exposed figure a small program looks for a movement of whole people between leaf cells near it that
changes the figure by at least one and as little as possible of what is published. The published cells that
move are hidden: after that two tables fit, the true one and the moved one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

import numpy as np
import scipy.sparse as sp

from ..model import Bools, Ints, System
from .attacker import Knowledge
from .audit import NOTHING
from .clusters import regions
from .movements import Clearing, Movement, verified
from .solver import Floats, Mover, SolverFailed, Terrain
from .whole import HASTY, whole_movement, whole_multiple

SIZES = (300, 1_500)
"""Movements are looked for in regions of so many leaf cells, and then anywhere."""
STEPS = 4_000


class Repair:
    """A system whose further cells are hidden one movement at a time."""

    def __init__(self, system: System, hidden: Bools, knowledge: Knowledge, clearing: Clearing) -> None:
        self.hidden = hidden.copy()
        self._system, self._knowledge, self._clearing = system, knowledge, clearing
        self._targets = np.flatnonzero(system.protected)
        self._by_column = system.matrix.tocsc()
        self._open: dict[tuple[int, int], _Ground] = {}

    def settle(self, row: int) -> bool:
        """Hide what must be for a second value of a row; whether one was found."""
        start = np.unique(self._system.matrix[[row]].indices).astype(np.int64)
        for ground in self._grounds(start):
            while self._clearing.waiting[row]:
                found = ground.changes(row)
                if not found or not self._take(min(found, key=self._cost)):
                    break
            if not self._clearing.waiting[row]:
                return True
        return False

    def _grounds(self, start: Ints) -> Iterable[_Ground]:
        for size in SIZES:
            if size >= len(self._system.leaves):
                break
            homes = np.unique(self._homes[size][1][start])
            if len(homes) == 1:
                yield self._ground(size, int(homes[0]))
        yield self._ground(len(self._system.leaves), 0)

    @cached_property
    def _homes(self) -> dict[int, tuple[list[Ints], Ints]]:
        system = self._system
        links = sp.vstack([system.matrix, system.relations, system.at_least], format="csr")
        result = {}
        for size in SIZES:
            parts = regions(links, size)
            home = np.zeros(len(system.leaves), dtype=np.int64)
            for place, columns in enumerate(parts):
                home[columns] = place
            result[size] = (parts, home)
        return result

    def _ground(self, size: int, place: int) -> _Ground:
        if (size, place) not in self._open:
            columns = np.arange(size) if size == len(self._system.leaves) else self._homes[size][0][place]
            self._open[size, place] = _Ground(self, columns)
        return self._open[size, place]

    def _cost(self, change: Ints) -> float:
        return float(worth(self._system)[self.newly_hidden(change)].sum())

    def newly_hidden(self, change: Ints) -> Ints:
        """The published cells that a movement changes."""
        moved = np.asarray(self._system.matrix @ change) != 0
        return np.flatnonzero(moved & self._system.candidates & ~self.hidden)

    def _take(self, change: Ints) -> bool:
        """Hide what a movement changes, and learn from it."""
        columns = np.flatnonzero(change)
        offsets = np.asarray(self._system.matrix[self._targets] @ change)
        hit = np.flatnonzero(offsets)
        news = self._clearing.learn(Movement(columns, change[columns], self._targets[hit], offsets[hit]))
        if news:
            rows = self.newly_hidden(change)
            self.hidden[rows] = True
            for ground in self._open.values():
                ground.free(rows)
        return news

    def terrain(self, columns: Ints) -> tuple[Terrain, Ints]:
        """Some leaf cells, and what it costs to move people there; the rows that are priced."""
        system = self._system
        touched = np.unique(self._by_column[:, columns].indices)
        priced = touched[system.candidates[touched]]
        fixed = touched[(system.forced | (system.shown & ~self.hidden & ~system.candidates))[touched]]
        local = system.matrix[:, columns].tocsr()
        still = sp.vstack([local[fixed], system.relations[:, columns]], format="csr")
        floors, room = system.at_least[:, columns].tocsr(), system.least - system.at_least @ system.leaves
        if self._knowledge.at_least_one:
            counted = touched[(system.shown & (system.counts > 0))[touched]]
            floors = sp.vstack([floors, local[counted]], format="csr")
            room = np.concatenate([room, 1 - system.counts[counted]])
        low = np.flatnonzero(np.diff(floors.indptr))
        return (
            Terrain(
                system.leaves[columns],
                still[np.flatnonzero(np.diff(still.indptr))],
                floors[low],
                room[low].astype(np.float64),
                local[priced],
                np.where(self.hidden[priced], 0.0, worth(system)[priced]),
            ),
            priced,
        )

    def asked(self, row: int, *, up: bool) -> tuple[int, Ints]:
        """By how much a row must change, and the leaf cells that must not be emptied by that."""
        return self._clearing.wanted(row, up=up), self._clearing.always_emptied(row)

    def row(self, row: int, columns: Ints) -> tuple[Ints, Ints]:
        """The places and weights of a row among some columns."""
        part = self._system.matrix[[row]]
        return np.searchsorted(columns, part.indices).astype(np.int64), part.data

    def whole_size(self) -> int:
        """How many leaf cells there are."""
        return len(self._system.leaves)


class _Ground:
    """A region of leaf cells in which movements are looked for."""

    def __init__(self, owner: Repair, columns: Ints) -> None:
        self._owner, self._columns = owner, columns
        self._terrain, self._priced = owner.terrain(columns)
        self._mover = Mover(self._terrain)

    def free(self, rows: Ints) -> None:
        """Rows that are hidden from now on cost nothing."""
        places = np.flatnonzero(np.isin(self._priced, rows))
        self._terrain.prices[places] = 0.0
        self._mover.reprice(places, np.zeros(len(places)))

    def changes(self, row: int) -> list[Ints]:
        """Cheap whole movements, over all leaf cells, that change a row as is wanted, upwards or downwards.

        A search in whole numbers takes far longer than a linear program: it is made only where neither
        direction comes out whole by itself.
        """
        columns, weights = self._owner.row(row, self._columns)
        halves, whole = [], []
        for up in (True, False):
            by, emptied = self._owner.asked(row, up=up)
            kept = np.flatnonzero(np.isin(self._columns, emptied))
            try:
                found = self._mover.movement(columns, weights, by, up=up, most_steps=STEPS, kept=kept)
            except SolverFailed:
                continue
            if found is None:
                continue
            change = whole_multiple(self._terrain, found)
            if change is None:
                halves.append((found, weights if up else -weights, by, kept))
            else:
                whole.append(change)
        if not whole:
            tried = (
                whole_movement(self._terrain, near, columns, signed, by, kept, HASTY)
                for near, signed, by, kept in halves
            )
            whole = [change for change in tried if change is not None]
        return [self._everywhere(change) for change in whole]

    def _everywhere(self, change: Ints) -> Ints:
        result = np.zeros(self._owner.whole_size(), dtype=np.int64)
        result[self._columns] = change
        return result


def repair(
    system: System,
    hidden: Bools,
    exposed: Sequence[int],
    *,
    knowledge: Knowledge = NOTHING,
    movements: list[Movement] | None = None,
) -> Bools:
    """``hidden`` with further cells, so that a second table fits for each exposed row.

    A row for which no movement exists near by or anywhere is left as it is: the next audit says so.
    ``movements``: those known already, which need nothing further; new ones are added to them.
    """
    clearing = verified(system, hidden, knowledge, movements or ())
    work = Repair(system, hidden, knowledge, clearing)
    for row in exposed:
        if clearing.waiting[row]:
            work.settle(row)
    if movements is not None:
        movements[:] = clearing.movements
    return work.hidden


def hide_round(system: System, hidden: Bools, exposed: Iterable[int]) -> Bools:
    """``hidden`` with every cell that shares a leaf cell with an exposed row, when repair did not suffice."""
    columns = system.matrix[list(exposed)].indices
    touching = np.unique(system.matrix.tocsc()[:, np.unique(columns)].indices)
    hidden = hidden.copy()
    hidden[touching] |= system.candidates[touching]
    return hidden


def worth(system: System) -> Floats:
    """What it costs the reader to lose each cell: a cell is a cell, and a large one a little more."""
    return 1.0 + np.log1p(np.abs(system.counts).astype(np.float64)) / 10
