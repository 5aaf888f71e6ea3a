"""The last step: a cube without what must be hidden, with the report of how it was protected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from datasets.cubes import Cube, Reason

from .model import Bools, Ints
from .protected import ProtectedCube, seal
from .report import Report, keyed_digest, packed
from .rule import AggregationRule, rounded
from .tables.table import CountTable, Prepared


def sealed_table(
    prepared: Prepared,
    rule: AggregationRule,
    hidden_cells: Bools,
    protected_cells: Bools,
    certificate: Mapping[str, object],
    input_key: bytes = b"",
) -> ProtectedCube:
    """A table as it may be shown. ``hidden_cells`` and ``protected_cells`` are flat, in canonical order."""
    table, shape = prepared.table, prepared.counts.shape
    hidden = prepared.to_cube_order(hidden_cells.reshape(shape) & prepared.shown)
    secret = prepared.to_cube_order(protected_cells.reshape(shape) & prepared.shown)
    left_out = prepared.to_cube_order(prepared.given & ~prepared.shown) & ~np.isnan(table.cube.values)
    return sealed(table, rule, hidden, secret, left_out, input_hash(prepared, input_key), certificate)


def sealed(
    table: CountTable,
    rule: AggregationRule,
    hidden: Bools,
    secret: Bools,
    left_out: Bools,
    input_hash: str,
    certificate: Mapping[str, object],
) -> ProtectedCube:
    """A table as it may be shown; all masks have the cube's own shape."""
    report = Report(
        rule=rule.to_json(),
        table=about(table),
        input_hash=input_hash,
        cells=int((~left_out).sum()),
        hidden=int(hidden.sum()),
        primary=int((hidden & secret).sum()),
        secondary=int((hidden & ~secret).sum()),
        protected=packed(secret),
        audit=certificate,
    )
    return seal(_rounded(_without(table.cube, hidden, left_out), rule.rounding), report)


def sealed_open(cube: Cube, rule: AggregationRule) -> ProtectedCube:
    """A cube with nothing hidden."""
    report = Report(rule=rule.to_json(), cells=cube.size, method="passed through as open statistics")
    return seal(cube, report)


def about(table: CountTable) -> dict[str, object]:
    """What was said about a table, as plain JSON."""
    return {
        "over": table.over,
        "leave_out": sorted(table.leave_out),
        "sensitive": sorted(sorted(group) for group in table.sensitive),
        "repeats": sorted(table.repeats),
        "rest": table.rest,
        "margins": None
        if table.margins is None
        else [{code: sorted(codes) for code, codes in sorted(margin.items())} for margin in table.margins],
        "published": None if table.published is None else sorted(sorted(group) for group in table.published),
    }


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


def input_hash(prepared: Prepared, key: bytes) -> str:
    """A name for the counts, the same whatever order dimensions and categories came in; none without a key."""
    real = [np.flatnonzero(axis.real) for axis in prepared.axes]
    codes = [[axis.code, [axis.codes[at] for at in own]] for axis, own in zip(prepared.axes, real, strict=True)]
    counts: Ints = np.where(prepared.shown, prepared.counts, -1)[np.ix_(*real)]
    return keyed_digest(key, codes, counts.astype("<i8").tobytes())
