"""Several tables of the same people as one linear system: equal cells tied, each with the tables' own places.

Tables count the same people when they are given together. Two cells with the same key are the same figure,
in whatever table they stand; where they are summed from different leaf cells, anyone knows the sums equal.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import scipy.sparse as sp

from ..auditing.complete import Bounds, fitting_table
from ..auditing.solver import INFINITY, Floats
from ..model import Bools, Ints, Matrix, no_rows
from ..refusal import RefusedToPublish, Why
from .frames import choose_frames
from .table import Prepared, words


@dataclass(frozen=True, eq=False)
class Universe:
    """One population as tables show it. ``rows`` are distinct cells, by key.

    ``matrix`` (rows × leaf cells) and ``leaves`` as in System; ``relations`` are zero. ``given``: the count
    is known to us, which it is not where an earlier release hid it. ``places`` gives for each table the row
    of each of its cells, row-major in canonical order.
    """

    keys: tuple[str, ...]
    matrix: Matrix
    leaves: Ints
    relations: Matrix
    given: Bools
    places: tuple[Ints, ...]

    @cached_property
    def counts(self) -> Ints:
        """The count in each row."""
        return np.asarray(self.matrix @ self.leaves, dtype=np.int64)

    @cached_property
    def row_of(self) -> dict[str, int]:
        """Key to row."""
        return {key: row for row, key in enumerate(self.keys)}

    def marks(self, of_tables: Sequence[Bools]) -> Bools:
        """Marks on the tables' cells, gathered on the rows: a row is marked as soon as one cell is."""
        result = np.zeros(len(self.keys), dtype=np.bool_)
        for places, mark in zip(self.places, of_tables, strict=True):
            result[places[mark.ravel()]] = True
        return result

    def combinations(self, table: int, cells: Ints, signs: Ints) -> Matrix:
        """Rows that add and subtract cells of one table. ``cells``: combinations × parts; ``signs``: parts."""
        number, parts = cells.shape
        rows = np.repeat(np.arange(number), parts)
        chosen = sp.csr_matrix(
            (np.tile(signs, number), (rows, self.places[table][cells.ravel()])), shape=(number, len(self.keys))
        )
        return (chosen @ self.matrix).tocsr()


def link(tables: Sequence[Prepared], limits: Mapping[str, tuple[float, float]] | None = None) -> Universe:
    """The tables as one population. Raises RefusedToPublish when they contradict each other.

    ``limits``: by key, what a cell counts at least and at most, for finding counts that are not given.
    """
    matrix, owners, leaves, whole = _stacked(tables)
    keys = [key for table in tables for key in table.keys]
    given = np.concatenate([table.given.ravel() for table in tables])
    counts = np.concatenate([table.counts.ravel() for table in tables])
    row_of: dict[str, int] = {}
    row = np.array([row_of.setdefault(key, len(row_of)) for key in keys], dtype=np.int64)
    first = np.full(len(row_of), -1, dtype=np.int64)
    first[row[::-1]] = np.arange(len(keys))[::-1]
    known, value = np.zeros(len(row_of), dtype=np.bool_), np.zeros(len(row_of), dtype=np.int64)
    known[row[given]] = True
    value[row[given]] = counts[given]
    differing = np.unique(row[given & (counts != value[row])])
    distinct = tuple(row_of)
    if len(differing):
        raise RefusedToPublish.because(Why.TABLES_DIFFER, [words(distinct[place]) for place in differing])
    again = np.flatnonzero(first[row] != np.arange(len(keys)))
    relations = (matrix[again] - matrix[first[row[again]]]).tocsr()
    relations.eliminate_zeros()
    relations = relations[np.flatnonzero(np.diff(relations.indptr))]
    if not whole.all():
        low, high = _limits(distinct, known, value, limits or {})
        _fill(leaves, whole, matrix, relations, low[row], high[row])
    return Universe(
        keys=distinct,
        matrix=matrix[first].tocsr(),
        leaves=leaves,
        relations=relations,
        given=known,
        places=tuple(np.split(row, np.cumsum(owners)[:-1])),
    )


def _stacked(tables: Sequence[Prepared]) -> tuple[Matrix, list[int], Ints, Bools]:
    """All cells of all tables over all leaf cells; cells per table; the leaf counts, and which are known."""
    frames = choose_frames(tables)
    distinct = list(dict.fromkeys(frames))
    sizes = [frame.size for frame in distinct]
    starts = dict(zip(distinct, np.cumsum([0, *sizes]).tolist(), strict=False))
    columns = sum(sizes)
    leaves, whole = np.zeros(columns, dtype=np.int64), np.zeros(columns, dtype=np.bool_)
    blocks = []
    for table, frame in zip(tables, frames, strict=True):
        rows, start = frame.rows(table.axes), starts[frame]
        blocks.append(
            sp.csr_matrix((rows.data, rows.indices + start, rows.indptr), shape=(rows.shape[0], columns))
        )
        if frame.is_of(table.axes) and table.leaves_given:
            leaves[start : start + frame.size] = table.leaf_counts
            whole[start : start + frame.size] = True
    matrix = sp.vstack(blocks, format="csr") if blocks else no_rows(columns)
    return matrix, [block.shape[0] for block in blocks], leaves, whole


def _limits(
    keys: Sequence[str], known: Bools, value: Ints, limits: Mapping[str, tuple[float, float]]
) -> tuple[Floats, Floats]:
    """What each row counts at least and at most: what is known, else what is told by key."""
    anything = (0.0, INFINITY)
    told = np.array([limits.get(key, anything) for key in keys], dtype=np.float64).reshape(-1, 2)
    return np.where(known, value, told[:, 0]), np.where(known, value, told[:, 1])


def _fill(leaves: Ints, whole: Bools, matrix: Matrix, relations: Matrix, low: Floats, high: Floats) -> None:
    """Put counts that fit into the leaf cells that are not given."""
    unknown = np.flatnonzero(~whole)
    cells = matrix[:, unknown].tocsr()
    told = np.flatnonzero((np.diff(cells.indptr) > 0) & ((low > 0) | np.isfinite(high)))
    loose = relations[:, unknown].tocsr()
    ties = np.flatnonzero(np.diff(loose.indptr))
    rest = -(relations[ties] @ (leaves * whole)).astype(np.float64)
    leaves[unknown] = fitting_table(
        len(unknown),
        Bounds(
            sp.vstack([cells[told], loose[ties]], format="csr"),
            np.concatenate([low[told], rest]),
            np.concatenate([high[told], rest]),
        ),
    )
