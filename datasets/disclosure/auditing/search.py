"""The search for second tables: linear programs over regions of a block, small ones first.

Whatever a search finds is proved by whole numbers; what it does not find is left to the next, larger one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import scipy.sparse as sp
from scipy.sparse.csgraph import connected_components

from ..model import Bools, Ints, Matrix
from .attacker import Block
from .clusters import regions
from .movements import Clearing, Movement
from .solver import INFINITY, Floats, Mover, Program, SolverFailed, Terrain, whole_solution
from .whole import ALMOST, MULTIPLES, whole_movement

BATCHES = ((80, 1.0, 4), (150, 1.0, 8), (300, 0.3, 8), (500, 0.3, 16), (500, 0.1, 16))
"""Size of regions, share of the waiting figures that is asked for at once, and how often."""
REACH = 2
"""How many people a leaf cell may gain or lose in a batch: two, as half a person twice is a whole one."""
REGION, STEPS = 500, 2_000
"""Figures are asked for one by one in regions of this size, with at most so many simplex steps."""
FAR_STEPS = 3_000
"""And then in the whole block."""
FAR_IN_VAIN = 15_000
"""Until so many steps in a row have cleared nothing: a block may be too large to ask for every figure in it."""
IN_VAIN = 3
TOGETHER = (2_400, 2_400, 2_400)
"""Where ``MANY`` figures are left then, the sizes of regions in which they are moved together in whole numbers."""
MANY, HARDLY = 50, 0.97
FEW_NODES, GAP, EAGER = 20, 0.9, 0.3
MOST_HELD = 6
"""Against an insider: leaf cells that so far were always emptied are held together, and then each by itself."""


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
            everything = self._region(np.arange(self._size))
            everything.move_each(FAR_STEPS, partly=True, most_in_vain=FAR_IN_VAIN)
            self._move_together(random)

    def _move_together(self, random: np.random.Generator) -> None:
        """Move what is left in whole numbers, in several regions at once that are put together at random.

        Only where so much is left that it is worth the time.
        """
        small = regions(self._links, REGION)
        for size in TOGETHER:
            before = self._left()
            if before < MANY:
                return
            for columns in _joined(small, size, random):
                self._region(columns).move_whole(random)
            if self._left() > before * HARDLY:
                return

    def _left(self) -> int:
        return int(self._clearing.waiting[self._block.rows].sum())

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

    def move_whole(self, random: np.random.Generator) -> None:
        """Move all waiting figures as far as they go together, in whole numbers."""
        waiting = self._clearing.waiting[self._rows]
        if not waiting.any():
            return
        weights = random.uniform(0.5, 1.5, len(waiting)) * random.choice([-1.0, 1.0], len(waiting)) * waiting
        self._tally.whole_searches += 1
        cost = -(self._targets.T @ weights)
        found = whole_solution(*self._limits(), cost, most_nodes=FEW_NODES, gap=GAP, eagerness=EAGER)
        if found is not None:
            self._learn(found)

    def _program(self) -> Program:
        return Program(*self._limits())

    def _limits(self) -> tuple[Matrix, Floats, Floats, Floats, Floats]:
        terrain, reach = self._terrain, float(max(REACH, self._clearing.knowledge.width))
        still = np.zeros(terrain.still.shape[0])
        least = self._leaves.astype(np.float64)
        if self._clearing.knowledge.insider:
            least = np.maximum(least - 1, 0)
        return (
            sp.vstack([terrain.still, terrain.floors], format="csr"),
            np.concatenate([still, terrain.room]),
            np.concatenate([still, np.full(len(terrain.room), INFINITY)]),
            -np.minimum(least, reach),
            np.full(len(least), reach),
        )

    def move_each(self, most_steps: int, *, partly: bool, most_in_vain: int | None = None) -> None:
        """Look for the nearest movement of each waiting figure by itself.

        ``partly``: also where only a part of the figure is inside. ``most_in_vain``: simplex steps without
        any news after which no further figure is asked for.
        """
        last = 0
        for place in np.flatnonzero(self._clearing.waiting[self._rows]).tolist():
            row = int(self._rows[place])
            if most_in_vain is not None and self._mover.steps - last > most_in_vain:
                return
            if not (partly or self._whole[place]):
                continue
            for up in (True, False):
                if self._clearing.waiting[row] and self._move(place, row, most_steps, up=up):
                    last = self._mover.steps

    def _move(self, place: int, row: int, most_steps: int, *, up: bool) -> bool:
        """Look for a movement of one figure; whether it was news."""
        emptied = self._clearing.always_emptied(row)
        held = np.flatnonzero(np.isin(self._block.columns[self._columns], emptied))
        tries = [held, *(held[[at]] for at in range(len(held)) if len(held) > 1)]
        return any(
            self._nearest(place, by, kept, most_steps, up=up)
            for kept in tries[:MOST_HELD]
            for by in self._clearing.useful(row, up=up)
        )

    def _nearest(self, place: int, by: int, kept: Ints, most_steps: int, *, up: bool) -> bool:
        part = slice(self._targets.indptr[place], self._targets.indptr[place + 1])
        columns, weights = self._targets.indices[part].astype(np.int64), self._targets.data[part]
        self._tally.programs += 1
        try:
            found = self._mover.movement(columns, weights, by, up=up, most_steps=most_steps, kept=kept)
        except SolverFailed:
            return False
        if found is None:
            return False
        if self._learn(found):
            return True
        self._tally.whole_searches += 1
        whole = whole_movement(self._terrain, found, columns, weights if up else -weights, by, kept)
        return whole is not None and self._learn(whole)

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


def _joined(small: list[Ints], size: int, random: np.random.Generator) -> Iterator[Ints]:
    """Small regions put together at random into larger ones."""
    joined: list[Ints] = []
    for place in random.permutation(len(small)).tolist():
        if joined and sum(map(len, joined)) + len(small[place]) > size:
            yield np.sort(np.concatenate(joined))
            joined = []
        joined.append(small[place])
    yield np.sort(np.concatenate(joined))
