"""The proof that a protected table keeps its secrets: for each hidden figure a second whole table that fits.

A figure is safe when two whole tables agree with everything published and differ in it. The true table is
one; the audit looks for the other, with HiGHS for the search and exact whole-number arithmetic for the proof.
It implies that no linear combination of published figures gives the figure, and no interval closes on it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import scipy.sparse as sp

from ..model import Bools, Ints, Matrix, System
from .attacker import Block, Knowledge, view
from .movements import Movement, verified
from .search import Search, Tally
from .solver import INFINITY, Floats, Program

ALMOST = 1e-6
NOTHING = Knowledge()


@dataclass
class Audit:
    """What an audit found: the protected rows that are ``exposed``, and how the others were cleared.

    Every cleared row is cleared by ``movements``, which were checked in whole-number arithmetic.
    """

    exposed: set[int] = field(default_factory=set)
    cleared: set[int] = field(default_factory=set)
    movements: tuple[Movement, ...] = ()
    blocks: int = 0
    programs: int = 0
    whole_searches: int = 0

    @property
    def clean(self) -> bool:
        """Whether every protected figure has a second value that fits."""
        return not self.exposed


def audit(
    system: System,
    hidden: Bools,
    *,
    knowledge: Knowledge = NOTHING,
    movements: Sequence[Movement] = (),
    beyond: bool = True,
) -> Audit:
    """Whether an attacker who knows everything but ``hidden`` can work out any protected figure.

    Exposed rows are those for which no second value was found; where a search was cut short the row counts
    as exposed. ``movements`` found before are taken for as much as they still prove. ``beyond`` False: in
    blocks that are too large to be searched whole, every sum that reaches beyond a region is given to the
    attacker for free. What is cleared is proved either way; more may count as exposed.
    """
    found, tally = Audit(), Tally()
    clearing = verified(system, hidden, knowledge, movements)
    if clearing.waiting.any():
        sight = view(system, hidden, knowledge)
        found.blocks = len(sight.blocks)
        for block in sight.blocks:
            Search(block, clearing, tally, beyond=beyond).run()
        clearing = verified(system, hidden, knowledge, clearing.movements)
    found.movements = tuple(clearing.movements)
    found.exposed = set(np.flatnonzero(clearing.waiting).tolist())
    found.cleared = set(np.flatnonzero(system.protected).tolist()) - found.exposed
    found.programs, found.whole_searches = tally.programs, tally.whole_searches
    return found


def intervals(system: System, hidden: Bools, *, knowledge: Knowledge = NOTHING) -> dict[int, tuple[float, float]]:
    """For each protected row the least and the greatest whole value that an attacker must reckon with.

    Rounded inwards from linear programs; infinite where nothing bounds the figure.
    """
    sight = view(system, hidden, knowledge)
    low = system.counts.astype(np.float64)
    high = low.copy()
    for block in sight.blocks:
        program = Program(*constraints(block))
        for place, row in enumerate(block.rows.tolist()):
            columns, weights = target(block, place)
            inside = float(weights @ block.leaves[columns])
            least = program.optimum(columns, weights, maximise=False)
            most = program.optimum(columns, weights, maximise=True)
            low[row] += -INFINITY if least is None else np.ceil(least.value - ALMOST) - inside
            high[row] += INFINITY if most is None else np.floor(most.value + ALMOST) - inside
    return {int(row): (float(low[row]), float(high[row])) for row in np.flatnonzero(system.protected)}


def constraints(block: Block) -> tuple[Matrix, Floats, Floats, Floats, Floats]:
    """What an attacker knows of a block, as a linear program takes it: people in leaf cells, at least nought."""
    sums, bounds = block.sums.astype(np.float64), block.floor_bounds.astype(np.float64)
    return (
        sp.vstack([block.known, block.floors], format="csr"),
        np.concatenate([sums, bounds]),
        np.concatenate([sums, np.full(len(bounds), INFINITY)]),
        np.zeros(len(block.leaves)),
        np.full(len(block.leaves), INFINITY),
    )


def target(block: Block, place: int) -> tuple[Ints, Floats]:
    """The leaf cells of a protected figure inside the block, and how it sums them."""
    start, end = block.targets.indptr[place], block.targets.indptr[place + 1]
    return block.targets.indices[start:end].astype(np.int64), block.targets.data[start:end].astype(np.float64)
