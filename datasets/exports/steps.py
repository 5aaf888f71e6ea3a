"""The steps along a chart's axis with their figures: areas drawn as lines first, as in the page's table."""

from __future__ import annotations

from dataclasses import dataclass

from datasets.charts.spec import ChartSpec, Point


@dataclass(frozen=True)
class Step:
    """One step along the axis, and its figure in each series."""

    label: str
    code: str
    points: tuple[Point, ...]


def steps_of(spec: ChartSpec) -> tuple[Step, ...]:
    """Every figure that the chart shows."""
    along = [
        Step(place.label, place.code, tuple(series.points[n] for series in spec.series))
        for n, place in enumerate(spec.x.places)
    ]
    beside = [Step(line.label, line.key.partition("=")[2], (line.point,)) for line in spec.lines]
    return (*beside, *along)
