"""The search for second tables in which nothing that is shown differs: of whole people, by integer programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp

SECONDS = 5.0
"""For one search; what is not found by then counts as not being there."""

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Moves:
    """What may be otherwise: `changes` has by table a row a way, saying by how much each cell changes.

    `shared` names for each way whom it needs, and of those there are as many as `most` says.
    """

    changes: Mapping[str, Ints]
    shared: Ints
    most: Ints


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
        LinearConstraint(sp.csr_matrix(still.T), 0, 0),
    ]
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


def _second(moves: Moves, rules: list[LinearConstraint], cell: Ints) -> Iterator[Ints]:
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
            options={"time_limit": SECONDS},
        )
        if found.x is None:
            continue
        counts = np.rint(found.x).astype(np.int64)
        if int(counts @ way) > 0 and _holds(rules, counts):
            yield counts


def _holds(rules: list[LinearConstraint], counts: Ints) -> bool:
    """Whether the rules hold exactly, of whole numbers."""
    sums = [(np.rint(rule.A @ counts), rule) for rule in rules]
    return bool((counts >= 0).all()) and all(((s >= rule.lb) & (s <= rule.ub)).all() for s, rule in sums)


def _fixed(changes: Ints) -> Ints:
    """The cells that some way changes, each once."""
    touched = changes[:, (changes != 0).any(axis=0)]
    return np.unique(touched, axis=1) if touched.size else touched
