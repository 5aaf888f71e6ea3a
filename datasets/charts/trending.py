"""How each series has gone over time, in the words of five states."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from datasets.statistics import Trend, trend

from . import phrases
from .about import Polarity
from .language import say
from .spec import ChartSpec, Series, SeriesTrend

TOO_SHORT = "too_short"
_GOOD_WAY = {Polarity.MORE_IS_BETTER: 1, Polarity.LESS_IS_BETTER: -1}


def trends_of(spec: ChartSpec, errors: NDArray[np.float64], polarity: Polarity) -> tuple[SeriesTrend, ...]:
    """The trend of each series of a chart over time, told of the part after its last break alone.

    ``errors`` are the figures' standard errors, shape (series, steps), NaN where none is known. Hidden and missing
    figures are left out. Nothing for a chart that runs along something else, or has one step.
    """
    if not spec.x.is_time or len(spec.x.places) < 2:
        return ()
    start = max((cut.place for cut in spec.breaks), default=0)
    told = tuple(_told(spec, one, errors[row], start, polarity) for row, one in enumerate(spec.series))
    # Of six series that are too short nobody needs to hear six times.
    return told[:1] if all(one.state == TOO_SHORT for one in told) else told


def _told(
    spec: ChartSpec, series: Series, errors: NDArray[np.float64], start: int, polarity: Polarity
) -> SeriesTrend:
    values = np.array([np.nan if point.value is None else point.value for point in series.points])[start:]
    found = trend(_times(spec)[start:], values, errors[start:])
    state = TOO_SHORT if found is None else found.state.name.lower()
    tone = "" if found is None else _tone(found.state, polarity)
    words = say(phrases.TREND[state], spec.lang)
    shown = np.flatnonzero(~np.isnan(values))
    if found is not None:
        first, last = (spec.x.places[start + int(place)].label for place in (shown[0], shown[-1]))
        words = say(phrases.TREND_OVER, spec.lang, first=first, last=last, words=words)
    if tone:
        words += say(phrases.TONE[tone], spec.lang)
    return SeriesTrend(series.key, series.label, state, words, tone)


def _times(spec: ChartSpec) -> NDArray[np.float64]:
    """Years as they are, so that a year left out counts; other times by their place."""
    years = [place.code.partition("/")[0] for place in spec.x.places]
    if all(year.isdecimal() and len(year) == 4 for year in years):
        return np.array(years, dtype=np.float64)
    return np.arange(len(years), dtype=np.float64)


def _tone(state: Trend, polarity: Polarity) -> str:
    way = int(np.sign(state)) * _GOOD_WAY.get(polarity, 0)
    return {1: "good", -1: "bad"}.get(way, "")
