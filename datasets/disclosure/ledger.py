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
    still. ``only_more``: nothing that is known has become less, as when late answers are added.
    """

    universe: Universe
    shown: Bools
    protected: Bools
    common: Ints
    unchanged: bool
    only_more: bool


def with_earlier(system: System, universe: Universe, earlier: Sequence[ReleasedTable], k: int) -> System:
    """The system of new tables, with everything that earlier releases add to what is known.

    The first rows and columns of the result are those of ``system``, which was made of ``universe``. Raises
    RefusedToPublish when no table of whole people fits both.
    """
    for release in sorted({table.release for table in earlier}):
        layer = _layer([table for table in earlier if table.release == release], universe)
        system = _stack(system, layer, k, f"earlier {release} ")
    return system


def _layer(released: Sequence[ReleasedTable], now: Universe) -> _Layer:
    arranged = [_arranged(table) for table in released]
    tables = [table for table, _ in arranged]
    then: dict[str, int] = {}
    for table in tables:
        given = table.given.ravel()
        then.update((table.keys[cell], int(table.counts.ravel()[cell])) for cell in np.flatnonzero(given))
    current = dict(zip(now.keys, now.counts.tolist(), strict=True))
    both = [(then[key], current[key]) for key in then if key in current]
    unchanged = all(old == new for old, new in both)
    only_more = all(old <= new for old, new in both)
    universe, unchanged = _completed(tables, current, unchanged, only_more)
    return _Layer(
        universe=universe,
        shown=universe.given,
        protected=universe.marks([mask for _, mask in arranged]) & ~universe.given,
        common=np.array(
            [(now.row_of[key], row) for row, key in enumerate(universe.keys) if key in now.row_of],
            dtype=np.int64,
        ).reshape(-1, 2),
        unchanged=unchanged,
        only_more=only_more,
    )


def _completed(
    tables: Sequence[Prepared], current: Mapping[str, int], unchanged: bool, only_more: bool
) -> tuple[Universe, bool]:
    """The earlier tables with counts that fit where they are hidden, and whether today's counts do."""
    if unchanged:
        try:
            return link(tables, {key: (count, count) for key, count in current.items()}), True
        except RefusedToPublish:
            pass  # what changed is among the figures that were hidden
    limits = {key: (0, count) for key, count in current.items()} if only_more else {}
    return link(tables, limits), False


def _arranged(released: ReleasedTable) -> tuple[Prepared, Bools]:
    """An earlier table in canonical order, and which of its cells are protected."""
    protected, about = released.protected, released.protected.report.table
    table = CountTable(
        protected.cube,
        over=about.get("over"),
        leave_out=tuple(about.get("leave_out", ())),
        repeats=tuple(about.get("repeats", ())),
    )
    prepared = arrange(table)
    mask = protected.report.protected_cells(protected.values.shape)
    return prepared, prepared.from_cube_order(mask)


def _stack(system: System, layer: _Layer, k: int, prefix: str) -> System:
    """The system with a layer beside it, tied to it by what is common."""
    new, old = layer.common[:, 0], layer.common[:, 1]
    behind = len(layer.universe.leaves)
    differences = sp.hstack([system.matrix[new], -layer.universe.matrix[old]], format="csr")
    no_difference = differences[:0]
    protected = system.protected.copy()
    protected[new[layer.protected[old]]] = True
    gain = np.abs(system.counts[new] - layer.universe.counts[old])
    small = np.zeros(0, dtype=np.int64) if layer.unchanged else np.flatnonzero((gain > 0) & (gain < k))
    nobody = np.zeros(len(layer.universe.keys) + len(small), dtype=np.bool_)
    kept = np.zeros(len(small), dtype=np.bool_)
    return replace(
        system,
        matrix=sp.vstack(
            [
                sp.block_diag([system.matrix, layer.universe.matrix], format="csr"),
                differences[small],
            ],
            format="csr",
        ),
        leaves=np.concatenate([system.leaves, layer.universe.leaves]),
        relations=sp.vstack(
            [
                sp.block_diag([system.relations, layer.universe.relations], format="csr"),
                differences if layer.unchanged else no_difference,
            ],
            format="csr",
        ),
        at_least=sp.vstack(
            [
                sp.hstack([system.at_least, sp.csr_matrix((system.at_least.shape[0], behind))], format="csr"),
                differences if layer.only_more and not layer.unchanged else no_difference,
            ],
            format="csr",
        ).astype(np.int64),
        shown=np.concatenate([system.shown, nobody]),
        protected=np.concatenate([protected, layer.protected, ~kept]),
        forced=np.concatenate([system.forced, layer.shown, kept]),
        names=(
            *system.names,
            *(prefix + key for key in layer.universe.keys),
            *(f"difference {prefix}{layer.universe.keys[old[place]]}" for place in small),
        ),
    )
