"""Figures drawn: lines, bars upright and lying, parts on one another, and dots over places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from datasets.charts.spec import ChartSpec, Point, Series

from . import looks
from .ground import Ground
from .letters import width_of, wrapped
from .pen import Pen

MARK = 16.0
"""How large the hatched mark of a figure that is not shown is."""
_POINTED = 1
"""The slot of a dot that is pointed out among the others."""


def draw_lines(pen: Pen, ground: Ground, *, labels: float) -> None:
    """A line for each series, cut where figures are missing or the series is broken, with its name at its end."""
    spec, size = ground.spec, ground.size
    _hatch_steps(pen, ground)
    ends: list[tuple[Series, float, float]] = []
    radius = max(1.8, min(5.0, ground.room / 9))
    for series in spec.series:
        colour = looks.SERIES[series.slot]
        at = [
            (ground.step(n), ground.along_scale(p.value)) if p.value is not None else None
            for n, p in enumerate(series.points)
        ]
        for run in _runs(at, {cut.place for cut in spec.breaks}):
            if len(run) > 1:
                pen.path(run, colour=colour, width=2.5, dash=looks.DASHES[series.slot])
        for n, point in enumerate(series.points):
            place = at[n]
            if place is not None:
                _interval(pen, ground, point, place[0], colour)
                pen.mark(
                    *place, series.slot, radius, says=f"{series.label} {spec.x.places[n].label}: {point.text}"
                )
                last = place
        if any(at):
            ends.append((series, *last))
    if labels:
        _name_ends(pen, ground, ends, labels, size)


def _runs(points: Sequence[tuple[float, float] | None], cuts: set[int]) -> Iterator[list[tuple[float, float]]]:
    """The stretches of a line without a gap or a break."""
    run: list[tuple[float, float]] = []
    for place, point in enumerate(points):
        if point is None or place in cuts:
            yield run
            run = []
        if point is not None:
            run.append(point)
    yield run


def _hatch_steps(pen: Pen, ground: Ground) -> None:
    """A hatched mark at each step at which any line has a figure that is not shown."""
    wide = min(MARK, ground.room * 0.7)
    for n, place in enumerate(ground.spec.x.places):
        hidden = [series for series in ground.spec.series if series.points[n].status in looks.HATCHED]
        if hidden:
            says = "; ".join(f"{series.label} {place.label}: {series.points[n].text}" for series in hidden)
            at = ground.step(n) - wide / 2
            pen.box(at, ground.area.bottom - MARK, wide, MARK, fill=pen.hatching(), edge=looks.SOFT, says=says)


def _name_ends(
    pen: Pen, ground: Ground, ends: list[tuple[Series, float, float]], room: float, size: float
) -> None:
    """The names beside the lines' ends, kept from running into one another."""
    line = size * 1.2
    placed = []
    free = ground.area.top - line
    for series, x, y in sorted(ends, key=lambda end: end[2]):
        lines = wrapped(series.label, room - 22, size, 600)
        half = len(lines) * line / 2
        middle = max(y, free + half)
        free = middle + half
        placed.append((series, x, y, lines, middle, half))
    over = max(0.0, free - ground.area.bottom - line)
    floor = 1e9
    for series, x, y, lines, middle, half in reversed(placed):
        middle = min(middle, floor - half) if over else middle
        if over and floor == 1e9:
            middle = min(middle, ground.area.bottom + line - half)
        floor = middle - half
        start = ground.area.right + 14
        pen.line(x + 6, y, start - 3, middle, colour=looks.SERIES[series.slot])
        for n, words in enumerate(lines):
            pen.text(start, middle + (n - (len(lines) - 1) / 2) * line + size * 0.35, words, size=size, weight=600)


def draw_bars(pen: Pen, ground: Ground) -> None:
    """Bars side by side, each with its figure in words; a hatched mark and the reason where none is shown."""
    spec, size = ground.spec, ground.size
    thick = min(56.0, ground.room * 0.82 / len(spec.series))
    for n, place in enumerate(spec.x.places):
        begin = ground.step(n) - thick * len(spec.series) / 2
        for s, series in enumerate(spec.series):
            point, at = series.points[n], begin + (s + 0.07) * thick
            says = (
                f"{place.label}, {series.label}: {point.text}"
                if len(spec.series) > 1
                else f"{place.label}: {point.text}"
            )
            if point.value is None:
                if point.status in looks.HATCHED:
                    _stretch(pen, ground, at, thick * 0.86, ground.base, None, pen.hatching(), looks.SOFT, says)
                    _tell(pen, ground, at + thick * 0.43, ground.base + MARK * 1.5, point, thick, size)
                elif ground.lying:
                    _tell(pen, ground, at + thick * 0.43, ground.base, point, thick, size)
                continue
            end = ground.along_scale(point.value)
            _stretch(
                pen,
                ground,
                at,
                thick * 0.86,
                ground.base,
                end,
                pen.fill(series.slot),
                looks.SERIES[series.slot],
                says,
            )
            _interval(pen, ground, point, at + thick * 0.43, looks.INK)
            far = point.high if point.high is not None else max(point.value, 0.0)
            _tell(pen, ground, at + thick * 0.43, ground.along_scale(far), point, thick, size)


def draw_stacked(pen: Pen, ground: Ground) -> None:
    """Parts on one another in the order of the series; where one is missing nothing is drawn in its stead."""
    spec, size = ground.spec, ground.size
    thick = min(56.0, ground.room * 0.7)
    for n, place in enumerate(spec.x.places):
        at, sum_ = ground.step(n) - thick / 2, 0.0
        for series in spec.series:
            point = series.points[n]
            if point.value is None:
                continue
            start, sum_ = sum_, sum_ + point.value
            begin, end = ground.along_scale(start), ground.along_scale(sum_)
            says = f"{place.label}, {series.label}: {point.text}"
            _stretch(pen, ground, at, thick, begin, end, pen.fill(series.slot), looks.BACKGROUND, says)
            if abs(end - begin) > (width_of(point.text, size) + 10 if ground.lying else size * 1.5):
                _tell_inside(pen, ground, at + thick / 2, (begin + end) / 2, point.text, size)
        reasons = [series.points[n] for series in spec.series if series.points[n].status in looks.HATCHED]
        if reasons:
            edge = ground.along_scale(sum_)
            far = edge + MARK * 1.5 if ground.lying else edge - MARK
            says = "; ".join(
                f"{s.label}: {s.points[n].text}" for s in spec.series if s.points[n].status in looks.HATCHED
            )
            _stretch(pen, ground, at, thick, edge, far, pen.hatching(), looks.SOFT, f"{place.label}: {says}")


def draw_dots(pen: Pen, ground: Ground) -> None:
    """A dot for each place over the scale, those pointed out with their names, larger areas as lines."""
    spec, size = ground.spec, ground.size
    (series,) = spec.series
    middle = (ground.area.top + ground.area.bottom) / 2
    radius = min(8.0, max(1.6, 1.1 * ground.area.wide / len(series.points)))
    if (
        spec.quartiles is not None
        and spec.quartiles.low.value is not None
        and spec.quartiles.high.value is not None
    ):
        low, high = ground.along_scale(spec.quartiles.low.value), ground.along_scale(spec.quartiles.high.value)
        says = f"{spec.quartiles.low.text}–{spec.quartiles.high.text}"
        pen.box(low, ground.area.top, high - low, ground.area.high, fill=looks.GRID, opacity=0.6, says=says)
    for n, line in enumerate(spec.lines):
        if line.point.value is not None:
            at = ground.along_scale(line.point.value)
            pen.line(
                at, ground.area.top, at, ground.area.bottom, colour=looks.INK, width=2, dash=looks.DASHES[n + 1]
            )
            _inside(
                pen, ground, at, ground.area.top + size * (1.1 + 1.3 * n), f"{line.label} {line.point.text}", size
            )
    placed: list[tuple[float, float]] = []
    pointed: list[tuple[float, float, str, str]] = []
    for at, code, label, text in _dots(spec, ground):
        y = _free(placed, at, middle, radius, ground.area.high * 0.3)
        placed.append((at, y))
        if code in spec.marked:
            pointed.append((at, y, label, text))
        else:
            pen.mark(at, y, 0, radius, says=f"{label}: {text}")
    for n, line in enumerate(spec.lines):
        if line.point.value is not None:
            at, high = ground.along_scale(line.point.value), ground.area.top + size * (1.1 + 1.3 * n)
            _inside(pen, ground, at, high, f"{line.label} {line.point.text}", size)
    for n, (at, y, label, text) in enumerate(pointed):
        below = ground.area.bottom - size * (0.6 + 1.3 * n)
        pen.line(at, y, at, below, colour=looks.INK, width=1.5)
        pen.mark(at, y, _POINTED, max(5.0, radius * 1.5), says=f"{label}: {text}")
        _inside(pen, ground, at, below, f"{label} {text}", size, 650)


def _dots(spec: ChartSpec, ground: Ground) -> list[tuple[float, str, str, str]]:
    (series,) = spec.series
    shown = [
        (ground.along_scale(point.value), place.code, place.label, point.text)
        for place, point in zip(spec.x.places, series.points, strict=True)
        if point.value is not None
    ]
    return sorted(shown)


def _free(placed: list[tuple[float, float]], x: float, middle: float, radius: float, most: float) -> float:
    """The height nearest to the middle at which a dot covers no other; where all is full, as far out as may be."""
    near = [(px, py) for px, py in placed if abs(px - x) < 2 * radius]
    away = 0.0
    while away <= most:
        for y in (middle - away, middle + away):
            if all((px - x) ** 2 + (py - y) ** 2 >= (2 * radius) ** 2 for px, py in near):
                return y
        away += radius * 0.55
    return middle - most


def _inside(pen: Pen, ground: Ground, x: float, y: float, text: str, size: float, weight: int = 600) -> None:
    """A text beside a place on the scale that stays on the ground."""
    ends = x + 6 + width_of(text, size, weight) > ground.area.right
    pen.text(
        x - 6 if ends else x + 6, y, text, size=size, weight=weight, anchor="end" if ends else "start", halo=True
    )


def _stretch(
    pen: Pen,
    ground: Ground,
    at: float,
    thick: float,
    begin: float,
    end: float | None,
    fill: str,
    edge: str,
    says: str,
) -> None:
    """A bar from one place on the scale to another; without an end the mark of a figure that is not shown."""
    if end is None:
        end = begin + MARK * 1.5 if ground.lying else begin - MARK
    low, high = min(begin, end), max(begin, end)
    if ground.lying:
        pen.box(low, at, high - low, thick, fill=fill, edge=edge, says=says)
    else:
        pen.box(at, low, thick, high - low, fill=fill, edge=edge, says=says)


def _interval(pen: Pen, ground: Ground, point: Point, at: float, colour: str) -> None:
    """A thin bar over the interval of a figure, light around it so that it is seen on its fill."""
    if point.low is None or point.high is None:
        return
    low, high = ground.along_scale(point.low), ground.along_scale(point.high)
    for shade, wide, reach in ((looks.BACKGROUND, 5.0, 5.5), (colour, 1.75, 4.0)):
        for a, b in (((low, 0), (high, 0)), ((low, -reach), (low, reach)), ((high, -reach), (high, reach))):
            if ground.lying:
                pen.line(a[0], at + a[1], b[0], at + b[1], colour=shade, width=wide)
            else:
                pen.line(at + a[1], a[0], at + b[1], b[0], colour=shade, width=wide)


def _tell(pen: Pen, ground: Ground, at: float, end: float, point: Point, thick: float, size: float) -> None:
    """The figure or its reason in words at the end of a bar, where there is room."""
    if ground.lying and thick >= size * 0.8:
        pen.text(end + 8, at + size * 0.35, point.text, size=size)
    elif not ground.lying and point.value is not None and width_of(point.text, size) < thick + 4:
        pen.text(at, end - 6, point.text, size=size, anchor="middle")


def _tell_inside(pen: Pen, ground: Ground, at: float, middle: float, text: str, size: float) -> None:
    x, y = (middle, at) if ground.lying else (at, middle)
    wide = width_of(text, size) + 8
    pen.box(x - wide / 2, y - size * 0.65, wide, size * 1.3, fill=looks.BACKGROUND)
    pen.text(x, y + size * 0.35, text, size=size, anchor="middle")
