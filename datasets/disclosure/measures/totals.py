"""Sums that can be shown, hidden where the mean of the same people would be.

Means are audited as if an attacker knew the exact sum behind each of them, together with the counts. So a sum
may stand wherever a mean may, as long as the rule speaks of dominance: without it, one who contributes nearly
everything could be read from the sum. Two releases about the same people could still be subtracted; so where
anything is out already, sums are rounded until no difference tells of one contribution.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from datasets.cubes import Cube, Reason, Unit

from ..ledger.recalling import ReleasedTable
from ..protected import ProtectedCube, seal
from ..rule import AggregationRule
from ..tables.table import CountTable, Prepared, prepare
from .magnitudes import Contributions, Magnitudes, magnitudes
from .means import BASE, SUM, in_cube_order, measures_of, protected_counts, report_of


@dataclass(frozen=True, eq=False)
class ProtectedSums:
    """A table of sums, and the counts of those who contribute, with the same cells hidden.

    ``sums`` has a last dimension ``measure`` (sum, base). ``counts`` is what later releases must be protected
    against.
    """

    sums: ProtectedCube
    counts: ProtectedCube


def protect_sums(
    table: CountTable,
    contributions: Contributions,
    rule: AggregationRule,
    *,
    unit: Unit | None = None,
    earlier: Sequence[ReleasedTable] = (),
    counts_known: bool = False,
    input_key: bytes = b"",
) -> ProtectedSums:
    """The sums of a table's cells, with enough hidden that no hidden count, sum or mean can be worked out.

    As ``protect_means``, which says what the arguments are. Sums are shown in whole steps of the scale; with
    ``earlier`` releases in the power of ten above the largest contribution. Raises RefusedToPublish, and
    ValueError on a table of answers or a rule without dominance.
    """
    if table.over is not None:
        raise ValueError("A table of sums has no dimension of answers.")
    if not rule.dominance:
        raise ValueError("Sums need a rule that says how closely one contribution may be known.")
    prepared = prepare(table)
    found = magnitudes(prepared, contributions)
    known = counts_known or bool(earlier)
    counts = protected_counts(prepared, found, rule, earlier, known, input_key)
    made = _sums(prepared, found, counts, _base(found, is_first=not earlier), unit or table.cube.unit)
    return ProtectedSums(seal(made, report_of(counts, made, "sums")), counts)


def _base(found: Magnitudes, *, is_first: bool) -> float:
    """To multiples of what sums are rounded."""
    largest = float(np.max(found.top, initial=0.0)) + abs(found.scale.low)
    if is_first or largest <= found.scale.step:
        return found.scale.step
    return float(10 ** np.ceil(np.log10(largest)))


def _sums(prepared: Prepared, found: Magnitudes, counts: ProtectedCube, base: float, unit: Unit | None) -> Cube:
    """The table of sums over shown counts; those who are nobody contribute nothing."""
    cube = prepared.table.cube
    hidden = np.isnan(counts.values)
    people = in_cube_order(prepared, prepared.counts.astype(np.float64))
    sums = people * found.scale.low + in_cube_order(prepared, found.above)
    decimals = max(0, int(np.ceil(-np.log10(base) - 1e-9)))
    shown = np.round(np.round(sums / base) * base, decimals)
    statuses = np.where(hidden, counts.statuses, np.uint8(Reason.NONE))
    return Cube(
        dimensions=(
            *(replace(dimension, summable=False) for dimension in cube.dimensions),
            measures_of([SUM, BASE], unit, decimals),
        ),
        values=np.stack([np.where(hidden, np.nan, shown), counts.values], axis=-1),
        statuses=np.stack([statuses, counts.statuses], axis=-1).astype(np.uint8),
        title=cube.title,
        source=cube.source,
        updated=cube.updated,
    )
