"""The figures of a view: what the cube holds there, or what is lawfully made of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from datasets.cubes import Cube, Reason, Role
from datasets.cubes.reasons import combine, missing_mask
from datasets.statistics import CONFIDENCE, wilson
from datasets.statistics.intervals import z_of

from .about import About
from .errors import SelectionError
from .language import unit_label
from .resolve import View, interval_of, unit_of

_PER_CENT = re.compile(r"^%|\(%\)|procent\b|per ?cent\b|^andel\b|^share\b")
_COUNTED = {"antal", "number", "quantity", "personer", "persons", "people", "svar", "answers", "st"}

Table = tuple[NDArray[np.float64], NDArray[np.uint8]]
"""Values (NaN where missing) and their reasons, of the same shape."""


class Measure(StrEnum):
    """What kind of figure is shown, which decides how it may be spoken of."""

    SHARE = "share"
    COUNT = "count"
    VALUE = "value"


@dataclass(frozen=True, eq=False)
class Figures:
    """Four arrays of shape (series, places along the axis); NaN where there is no figure or no interval."""

    measure: Measure
    values: NDArray[np.float64]
    statuses: NDArray[np.uint8]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    errors: NDArray[np.float64]
    counts: NDArray[np.float64]


Groups = Sequence[Sequence[int]]
"""Which places along the axis make one step, where several times are put together."""


def figures_of(cube: Cube, view: View, about: About, groups: Groups = ()) -> Figures:
    """The figures of a view. A figure made of a hidden or missing one is itself hidden or missing.

    Raises SelectionError when times are to be put together whose figures are no counts.
    """
    if view.share is not None:
        return _shares(cube, view, about, groups)
    values, statuses = _table(cube, view, view.fixed, groups)
    label = unit_label(unit_of(cube, view), "sv").lower()
    measure = Measure.COUNT if label in _COUNTED else Measure.VALUE
    if _PER_CENT.search(label):
        measure = Measure.SHARE
    none = np.full(values.shape, np.nan)
    if groups:
        if measure is not Measure.COUNT:
            raise SelectionError("not_counts", unit=label or "–")
        # A count of several years is told as one a year, so that it can be set beside other years.
        size = len(groups[0])
        return Figures(measure, values / size, statuses, none, none, np.sqrt(np.maximum(values, 1)) / size, values)
    low, high = _published_interval(cube, view, values)
    errors = np.sqrt(np.maximum(values, 1)) if measure is Measure.COUNT else (high - low) / (2 * z_of(CONFIDENCE))
    return Figures(measure, values, statuses, low, high, errors, values if measure is Measure.COUNT else none)


def _shares(cube: Cube, view: View, about: About, groups: Groups) -> Figures:
    assert view.share is not None
    code = view.share.code
    if view.parts:
        part, part_reasons = _table(cube, view, {**view.fixed, code: view.parts}, groups)
    else:
        part, part_reasons = _table(cube, view, view.fixed, groups)
    whole, whole_reasons = _table(cube, view, {**view.fixed, code: view.whole}, groups)
    statuses = combine(np.stack(np.broadcast_arrays(part_reasons, whole_reasons)), 0)
    statuses[~missing_mask(statuses) & (whole <= 0)] = Reason.NOT_APPLICABLE
    statuses[~missing_mask(statuses) & (whole < about.smallest_base)] = Reason.SUPPRESSED
    shown = ~missing_mask(statuses)
    part, whole = np.where(shown, part, np.nan), np.where(shown, whole, np.nan)
    low, high = np.full(part.shape, np.nan), np.full(part.shape, np.nan)
    if about.is_sample:
        # Counts rounded one by one can make a part look larger than its whole.
        interval = wilson(np.clip(part, 0, whole), whole)
        low, high = 100 * interval.low, 100 * interval.high
    # Half a person more on either side: a share of nobody or of everybody is not certain for all time.
    likely = (np.clip(part, 0, whole) + 0.5) / (whole + 1)
    errors = 100 * np.sqrt(likely * (1 - likely) / whole)
    return Figures(Measure.SHARE, 100 * part / whole, statuses, low, high, errors, part)


def _table(cube: Cube, view: View, fixed: Mapping[str, Sequence[str]], groups: Groups = ()) -> Table:
    """Values and reasons as (series, axis); what is fixed of those two leaves one row or one column.

    With groups the times of each are added up, and a group with a hidden or missing time is itself missing.
    """
    shown = {view.x.code: view.x_codes}
    if view.series is not None:
        shown[view.series.code] = view.series_codes
    part = replace(cube, marks=None).select({**shown, **fixed})
    for code, codes in fixed.items():
        part = part.sum_over(code, codes) if len(codes) > 1 else _without(part, code)
    values, statuses = part.values, part.statuses
    left = [dimension.code for dimension in part.dimensions]
    wanted = [view.series.code if view.series is not None else None, view.x.code]
    order = [left.index(code) for code in wanted if code in left]
    holes = tuple(place for place, code in enumerate(wanted) if code not in left)
    values = np.expand_dims(values.transpose(order), holes)
    statuses = np.expand_dims(statuses.transpose(order), holes)
    if not groups:
        return values, statuses
    return (
        np.stack([values[:, list(group)].sum(axis=1) for group in groups], axis=1),
        np.stack([combine(statuses[:, list(group)], 1) for group in groups], axis=1),
    )


def _without(cube: Cube, code: str) -> Cube:
    """The cube without a dimension that has one category left."""
    axis = cube.axis(code)
    return replace(
        cube,
        dimensions=cube.dimensions[:axis] + cube.dimensions[axis + 1 :],
        values=cube.values.squeeze(axis),
        statuses=cube.statuses.squeeze(axis),
    )


def _published_interval(
    cube: Cube, view: View, values: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The interval that the cube brings along; none where figures were added: intervals do not add."""
    none = np.full(values.shape, np.nan)
    metric = cube.with_role(Role.METRIC)
    if metric is None or metric.code not in view.fixed or view.adds:
        return none, none
    (measure,) = view.fixed[metric.code]
    bounds = interval_of(metric, measure)
    if bounds is None:
        return none, none
    low, high = (_table(cube, view, {**view.fixed, metric.code: (bound,)})[0] for bound in bounds)
    whole = (low <= values) & (values <= high)
    return np.where(whole, low, np.nan), np.where(whole, high, np.nan)
