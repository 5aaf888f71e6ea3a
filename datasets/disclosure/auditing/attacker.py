"""What is still unknown to someone who has every published figure, cut into blocks that stand alone.

The attacker knows the tables' structure, every figure that is shown, and that people come in whole numbers
from nought. Where zeros are never hidden he also knows that what is hidden is at least one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from scipy.sparse.csgraph import connected_components

from ..model import Bools, Ints, Matrix, System, alike


@dataclass(frozen=True)
class Knowledge:
    """What an attacker knows beside the figures that are shown, and how unsure he must be left.

    He always knows the structure of the tables and that people come in whole numbers from nought.
    ``at_least_one``: also that what is hidden is not nought, because noughts are always shown. ``insider``: he
    may be anyone who took part and knows the leaf cell in which they are counted: whichever leaf cell that is,
    there must be a second table that leaves someone in it. ``width``: how far apart the least and the greatest
    value of a protected figure must lie at least; k - 2 is as wide as 1…k-1, and 1 asks for two values only.
    It is asked of every protected figure alike: also of a nought, of a sum or difference that no table shows,
    and of a figure that is no small count but hidden with one. Insider and width are asked each by itself: one
    who knows their own cell may find an interval somewhat narrower than ``width``.
    """

    at_least_one: bool = False
    insider: bool = False
    width: int = 1


@dataclass(frozen=True, eq=False)
class Block:
    """Unknown leaf cells tied together by known sums, and to nothing else.

    ``known`` times the block's leaves is ``sums``; ``floors`` times them is at least ``floor_bounds``.
    ``targets`` are the parts, inside this block, of the protected rows numbered ``rows``; ``columns`` are the
    numbers of its leaf cells.
    """

    known: Matrix
    sums: Ints
    floors: Matrix
    floor_bounds: Ints
    targets: Matrix
    rows: Ints
    leaves: Ints
    columns: Ints


@dataclass(frozen=True, eq=False)
class View:
    """What an attacker faces: blocks of unknowns, and the protected rows that are no secret at all."""

    blocks: tuple[Block, ...]
    plain: tuple[int, ...]


def view(system: System, hidden: Bools, knowledge: Knowledge) -> View:
    """The attacker's problem once ``hidden`` is hidden.

    Leaf cells that follow at once are filled in first: those of a sum of nobody, and the last unknown of a
    sum.
    """
    known = system.known(hidden)
    unknown = _unknown_leaves(known, system)
    targets = np.flatnonzero(system.protected)
    hidden_parts = system.matrix[targets][:, unknown].tocsr()
    plain = targets[np.diff(hidden_parts.indptr) == 0]
    rows = known[:, unknown].tocsr()
    rows = rows[np.flatnonzero(np.diff(rows.indptr))]
    rows = rows[alike(rows)[1]]
    floors, bounds = _floors(system, hidden, unknown, knowledge.at_least_one)
    sums = rows @ system.leaves[unknown]
    whole = Block(rows, sums, floors, bounds, hidden_parts, targets, system.leaves[unknown], unknown)
    return View(_split(whole), tuple(plain.tolist()))


def _floors(system: System, hidden: Bools, unknown: Ints, at_least_one: bool) -> tuple[Matrix, Ints]:
    """Rows over the unknown leaf cells, and what each is known to be at least."""
    concealed = np.flatnonzero(hidden & system.shown & (system.counts > 0) & at_least_one)
    rows = sp.vstack([system.matrix[concealed], system.at_least], format="csr")
    least = np.concatenate([np.ones(len(concealed), dtype=np.int64), system.least])
    inside = rows[:, unknown].tocsr()
    bounds = least - (rows @ system.leaves - inside @ system.leaves[unknown])
    has_negative = np.asarray((inside < 0).sum(axis=1)).ravel() > 0
    useful = np.flatnonzero((np.diff(inside.indptr) > 0) & ((bounds > 0) | has_negative))
    return inside[useful], bounds[useful]


def _unknown_leaves(known: Matrix, system: System) -> Ints:
    unknown = np.ones(known.shape[1], dtype=np.int64)
    pattern = (known != 0).astype(np.int64)
    by_column = pattern.T.tocsr()
    addends = np.asarray((known < 0).sum(axis=1)).ravel() == 0
    while True:
        left = pattern @ unknown
        rest = known @ (system.leaves * unknown)
        settled = (left == 1) | ((left > 1) & addends & (rest == 0))
        fixed = (by_column @ settled.astype(np.int64) > 0) & (unknown > 0)
        if not fixed.any():
            return np.flatnonzero(unknown)
        unknown[fixed] = 0


def _split(whole: Block) -> tuple[Block, ...]:
    """The connected parts, in order of their first leaf cell."""
    size = len(whole.leaves)
    if not size:
        return ()
    links = sp.vstack([whole.known, whole.floors], format="csr")
    _, label = connected_components(sp.bmat([[None, links], [links.T, None]]), directed=False)
    row_label, label = label[: links.shape[0]], label[links.shape[0] :]
    by_label = _positions(label)
    known_of = _positions(row_label[: whole.known.shape[0]])
    floors_of = _positions(row_label[whole.known.shape[0] :])
    by_column = whole.targets.tocsc()
    none = np.zeros(0, dtype=np.int64)
    blocks = []
    for key, columns in by_label.items():
        targets = by_column[:, columns].tocsr()
        touched = np.flatnonzero(np.diff(targets.indptr))
        if not len(touched):
            continue
        equal, least = known_of.get(key, none), floors_of.get(key, none)
        blocks.append(
            Block(
                whole.known[equal][:, columns].tocsr(), whole.sums[equal],
                whole.floors[least][:, columns].tocsr(), whole.floor_bounds[least],
                targets[touched], whole.rows[touched], whole.leaves[columns], whole.columns[columns],
            )
        )  # fmt: skip
    return tuple(blocks)


def _positions(labels: Ints) -> dict[int, Ints]:
    """Label to the places that carry it, in order of first appearance."""
    order = np.argsort(labels, kind="stable")
    cuts = np.flatnonzero(np.diff(labels[order])) + 1
    groups = [group for group in np.split(order, cuts) if len(group)]
    return {int(labels[group[0]]): group for group in sorted(groups, key=lambda group: int(group[0]))}
