"""What someone who took part learns of others: they know that the leaf cell they are counted in is not empty.

Nobody who audits from what is public knows where people are. So an insider is thought into every leaf cell that
somebody can be in; what none of them can work out, nobody who took part can.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ..model import Bools, Ints, System
from .attacker import Block, Knowledge, view
from .audit import ALMOST, constraints, target
from .solver import Floats, Program, SolverFailed

TRIED_TOGETHER = 3
"""Random sums of all figures that are made least and greatest before any figure is asked for by itself."""


def known_to_insiders(system: System, hidden: Bools, knowledge: Knowledge) -> set[int]:
    """The protected rows that an insider in some leaf cell can work out, by intervals of linear programs.

    Intervals are rounded inwards to whole people. A row that a search could not settle counts as worked out.
    """
    random = np.random.default_rng(0)
    return {
        row
        for block in view(system, hidden, knowledge).blocks
        for leaf in _inhabitable(block)
        for row in _pinned(block, leaf, random)
    }


def _inhabitable(block: Block) -> Iterator[int]:
    """The leaf cells that somebody can be in."""
    program = Program(*constraints(block))
    for leaf in range(len(block.leaves)):
        if block.leaves[leaf] >= 1:
            yield leaf
            continue
        most = program.optimum(np.array([leaf]), np.ones(1), maximise=True)
        if most is None or most.value >= 1 - ALMOST:
            yield leaf


def _pinned(block: Block, leaf: int, random: np.random.Generator) -> Iterator[int]:
    matrix, low, high, least, most = constraints(block)
    least[leaf] = 1
    program = Program(matrix, low, high, least, most)
    waiting = np.ones(len(block.rows), dtype=np.bool_)
    for _ in range(TRIED_TOGETHER):
        weights = np.asarray(block.targets.T @ random.normal(size=len(waiting)))
        one, other = (_figures(program, block, weights, maximise=maximise) for maximise in (False, True))
        if one is not None and other is not None:
            lower, upper = np.minimum(one, other), np.maximum(one, other)
            waiting &= np.floor(upper + ALMOST) - np.ceil(lower - ALMOST) < 1
    for place in np.flatnonzero(waiting).tolist():
        if not _is_open(program, *target(block, place)):
            yield int(block.rows[place])


def _figures(program: Program, block: Block, weights: Floats, *, maximise: bool) -> Floats | None:
    columns = np.arange(len(block.leaves))
    try:
        found = program.optimum(columns, weights, maximise=maximise)
    except SolverFailed:
        return None
    return None if found is None else np.asarray(block.targets @ found.columns)


def _is_open(program: Program, columns: Ints, weights: Floats) -> bool:
    """Whether a figure has two whole values, or no bound."""
    try:
        least = program.optimum(columns, weights, maximise=False)
        most = program.optimum(columns, weights, maximise=True)
    except SolverFailed:
        return False
    if least is None or most is None:
        return True
    return bool(np.floor(most.value + ALMOST) - np.ceil(least.value - ALMOST) >= 1)
