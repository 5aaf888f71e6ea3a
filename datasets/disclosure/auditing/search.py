"""The search for second tables: linear programs over regions of a block, small ones first.

Whatever a search finds is proved by whole numbers; what it does not find is left to the next, larger one.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import scipy.sparse as sp
from scipy.sparse.csgraph import connected_components

from ..model import Bools, Ints, Matrix
from .attacker import Block
from .clusters import regions
from .movements import Clearing, Movement
from .solver import INFINITY, Floats, Mover, Program, SolverFailed, Terrain
from .whole import whole_movement

ALMOST = 1e-6
BATCHES = ((80, 1.0, 4), (150, 1.0, 8), (300, 0.3, 8), (500, 0.3, 16), (500, 0.1, 16))
"""Size of regions, share of the waiting figures that is asked for at once, and how often."""
REACH = 2
"""How many people a leaf cell may gain or lose in a batch: two, as half a person twice is a whole one."""
MULTIPLES = (1, 2, 3, 4)
REGION, STEPS = 500, 2_000
"""Figures are asked for one by one in regions of this size, with at most so many simplex steps."""
FAR_STEPS = 3_000
"""And then in the whole block."""
IN_VAIN = 3


@dataclass
class Tally:
    """How much was tried."""

    programs: int = 0
    whole_searches: int = 0


class Search:
    """The search inside one block of unknowns.

    ``beyond``: figures that no region clears are looked for in the whole block, however large it is.
    """

    def __init__(self, block: Block, clearing: Clearing, tally: Tally, *, beyond: bool) -> None:
        self._block, self._clearing, self._tally, self._beyond = block, clearing, tally, beyond
        self._links = sp.vstack([block.known, block.floors], format="csr")
        self._size = len(block.leaves)

    def run(self) -> None:
        """Clear many figures at once, then those that are left one by one."""
        random = np.random.default_rng(0)
        for size, share, rounds in BATCHES:
            for region in self._regions(size):
                region.move_many(share, rounds, random)
        for region in self._regions(REGION):
            region.move_each(STEPS, partly=False)
        if self._size > REGION and self._beyond and self._waiting():
            self._region(np.arange(self._size)).move_each(FAR_STEPS, partly=True)

    def _waiting(self) -> bool:
        return bool(self._clearing.waiting[self._block.rows].any())

    def _regions(self, most: int) -> list[Region]:
        if not self._waiting():
            return []
        return [self._region(part) for part in regions(self._links, most) if len(part) > 1 or self._size == 1]

    def _region(self, columns: Ints) -> Region:
        return Region(self._block, columns, self._clearing, self._tally)


class Region:
    """Some leaf cells of a block that may move, while all others stay."""

    def __init__(self, block: Block, columns: Ints, clearing: Clearing, tally: Tally) -> None:
        self._block, self._columns, self._clearing, self._tally = block, columns, clearing, tally
        targets = block.targets[:, columns].tocsr()
        places = np.flatnonzero(np.diff(targets.indptr))
        self._targets, self._rows = targets[places], block.rows[places]
        self._whole = np.diff(self._targets.indptr) == np.diff(block.targets.indptr)[places]
        self._leaves = block.leaves[columns]

    @cached_property
    def _terrain(self) -> Terrain:
        block = self._block
        room = (block.floor_bounds - block.floors @ block.leaves).astype(np.float64)
        return Terrain.of_known(block.leaves, block.known, block.floors, room).within(self._columns)

    @cached_property
    def _mover(self) -> Mover:
        return Mover(self._terrain)

    def move_many(self, share: float, rounds: int, random: np.random.Generator) -> None:
        """Move a random share of the waiting figures, each up or down, as far as they go together."""
        waiting = np.flatnonzero(self._clearing.waiting[self._rows])
        if not len(waiting):
            return
        program = self._program()
        in_vain = 0
        while len(waiting) and rounds and in_vain <= IN_VAIN:
            rounds -= 1
            chosen = random.permutation(waiting)[: max(1, int(np.ceil(len(waiting) * share)))]
            weights = np.zeros(len(self._rows))
            weights[chosen] = random.uniform(0.5, 1.5, len(chosen)) * random.choice([-1.0, 1.0], len(chosen))
            self._tally.programs += 1
            try:
                best = program.optimum(np.arange(len(self._columns)), self._targets.T @ weights, maximise=True)
            except SolverFailed:
                best = None
            in_vain = 0 if best is not None and self._learn(best.columns) else in_vain + 1
            waiting = np.flatnonzero(self._clearing.waiting[self._rows])

    def _program(self) -> Program:
        terrain, reach = self._terrain, float(max(REACH, self._clearing.knowledge.width))
        still = np.zeros(terrain.still.shape[0])
        least = self._leaves.astype(np.float64)
        if self._clearing.knowledge.insider:
            least = np.maximum(least - 1, 0)
        return Program(
            sp.vstack([terrain.still, terrain.floors], format="csr"),
            np.concatenate([still, terrain.room]),
            np.concatenate([still, np.full(len(terrain.room), INFINITY)]),
            -np.minimum(least, reach),
            np.full(len(least), reach),
        )

    def move_each(self, most_steps: int, *, partly: bool) -> None:
        """Look for the nearest movement of each waiting figure by itself.

        ``partly``: also where only a part of the figure is inside.
        """
        for place in np.flatnonzero(self._clearing.waiting[self._rows]).tolist():
            row = int(self._rows[place])
            if not (partly or self._whole[place]):
                continue
            for up in (True, False):
                if self._clearing.waiting[row]:
                    self._move(place, row, most_steps, up=up)

    def _move(self, place: int, row: int, most_steps: int, *, up: bool) -> None:
        part = slice(self._targets.indptr[place], self._targets.indptr[place + 1])
        columns, weights = self._targets.indices[part].astype(np.int64), self._targets.data[part]
        by = self._clearing.wanted(row, up=up)
        emptied = self._block.columns[self._columns]
        kept = np.flatnonzero(np.isin(emptied, self._clearing.always_emptied(row)))
        self._tally.programs += 1
        try:
            found = self._mover.movement(columns, weights, by, up=up, most_steps=most_steps, kept=kept)
        except SolverFailed:
            return
        if found is None or self._learn(found):
            return
        self._tally.whole_searches += 1
        whole = whole_movement(self._terrain, found, columns, weights if up else -weights, by, kept)
        if whole is not None:
            self._learn(whole)

    def _learn(self, change: Floats | Ints) -> bool:
        """Take in every part of a movement that is whole and fits by itself; whether anything was new."""
        found = whole_parts(self._terrain, change)
        if found is None:
            return False
        parts = found.tocsc()
        offsets = (self._targets @ parts).tocsc()
        offsets.eliminate_zeros()
        names = self._block.columns[self._columns]
        news = False
        for at in range(parts.shape[1]):
            own, hit = (slice(m.indptr[at], m.indptr[at + 1]) for m in (parts, offsets))
            if offsets.indptr[at] == offsets.indptr[at + 1]:
                continue
            news |= self._clearing.learn(
                Movement(
                    names[parts.indices[own]],
                    parts.data[own],
                    self._rows[offsets.indices[hit]],
                    offsets.data[hit],
                )
            )
        return news


def whole_parts(terrain: Terrain, change: Floats | Ints) -> Matrix | None:
    """The parts of a movement that have no known sum in common and are whole, as columns; None if none is.

    A part in halves or thirds is taken so many times that it is whole, where there are people enough.
    """
    moving = np.flatnonzero(np.abs(change) > ALMOST)
    if not len(moving):
        return None
    links = sp.vstack([terrain.still, terrain.floors], format="csr").tocsc()[:, moving].tocsr()
    _, label = connected_components(sp.bmat([[None, links], [links.T, None]]), directed=False)
    _, part = np.unique(label[links.shape[0] :], return_inverse=True)
    number, whole = int(part.max()) + 1, np.zeros(len(moving), dtype=np.int64)
    found = np.zeros(number, dtype=np.bool_)
    for times in MULTIPLES:
        near = np.rint(change[moving] * times)
        good = np.abs(change[moving] * times - near) < ALMOST * times
        good &= terrain.leaves[moving] + near >= 0
        now = ~found & _every(part, good, number)
        whole = np.where(now[part], near.astype(np.int64), whole)
        found |= now
    moved = np.zeros(len(terrain.leaves), dtype=np.int64)
    moved[moving] = whole
    found &= ~_touching(links, part, number, terrain, moved)
    chosen = found[part]
    if not chosen.any():
        return None
    names, place = np.unique(part[chosen], return_inverse=True)
    return sp.csc_matrix(
        (whole[chosen], (moving[chosen], place)), shape=(len(terrain.leaves), len(names)), dtype=np.int64
    )


def _every(part: Ints, good: Bools, number: int) -> Bools:
    """The parts all of whose columns are good."""
    bad = np.zeros(number, dtype=np.bool_)
    bad[part[~good]] = True
    return ~bad


def _touching(links: Matrix, part: Ints, number: int, terrain: Terrain, moved: Ints) -> Bools:
    """The parts that change a known sum, or take one under what it is known to be at least."""
    broken = np.concatenate([terrain.still @ moved != 0, terrain.floors @ moved < terrain.room])
    bad = np.zeros(number, dtype=np.bool_)
    if broken.any():
        bad[part[links[np.flatnonzero(broken)].indices]] = True
    return bad
