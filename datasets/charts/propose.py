"""The first view of a data set, before anybody has chosen one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from datasets.cubes import CubeError, Dimension, Role, UnknownCode

from .areas import larger_areas
from .language import unit_label
from .resolve import MOST_PLACES, MOST_SERIES, in_time, measures
from .select import Kind, Selection, ShareOf

_MOST_BARS = 20
ANSWERED = "answered"
"""The total of a survey question's answers; a dimension with it is shown in shares of those who answered."""
OPTION, CHOSEN, HIGH = "option", "chosen", "high"
"""Codes of a survey's tables: the dimension of a multiple choice, a choice made, the high end of a scale."""


class BrokenDown(Protocol):
    """A cube, protected or not: a first view is chosen from its dimensions alone, never from its figures."""

    @property
    def dimensions(self) -> tuple[Dimension, ...]:
        """What the figures are broken down by."""


def propose(cube: BrokenDown, *, place: str | None = None, answers: str | None = None) -> Selection:
    """A view that shows something sensible: time as a line, else bars; the rest held at everybody.

    ``place`` is the code of the reader's own municipality: where the cube has it, that one is shown.
    ``answers`` is the dimension of a survey question's answers: then the view is how everybody's answers are
    spread at the latest time. The series are the reader's own place with its county and the country where all else
    can be held at a total that the source gives; else a small breakdown other than places.
    Raises CubeError for a cube without dimensions, or without the one named.
    """
    if answers is not None:
        return _spread(cube.dimensions, answers, place)
    question = next((d for d in cube.dimensions if d.total == ANSWERED), None)
    if question is not None:
        return _survey(question, [d for d in cube.dimensions if d is not question])
    x = _axis(cube.dimensions)
    series = next((d for d in cube.dimensions if d is not x and _is_breakdown(d)), None)
    geo = next((d for d in cube.dimensions if d.role is Role.GEO and d is not x and len(d) > 1), None)
    beside: tuple[str, ...] = ()
    rest = [d for d in cube.dimensions if d is not x and d is not geo and len(d) > 1]
    alone = series is None or all(d.total is not None for d in rest)
    if alone and geo is not None and place is not None and place in geo.positions:
        beside = (place, *larger_areas(geo, place))
        series = geo if len(beside) > 1 else series
    codes = in_time(x, tuple(code for code in measures(x) if code != x.total) or x.codes)
    shown = codes[-MOST_PLACES:] if x.role is Role.TIME else codes[:_MOST_BARS]
    return Selection(
        x=x.code,
        kind=Kind.LINE if x.role is Role.TIME and len(shown) > 1 else Kind.BAR,
        series=None if series is None else series.code,
        x_only=() if shown == codes and x.total not in codes else shown,
        series_only=beside if series is geo else (),
        fixed=_all_held([d for d in cube.dimensions if d is not x and d is not series], place),
    )


def _spread(dimensions: tuple[Dimension, ...], answers: str, place: str | None) -> Selection:
    if answers not in {dimension.code for dimension in dimensions}:
        raise UnknownCode(f"The cube has no dimension {answers!r}.")
    rest = [dimension for dimension in dimensions if dimension.code != answers]
    return Selection(x=answers, kind=Kind.BAR, share=ShareOf(answers), fixed=_all_held(rest, place))


def _survey(question: Dimension, others: Sequence[Dimension]) -> Selection:
    """Answers to a question in shares: of a scale its high end by group, of a multiple choice each option."""
    options = next((d for d in others if d.code == OPTION), None)
    by = next((d for d in others if d is not options), None)
    series = by.code if by is not None and _is_breakdown(by) else None
    if options is not None:
        return Selection(x=OPTION, kind=Kind.BAR, series=series, share=ShareOf(question.code, (CHOSEN,)))
    if by is not None and HIGH in question.positions:
        return Selection(x=by.code, kind=Kind.BAR, share=ShareOf(question.code, (HIGH,)))
    # Leaves alone: the groups above a scale's answers would count the same people again.
    leaves = tuple(code for code in question.codes if code in set(question.leaves))
    return Selection(x=question.code, kind=Kind.BAR, series=series, x_only=leaves, share=ShareOf(question.code))


def _axis(dimensions: tuple[Dimension, ...]) -> Dimension:
    """Time where there is any to follow, else the first breakdown that is neither places nor measures.

    Measures of several units have no axis in common: of a mean beside how many it is of, the mean is shown.
    """
    several = [d for d in dimensions if len(d) > 1 and not _has_several_units(d)] or list(dimensions)
    for role in (Role.TIME, None, Role.GEO, Role.METRIC):
        for dimension in several:
            if dimension.role is role:
                return dimension
    raise CubeError("A table of one single figure has nothing to draw along.")


def _has_several_units(dimension: Dimension) -> bool:
    units = {unit_label(category.unit, "sv") for category in dimension.categories if category.unit is not None}
    return dimension.role is Role.METRIC and len(units) > 1


def _is_breakdown(dimension: Dimension) -> bool:
    parts = len(dimension) - (dimension.total is not None)
    return dimension.role is None and 2 <= parts <= MOST_SERIES


def _all_held(dimensions: Sequence[Dimension], place: str | None) -> dict[str, tuple[str, ...]]:
    found = {dimension.code: held(dimension, place) for dimension in dimensions}
    return {code: (at,) for code, at in found.items() if at is not None}


def held(dimension: Dimension, place: str | None) -> str | None:
    """The reader's own place, else everybody (nothing need be said), else the latest or the first there is."""
    if dimension.role is Role.GEO and place in dimension.positions:
        return place
    if dimension.total is not None or (dimension.summable and dimension.role is None):
        return None
    return in_time(dimension, measures(dimension))[-1 if dimension.role is Role.TIME else 0]
