"""How places spread: quartiles of the dots shown, and where those pointed out lie among them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from . import phrases
from .language import figure, rounded, say
from .select import Kind
from .spec import ChartSpec, Point, Quartiles
from .wording import listed

FEWEST = 8
"""Of fewer places a quarter would be one or two, and is not told."""


def quartiles_of(spec: ChartSpec) -> Quartiles | None:
    """The quartiles of a dot chart, from its shown figures only; None where they are few, or it shows no dots."""
    shown = [point.value for point in _dots(spec) if point.value is not None]
    if len(shown) < FEWEST:
        return None
    low, middle, high = (
        Point(float(end), figure(float(end), spec.y.decimals, spec.y.unit, spec.lang), "ok")
        for end in np.quantile(np.array(shown), (0.25, 0.5, 0.75))
    )
    return Quartiles(low, middle, high)


def spread_words(spec: ChartSpec, quartiles: Quartiles, noun: str) -> list[str]:
    """The spread in words: the middle half, where each place pointed out lies, and the larger areas."""
    count = sum(point.value is not None for point in _dots(spec))
    said = [
        say(
            phrases.HALF_BETWEEN,
            spec.lang,
            noun=noun,
            low=quartiles.low.text,
            high=quartiles.high.text,
            middle=quartiles.middle.text,
            count=count,
        )
    ]
    for place, point in zip(spec.x.places, _dots(spec), strict=True):
        if place.code in spec.marked and point.value is not None:
            where = _where(spec, quartiles, point.value) if spec.may_rank else "plain"
            said.append(say(phrases.MARKED[where], spec.lang, name=place.label, figure=point.text))
    areas = [f"{line.label} {line.point.text}" for line in spec.lines if line.point.value is not None]
    if areas:
        said.append(say(phrases.LARGER, spec.lang, areas=listed(areas, spec.lang)))
    return said


def _dots(spec: ChartSpec) -> Sequence[Point]:
    return spec.series[0].points if spec.kind is Kind.DOTS else ()


def _where(spec: ChartSpec, quartiles: Quartiles, value: float) -> str:
    """Among the highest or the lowest quarter, as a reader of the written figures would say."""
    written = rounded(value, spec.y.decimals)
    if written > rounded(quartiles.high.value or 0.0, spec.y.decimals):
        return "top"
    if written < rounded(quartiles.low.value or 0.0, spec.y.decimals):
        return "bottom"
    return "middle"
