"""Means that can be shown: counts, sums and means of a cell share one fate, and sums are attacked too.

Sums add up as counts do, over the same people, so whatever is hidden of the counts is hidden of the sums, and
no sum or difference of shown ones gives a hidden one. Beyond that an attacker knows between which ends each
person's contribution lies. So counts and sums are audited together, and repaired, until there is a second
whole table for each of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from datasets.cubes import Category, Cube, Dimension, Reason, Role, Unit
from datasets.statistics import mean_interval

from ..auditing.solver import Floats
from ..ledger.recalling import ReleasedTable
from ..protect import solve_linked
from ..protected import ProtectedCube, seal
from ..refusal import RefusedToPublish, Why
from ..report import Report, keyed_digest
from ..rule import AggregationRule
from ..sealing import sealed_open, sealed_table
from ..tables.table import CountTable, Prepared, prepare
from .magnitudes import Contributions, Magnitudes, magnitudes, protects_means, telling_means
from .shares import PEOPLE
from .sums import keep_sums_secret

MEAN, MEDIAN, LOW, HIGH, SUM, BASE = "mean", "median", "low", "high", "sum", "base"


@dataclass(frozen=True, eq=False)
class ProtectedMeans:
    """A table of means, and the counts that they rest on, with the same cells hidden.

    ``means`` has a last dimension ``measure`` (mean, low, high, base, and median where one was given).
    ``counts`` is what later releases must be protected against.
    """

    means: ProtectedCube
    counts: ProtectedCube


def protect_means(
    table: CountTable,
    contributions: Contributions,
    rule: AggregationRule,
    *,
    unit: Unit | None = None,
    decimals: int = 1,
    earlier: Sequence[ReleasedTable] = (),
    counts_known: bool = False,
    input_key: bytes = b"",
) -> ProtectedMeans:
    """The means of a table's cells, with enough hidden that no hidden count, sum or mean can be worked out.

    ``table`` counts those who have a value, by group; it has no dimension of answers. ``unit`` and
    ``decimals`` are those of the means, which are rounded. ``counts_known``: the same people are counted in
    other published tables, so an attacker is taken to know every count; so he is with ``earlier`` releases.
    Intervals are Student's, from the spread of all people together: a cell's own spread would, with its mean,
    tell too much of how the few in it answered. Medians need twice the threshold. Raises RefusedToPublish, and
    ValueError on a table of answers.
    """
    if table.over is not None:
        raise ValueError("A table of means has no dimension of answers.")
    prepared = prepare(table)
    found = magnitudes(prepared, contributions)
    if rule.hides_nothing and not protects_means(rule):
        counts = sealed_open(table.cube, rule)
    else:
        counts = protected_counts(prepared, found, rule, earlier, counts_known or bool(earlier), input_key)
    means = _means(prepared, found, contributions, counts, (rule, decimals, unit or table.cube.unit))
    return ProtectedMeans(means, counts)


def protected_counts(
    prepared: Prepared,
    found: Magnitudes,
    rule: AggregationRule,
    earlier: Sequence[ReleasedTable],
    counts_known: bool,
    input_key: bytes,
) -> ProtectedCube:
    """The counts, hidden where they or their sums must be."""
    telling = prepared.to_cube_order(telling_means(found, rule))
    solved = solve_linked([prepared.table], rule, earlier=earlier, also=[telling])
    places = solved.universe.places[0]
    secret = solved.system.protected[: len(solved.universe.keys)][places]
    hidden = solved.outcome.hidden[: len(solved.universe.keys)][places] & prepared.shown.ravel()
    hidden, certificate = keep_sums_secret(prepared, found, hidden, secret, rule, counts_known=counts_known)
    if not ((prepared.counts.ravel() > 0) & prepared.shown.ravel() & ~hidden).any():
        raise RefusedToPublish.because(Why.NOTHING_LEFT)
    certificate["input"] = keyed_digest(input_key, found.above.astype("<f8").tobytes())
    return sealed_table(
        prepared, rule, hidden, secret, {**solved.outcome.certificate, "sums": certificate}, input_key
    )


def _means(
    prepared: Prepared,
    found: Magnitudes,
    contributions: Contributions,
    counts: ProtectedCube,
    shown_as: tuple[AggregationRule, int, Unit | None],
) -> ProtectedCube:
    """The table of means over shown counts."""
    rule, decimals, unit = shown_as
    scale, cube = found.scale, prepared.table.cube
    true = in_cube_order(prepared, prepared.counts.astype(np.float64))
    reasons = counts.statuses
    missing = np.isnan(counts.values)
    nobody = ~missing & (true == 0)
    known = np.where(missing | nobody, np.nan, true)
    with np.errstate(invalid="ignore"):
        mean = scale.low + in_cube_order(prepared, found.above) / known
    deviation = np.nan if contributions.deviation is None else _two_digits(contributions.deviation)
    ends = None if scale.high is None else (scale.low, scale.high)
    interval = mean_interval(mean, np.full(mean.shape, deviation), known, bounds=ends)
    of_mean = np.where(missing, reasons, np.where(nobody, np.uint8(Reason.NOT_APPLICABLE), np.uint8(Reason.NONE)))
    figures = {MEAN: np.round(mean, decimals), LOW: np.round(interval.low, decimals)}
    figures |= {HIGH: np.round(interval.high, decimals), BASE: counts.values}
    if contributions.medians is not None:
        enough = known >= 2 * max(rule.k, 1)
        steps = np.round((contributions.medians - scale.low) / scale.step)
        figures[MEDIAN] = np.where(enough, np.round(scale.low + steps * scale.step, decimals), np.nan)
    statuses = {name: _status(values, of_mean) for name, values in figures.items()} | {BASE: reasons}
    if contributions.medians is not None:
        hidden = np.isnan(figures[MEDIAN]) & (of_mean == Reason.NONE)
        statuses[MEDIAN] = np.where(hidden, np.uint8(Reason.SUPPRESSED), of_mean)
    made = Cube(
        dimensions=(
            *(replace(d, summable=False) for d in cube.dimensions),
            measures_of(list(figures), unit, decimals),
        ),
        values=np.stack(list(figures.values()), axis=-1),
        statuses=np.stack([statuses[name] for name in figures], axis=-1).astype(np.uint8),
        title=cube.title,
        notes=cube.notes,
        source=cube.source,
        updated=cube.updated,
    )
    return seal(made, report_of(counts, made, "means"))


def _status(values: Floats, of_mean: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Why a figure of a cell is missing: as its mean is, or that nothing is known of its spread."""
    spreadless = np.isnan(values) & (of_mean == Reason.NONE)
    return np.where(spreadless, np.uint8(Reason.NOT_AVAILABLE), of_mean)


def report_of(counts: ProtectedCube, made: Cube, derived: str) -> Report:
    """The report of figures that rest on these counts."""
    hidden = int((made.statuses == Reason.SUPPRESSED).sum())
    return replace(counts.without_secrets(), cells=made.size, hidden=hidden, derived=derived)


def in_cube_order(prepared: Prepared, canonical: Floats) -> Floats:
    """Figures in canonical order, as the cube orders its dimensions and categories."""
    cube = prepared.table.cube
    for at, axis in enumerate(prepared.axes):
        codes = cube.dimension(axis.code).codes
        canonical = np.take(canonical, [axis.positions[code] for code in codes], axis=at)
    return np.ascontiguousarray(canonical.transpose([prepared.axis(d.code) for d in cube.dimensions]))


def _two_digits(deviation: float) -> float:
    """A spread rounded up to two digits: the widths of intervals then tell no sum of squares."""
    if deviation <= 0:
        return 0.0
    unit = 10.0 ** (np.floor(np.log10(deviation)) - 1)
    return float(np.ceil(deviation / unit) * unit)


def measures_of(names: Sequence[str], unit: Unit | None, decimals: int) -> Dimension:
    """The dimension of the figures of each cell."""
    own = Unit(unit.label if unit else {}, decimals)
    labels = {
        MEAN: {"sv": "Medelvärde", "en": "Mean"},
        MEDIAN: {"sv": "Median", "en": "Median"},
        LOW: {"sv": "Intervallets nedre gräns", "en": "Lower bound"},
        HIGH: {"sv": "Intervallets övre gräns", "en": "Upper bound"},
        SUM: {"sv": "Summa", "en": "Sum"},
        BASE: {"sv": "Antal svar", "en": "Answers"},
    }
    categories = tuple(Category(name, labels[name], unit=PEOPLE if name == BASE else own) for name in names)
    return Dimension("measure", {"sv": "Mått", "en": "Measure"}, categories, role=Role.METRIC)
