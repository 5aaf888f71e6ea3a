"""The gate: counts go in, and what comes out can be shown. There is no other way to a ProtectedCube."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from datasets.cubes import Cube, Reason

from .engine import make_safe
from .ledger import ReleasedTable, with_earlier
from .linking import Universe, link
from .model import Bools, Ints, System, no_rows
from .primary import Primary, primary_cells
from .protected import ProtectedCube, seal
from .refusal import RefusedToPublish, Why
from .report import Report, digest, packed
from .rule import AggregationRule, Sensitivity, rounded
from .table import CountTable, Prepared, crossed_dimensions, prepare


def protect(
    cube: Cube,
    rule: AggregationRule,
    *,
    over: str | None = None,
    leave_out: Sequence[str] = (),
    sensitive: Sequence[Collection[str]] = (),
    repeats: Sequence[str] = (),
    published: Sequence[Collection[str]] | None = None,
    earlier: Sequence[ReleasedTable] = (),
) -> ProtectedCube:
    """A cube of counts with enough cells hidden that no hidden one can be worked out, or a refusal.

    See CountTable for what is said about the cube. ``earlier``: what is out already about the same people.
    Method: Gaussian elimination over the model matrix (Langsrud, GaussSuppression), then an audit by linear
    and whole-number programs and a repair of what it finds. Raises RefusedToPublish unless the last audit is
    clean.
    """
    table = CountTable(
        cube,
        over=over,
        leave_out=tuple(leave_out),
        sensitive=tuple(frozenset(group) for group in sensitive),
        repeats=tuple(repeats),
        published=None if published is None else tuple(frozenset(group) for group in published),
    )
    return protect_linked([table], rule, earlier=earlier)[0]


def protect_linked(
    tables: Sequence[CountTable], rule: AggregationRule, *, earlier: Sequence[ReleasedTable] = ()
) -> tuple[ProtectedCube, ...]:
    """Several tables of the same people, protected together, in the order given.

    Cells that name the same group of people, in whatever tables, are one figure and share one fate: a base
    table and the questions asked of the same people go in together. A dimension of answers needs a code of
    its own in each table. Raises RefusedToPublish; then none of the tables is published.
    """
    if rule.hides_nothing:
        return tuple(_sealed_open(table.cube, rule) for table in tables)
    prepared = [prepare(table) for table in tables]
    _check_crossing(prepared, rule)
    order = sorted(range(len(prepared)), key=lambda place: [axis.code for axis in prepared[place].axes])
    ordered = [prepared[place] for place in order]
    primaries = [primary_cells(table, rule) for table in ordered]
    universe = link(ordered)
    protected = universe.marks([primary.cells for primary in primaries])
    system = _system(universe, ordered, primaries, protected)
    if earlier:
        system = with_earlier(system, universe, ordered, earlier, rule.k)
    outcome = make_safe(system, rule.zeros, hides_zeros=bool((system.protected & (system.counts == 0)).any()))
    rows = len(universe.keys)
    result = {
        place: _sealed(
            ordered[at],
            rule,
            outcome.hidden[:rows][universe.places[at]],
            system.protected[:rows][universe.places[at]],
            outcome.certificate,
        )
        for at, place in enumerate(order)
    }
    return tuple(result[place] for place in range(len(tables)))


def pass_through(cube: Cube, rule: AggregationRule | None = None) -> ProtectedCube:
    """Open official statistics as they are: nothing is hidden, what the source says of each cell is kept.

    Raises ValueError for a rule that hides anything.
    """
    chosen = rule or AggregationRule.default(Sensitivity.OPEN)
    if not chosen.hides_nothing:
        raise ValueError("This rule hides small counts: use protect().")
    return _sealed_open(cube, chosen)


def _check_crossing(prepared: Sequence[Prepared], rule: AggregationRule) -> None:
    for table in prepared:
        crossed = crossed_dimensions(table)
        if crossed > rule.max_dimensions:
            raise RefusedToPublish.because(Why.TOO_MANY_DIMENSIONS, crossed=crossed, allowed=rule.max_dimensions)


def _system(
    universe: Universe, tables: Sequence[Prepared], primaries: Sequence[Primary], protected: Bools
) -> System:
    """The tables' cells, and the virtual figures that the rule protects, as one system."""
    virtual, names = [], []
    for at, primary in enumerate(primaries):
        for figure in primary.virtual:
            for cells in figure.cells:
                virtual.append(universe.combination(at, cells, figure.signs))
                names.append(f"{figure.name}: {tables[at].keys[cells[0]]}")
    columns = len(universe.leaves)
    size = len(universe.keys) + len(virtual)
    shown = universe.marks([table.shown for table in tables])
    return System(
        matrix=sp.vstack([universe.matrix, *virtual], format="csr"),
        leaves=universe.leaves,
        relations=universe.relations,
        at_least=no_rows(columns),
        least=np.zeros(0, dtype=np.int64),
        shown=np.concatenate([shown, np.zeros(len(virtual), dtype=np.bool_)]),
        protected=np.concatenate([protected, np.ones(len(virtual), dtype=np.bool_)]),
        forced=np.zeros(size, dtype=np.bool_),
        names=(*universe.keys, *names),
    )


def _sealed(
    prepared: Prepared,
    rule: AggregationRule,
    hidden_cells: Bools,
    protected_cells: Bools,
    certificate: dict[str, object],
) -> ProtectedCube:
    table, shape = prepared.table, prepared.counts.shape
    hidden = prepared.to_cube_order(hidden_cells.reshape(shape) & prepared.shown)
    secret = prepared.to_cube_order(protected_cells.reshape(shape) & prepared.shown)
    left_out = prepared.to_cube_order(prepared.given & ~prepared.shown) & ~np.isnan(table.cube.values)
    report = Report(
        rule=rule.to_json(),
        table={
            "over": table.over,
            "leave_out": sorted(table.leave_out),
            "sensitive": sorted(sorted(group) for group in table.sensitive),
            "repeats": sorted(table.repeats),
            "published": None if table.published is None else sorted(sorted(group) for group in table.published),
        },
        input_hash=_input_hash(prepared),
        cells=int(prepared.shown.sum()),
        hidden=int(hidden.sum()),
        primary=int((hidden & secret).sum()),
        secondary=int((hidden & ~secret).sum()),
        protected=packed(secret),
        audit=certificate,
    )
    return seal(_rounded(_without(table.cube, hidden, left_out), rule.rounding), report)


def _sealed_open(cube: Cube, rule: AggregationRule) -> ProtectedCube:
    report = Report(rule=rule.to_json(), cells=cube.size, method="passed through as open statistics")
    return seal(cube, report)


def _without(cube: Cube, hidden: NDArray[np.bool_], left_out: NDArray[np.bool_]) -> Cube:
    """The cube without some cells: hidden ones carry one single reason, whatever hid them."""
    statuses = np.where(hidden, np.uint8(Reason.SUPPRESSED), cube.statuses)
    statuses = np.where(left_out, np.uint8(Reason.NOT_AVAILABLE), statuses)
    values = np.where(hidden | left_out, np.nan, cube.values)
    return replace(cube, values=values, statuses=statuses)


def _rounded(cube: Cube, base: int) -> Cube:
    """What is shown rounded to a base, each figure by itself, margins too: sums may differ a little."""
    if base <= 1:
        return cube
    near = rounded(cube.values, base)
    changed = ~np.isnan(near) & (near != cube.values)
    statuses = np.where(changed, np.uint8(Reason.ROUNDED), cube.statuses).astype(np.uint8)
    return replace(cube, values=near, statuses=statuses)


def _input_hash(prepared: Prepared) -> str:
    """A hash of the counts, the same whatever order dimensions and categories came in."""
    codes = [[axis.code, list(axis.codes)] for axis in prepared.axes]
    counts: Ints = np.where(prepared.shown, prepared.counts, -1)
    return digest(codes, counts.astype("<i8").tobytes())
