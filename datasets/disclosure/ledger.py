"""What was released before about the same people: it cannot be called back, and it must not be undone.

Three things follow. A figure that an earlier release shows is known, so whatever it gives away is given away.
A figure that an earlier release protects stays protected. And where the counts have changed a little since
(late answers, corrections), the difference between two releases of a cell is itself a small count.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import scipy.sparse as sp

from .axes import Axis
from .linking import Universe, link
from .model import Bools, Ints, System
from .protected import ProtectedCube
from .refusal import RefusedToPublish
from .table import CountTable, Prepared, arrange


@dataclass(frozen=True)
class ReleasedTable:
    """A table of counts that is already out. Tables of one ``release`` came from one state of the answers."""

    protected: ProtectedCube
    release: str = ""


@dataclass(frozen=True, eq=False)
class _Layer:
    """One earlier state of the same people: what it shows and protects, row by row.

    ``common`` pairs rows of the new tables with rows of this one. ``unchanged``: the counts are the same
    still. ``rounded`` rows are known to lie ``between`` (rows × low and high).
    ``only_more``: nothing that is known has become less, as when late answers are added.
    """

    universe: Universe
    shown: Bools
    protected: Bools
    rounded: Ints
    between: Ints
    common: Ints
    unchanged: bool
    only_more: bool


def with_earlier(
    system: System, universe: Universe, tables: Sequence[Prepared], earlier: Sequence[ReleasedTable], k: int
) -> System:
    """The system of new tables, with everything that earlier releases add to what is known.

    The first rows and columns of the result are those of ``system``, which was made of ``universe`` and that
    of ``tables``. Raises RefusedToPublish when no table of whole people fits both.
    """
    axes = {axis.code: axis for table in tables for axis in table.axes}
    for release in sorted({table.release for table in earlier}):
        stated = [_stated(table, axes) for table in earlier if table.release == release]
        layer = _layer(stated, universe)
        system = _stack(system, layer, k, f"earlier {release} ")
    return system


def _layer(stated: Sequence[_Stated], now: Universe) -> _Layer:
    tables = [state.table for state in stated]
    current = dict(zip(now.keys, now.counts.tolist(), strict=True))
    told = {key: bounds for state in stated for key, bounds in state.told.items()}
    both = [(*told[key], current[key]) for key in told if key in current]
    unchanged = all(low <= count <= high for low, high, count in both)
    only_more = all(low <= count for low, _, count in both)
    universe, unchanged = _completed(tables, told, current, unchanged, only_more)
    bounds = [(row, *told[key]) for row, key in enumerate(universe.keys) if key in told]
    rounded = np.array([item for item in bounds if item[1] < item[2]], dtype=np.int64).reshape(-1, 3)
    return _Layer(
        universe=universe,
        shown=universe.given,
        protected=universe.marks([state.protected for state in stated]) & ~universe.given,
        rounded=rounded[:, 0],
        between=rounded[:, 1:],
        common=np.array(
            [(now.row_of[key], row) for row, key in enumerate(universe.keys) if key in now.row_of],
            dtype=np.int64,
        ).reshape(-1, 2),
        unchanged=unchanged,
        only_more=only_more,
    )


def _completed(
    tables: Sequence[Prepared],
    told: Mapping[str, tuple[int, int]],
    current: Mapping[str, int],
    unchanged: bool,
    only_more: bool,
) -> tuple[Universe, bool]:
    """The earlier tables with counts that fit where they are hidden, and whether today's counts do."""
    if unchanged:
        try:
            return link(tables, {**told, **{key: (count, count) for key, count in current.items()}}), True
        except RefusedToPublish:
            pass  # what changed is among the figures that were hidden
    if not only_more:
        return link(tables, told), False
    limits = {key: (0, count) for key, count in current.items()}
    limits.update({key: (low, min(high, current.get(key, high))) for key, (low, high) in told.items()})
    return link(tables, limits), False


@dataclass(frozen=True, eq=False)
class _Stated:
    """An earlier table in canonical order: what it protects, and what each shown cell can have been.

    A rounded figure is not given; it tells between which two it lies.
    """

    table: Prepared
    protected: Bools
    told: Mapping[str, tuple[int, int]]


def _stated(released: ReleasedTable, axes: Mapping[str, Axis]) -> _Stated:
    protected, about = released.protected, released.protected.report.table
    table = arrange(
        CountTable(
            protected.cube,
            over=about.get("over"),
            leave_out=tuple(about.get("leave_out", ())),
            repeats=tuple(about.get("repeats", ())),
        ),
        axes,
    )
    secret = table.from_cube_order(protected.report.protected_cells(protected.values.shape))
    base = max(1, int(protected.report.rule.get("rounding", 0)))
    counts, shown = table.counts.ravel(), table.given
    told = {
        table.keys[cell]: (int(counts[cell]) - (base // 2), int(counts[cell]) + (base - 1) // 2)
        for cell in np.flatnonzero(shown)
    }
    exact = shown if base == 1 else np.zeros_like(shown)
    return _Stated(replace(table, given=exact), secret, told)


def _stack(system: System, layer: _Layer, k: int, prefix: str) -> System:
    """The system with a layer beside it, tied to it by what is common."""
    new, old = layer.common[:, 0], layer.common[:, 1]
    before = layer.universe
    differences = sp.hstack([system.matrix[new], -before.matrix[old]], format="csr")
    protected = system.protected.copy()
    protected[new[layer.protected[old]]] = True
    gain = np.abs(system.counts[new] - before.counts[old])
    small = np.flatnonzero((gain > 0) & (gain < k) & (not layer.unchanged))
    no_cells = np.zeros(len(before.keys) + len(small), dtype=np.bool_)
    added = differences if layer.only_more and not layer.unchanged else differences[:0]
    ahead = sp.csr_matrix((len(layer.rounded), system.matrix.shape[1]), dtype=np.int64)
    within = sp.hstack([ahead, before.matrix[layer.rounded]], format="csr")
    untouched = sp.csr_matrix((system.at_least.shape[0], len(before.leaves)), dtype=np.int64)
    return System(
        matrix=sp.vstack(
            [sp.block_diag([system.matrix, before.matrix], format="csr"), differences[small]], format="csr"
        ),
        leaves=np.concatenate([system.leaves, before.leaves]),
        relations=sp.vstack(
            [
                sp.block_diag([system.relations, before.relations], format="csr"),
                differences if layer.unchanged else differences[:0],
            ],
            format="csr",
        ),
        at_least=sp.vstack(
            [sp.hstack([system.at_least, untouched]), added, within, -within], format="csr", dtype=np.int64
        ),
        least=np.concatenate(
            [
                system.least,
                np.zeros(added.shape[0], dtype=np.int64),
                layer.between[:, 0],
                -layer.between[:, 1],
            ]
        ),
        shown=np.concatenate([system.shown, no_cells]),
        protected=np.concatenate([protected, layer.protected, np.ones(len(small), dtype=np.bool_)]),
        forced=np.concatenate([system.forced, layer.shown, np.zeros(len(small), dtype=np.bool_)]),
        names=(
            *system.names,
            *(prefix + key for key in before.keys),
            *(f"difference {prefix}{before.keys[old[place]]}" for place in small),
        ),
    )
