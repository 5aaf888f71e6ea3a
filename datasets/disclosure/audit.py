"""The proof that a protected table keeps its secrets: for each hidden figure a second whole table that fits.

A figure is safe when two whole tables agree with everything published and differ in it. The true table is
one; the audit looks for the other, with HiGHS for the search and exact whole-number arithmetic for the proof.
It implies that no linear combination of published figures gives the figure, and no interval closes on it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import scipy.sparse as sp

from .attacker import Block, view
from .model import Bools, Ints, Matrix, System
from .neighbourhood import Neighbourhoods
from .solver import INFINITY, Floats, Program, Solution, SolverFailed, whole_solution

ALMOST = 1e-6
FAR = 10_000
"""How far from the truth a second table is looked for: a smaller search can only find fewer of them."""
NEAR = (40, 400)
"""A second table is looked for among this many leaf cells round a figure, before anywhere else."""
SMALL = 2_500
"""Blocks of at most this many leaf cells are searched whole."""


@dataclass
class Audit:
    """What an audit found: the protected rows that are ``exposed``, and how the others were cleared."""

    exposed: set[int] = field(default_factory=set)
    cleared: set[int] = field(default_factory=set)
    blocks: int = 0
    programs: int = 0
    whole_searches: int = 0

    @property
    def clean(self) -> bool:
        """Whether every protected figure has a second value that fits."""
        return not self.exposed


def audit(system: System, hidden: Bools, *, at_least_one: bool = False) -> Audit:
    """Whether an attacker who knows everything but ``hidden`` can work out any protected figure.

    ``at_least_one``: he also knows that no zero is hidden. Exposed rows are those for which no second value
    was found; where a search was cut short the row counts as exposed.
    """
    found = Audit()
    sight = view(system, hidden, at_least_one=at_least_one)
    found.blocks = len(sight.blocks)
    for block in sight.blocks:
        _Search(block, found).run()
    found.exposed = set(np.flatnonzero(system.protected).tolist()) - found.cleared
    return found


def intervals(system: System, hidden: Bools, *, at_least_one: bool = False) -> dict[int, tuple[float, float]]:
    """For each protected row the least and the greatest whole value that an attacker must reckon with.

    Rounded inwards from linear programs; infinite where nothing bounds the figure.
    """
    sight = view(system, hidden, at_least_one=at_least_one)
    low = system.counts.astype(np.float64)
    high = low.copy()
    for block in sight.blocks:
        program = Program(*_constraints(block, INFINITY))
        for place, row in enumerate(block.rows.tolist()):
            columns, weights = _target(block, place)
            inside = float(weights @ block.leaves[columns])
            least = program.optimum(columns, weights, maximise=False)
            most = program.optimum(columns, weights, maximise=True)
            low[row] += -INFINITY if least is None else np.ceil(least.value - ALMOST) - inside
            high[row] += INFINITY if most is None else np.floor(most.value + ALMOST) - inside
    return {int(row): (float(low[row]), float(high[row])) for row in np.flatnonzero(system.protected)}


class _Search:
    """The search for second tables inside one block of unknowns.

    A small block is searched whole, after its neighbourhoods; a large one in neighbourhoods only, so that a
    figure whose second table lies further off counts as exposed.
    """

    def __init__(self, block: Block, found: Audit) -> None:
        self._block = block
        self._found = found
        self._near_by = Neighbourhoods(sp.vstack([block.known, block.floors], format="csr"))
        self._targets = block.targets.tocsc()
        self._sizes = NEAR if len(block.leaves) > SMALL else (NEAR[0], len(block.leaves))

    def run(self) -> None:
        """Clear many figures at once by moving them all, then those that are left one by one."""
        if len(self._block.leaves) <= SMALL:
            self._move_all(self._everything)
        for place, row in enumerate(self._block.rows.tolist()):
            for size in self._sizes:
                if row in self._found.cleared:
                    break
                window = self._near(place, size)
                if size == NEAR[-1]:
                    self._move_all(window)
                for above in (True, False):
                    if row not in self._found.cleared:
                        self._move_one(window, place, above=above)

    def _window(self, columns: Ints) -> _Window:
        block, rows = self._block, self._near_by.touching(columns)
        touched = self._near_by.rows[rows]
        inside = touched[:, columns].tocsr()
        truth = block.leaves[columns]
        standing = touched @ block.leaves - inside @ truth
        bounds = np.concatenate([block.sums, block.floor_bounds])[rows]
        lower = (bounds - standing).astype(np.float64)
        return _Window(
            columns=columns,
            truth=truth,
            matrix=inside,
            lower=lower,
            upper=np.where(rows < block.known.shape[0], lower, INFINITY),
            places=np.unique(self._targets[:, columns].indices),
        )

    def _move_all(self, window: _Window) -> None:
        """Move every figure in a window that is not cleared yet, upwards and then downwards."""
        for maximise in (True, False):
            rows = self._block.rows[window.places].tolist()
            waiting = window.places[[row not in self._found.cleared for row in rows]]
            if not len(waiting):
                return
            weights = np.asarray(self._block.targets[waiting][:, window.columns].sum(axis=0), dtype=np.float64)
            best = self._best(window, np.arange(weights.size), weights.ravel(), maximise=maximise)
            if best is None or self._learn(window, best.columns):
                continue
            self._found.whole_searches += 1
            cost = -weights.ravel() if maximise else weights.ravel()
            whole = whole_solution(*window.limits, cost, most_nodes=1)
            if whole is not None:
                self._learn(window, whole)

    def _move_one(self, window: _Window, place: int, *, above: bool) -> None:
        """Look for a whole table in which one figure is greater (or less) than it is."""
        target = self._block.targets[[place]][:, window.columns]
        truth = float((target @ window.truth)[0])
        columns, weights = target.indices.astype(np.int64), target.data.astype(np.float64)
        best = self._best(window, columns, weights, maximise=above)
        if best is not None and (self._learn(window, best.columns) or abs(best.value - truth) < 1 - ALMOST):
            return  # a second table, or no whole value on this side
        self._found.whole_searches += 1
        low, high = (truth + 1, INFINITY) if above else (-INFINITY, truth - 1)
        matrix, row_lower, row_upper, lower, upper = window.limits
        moved = whole_solution(
            sp.vstack([matrix, target], format="csr"),
            np.append(row_lower, low),
            np.append(row_upper, high),
            lower,
            upper,
        )
        if moved is not None:
            self._learn(window, moved)

    def _best(self, window: _Window, columns: Ints, weights: Floats, *, maximise: bool) -> Solution | None:
        """The optimum in a window; None where there is no bound, or no answer: then nothing is concluded."""
        self._found.programs += 1
        try:
            return window.program.optimum(columns, weights, maximise=maximise)
        except SolverFailed:
            return None

    @cached_property
    def _everything(self) -> _Window:
        return self._window(np.arange(len(self._block.leaves)))

    def _near(self, place: int, size: int) -> _Window:
        """The window of about ``size`` leaf cells round a figure."""
        if size >= len(self._block.leaves):
            return self._everything
        columns, _ = _target(self._block, place)
        return self._window(self._near_by.around(columns, size))

    def _learn(self, window: _Window, solution: Floats | Ints) -> bool:
        """Whether this is a whole table that fits; then clear each protected row that differs in it."""
        table = self._block.leaves.copy()
        table[window.columns] = np.rint(solution).astype(np.int64)
        block = self._block
        fits = (
            np.array_equal(block.known @ table, block.sums)
            and bool((table >= 0).all())
            and bool((block.floors @ table >= block.floor_bounds).all())
        )
        if fits:
            moved = np.flatnonzero(block.targets @ (table - block.leaves))
            self._found.cleared.update(block.rows[moved].tolist())
        return fits


@dataclass(frozen=True, eq=False)
class _Window:
    """Some leaf cells of a block that may move while all others stay, and the sums they must keep.

    ``places`` are the block's targets that touch them.
    """

    columns: Ints
    truth: Ints
    matrix: Matrix
    lower: Floats
    upper: Floats
    places: Ints

    @property
    def limits(self) -> tuple[Matrix, Floats, Floats, Floats, Floats]:
        """Matrix, bounds of its rows, bounds of its columns."""
        truth = self.truth.astype(np.float64)
        return self.matrix, self.lower, self.upper, np.zeros(len(truth)), truth + FAR

    @cached_property
    def program(self) -> Program:
        """The linear program over the window."""
        return Program(*self.limits)


def _constraints(block: Block, far: float) -> tuple[Matrix, Floats, Floats, Floats, Floats]:
    sums, bounds = block.sums.astype(np.float64), block.floor_bounds.astype(np.float64)
    truth = block.leaves.astype(np.float64)
    return (
        sp.vstack([block.known, block.floors], format="csr"),
        np.concatenate([sums, bounds]),
        np.concatenate([sums, np.full(len(bounds), INFINITY)]),
        np.zeros(len(truth)),
        truth + far,
    )


def _target(block: Block, place: int) -> tuple[Ints, Floats]:
    start, end = block.targets.indptr[place], block.targets.indptr[place + 1]
    return block.targets.indices[start:end].astype(np.int64), block.targets.data[start:end].astype(np.float64)
