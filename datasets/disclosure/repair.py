"""The cheapest further hiding that makes an exposed figure uncertain again.

For an exposed figure a small program looks for a movement of whole people between leaf cells near it that
changes the figure by at least one and as little as possible of what is published. The published cells that
move are hidden: after that two tables fit, the true one and the moved one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp

from .model import Bools, Ints, Matrix, System
from .neighbourhood import Neighbourhoods
from .solver import INFINITY, Floats, whole_solution

NEIGHBOURHOODS = (60, 600)
FAR = 10_000


@dataclass(frozen=True, eq=False)
class Movement:
    """Whole people moved between leaf cells, and what the cells that must be hidden for it are worth."""

    leaves: Ints
    cost: float


def repair(system: System, hidden: Bools, exposed: Sequence[int], *, at_least_one: bool = False) -> Bools:
    """``hidden`` with further cells, so that a second table fits for each exposed row.

    A row for which no movement exists near by or anywhere is left as it is: the next audit says so.
    """
    hidden = hidden.copy()
    near = Neighbourhoods(sp.vstack([system.matrix, system.relations, system.at_least], format="csr"))
    settled: set[int] = set()
    for row in exposed:
        if row in settled:
            continue
        movement = _cheapest(system, hidden, row, near, at_least_one)
        if movement is None:
            continue
        moved = np.asarray(system.matrix @ movement.leaves) != 0
        hidden |= moved & system.candidates
        settled.update(other for other in exposed if moved[other])
    return hidden


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


def _cheapest(
    system: System, hidden: Bools, row: int, near: Neighbourhoods, at_least_one: bool
) -> Movement | None:
    start = system.matrix[[row]].indices
    for size in (*NEIGHBOURHOODS, len(system.leaves)):
        columns = near.around(start, size) if size < len(system.leaves) else np.arange(len(system.leaves))
        found = [
            movement
            for up in (True, False)
            if (movement := _movement(system, hidden, row, columns, up, at_least_one)) is not None
        ]
        if found:
            return min(found, key=lambda movement: movement.cost)
    return None


def _movement(
    system: System, hidden: Bools, row: int, columns: Ints, up: bool, at_least_one: bool
) -> Movement | None:
    """The cheapest movement among some leaf cells that raises (or lowers) a row by at least one."""
    touched = np.unique(system.matrix.tocsc()[:, columns].indices)
    priced = touched[(system.candidates & ~hidden)[touched]]
    fixed = touched[system.forced[touched]]
    local = system.matrix[:, columns].tocsr()
    relations = system.relations[:, columns].tocsr()
    still = sp.vstack([local[fixed], relations], format="csr")
    paid = local[priced]
    identity = sp.identity(len(priced), dtype=np.int64, format="csr")
    parts: list[list[Matrix]] = [
        [still, None],
        [paid, -identity],  # movement <= price
        [paid, identity],  # movement >= -price
        [local[[row]], sp.csr_matrix((1, len(priced)), dtype=np.int64)],
    ]
    none, zeros = np.full(len(priced), INFINITY), np.zeros(len(priced))
    lower = [np.zeros(still.shape[0]), -none, zeros, np.array([1.0 if up else -INFINITY])]
    upper = [np.zeros(still.shape[0]), zeros, none, np.array([INFINITY if up else -1.0])]
    least, bounds = system.at_least[:, columns].tocsr(), system.least - system.at_least @ system.leaves
    if at_least_one:
        counted = touched[(system.shown & (system.counts > 0))[touched]]
        least = sp.vstack([least, local[counted]], format="csr")
        bounds = np.concatenate([bounds, 1 - system.counts[counted]])
    parts.append([least, sp.csr_matrix((least.shape[0], len(priced)), dtype=np.int64)])
    lower.append(bounds.astype(np.float64))
    upper.append(np.full(least.shape[0], INFINITY))
    leaves = system.leaves[columns].astype(np.float64)
    prices = worth(system)[priced]
    solution = whole_solution(
        sp.bmat(parts, format="csr"),
        np.concatenate(lower),
        np.concatenate(upper),
        np.concatenate([-leaves, zeros]),
        np.concatenate([np.full(len(columns), float(FAR)), np.full(len(priced), float(FAR))]),
        np.concatenate([np.zeros(len(columns)), prices]),
    )
    if solution is None:
        return None
    movement = np.zeros(len(system.leaves), dtype=np.int64)
    movement[columns] = solution[: len(columns)]
    return Movement(movement, float(prices @ (np.asarray(paid @ solution[: len(columns)]) != 0)))
