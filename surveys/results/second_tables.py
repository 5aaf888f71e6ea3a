"""The search for second tables in which nothing that is shown differs: of whole people, by integer programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp

BRANCHES, SECONDS = 500, 60.0
"""For one search; what is not found by then counts as not being there. A slow machine is not to decide it."""

ALMOST = 1e-6

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Moves:
    """What may be otherwise: `changes` has by table a row a way, saying by how much each cell changes.

    `shared` names for each way whom it needs, and of those there are as many as `most` says. `sums` are figures
    that each way changes too, a column each; together by no more than `bounds` allow, a least and a most of each.
    """

    changes: Mapping[str, NDArray[np.int8]]
    shared: Ints
    most: Ints
    sums: Floats
    bounds: Floats

    def keep_sums(self, counts: Ints) -> bool:
        """Whether the sums of so many of each way lie within their bounds, but for floating point."""
        found = counts @ self.sums
        return bool(((found >= self.bounds[:, 0] - ALMOST) & (found <= self.bounds[:, 1] + ALMOST)).all())


def without_second(moves: Moves, shown: Mapping[str, Bools], secret: Mapping[str, Bools]) -> set[str]:
    """The tables with a secret cell that is the same whatever happens while nothing that is shown changes."""
    if not len(moves.shared):
        return {code for code, cells in secret.items() if cells.any()}
    still = _fixed(np.concatenate([moves.changes[code][:, cells] for code, cells in shown.items()], axis=1))
    people = sp.csr_matrix(
        (np.ones(len(moves.shared)), (moves.shared, np.arange(len(moves.shared)))),
        shape=(len(moves.most), len(moves.shared)),
    )
    rules = [
        LinearConstraint(people, -np.inf, moves.most),
        LinearConstraint(sp.csr_matrix(still.T, dtype=np.float64), 0, 0),
    ]
    if moves.sums.size:
        rules.append(LinearConstraint(sp.csr_matrix(moves.sums.T), moves.bounds[:, 0], moves.bounds[:, 1]))
    waiting = {(code, int(cell)) for code, cells in secret.items() for cell in np.flatnonzero(cells)}
    weak: set[str] = set()
    while waiting:
        code, cell = min(waiting)
        waiting.discard((code, cell))
        if code in weak:
            continue
        found = next(_second(moves, rules, moves.changes[code][:, cell]), None)
        if found is None:
            weak.add(code)
            continue
        differs = {other: found @ moves.changes[other] != 0 for other in secret}
        waiting = {(other, at) for other, at in waiting if not differs[other][at]}
    return weak


def _second(moves: Moves, rules: list[LinearConstraint], cell: NDArray[np.int8]) -> Iterator[Ints]:
    """The fewest moves that make one cell more, or else less, while the rules hold."""
    number = len(moves.shared)
    for way in (cell, -cell):
        if not (way > 0).any():
            continue
        found = milp(
            np.ones(number),
            integrality=np.ones(number),
            bounds=Bounds(0, moves.most[moves.shared]),
            constraints=[*rules, LinearConstraint(way.astype(np.float64), 1, np.inf)],
            options={"node_limit": BRANCHES, "time_limit": SECONDS},
        )
        if found.x is None:
            continue
        counts = np.rint(found.x).astype(np.int64)
        if int(counts @ way) > 0 and _holds(rules[:2], counts) and moves.keep_sums(counts):
            yield counts


def _holds(rules: list[LinearConstraint], counts: Ints) -> bool:
    """Whether the rules hold exactly, of whole numbers."""
    sums = [(np.rint(rule.A @ counts), rule) for rule in rules]
    return bool((counts >= 0).all()) and all(((s >= rule.lb) & (s <= rule.ub)).all() for s, rule in sums)


def _fixed(changes: NDArray[np.int8]) -> NDArray[np.int8]:
    """The cells that some way changes, each once."""
    touched = changes[:, (changes != 0).any(axis=0)]
    return np.unique(touched, axis=1) if touched.size else touched
