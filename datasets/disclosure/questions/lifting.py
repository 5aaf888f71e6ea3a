"""Keeping the second tables of a base possible when a question of the same people is published.

A witness of the base moves a few people between groups. For each of its movements a small program looks for
answers that the moved people can have given so that as little as possible of what the question publishes
changes; what would change is hidden.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import scipy.sparse as sp

from ..auditing.repair import worth
from ..auditing.solver import INFINITY, whole_solution
from ..model import Bools, Ints, Matrix, System
from ..refusal import RefusedToPublish, Why
from .witnesses import Movement, Witness

FAR = 10_000


def leave_possible(
    system: System, hidden: Bools, row_of: Mapping[str, int], known: Bools, witnesses: Sequence[Witness]
) -> Bools:
    """``hidden`` with further cells, so that every witness of the base fits what the question shows.

    ``known``: the rows of the base, by place among the first rows of the system; ``row_of`` finds them by key.
    Raises RefusedToPublish where nothing that could be hidden would make one fit.
    """
    hidden = hidden.copy()
    base = np.flatnonzero(known)
    for witness in witnesses:
        leaves = system.leaves.copy()
        for movement in witness.movements:
            change = _change(movement, row_of, base)
            if not change.any():
                continue
            moved = _lifted(system, hidden, leaves, base, change)
            leaves = leaves + moved
            hidden |= (np.asarray(system.matrix @ (leaves - system.leaves)) != 0) & system.candidates
    return hidden


def _change(movement: Movement, row_of: Mapping[str, int], base: Ints) -> Ints:
    """What a movement of the base changes in each of its rows that the question has."""
    change = np.zeros(len(row_of), dtype=np.int64)
    for key, value in movement.items():
        if key in row_of:
            change[row_of[key]] = value
    return change[base]


def _lifted(system: System, hidden: Bools, leaves: Ints, base: Ints, change: Ints) -> Ints:
    """The cheapest movement of the question's leaf cells that changes the base's rows as it must."""
    moving = base[change != 0]
    columns = np.unique(system.matrix[moving].indices).astype(np.int64)
    for chosen in (_within_smallest(system, moving, columns), columns, np.arange(len(leaves))):
        found = _cheapest(system, hidden, leaves, base, change, chosen)
        if found is not None:
            return found
    raise RefusedToPublish.because(Why.NOT_CLEAN, [system.names[row] for row in moving[:1]])


def _within_smallest(system: System, moving: Ints, columns: Ints) -> Ints:
    """The leaf cells inside those moving rows that have no other moving row within them."""
    rows = system.matrix[moving][:, columns].tocsr()
    sizes = np.diff(rows.indptr)
    inside = (rows != 0).astype(np.int64)
    common = (inside @ inside.T).tocsr()
    smallest = [
        row
        for row in range(len(moving))
        if not any(
            common[row, other] == sizes[other] and sizes[other] < sizes[row]
            for other in common[row].indices.tolist()
            if other != row
        )
    ]
    return np.unique(columns[rows[smallest].indices]).astype(np.int64)


def _cheapest(system: System, hidden: Bools, leaves: Ints, base: Ints, change: Ints, columns: Ints) -> Ints | None:
    by_column = system.matrix.tocsc()[:, columns]
    touched = np.unique(by_column.indices)
    priced = touched[(system.candidates & ~hidden)[touched]]
    others = system.forced.copy()
    others[base] = False
    others |= system.shown & ~hidden & ~system.candidates
    fixed = touched[others[touched]]
    local = by_column.tocsr()
    still = sp.vstack([local[base], local[fixed], system.relations[:, columns]], format="csr")
    wanted = np.concatenate([change, np.zeros(still.shape[0] - len(base), dtype=np.int64)]).astype(np.float64)
    paid, identity = local[priced], sp.identity(len(priced), dtype=np.int64, format="csr")
    least = system.at_least[:, columns].tocsr()
    room = (system.least - system.at_least @ leaves).astype(np.float64)
    parts: list[list[Matrix]] = [[still, None], [paid, -identity], [paid, identity]]
    if least.shape[0]:
        parts.append([least, None])
    free, zeros = np.full(len(priced), INFINITY), np.zeros(len(priced))
    matrix = sp.bmat(parts, format="csr") if len(priced) else sp.vstack([still, least], format="csr")
    extra = room if least.shape[0] else room[:0]
    prices = worth(system)[priced]
    solution = whole_solution(
        matrix,
        np.concatenate([wanted, -free, zeros, extra]),
        np.concatenate([wanted, zeros, free, np.full(len(extra), INFINITY)]),
        np.concatenate([-leaves[columns].astype(np.float64), zeros]),
        np.concatenate([np.full(len(columns), float(FAR)), np.full(len(priced), float(FAR))]),
        np.concatenate([np.full(len(columns), 1e-6), prices]),
    )
    if solution is None:
        return None
    moved = np.zeros(len(leaves), dtype=np.int64)
    moved[columns] = solution[: len(columns)]
    return moved
