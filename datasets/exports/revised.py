"""Which figures of a chart have another value in a newer release."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from datasets.charts.spec import ChartSpec, Point, Series

from .steps import Step, steps_of


@dataclass(frozen=True)
class RevisedFigure:
    """One figure that both charts show, and show differently, as their readers see it."""

    step: str
    series: str
    before: str
    after: str


def revised_figures(frozen: ChartSpec, newest: ChartSpec) -> tuple[RevisedFigure, ...]:
    """The figures that differ. One that is hidden in either says nothing about the other, and is left out."""
    now = {(step.code, series.key): point for step, series, point in _figures(newest)}
    found = []
    for step, series, point in _figures(frozen):
        other = now.get((step.code, series.key))
        if other is None or point.value is None or other.value is None or point.text == other.text:
            continue
        name = series.label if len(frozen.series) > 1 else ""
        found.append(RevisedFigure(step.label, name, point.text, other.text))
    return tuple(found)


def _figures(spec: ChartSpec) -> Iterator[tuple[Step, Series, Point]]:
    for step in steps_of(spec):
        for series, point in zip(spec.series, step.points, strict=True):
            yield step, series, point
