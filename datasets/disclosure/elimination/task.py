"""What elimination is given: rows that are known, rows to protect, and rows to publish one after another."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import scipy.sparse as sp

from ..model import Bools, Ints, Matrix, System, mixed, no_rows, stable_hashes

PRIME = 2**61 - 1
"""The arithmetic's modulus: sums of people never come near it, and a nought by chance is not to be expected."""


@dataclass(frozen=True, eq=False)
class Task:
    """Sparse rows over the same columns.

    The first ``known`` of the ``steps`` are known whatever they give away; the others are published or hidden,
    in this order. ``zero`` columns count nobody. ``twins`` are pairs of rows over such columns (2·t and 2·t + 1)
    whose sums anyone knows to be equal.
    """

    protected: Matrix
    steps: Matrix
    known: int
    zero: Bools
    twins: Matrix


@dataclass(frozen=True, eq=False)
class Found:
    """What elimination found: which protected rows are known already, and which steps must stay hidden."""

    revealed: Bools
    hidden: Bools


def publishing(system: System, order: Ints) -> Task:
    """The task to publish rows in an order, everything else in an order of its own.

    Columns and known rows are sorted by hashes of what they stand for, so that the order in which they came
    makes no difference.
    """
    sorted_ = _in_own_order(system)
    forced = np.flatnonzero(sorted_.forced)
    hashes = stable_hashes([sorted_.names[row] for row in forced.tolist()])
    zero = sorted_.leaves == 0
    steps = [sorted_.relations, sorted_.matrix[forced[np.argsort(hashes, kind="stable")]], sorted_.matrix[order]]
    return Task(
        protected=sorted_.matrix[np.flatnonzero(sorted_.protected)],
        steps=sp.vstack(steps, format="csr"),
        known=sorted_.relations.shape[0] + len(forced),
        zero=zero,
        twins=_twins(sorted_.relations, zero),
    )


def knowing(system: System, hidden: Bools) -> Task:
    """The task to find out what is known once some rows are hidden."""
    steps = system.known(hidden)
    return Task(
        protected=system.matrix[np.flatnonzero(system.protected)],
        steps=steps,
        known=steps.shape[0],
        zero=np.zeros(steps.shape[1], dtype=np.bool_),
        twins=no_rows(steps.shape[1]),
    )


def _in_own_order(system: System) -> System:
    """The system with columns and relations sorted by the rows that they hang together with.

    A column comes where the smallest sum that has it comes in the alphabet: neighbours stay neighbours, which
    keeps elimination sparse. Hashes of all names decide between columns of the same smallest sum.
    """
    matrix, relations = system.matrix.astype(np.uint64), system.relations.astype(np.uint64)
    columns = mixed(matrix.T @ mixed(stable_hashes(system.names)))
    by_relation = mixed(relations @ columns)
    order = np.lexsort((columns + relations.T @ by_relation, _smallest_sums(system)))
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    return replace(
        system,
        matrix=_moved(system.matrix, rank),
        relations=_moved(system.relations, rank)[np.argsort(by_relation, kind="stable")],
        leaves=system.leaves[order],
    )


def _smallest_sums(system: System) -> Ints:
    """For each column the place in the alphabet of the smallest row that has it."""
    rows = len(system.names)
    alphabet = np.empty(rows, dtype=np.int64)
    alphabet[sorted(range(rows), key=system.names.__getitem__)] = np.arange(rows)
    sizes = np.diff(system.matrix.indptr)
    smallest = np.full(system.matrix.shape[1], np.iinfo(np.int64).max)
    np.minimum.at(smallest, system.matrix.indices, np.repeat(sizes * rows + alphabet, sizes))
    return smallest % rows if rows else smallest


def _moved(matrix: Matrix, rank: Ints) -> Matrix:
    """The matrix with its columns moved to other places."""
    return sp.csr_matrix((matrix.data, rank[matrix.indices], matrix.indptr), shape=matrix.shape)


def _twins(relations: Matrix, zero: Bools) -> Matrix:
    """The two sides of each relation over columns that count nobody."""
    peopled = np.asarray(abs(relations) @ (~zero).astype(np.int64))
    among_zeros = relations[np.flatnonzero(peopled == 0)]
    sides = sp.vstack([among_zeros.maximum(0), (-among_zeros).maximum(0)], format="csr")
    count = among_zeros.shape[0]
    return sides[np.arange(2 * count).reshape(2, count).T.ravel()]
