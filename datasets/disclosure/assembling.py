"""Tables that count the same people, put together as one system: their cells, and what must not be worked out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import scipy.sparse as sp

from .model import Bools, Ints, System, no_rows
from .primary import Primary
from .refusal import RefusedToPublish, Why
from .rule import AggregationRule
from .tables.linking import Universe
from .tables.table import Prepared, crossed_dimensions


def system_of(
    universe: Universe, tables: Sequence[Prepared], primaries: Sequence[Primary], *, known: Bools | None = None
) -> System:
    """The tables' cells, and the virtual figures that the rule protects, as one system.

    ``known``: rows that anyone is taken to know already, and that no table shows.
    """
    virtual, names = [], []
    for at, primary in enumerate(primaries):
        for figure in primary.virtual:
            virtual.append(universe.combinations(at, figure.cells, figure.signs))
            names += [f"{figure.name}: {tables[at].keys[cell]}" for cell in figure.cells[:, 0].tolist()]
    added = np.zeros(len(names), dtype=np.bool_)
    forced = np.zeros(len(universe.keys), dtype=np.bool_) if known is None else known
    shown = universe.marks([table.shown for table in tables]) & ~forced
    protected = universe.marks([primary.cells for primary in primaries]) & ~forced
    return System(
        matrix=sp.vstack([universe.matrix, *virtual], format="csr"),
        leaves=universe.leaves,
        relations=universe.relations,
        at_least=no_rows(len(universe.leaves)),
        least=np.zeros(0, dtype=np.int64),
        shown=np.concatenate([shown, added]),
        protected=np.concatenate([protected, ~added]),
        forced=np.concatenate([forced, added]),
        names=(*universe.keys, *names),
        priority=_priority(universe, tables, len(names)),
        cells=_cells(universe, tables, len(names)),
    )


def _priority(universe: Universe, tables: Sequence[Prepared], added: int) -> Ints | None:
    """The highest that any table gives to a cell it shows; None where no table prefers any."""
    if not any(table.table.priority for table in tables):
        return None
    lowest = np.iinfo(np.int64).min
    highest = np.full(len(universe.keys) + added, lowest, dtype=np.int64)
    for places, table in zip(universe.places, tables, strict=True):
        shown = table.shown.ravel()
        np.maximum.at(highest, places[shown], table.priority.ravel()[shown])
    return np.where(highest == lowest, 0, highest)


def _cells(universe: Universe, tables: Sequence[Prepared], added: int) -> Ints:
    """In how many cells of the tables each row is shown."""
    shown = [places[table.shown.ravel()] for places, table in zip(universe.places, tables, strict=True)]
    return np.bincount(np.concatenate(shown), minlength=len(universe.keys) + added).astype(np.int64)


def canonical_order(tables: Sequence[Prepared]) -> list[int]:
    """The places of tables in an order that does not depend on how they came."""
    return sorted(range(len(tables)), key=lambda place: [axis.code for axis in tables[place].axes])


def check_crossing(prepared: Sequence[Prepared], rule: AggregationRule) -> None:
    """Raise RefusedToPublish when a table crosses more dimensions than the rule allows."""
    for table in prepared:
        crossed = crossed_dimensions(table)
        if crossed > rule.max_dimensions:
            raise RefusedToPublish.because(Why.TOO_MANY_DIMENSIONS, crossed=crossed, allowed=rule.max_dimensions)
