"""Weighted shares and means: hidden where the people behind them are, and never shown as totals.

Weights let answers stand for a population. What decides whether a figure is shown are the people who answered,
so masks come from protected counts. The sum of weights in a cell is not shown at all, nor any weighted count:
weights are often known (so many in the register by so many who answered), and would give the number of people.
For the same reason weighted figures are shown instead of unweighted ones, never beside them: with both, an
attacker has two equations for each pair of hidden counts.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from datasets.cubes import Category, Cube, Dimension, Reason, Role, Unit
from datasets.statistics import wilson

from ..auditing.solver import Floats
from ..protected import ProtectedCube, seal
from .means import BASE, MEAN
from .shares import HIGH, LOW, MEASURES, SHARE, shares

_WHOLE = Unit({"sv": "procent", "en": "per cent"}, 0)


def weighted(
    protected: ProtectedCube,
    values: Floats,
    over: str,
    *,
    leave_out: Collection[str] = (),
    design_effect: float | None = None,
) -> ProtectedCube:
    """Weighted shares of a dimension's total in whole per cents, masked by unweighted protected counts.

    ``values``: the sum of weights in each cell of ``protected``, in its shape. ``leave_out`` as in ``shares``.
    The result has a last dimension ``measure`` (share, low, high, base); the base is how many answered, not
    weighted. Intervals are Wilson's for as many people as the answers are worth: their number by the
    ``design_effect``, one for the whole survey (Kish, Survey Sampling, 1965; at least 1); without it there is
    none. Shows nothing but whole per cents, rounded outwards in intervals. Raises ValueError on weights that do
    not fit, and CubeError when the dimension has no total.
    """
    if protected.report.derived:
        raise ValueError("Weighted shares are masked by protected counts, not by figures made of them.")
    _check_weights(protected, values)
    if design_effect is not None and not design_effect >= 1:
        raise ValueError("A design effect is at least 1.")
    plain = shares(protected, over, leave_out=leave_out)
    kept = plain.dimension(over).codes
    cube = replace(protected.cube, values=values, statuses=np.zeros(values.shape, dtype=np.uint8))
    part = cube.select({over: kept}).values
    whole = cube.select({over: [str(cube.dimension(over).total)]}).values
    if leave_out:
        whole = whole - cube.select({over: sorted(leave_out)}).values.sum(axis=cube.axis(over), keepdims=True)
    at = {measure.code: place for place, measure in enumerate(MEASURES)}
    of_share, base = plain.statuses[..., at[SHARE]], plain.values[..., at[BASE]]
    with np.errstate(invalid="ignore", divide="ignore"):
        true = np.where((of_share == Reason.NONE) & (whole > 0), np.clip(part / whole, 0, 1), np.nan)
    worth = np.nan_to_num(base) / design_effect if design_effect else np.zeros(true.shape)
    interval = wilson(np.nan_to_num(true) * worth, worth)
    none = np.isnan(true) | (worth <= 0)
    figures = {
        SHARE: np.rint(100 * true),
        LOW: np.where(none, np.nan, np.floor(100 * interval.low)),
        HIGH: np.where(none, np.nan, np.ceil(100 * interval.high)),
        BASE: base,
    }
    return _sealed(plain, figures, of_share, "weighted shares", _measures(plain.dimension("measure"), _WHOLE))


def weighted_means(means: ProtectedCube, values: Floats, *, decimals: int = 1) -> ProtectedCube:
    """Weighted means (``values``: one for each cell of ``means``, without its measures), masked by those.

    ``means`` is what ``protect_means`` made. The result shows the rounded mean and how many answered. Raises
    ValueError on another shape, or on a table that holds no means.
    """
    if means.report.derived != "means" or values.shape != means.values.shape[:-1]:
        raise ValueError("Weighted means need the table of protected means, and one value for each of its cells.")
    measure = means.dimension("measure")
    of_mean = means.statuses[..., measure.position(MEAN)]
    base = means.values[..., measure.position(BASE)]
    figures = {MEAN: np.where(of_mean == Reason.NONE, np.round(values, decimals), np.nan), BASE: base}
    return _sealed(means, figures, of_mean, "weighted means", measure.keep([MEAN, BASE]))


def _check_weights(protected: ProtectedCube, values: Floats) -> None:
    if values.shape != protected.values.shape:
        raise ValueError("There is one sum of weights for each cell of the counts.")
    if not (np.isfinite(values) & (values >= 0)).all():
        raise ValueError("Sums of weights are numbers from nought; a cell of nobody has nought.")
    if ((protected.values == 0) & (values > 0)).any():
        raise ValueError("A cell of nobody has no weight.")


def _sealed(
    masked_by: ProtectedCube,
    figures: dict[str, Floats],
    of_figure: NDArray[np.uint8],
    derived: str,
    measures: Dimension,
) -> ProtectedCube:
    """The figures with the reasons of those that they are masked by."""
    base = masked_by.statuses[..., masked_by.dimension("measure").position(BASE)]
    statuses = []
    for name, values in figures.items():
        unknown = np.isnan(values) & (of_figure == Reason.NONE)
        of_own = np.where(unknown, np.uint8(Reason.NOT_AVAILABLE), of_figure)
        statuses.append(base if name == BASE else of_own)
    cube = masked_by.cube
    made = Cube(
        dimensions=(*cube.dimensions[:-1], measures),
        values=np.stack(list(figures.values()), axis=-1),
        statuses=np.stack(statuses, axis=-1).astype(np.uint8),
        title=cube.title,
        source=cube.source,
        updated=cube.updated,
    )
    hidden = int((made.statuses == Reason.SUPPRESSED).sum())
    report = replace(masked_by.without_secrets(), cells=made.size, hidden=hidden, derived=derived)
    return seal(made, report)


def _measures(measure: Dimension, unit: Unit) -> Dimension:
    """The measures of shares, in whole per cents."""
    categories = tuple(
        category if category.code == BASE else Category(category.code, category.label, unit=unit)
        for category in measure.categories
    )
    return replace(measure, categories=categories, role=Role.METRIC)
