"""The published figures and the people behind them as one linear system: what an attacker can write down.

Columns are leaf cells (strata of people that no table splits further), rows are sums of them: the cells of
the tables, and virtual cells that no table shows but that must not be worked out either.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
Matrix = Any
"""A ``scipy.sparse.csr_matrix`` of int64: scipy ships no types."""


@dataclass(frozen=True, eq=False)
class System:
    """Everything that shares people, as sums over leaf cells.

    ``matrix`` (rows × columns, whole numbers) says which leaf cells each row sums. ``leaves`` is one whole
    table that fits every figure given: the true one, or where only margins are known one of those that fit.
    ``relations`` are rows that anyone knows to be zero (two tables of the same people have the same total).
    ``shown``: the row is a cell of a table; ``protected``: it must not be worked out; ``forced``: it is known
    already, from an earlier release. ``at_least`` are rows that anyone knows to be at least ``least``, beside the
    leaf cells, which are at least nought (late answers only add). ``names`` tell rows apart whatever order
    they came in.
    """

    matrix: Matrix
    leaves: Ints
    relations: Matrix
    at_least: Matrix
    least: Ints
    shown: Bools
    protected: Bools
    forced: Bools
    names: tuple[str, ...]

    @cached_property
    def counts(self) -> Ints:
        """The figure in every row."""
        return np.asarray(self.matrix @ self.leaves, dtype=np.int64)

    @cached_property
    def candidates(self) -> Bools:
        """The rows that may be published or hidden, whichever is needed."""
        return self.shown & ~self.protected & ~self.forced

    def known(self, hidden: Bools) -> Matrix:
        """The rows that an attacker has once ``hidden`` is hidden: what is shown, was shown, and relations."""
        open_rows = self.forced | (self.shown & ~hidden)
        return sp.vstack([self.matrix[np.flatnonzero(open_rows)], self.relations], format="csr")


@dataclass(frozen=True, eq=False)
class Compressed:
    """The same system with identical columns merged and identical rows grouped: they share one fate.

    ``group_of`` maps each row of the full system to its row here.
    """

    system: System
    group_of: Ints

    def spread(self, of_groups: Bools) -> Bools:
        """A mark on grouped rows, carried back to every row of the full system."""
        return of_groups[self.group_of]


def compress(system: System) -> Compressed:
    """Merge what nothing published can tell apart, so that the arithmetic is done once.

    A merged column counts the people of its parts together. A group is protected, forced or shown as soon
    as one of its rows is.
    """
    group_of, first = alike(system.matrix)
    matrix = system.matrix[first]
    stacked = sp.vstack([matrix, system.relations, system.at_least], format="csc")
    column_of, columns = alike(stacked.T.tocsr())
    merged = np.zeros(len(columns), dtype=np.int64)
    np.add.at(merged, column_of, system.leaves)

    def any_of(marks: Bools) -> Bools:
        result = np.zeros(len(first), dtype=np.bool_)
        np.logical_or.at(result, group_of, marks)
        return result

    names = [""] * len(first)
    for row in np.argsort(np.array(system.names, dtype=np.str_), kind="stable")[::-1]:
        names[group_of[row]] = system.names[row]
    at_least = system.at_least[:, columns].tocsr()
    unlike = alike(sp.hstack([at_least, sp.csr_matrix(system.least[:, None])], format="csr"))[1]
    relations = system.relations[:, columns].tocsr()
    small = System(
        matrix=matrix[:, columns].tocsr(),
        leaves=merged,
        relations=relations[alike(relations)[1]],
        at_least=at_least[unlike],
        least=system.least[unlike],
        shown=any_of(system.shown),
        protected=any_of(system.protected),
        forced=any_of(system.forced),
        names=tuple(names),
    )
    return Compressed(small, group_of)


def publication_order(system: System, *, zeros_first: bool) -> Ints:
    """The rows in the order in which they are tried for publication: the larger count first.

    Equal counts are ordered by how much they overlap with other figures, |M·Mᵀ(f+1)|, then by a hash of the
    cell's codes, so that no order of input shows through. ``zeros_first`` puts zeros before everything.
    Langsrud's rule in GaussSuppression.
    """
    shown = np.flatnonzero(system.shown)
    table = system.matrix[shown]
    overlap = np.zeros(len(system.names), dtype=np.int64)
    overlap[shown] = np.abs(table @ (table.T @ (system.counts[shown] + 1)))
    rows = np.flatnonzero(system.candidates)
    counts = system.counts[rows]
    late = np.where((counts == 0) & zeros_first, -1, 0)
    ties = np.array([stable_hash(system.names[row]) for row in rows], dtype=np.uint64)
    return rows[np.lexsort((ties, -overlap[rows], -counts, late))]


def stable_hash(text: str) -> int:
    """A 64-bit number of a text that is the same on every machine (FNV-1a)."""
    value = 0xCBF29CE484222325
    for byte in text.encode():
        value = ((value ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return value


def no_rows(columns: int) -> Matrix:
    """A matrix of nothing over some columns."""
    return sp.csr_matrix((0, columns), dtype=np.int64)


def alike(matrix: Matrix) -> tuple[Ints, Ints]:
    """For each row the number of its group of identical rows, and the first row of each group."""
    canonical = matrix.tocsr().copy()
    canonical.sum_duplicates()
    pointers, indices, data = canonical.indptr, canonical.indices.astype(np.int64), canonical.data
    group_of = np.empty(canonical.shape[0], dtype=np.int64)
    groups: dict[bytes, int] = {}
    first: list[int] = []
    for row in range(canonical.shape[0]):
        part = slice(pointers[row], pointers[row + 1])
        key = indices[part].tobytes() + b"|" + data[part].tobytes()
        if key not in groups:
            groups[key] = len(first)
            first.append(row)
        group_of[row] = groups[key]
    return group_of, np.array(first, dtype=np.int64)
