"""The published figures and the people behind them as one linear system: what an attacker can write down.

Columns are leaf cells (strata of people that no table splits further), rows are sums of them: the cells of
the tables, and virtual cells that no table shows but that must not be worked out either.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
Hashes = NDArray[np.uint64]
Floats = NDArray[np.float64]
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
    they came in. ``priority``: rows with more of it are tried for publication before larger counts with less;
    above nought are headline figures, below it what readers miss least, such as "no answer". ``cells``: in how
    many cells of tables each row stands, one each if None. Rows beyond the end of either have none.
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
    priority: Ints | None = None
    cells: Ints | None = None

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

    ``group_of`` maps each row of the full system to its row here, which stands in the cells of all of them.
    """

    system: System
    group_of: Ints

    def spread(self, of_groups: Bools) -> Bools:
        """A mark on grouped rows, carried back to every row of the full system."""
        return of_groups[self.group_of]


def compress(system: System) -> Compressed:
    """Merge what nothing published can tell apart, so that the arithmetic is done once.

    A merged column counts the people of its parts together. A group is protected, forced or shown as soon
    as one of its rows is, and has the highest priority of its rows that are shown.
    """
    group_of, first = alike(system.matrix)
    matrix = system.matrix[first]
    stacked = sp.vstack([matrix, system.relations, system.at_least], format="csc")
    column_of, columns = alike(stacked.T.tocsr())
    merged = np.zeros(len(columns), dtype=np.int64)
    np.add.at(merged, column_of, system.leaves)

    def any_of(marks: Bools) -> Bools:
        result = np.zeros(len(first), dtype=np.bool_)
        result[group_of[marks]] = True
        return result

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
        names=_least_names(system.names, group_of, first),
        priority=_highest(system, group_of, len(first)),
        cells=_cells(system, group_of, len(first)),
    )
    return Compressed(small, group_of)


def _least_names(names: Sequence[str], group_of: Ints, first: Ints) -> tuple[str, ...]:
    """For each group the name of its rows that comes first in the alphabet."""
    least = [names[row] for row in first.tolist()]
    again = np.ones(len(group_of), dtype=np.bool_)
    again[first] = False
    for row in np.flatnonzero(again).tolist():
        group = group_of[row]
        least[group] = min(least[group], names[row])
    return tuple(least)


def _highest(system: System, group_of: Ints, groups: int) -> Ints | None:
    """For each group the highest priority of its rows that are shown."""
    if system.priority is None:
        return None
    shown = np.flatnonzero(system.shown)
    lowest = np.iinfo(np.int64).min
    highest = np.full(groups, lowest, dtype=np.int64)
    np.maximum.at(highest, group_of[shown], system.priority[shown])
    return np.where(highest == lowest, 0, highest)


def _cells(system: System, group_of: Ints, groups: int) -> Ints:
    """For each group in how many cells its rows stand."""
    own = system.shown.astype(np.int64) if system.cells is None else system.cells
    cells = np.zeros(groups, dtype=np.int64)
    np.add.at(cells, group_of[: len(own)], own)
    return cells


def loss(system: System, hidden: Bools) -> int:
    """What readers lose with hidden rows: a cell is a cell, and a large one a little more, in sixteenths."""
    sizes = 16 + np.frexp(np.abs(system.counts[hidden]) + 1.0)[1].astype(np.int64)
    return int((sizes if system.cells is None else sizes * system.cells[hidden]).sum())


def publication_order(system: System, *, zeros_first: bool, nearness: int = 0) -> Ints:
    """The rows in the order in which they are tried for publication: the larger count first.

    Rows of higher priority come before, whatever their counts. Equal counts are ordered by how much they
    overlap with other figures, |M·Mᵀ(f+1)|, then by a hash of the cell's codes, so that no order of input
    shows through. ``zeros_first`` puts zeros before everything. Langsrud's rule in GaussSuppression, where the
    overlap, scaled to 0.99 at most, is added to the count.

    ``nearness``: the count is first divided by some root of how often protected rows share a leaf cell with
    the row, so that one hidden cell serves several of them; 4 for the fourth root, 1 for the number itself.
    Rows that stand in many cells count so many times.
    """
    shown = np.flatnonzero(system.shown)
    table = system.matrix[shown]
    overlap = np.zeros(len(system.names), dtype=np.int64)
    overlap[shown] = np.abs(table @ (table.T @ (system.counts[shown] + 1)))
    rows = np.flatnonzero(system.candidates)
    counts = system.counts[rows]
    first, last = (counts == 0) & zeros_first, (counts == 0) & (not zeros_first)
    priority = np.zeros(len(rows), dtype=np.int64) if system.priority is None else system.priority[rows]
    ties = stable_hashes([system.names[row] for row in rows.tolist()])
    return rows[np.lexsort((ties, -overlap[rows], -_eased(system, rows, nearness), last, -priority, ~first))]


def _eased(system: System, rows: Ints, nearness: int) -> Floats:
    """The counts, or powers of them over the number of meetings with protected rows."""
    counts = system.counts[rows].astype(np.float64)
    if nearness == 0:
        return counts
    leaves = abs(system.matrix)
    meetings = leaves @ (leaves.T @ system.protected.astype(np.int64))
    worth = counts + 1 if system.cells is None else (counts + 1) * system.cells[rows]
    raised = worth
    for _ in range(nearness - 1):
        raised = raised * worth
    return np.asarray(raised / (meetings[rows] + 1), dtype=np.float64)


def stable_hashes(texts: Sequence[str]) -> Hashes:
    """A 64-bit number of each text that is the same on every machine (FNV-1a)."""
    encoded = [text.encode() for text in texts]
    lengths = np.array([len(text) for text in encoded], dtype=np.int64)
    starts = np.cumsum(lengths) - lengths
    data = np.frombuffer(b"".join(encoded), dtype=np.uint8)
    values = np.full(len(texts), 0xCBF29CE484222325, dtype=np.uint64)
    for place in range(int(lengths.max(initial=0))):
        longer = np.flatnonzero(lengths > place)
        values[longer] = (values[longer] ^ data[starts[longer] + place]) * np.uint64(0x100000001B3)
    return values


def mixed(numbers: Hashes) -> Hashes:
    """Fixed pseudo-random 64-bit numbers for whole numbers (splitmix64)."""
    z = numbers * np.uint64(0x9E3779B97F4A7C15)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.asarray(z ^ (z >> np.uint64(31)), dtype=np.uint64)


def no_rows(columns: int) -> Matrix:
    """A matrix of nothing over some columns."""
    return sp.csr_matrix((0, columns), dtype=np.int64)


def alike(matrix: Matrix) -> tuple[Ints, Ints]:
    """For each row the number of its group of identical rows, and the first row of each group.

    Rows are grouped by a hash, and then compared: should two that differ share one, another hash is taken.
    """
    canonical = matrix.tocsr().copy()
    canonical.sum_duplicates()
    canonical.eliminate_zeros()
    for salt in count():
        prints = row_hashes(canonical, np.uint64(salt))
        _, place, group = np.unique(prints, return_index=True, return_inverse=True)
        rank = np.empty(len(place), dtype=np.int64)
        rank[np.argsort(place)] = np.arange(len(place))
        group_of, first = rank[group.ravel()], np.sort(place)
        if _identical(canonical, first[group_of]):
            break
    return group_of, first.astype(np.int64)


def row_hashes(matrix: Matrix, salt: np.uint64) -> Hashes:
    """A hash of each row of a sparse matrix in canonical form."""
    entries = mixed(matrix.indices.astype(np.uint64) + (salt << np.uint64(32)))
    sums = np.concatenate([np.zeros(1, np.uint64), np.cumsum(mixed(entries + matrix.data.astype(np.uint64)))])
    return np.asarray(sums[matrix.indptr[1:]] - sums[matrix.indptr[:-1]], dtype=np.uint64)


def _identical(matrix: Matrix, others: Ints) -> bool:
    """Whether each row of a matrix in canonical form equals the row named beside it."""
    starts, lengths = matrix.indptr[:-1].astype(np.int64), np.diff(matrix.indptr)
    rows = np.flatnonzero(others != np.arange(len(others)))
    others = others[rows]
    if not np.array_equal(lengths[rows], lengths[others]):
        return False
    within = np.arange(lengths[rows].sum()) - np.repeat(np.cumsum(lengths[rows]) - lengths[rows], lengths[rows])
    one, two = (np.repeat(starts[which], lengths[rows]) + within for which in (rows, others))
    return np.array_equal(matrix.indices[one], matrix.indices[two]) and np.array_equal(
        matrix.data[one], matrix.data[two]
    )
