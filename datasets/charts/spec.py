"""A chart as one value: everything that the picture, the sentence, the table and the files are made of.

All words are in one language already, and no hidden figure is in it: what is not shown is None, with a
reason in words.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from .breaks import Cut
from .figures import Measure
from .select import Kind

VERSION = 1


@dataclass(frozen=True)
class Place:
    """A step along the axis."""

    code: str
    label: str


@dataclass(frozen=True)
class XAxis:
    """What runs along the chart."""

    code: str
    label: str
    is_time: bool
    is_geo: bool
    places: tuple[Place, ...]


@dataclass(frozen=True)
class YAxis:
    """The scale, made of shown figures only; ``unit`` is the short one that follows a figure."""

    label: str
    unit: str
    decimals: int
    minimum: float
    maximum: float
    step: float
    tick_texts: tuple[str, ...]

    @property
    def zero_baseline(self) -> bool:
        """Whether zero is on the axis: always so for bars."""
        return self.minimum <= 0 <= self.maximum


@dataclass(frozen=True)
class Point:
    """One figure with its words. ``value`` is None where nothing is shown; ``text`` then says why."""

    value: float | None
    text: str
    status: str
    low: float | None = None
    high: float | None = None
    interval: str = ""


@dataclass(frozen=True)
class Series:
    """One line, or one group of bars. The same ``key`` is the same thing, so it keeps its colour ``slot``."""

    key: str
    label: str
    slot: int
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Missing:
    """A reason that occurs among the figures of a chart, in words."""

    status: str
    text: str
    count: int


@dataclass(frozen=True)
class Reading:
    """How a chart is to be read, and what it does not say. Empty strings where nothing need be said."""

    how: tuple[str, ...]
    says_not: tuple[str, ...]
    framing: str
    caution: str


@dataclass(frozen=True)
class SeriesTrend:
    """How a series has gone, after its last break. ``words`` are whole, such as ``2015–2023: stiger tydligt``.

    ``state`` is a ``Trend`` as a word (``rises_clearly`` … ``falls_clearly``, ``uncertain``) or ``too_short``.
    ``tone`` is good or bad only where somebody has said which way is the good one, else empty.
    """

    key: str
    label: str
    state: str
    words: str
    tone: str


@dataclass(frozen=True)
class Line:
    """A larger area beside the dots of its parts: the county, the country. Its point may be missing."""

    key: str
    label: str
    point: Point


@dataclass(frozen=True)
class Quartiles:
    """Half of the dots shown lie from ``low`` to ``high``, as many above ``middle`` as below."""

    low: Point
    middle: Point
    high: Point


@dataclass(frozen=True)
class Mark:
    """Something that happened beside the figures, at the step at ``place``; ``text`` says what."""

    place: int
    text: str


@dataclass(frozen=True)
class ChartSpec:
    """A chart in the language ``lang``, of at most six series.

    A line or bars over time carry ``breaks`` (no line is drawn into a step at which one lies) and ``trends``.
    Dots (``kind`` is DOTS) are one series over places, of which ``marked`` are pointed out, with ``lines`` beside
    them and ``quartiles`` where there are enough. Stacked bars stand on one another in the order of the series;
    where a part is missing nothing is drawn in its stead. ``pooled`` says how many times make one step.
    ``marks`` point out what happened beside the figures.
    """

    lang: str
    kind: Kind
    measure: Measure
    title: str
    subtitle: str
    sentence: str
    is_demo: bool
    demo_label: str
    x: XAxis
    y: YAxis
    series_label: str
    series_are_geo: bool
    series: tuple[Series, ...]
    interval_text: str
    missing: tuple[Missing, ...]
    may_rank: bool
    reading: Reading
    source: str
    notes: tuple[str, ...]
    updated: date | None
    updated_text: str
    query: str
    breaks: tuple[Cut, ...] = ()
    trends: tuple[SeriesTrend, ...] = ()
    marked: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()
    quartiles: Quartiles | None = None
    pooled: str = ""
    marks: tuple[Mark, ...] = ()

    @property
    def has_intervals(self) -> bool:
        """Whether any figure shown has an interval."""
        return any(point.low is not None for series in self.series for point in series.points)

    def as_json(self) -> dict[str, Any]:
        """The chart as plain JSON for the browser; the page describes nothing that is not in here."""
        return {
            "version": VERSION,
            "lang": self.lang,
            "kind": str(self.kind),
            "title": self.title,
            "subtitle": self.subtitle,
            "sentence": self.sentence,
            "is_demo": self.is_demo,
            "demo_label": self.demo_label,
            "x": {
                "code": self.x.code,
                "label": self.x.label,
                "is_time": self.x.is_time,
                "categories": [{"code": place.code, "label": place.label} for place in self.x.places],
            },
            "y": self._y_as_json(),
            "series": [self._series_as_json(series) for series in self.series],
            "breaks": [{"place": cut.place, "text": cut.text} for cut in self.breaks],
            "marks": [asdict(mark) for mark in self.marks],
            "trends": [asdict(one) for one in self.trends],
            "marked": list(self.marked),
            "lines": [self._line_as_json(line) for line in self.lines],
            "quartiles": self._quartiles_as_json(),
            "pooled": self.pooled,
            "has_intervals": self.has_intervals,
            "interval_text": self.interval_text,
            "missing": [
                {"status": reason.status, "text": reason.text, "count": reason.count} for reason in self.missing
            ],
            "reading": {
                "how": list(self.reading.how),
                "not": list(self.reading.says_not),
                "framing": self.reading.framing,
                "caution": self.reading.caution,
            },
            "source": self.source,
            "notes": list(self.notes),
            "updated": self.updated.isoformat() if self.updated else None,
            "updated_text": self.updated_text,
            "query": self.query,
        }

    def _y_as_json(self) -> dict[str, Any]:
        return {
            "label": self.y.label,
            "unit": self.y.unit,
            "decimals": self.y.decimals,
            "min": self.y.minimum,
            "max": self.y.maximum,
            "step": self.y.step,
            "tick_texts": list(self.y.tick_texts),
            "zero_baseline": self.y.zero_baseline,
        }

    def _series_as_json(self, series: Series) -> dict[str, Any]:
        has_intervals = any(point.low is not None for point in series.points)
        return {
            "key": series.key,
            "label": series.label,
            "slot": series.slot,
            "values": [self._drawn(point.value) for point in series.points],
            "texts": [point.text for point in series.points],
            "statuses": [point.status for point in series.points],
            "low": [self._drawn(point.low) for point in series.points] if has_intervals else None,
            "high": [self._drawn(point.high) for point in series.points] if has_intervals else None,
        }

    def _line_as_json(self, line: Line) -> dict[str, Any]:
        value = self._drawn(line.point.value)
        return {"key": line.key, "label": line.label, "value": value, "text": line.point.text}

    def _quartiles_as_json(self) -> dict[str, Any] | None:
        if self.quartiles is None:
            return None
        ends = {"low": self.quartiles.low, "middle": self.quartiles.middle, "high": self.quartiles.high}
        return {name: {"value": self._drawn(end.value), "text": end.text} for name, end in ends.items()}

    def _drawn(self, value: float | None) -> float | None:
        """A figure for drawing: two decimals more than are written, so that equal words look equal."""
        return None if value is None else round(value, self.y.decimals + 2)
