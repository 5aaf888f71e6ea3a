"""A chart as a picture that can stand alone: drawn by the server from the same specification as in the browser."""

from __future__ import annotations

from dataclasses import dataclass

from datasets.charts.select import Kind
from datasets.charts.spec import ChartSpec
from datasets.exports.imprint import Imprint
from datasets.exports.paragraphs import paragraphs

from . import looks
from .ground import Area, Ground
from .letters import width_of, wrapped
from .marks import draw_bars, draw_dots, draw_lines, draw_stacked
from .pen import Pen


@dataclass(frozen=True)
class Picture:
    """A drawing and its size."""

    svg: str
    width: float
    height: float


@dataclass(frozen=True)
class Paper:
    """How wide the drawing is, and how large its letters. ``key`` keeps two drawings on one page apart."""

    width: float = 1200
    size: float = 20
    margin: float = 48
    key: str = "c-"


WIDE = Paper()
"""For a document or a screen; letters of 20 on 1200 are read on half a page."""
NARROW = Paper(width=360, size=15, margin=4, key="n-")
"""For a phone."""
BROAD = Paper(width=760, size=17, margin=4, key="b-")
"""For a page in which the chart stands among text."""


def chart_picture(spec: ChartSpec, imprint: Imprint, paper: Paper = WIDE) -> Picture:
    """The chart with title, finding, legend, what is not shown and why, notes, source and mark of example data."""
    pen = Pen(paper.key)
    room = paper.width - 2 * paper.margin
    y = paper.margin
    y = pen.lines(
        paper.margin,
        y,
        wrapped(imprint.heading, room - (180 if imprint.demo else 0), paper.size),
        size=paper.size,
        colour=looks.SOFT,
    )
    y = pen.lines(
        paper.margin, y + 4, wrapped(spec.sentence, room, paper.size * 1.5, 650), size=paper.size * 1.5, weight=650
    )
    y = _draw(pen, spec, paper, y + paper.size * 0.7)
    y += paper.size * 0.6
    small = paper.size * 0.85
    for fact in paragraphs(imprint):
        y = pen.lines(paper.margin, y, wrapped(fact.text, room, small), size=small, colour=looks.SOFT)
    height = y + paper.margin
    if imprint.demo:
        pen.label(paper.width - paper.margin, paper.margin * 0.7, imprint.demo, size=paper.size)
        pen.across(paper.width / 2, height / 2, imprint.demo, size=paper.size * 7)
    svg = pen.drawing(paper.width, height, title=imprint.heading, text=_told(spec))
    return Picture(svg, paper.width, height)


def bare_picture(spec: ChartSpec, paper: Paper = BROAD) -> Picture:
    """The chart alone, for a page that says the rest itself; example data is marked all the same."""
    pen = Pen(paper.key)
    height = _draw(pen, spec, paper, paper.margin) + paper.margin
    if spec.is_demo:
        pen.across(paper.width / 2, height / 2, spec.demo_label, size=paper.width / 8)
    svg = pen.drawing(
        paper.width, height, title=" · ".join(filter(None, (spec.title, spec.subtitle))), text=_told(spec)
    )
    return Picture(svg, paper.width, height)


def _told(spec: ChartSpec) -> str:
    """The finding, and every figure in words, for those who cannot see the picture."""
    figures = (
        f"{series.label}: "
        + "; ".join(f"{p.label} {q.text}" for p, q in zip(spec.x.places, series.points, strict=True))
        for series in spec.series
    )
    lines = (f"{line.label}: {line.point.text}" for line in spec.lines)
    return ". ".join((spec.sentence.rstrip("."), *figures, *lines))


def _draw(pen: Pen, spec: ChartSpec, paper: Paper, y: float) -> float:
    """The chart itself below ``y``; gives where it ends."""
    size, left, right = paper.size, paper.margin, paper.width - paper.margin
    room = right - left
    lying = spec.kind is Kind.DOTS or (spec.kind in (Kind.BAR, Kind.STACKED) and not spec.x.is_time)
    labels = _room_for_ends(spec, room, size)
    if len(spec.series) > 1 and not labels:
        y = _legend(pen, spec, paper, y) + size * 0.4
    pen.text(left, y + size, spec.y.label, size=size, colour=looks.SOFT)
    top = y + size * 1.9
    if spec.kind is Kind.DOTS:
        area = Area(left + size, top, right - size, top + size * 15)
    elif lying:
        area = _lying_area(spec, paper, top)
    else:
        ticks = max(width_of(text, size) for text in spec.y.tick_texts)
        high = max(220.0, min(room * 0.46, 26 * size))
        area = Area(left + ticks + size * 0.7, top, right - (labels or size * 0.5), top + high)
    ground = Ground(spec, area, size, lying)
    ground.draw_scale(pen)
    if not lying:
        ground.draw_steps(pen)
        ground.draw_cuts(pen)
    elif spec.kind is not Kind.DOTS:
        _name_steps(pen, ground, paper)
    if spec.kind is Kind.LINE:
        draw_lines(pen, ground, labels=labels)
    else:
        {Kind.BAR: draw_bars, Kind.STACKED: draw_stacked, Kind.DOTS: draw_dots}[spec.kind](pen, ground)
    end = area.bottom + size * 1.9
    if not lying and spec.x.label:
        pen.text(
            (area.left + area.right) / 2, end + size, spec.x.label, size=size, colour=looks.SOFT, anchor="middle"
        )
        end += size * 1.5
    return end


def _room_for_ends(spec: ChartSpec, room: float, size: float) -> float:
    """How much room the names at the lines' ends take; none where they stand in a legend instead."""
    if spec.kind is not Kind.LINE or len(spec.series) < 2 or room < size * 40:
        return 0.0
    return min(max(width_of(series.label, size, 600) for series in spec.series) + 26, room * 0.32)


def _lying_area(spec: ChartSpec, paper: Paper, top: float) -> Area:
    """Room for the names to the left, the figures to the right, and each bar."""
    size, room = paper.size, paper.width - 2 * paper.margin
    names = max((width_of(line, size) for lines in _step_lines(spec, paper) for line in lines), default=0)
    points = [point for series in spec.series for point in series.points]
    texts = max((width_of(point.text, size) for point in points if point.value is not None), default=0)
    texts = 0 if spec.kind is Kind.STACKED else min(texts + 14, room * 0.25)
    bars = 1 if spec.kind is Kind.STACKED else len(spec.series)
    each = max(
        bars * size * (2.2 if bars == 1 else 1.6) + size * 0.9,
        max(len(lines) for lines in _step_lines(spec, paper)) * size * 1.2 + size * 0.6,
    )
    left = paper.margin + names + size * 0.6
    return Area(left, top, paper.width - paper.margin - texts, top + each * len(spec.x.places))


def _step_lines(spec: ChartSpec, paper: Paper) -> list[list[str]]:
    return [wrapped(place.label, (paper.width - 2 * paper.margin) * 0.34, paper.size) for place in spec.x.places]


def _name_steps(pen: Pen, ground: Ground, paper: Paper) -> None:
    size = ground.size
    for n, lines in enumerate(_step_lines(ground.spec, paper)):
        for k, line in enumerate(lines):
            at = ground.step(n) + (k - (len(lines) - 1) / 2) * size * 1.2 + size * 0.35
            pen.text(ground.area.left - size * 0.5, at, line, size=size, anchor="end")


def _legend(pen: Pen, spec: ChartSpec, paper: Paper, y: float) -> float:
    """The names of the series, each with its look, in as many rows as they need."""
    size, x = paper.size, paper.margin
    for series in spec.series:
        wide = size * 2.3 + width_of(series.label, size) + size * 1.4
        if x + wide > paper.width - paper.margin and x > paper.margin:
            x, y = paper.margin, y + size * 1.7
        middle = y + size * 0.75
        if spec.kind is Kind.LINE:
            colour = looks.SERIES[series.slot]
            pen.line(x, middle, x + size * 1.7, middle, colour=colour, width=2.5, dash=looks.DASHES[series.slot])
            pen.mark(x + size * 0.85, middle, series.slot)
        else:
            pen.box(
                x, y + size * 0.25, size * 1.7, size, fill=pen.fill(series.slot), edge=looks.SERIES[series.slot]
            )
        pen.text(x + size * 2.2, y + size * 1.1, series.label, size=size)
        x += wide
    return y + size * 1.7
