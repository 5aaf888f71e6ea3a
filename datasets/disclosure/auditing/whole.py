"""Movements in whole numbers where the linear program's is in halves: a small search round about it."""

from __future__ import annotations

import numpy as np
import scipy.sparse as sp

from ..model import Ints
from .neighbourhood import Neighbourhoods
from .solver import FAR, INFINITY, Floats, Terrain, whole_solution

WIDER = 40
"""How many leaf cells beside those that the linear program moves may move."""
WIDEST = 400
MOST_NODES = 40


def whole_movement(
    terrain: Terrain, near: Floats, columns: Ints, weights: Ints, by: int, kept: Ints, *, wider: int = WIDER
) -> Ints | None:
    """A cheap whole movement that changes a weighted sum of some columns by at least ``by``, close to ``near``.

    None where none was found with little effort. ``kept`` columns are not emptied.
    """
    moving = np.union1d(np.flatnonzero(near), columns).astype(np.int64)
    if len(moving) > WIDEST:
        return None
    links = sp.vstack([terrain.still, terrain.floors, terrain.priced], format="csr")
    chosen = Neighbourhoods(links).around(moving, len(moving) + wider)
    part = terrain.within(chosen)
    asked = np.zeros(len(near))
    asked[columns] = weights
    size, paid = len(chosen), part.priced.shape[0]
    identity = sp.identity(paid, dtype=np.int64, format="csr")
    beside = sp.csr_matrix((part.still.shape[0] + part.floors.shape[0] + 1, paid), dtype=np.int64)
    matrix = sp.hstack(
        [
            sp.vstack([part.still, part.floors, sp.csr_matrix(asked[chosen]), part.priced, part.priced]),
            sp.vstack([beside, -identity, identity]),
        ],
        format="csr",
    )
    still, free, none = np.zeros(part.still.shape[0]), np.full(paid, INFINITY), np.zeros(paid)
    open_ended = np.full(len(part.room) + 1, INFINITY)
    lower = -part.leaves.astype(np.float64)
    lower[np.isin(chosen, kept)] += 1
    found = whole_solution(
        matrix,
        np.concatenate([still, part.room, [float(by)], -free, none]),
        np.concatenate([still, open_ended, none, free]),
        np.concatenate([lower, none]),
        np.concatenate([np.full(size, float(FAR)), free]),
        np.concatenate([np.zeros(size), part.prices]),
        most_nodes=MOST_NODES,
    )
    if found is None:
        return None
    change = np.zeros(len(near), dtype=np.int64)
    change[chosen] = found[:size]
    return change
