"""Movements in whole numbers where the linear program's is in halves: a small search round about it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp

from ..model import Ints
from .neighbourhood import Neighbourhoods
from .solver import FAR, INFINITY, Floats, Terrain, whole_solution

ALMOST = 1e-6
MULTIPLES = (1, 2, 3, 4)
WIDER = 40
"""How many leaf cells beside those that the linear program moves may move."""


@dataclass(frozen=True)
class Effort:
    """How hard a whole movement is looked for: in movements of how many leaf cells, in how many nodes, how near
    the cheapest."""

    widest: int
    nodes: int
    gap: float


THOROUGH = Effort(400, 40, 0.0)
HASTY = Effort(150, 1, 0.6)
"""Where there are other movements to choose from."""


def whole_multiple(terrain: Terrain, change: Floats) -> Ints | None:
    """A movement so many times that it is whole, where there are people enough; None if it never is.

    Whoever moves twice as many people changes the same sums.
    """
    for times in MULTIPLES:
        near = np.rint(change * times)
        whole = bool((np.abs(change * times - near) < ALMOST * times).all())
        if whole and (terrain.leaves + near >= 0).all() and (terrain.floors @ near >= terrain.room).all():
            return near.astype(np.int64)
    return None


def whole_movement(
    terrain: Terrain, near: Floats, columns: Ints, weights: Ints, by: int, kept: Ints, effort: Effort = THOROUGH
) -> Ints | None:
    """A cheap whole movement that changes a weighted sum of some columns by at least ``by``, close to ``near``.

    None where none was found with little effort. ``kept`` columns are not emptied.
    """
    moving = np.union1d(np.flatnonzero(near), columns).astype(np.int64)
    if len(moving) > effort.widest:
        return None
    links = sp.vstack([terrain.still, terrain.floors, terrain.priced], format="csr")
    chosen = Neighbourhoods(links).around(moving, len(moving) + WIDER)
    part = terrain.within(chosen)
    asked = np.zeros(len(near))
    asked[columns] = weights
    priced = np.flatnonzero(part.prices > 0)
    size, paid = len(chosen), len(priced)
    sums, identity = part.priced[priced], sp.identity(paid, dtype=np.int64, format="csr")
    beside = sp.csr_matrix((part.still.shape[0] + part.floors.shape[0] + 1, paid), dtype=np.int64)
    matrix = sp.hstack(
        [
            sp.vstack([part.still, part.floors, sp.csr_matrix(asked[chosen]), sums, sums]),
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
        np.concatenate([np.zeros(size), part.prices[priced]]),
        most_nodes=effort.nodes,
        gap=effort.gap,
        whole=size,
    )
    if found is None:
        return None
    change = np.zeros(len(near), dtype=np.int64)
    change[chosen] = found[:size]
    return change
