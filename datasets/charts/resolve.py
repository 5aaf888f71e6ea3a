"""A selection against a cube: every category named, every sum lawful, or a word on what is wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from datasets.cubes import Cube, CubeError, Dimension, LocalText, NotSummable, Role, Unit

from .areas import municipalities
from .errors import SelectionError
from .language import unit_label
from .select import Kind, Selection

MOST_SERIES = 6
MOST_PLACES = 120
MOST_DOTS = 400
LOW, HIGH = "_low", "_high"
"""A measure ``m`` may bring its interval along as the measures ``m_low`` and ``m_high``."""
MEAN, BOUNDS = "mean", ("low", "high")
"""The measures of a table of means (`datasets.disclosure`)."""

_NO_COUNTS = re.compile(
    r"%|‰|procent|per ?cent|promille|andel|\bshare|"
    r"medel|\bmean|average|snitt|median|index|kvot|ratio|\brate|\bper\b"
)


@dataclass(frozen=True)
class View:
    """A selection with nothing left open. ``series`` is None where the chart has one nameless series.

    ``x_codes`` of a dot chart end with the larger areas that are drawn as lines, ``lines`` of them. ``pool`` is
    how many times make one step, 0 for each by itself.
    """

    x: Dimension
    x_codes: tuple[str, ...]
    series: Dimension | None
    series_codes: tuple[str, ...]
    fixed: Mapping[str, tuple[str, ...]]
    share: Dimension | None
    parts: tuple[str, ...]
    whole: tuple[str, ...]
    lines: int = 0
    marked: tuple[str, ...] = ()
    pool: int = 0

    @property
    def adds(self) -> bool:
        """Whether figures are added together, or shares made of them: lawful for counts only."""
        sums = any(len(codes) > 1 for codes in self.fixed.values())
        return self.share is not None or sums or self.pool > 1


def resolve(selection: Selection, cube: Cube) -> View:
    """The view with every category named. Raises SelectionError for what the cube lacks or cannot add."""
    taken = [selection.x, *([selection.series] if selection.series is not None else []), *selection.fixed]
    runs_along = selection.share is not None and not selection.share.parts
    if selection.share is not None and not (runs_along and selection.share.dimension in taken[:2]):
        taken.append(selection.share.dimension)
    for code in taken:
        dimension = _dimension(cube, code)
        if taken.count(code) > 1:
            raise SelectionError("dimension_twice", dimension=_name(dimension))
    x = _dimension(cube, selection.x)
    series = None if selection.series is None else _dimension(cube, selection.series)
    share = None if selection.share is None else _dimension(cube, selection.share.dimension)
    parts, whole = _share(selection, cube, share)
    if selection.pool > 1 and x.role is not Role.TIME:
        raise SelectionError("pool_needs_times", dimension=_name(x))
    dots, lines = _dots(selection, x, series) if selection.kind is Kind.DOTS else ((), ())
    return View(
        x=x,
        x_codes=(*dots, *lines) or in_time(x, _shown(x, selection.x_only, MOST_PLACES, "too_many_places")),
        series=series,
        series_codes=()
        if series is None
        else _shown(series, selection.series_only, MOST_SERIES, "too_many_series"),
        fixed={
            dimension.code: _fixed(dimension, selection.fixed.get(dimension.code))
            for dimension in cube.dimensions
            if dimension.code in selection.fixed or dimension.code not in taken
        },
        share=share,
        parts=parts,
        whole=whole,
        lines=len(lines),
        marked=tuple(code for code in selection.mark if code in dots),
        pool=selection.pool if selection.pool > 1 else 0,
    )


def measures(dimension: Dimension) -> tuple[str, ...]:
    """The categories that are figures of their own, without those that are another's interval."""
    if dimension.role is not Role.METRIC:
        return dimension.codes
    bounds = {bound for code in dimension.codes for bound in interval_of(dimension, code) or ()}
    return tuple(code for code in dimension.codes if code not in bounds)


def interval_of(dimension: Dimension, measure: str) -> tuple[str, str] | None:
    """The measures that are another's lower and upper bound: named after it, or plainly those of a mean."""
    named = (measure + LOW, measure + HIGH)
    for bounds in (named, BOUNDS) if measure == MEAN else (named,):
        if set(bounds) <= set(dimension.codes):
            return bounds
    return None


def unit_of(cube: Cube, view: View) -> Unit | None:
    """The unit of every figure shown. Raises SelectionError when measures of several units share the axis."""
    shown = [(view.x, view.x_codes), (view.series, view.series_codes)]
    shown += [(cube.dimension(code), codes) for code, codes in view.fixed.items()]
    for dimension, codes in shown:
        if dimension is None or dimension.role is not Role.METRIC:
            continue
        units = [dimension.category(code).unit or cube.unit for code in codes]
        if len({unit_label(unit, "sv") for unit in units}) > 1:
            raise SelectionError("mixed_units", dimension=_name(dimension))
        return units[0]
    return cube.unit


def check_counts(cube: Cube, view: View) -> None:
    """Raise SelectionError when figures are to be added whose unit says that they are no counts."""
    label = unit_label(unit_of(cube, view), "sv")
    if view.adds and _NO_COUNTS.search(label.lower()):
        raise SelectionError("not_counts", unit=label)


def check_stack(view: View) -> None:
    """Raise SelectionError unless the series are parts that may stand on one another, nobody counted twice."""
    if view.series is None or view.series.role in (Role.TIME, Role.GEO, Role.METRIC):
        raise SelectionError("stack_needs_parts")
    chosen, total = set(view.series_codes), view.series.total
    overlap = any(chosen.intersection(view.series.ancestors(code)) for code in chosen)
    if len(chosen) < 2 or total in chosen or overlap or not (view.series.summable or view.share is view.series):
        raise SelectionError("stack_needs_parts")


def _dots(selection: Selection, x: Dimension, series: Dimension | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The places that are dots, and the larger areas that are lines beside them."""
    if x.role is not Role.GEO:
        raise SelectionError("dots_need_places", dimension=_name(x))
    if series is not None:
        raise SelectionError("dots_are_one_series", dimension=_name(series))
    dots = _shown(x, selection.x_only or municipalities(x), MOST_DOTS, "too_many_places")
    _check_known(x, selection.mark)
    return dots, tuple(code for code in selection.mark if code not in dots)


def _name(dimension: Dimension) -> LocalText:
    return dimension.label or {"": dimension.code}


def _dimension(cube: Cube, code: str) -> Dimension:
    try:
        return cube.dimension(code)
    except CubeError:
        known = ", ".join(dimension.code for dimension in cube.dimensions)
        raise SelectionError("unknown_dimension", given=code, known=known) from None


def _shown(dimension: Dimension, only: tuple[str, ...], most: int, error: str) -> tuple[str, ...]:
    _check_known(dimension, only)
    codes = only or tuple(code for code in measures(dimension) if code != dimension.total)
    if len(codes) > most:
        raise SelectionError(error, dimension=_name(dimension), given=len(codes), most=most)
    if not codes:
        raise SelectionError("nothing_chosen", dimension=_name(dimension))
    return codes


def _fixed(dimension: Dimension, codes: tuple[str, ...] | None) -> tuple[str, ...]:
    if codes is None:
        if dimension.total is not None:
            return (dimension.total,)
        if len(measures(dimension)) == 1:
            return measures(dimension)
        if dimension.summable and dimension.role is not Role.METRIC:
            return dimension.leaves
        raise SelectionError("choose_one", dimension=_name(dimension))
    if not codes:
        raise SelectionError("nothing_chosen", dimension=_name(dimension))
    return _addable(dimension, codes)


def _share(
    selection: Selection, cube: Cube, dimension: Dimension | None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if selection.share is None or dimension is None:
        return (), ()
    if dimension.role is Role.METRIC:
        raise SelectionError("share_of_measures", dimension=_name(dimension))
    runs_along = dimension.code in (selection.x, selection.series)
    parts = selection.share.parts
    if not parts and not runs_along:
        raise SelectionError("choose_one", dimension=_name(dimension))
    if parts:
        _addable(dimension, parts)
    if selection.share.whole:
        whole = _addable(dimension, selection.share.whole)
    elif dimension.total is not None:
        whole = (dimension.total,)
    elif dimension.summable:
        whole = dimension.leaves
    else:
        raise SelectionError("no_whole", dimension=_name(dimension))
    _check_inside(dimension, parts or _along(selection, dimension), selection.share.whole)
    return parts, whole


def _check_inside(dimension: Dimension, parts: Sequence[str], whole: Sequence[str]) -> None:
    """A part outside the whole that somebody chose would make shares over 100 %."""
    if whole and dimension.total not in whole:
        for code in parts:
            if code not in whole and not set(whole).intersection(dimension.ancestors(code)):
                raise SelectionError("part_outside_whole", dimension=_name(dimension))


def _along(selection: Selection, dimension: Dimension) -> tuple[str, ...]:
    only = selection.x_only if dimension.code == selection.x else selection.series_only
    _check_known(dimension, only)
    return only or tuple(code for code in dimension.codes if code != dimension.total)


def _addable(dimension: Dimension, codes: tuple[str, ...]) -> tuple[str, ...]:
    _check_known(dimension, codes)
    if len(codes) > 1:
        if not dimension.summable or dimension.role is Role.METRIC:
            raise SelectionError("not_summable", dimension=_name(dimension))
        try:
            dimension.parts_to_sum(codes)
        except NotSummable:
            raise SelectionError("counted_twice", dimension=_name(dimension)) from None
    return codes


def _check_known(dimension: Dimension, codes: Sequence[str]) -> None:
    for code in codes:
        if code not in dimension.positions:
            raise SelectionError("unknown_category", given=code, dimension=_name(dimension))
    if len(set(codes)) != len(codes):
        raise SelectionError("category_twice", dimension=_name(dimension))


def in_time(dimension: Dimension, codes: tuple[str, ...]) -> tuple[str, ...]:
    """Times from the earliest to the latest where their codes can be put in order, else as given."""
    if dimension.role is Role.TIME and len({len(code) for code in codes}) == 1:
        return tuple(sorted(codes))
    return codes
