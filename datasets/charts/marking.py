"""Marks: something that happened beside the figures, such as the start of an activity, pointed out along time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from .spec import ChartSpec, Mark


def place_of_day(spec: ChartSpec, day: date) -> int | None:
    """The step along a chart over time in which a day lies.

    None where it lies before the first step or after the last one, or where the chart runs along something else.
    Steps are read by the year that their codes begin with, and within it by quarter (K, Q) or month (M, -).
    """
    if not spec.x.is_time:
        return None
    spans = [_span(place.code) for place in spec.x.places]
    at = (day.year, day.month)
    for place, span in enumerate(spans):
        if span is not None and span[0] <= at <= span[1]:
            return place
    known = [span for span in spans if span is not None]
    if not known or at < known[0][0] or at > known[-1][1]:
        return None
    return next(place for place, span in enumerate(spans) if span is not None and span[0] > at) - 1


def with_mark(spec: ChartSpec, day: date, text: str) -> ChartSpec:
    """The chart with a mark at the step of a day; unchanged where the axis does not reach it."""
    place = place_of_day(spec, day)
    return spec if place is None else replace(spec, marks=(*spec.marks, Mark(place, text)))


def is_after(spec: ChartSpec, place: int, day: date) -> bool:
    """Whether a step begins after a day, so that nothing in it was measured before."""
    span = _span(spec.x.places[place].code)
    return span is not None and span[0] > (day.year, day.month)


def is_before(spec: ChartSpec, place: int, day: date) -> bool:
    """Whether a step ends before a day."""
    span = _span(spec.x.places[place].code)
    return span is not None and span[1] < (day.year, day.month)


def _span(code: str) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """First and last month of a step; of several years pooled (``2015/2017``) all of them."""
    first, _, last = code.partition("/")
    begins, ends = _months(first), _months(last or first)
    return None if begins is None or ends is None else (begins[0], ends[1])


def _months(code: str) -> tuple[tuple[int, int], tuple[int, int]] | None:
    year, rest = code[:4], code[4:].strip("- ")
    if not year.isdecimal():
        return None
    part = rest.lstrip("KQM")
    number = int(part) if part.isdecimal() else 0
    if rest[:1] in ("K", "Q") and 1 <= number <= 4:
        return (int(year), number * 3 - 2), (int(year), number * 3)
    if 1 <= number <= 12 and len(part) == 2:
        return (int(year), number), (int(year), number)
    return (int(year), 1), (int(year), 12)
