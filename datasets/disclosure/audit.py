"""The proof that a protected table keeps its secrets: for each hidden figure a second whole table that fits.

A figure is safe when two whole tables agree with everything published and differ in it. The true table is
one; the audit looks for the other, with HiGHS for the search and exact whole-number arithmetic for the proof.
It implies that no linear combination of published figures gives the figure, and no interval closes on it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from .attacker import Block, view
from .model import Bools, Ints, System
from .solver import INFINITY, Floats, Program, Solution, whole_solution

ALMOST = 1e-6
FAR = 10_000
"""How far from the truth a second table is looked for: a smaller search can only find fewer of them."""


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
        _clear(block, found)
    found.exposed = set(np.flatnonzero(system.protected).tolist()) - found.cleared
    return found


def intervals(system: System, hidden: Bools, *, at_least_one: bool = False) -> dict[int, tuple[float, float]]:
    """For each protected row the least and the greatest whole value that an attacker must reckon with.

    Rounded inwards from linear programs; infinite where nothing bounds the figure.
    """
    sight = view(system, hidden, at_least_one=at_least_one)
    result = {int(row): [float(system.counts[row])] * 2 for row in np.flatnonzero(system.protected)}
    for block in sight.blocks:
        program = _program(block, far=INFINITY)
        for place, row in enumerate(block.rows.tolist()):
            columns, weights = _target(block, place)
            inside = float(weights @ block.leaves[columns])
            low = program.optimum(columns, weights, maximise=False)
            high = program.optimum(columns, weights, maximise=True)
            result[row][0] += -INFINITY if low is None else np.ceil(low.value - ALMOST) - inside
            result[row][1] += INFINITY if high is None else np.floor(high.value + ALMOST) - inside
    return {row: (bounds[0], bounds[1]) for row, bounds in result.items()}


def _clear(block: Block, found: Audit) -> None:
    """Note which protected rows have a second value inside this block."""
    program = _program(block, far=FAR)
    everything = np.arange(len(block.leaves))
    waiting = [place for place, row in enumerate(block.rows.tolist()) if row not in found.cleared]
    for maximise in (True, False):
        if waiting:
            weights = np.asarray(block.targets[waiting].sum(axis=0), dtype=np.float64).ravel()
            _learn(block, program.optimum(everything, weights, maximise=maximise), found)
            found.programs += 1
            waiting = [place for place in waiting if int(block.rows[place]) not in found.cleared]
    for place in waiting:
        if int(block.rows[place]) not in found.cleared:
            _clear_one(block, place, program, found)


def _clear_one(block: Block, place: int, program: Program, found: Audit) -> None:
    row = int(block.rows[place])
    columns, weights = _target(block, place)
    truth = float(weights @ block.leaves[columns])
    for maximise in (True, False):
        best = program.optimum(columns, weights, maximise=maximise)
        found.programs += 1
        _learn(block, best, found)
        if row in found.cleared:
            return
        if best is not None and abs(best.value - truth) < 1 - ALMOST:
            continue  # no whole value on this side
        other = _whole_table(block, place, above=maximise)
        found.whole_searches += 1
        if other is not None:
            _learn(block, Solution(0.0, other.astype(np.float64)), found)
        if row in found.cleared:
            return


def _learn(block: Block, solution: Solution | None, found: Audit) -> None:
    """If a solution is a whole table that fits, clear each protected row that differs in it."""
    if solution is None:
        return
    table = np.rint(solution.columns).astype(np.int64)
    fits = (
        np.array_equal(block.known @ table, block.sums)
        and (table[~block.signed] >= 0).all()
        and (block.floors @ table >= block.floor_bounds).all()
    )
    if fits:
        moved = np.flatnonzero(block.targets @ (table - block.leaves))
        found.cleared.update(block.rows[moved].tolist())


def _program(block: Block, *, far: float) -> Program:
    matrix, row_lower, row_upper = _rows(block)
    return Program(matrix, row_lower, row_upper, *_bounds(block, far))


def _whole_table(block: Block, place: int, *, above: bool) -> Ints | None:
    """A whole table that fits the block, in which a protected row is greater (or less) than it is."""
    matrix, row_lower, row_upper = _rows(block)
    target = block.targets[place]
    truth = float((target @ block.leaves)[0])
    stacked = _stack(matrix, target)
    low, high = (truth + 1, INFINITY) if above else (-INFINITY, truth - 1)
    return whole_solution(
        stacked, np.append(row_lower, low), np.append(row_upper, high), *_bounds(block, FAR)
    )


def _rows(block: Block) -> tuple[object, Floats, Floats]:
    sums, bounds = block.sums.astype(np.float64), block.floor_bounds.astype(np.float64)
    return (
        _stack(block.known, block.floors),
        np.concatenate([sums, bounds]),
        np.concatenate([sums, np.full(len(bounds), INFINITY)]),
    )


def _bounds(block: Block, far: float) -> tuple[Floats, Floats]:
    truth = block.leaves.astype(np.float64)
    return np.where(block.signed, truth - far, 0.0), truth + far


def _target(block: Block, place: int) -> tuple[Ints, Floats]:
    start, end = block.targets.indptr[place], block.targets.indptr[place + 1]
    return block.targets.indices[start:end].astype(np.int64), block.targets.data[start:end].astype(np.float64)


def _stack(upper: object, lower: object) -> object:
    import scipy.sparse as sp

    return sp.vstack([upper, lower], format="csr")
