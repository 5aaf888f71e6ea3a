"""A chart's finding in words, from the chart itself: what is not on the chart cannot be in its sentence."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import numpy as np

from datasets.cubes import Reason
from datasets.statistics import Interval, Verdict, difference_of_intervals, holm, verdict_words, verdicts

from . import phrases
from .figures import Measure
from .language import figure, is_year, number, rounded, say
from .spec import ChartSpec, Place, Point, Series
from .spread import spread_words
from .wording import listed


def sentence_of(spec: ChartSpec) -> str:
    """The finding: the latest figure and its change, or how the figures spread; then what is not shown."""
    hidden = sum(reason.count for reason in spec.missing if reason.status == Reason.SUPPRESSED.token)
    if not any(point.value is not None for series in spec.series for point in series.points):
        return say(phrases.ALL_HIDDEN if hidden else phrases.NOTHING, spec.lang)
    if spec.quartiles is not None:
        return " ".join([*spread_words(spec, spec.quartiles, _capital(_noun(spec))), *_hidden(spec, hidden)])
    change = spec.x.is_time and len(spec.x.places) > 1
    found = _change(spec) if change else _spread(spec)
    return " ".join([*found, *_hidden(spec, hidden)])


def _change(spec: ChartSpec) -> list[str]:
    """The first series at the latest time that is shown, against its earliest, and the others beside it."""
    main = next(series for series in spec.series if any(point.value is not None for point in series.points))
    shown = [place for place, point in enumerate(main.points) if point.value is not None]
    last = shown[-1]
    # What lies before a break is counted in another way, and is not set against what lies after.
    start = max((cut.place for cut in spec.breaks if cut.place <= last), default=0)
    first = next(place for place in shown if place >= start)
    time = spec.x.places[last]
    when = say(phrases.YEAR, spec.lang, time=time.label) if is_year(time.label) else time.label
    latest = say(phrases.LATEST, spec.lang, when=when, noun=_noun(spec), figure=main.points[last].text)
    if len(spec.series) > 1 or spec.series_are_geo:
        latest += " " + _of(spec, main)
    if first != last:
        latest += _since(spec, main, first, last)
    return [f"{latest}.", *_others(spec, main, last)]


def _since(spec: ChartSpec, main: Series, first: int, last: int) -> str:
    now, before = main.points[last], main.points[first]
    time = spec.x.places[first].label
    then = say(phrases.THAN_IN, spec.lang, time=time)
    (verdict,) = _judged(spec, [(now, before)])
    if verdict is None:
        return say(phrases.UNCHANGED, spec.lang, first=then)
    if verdict is Verdict.UNCERTAIN:
        words = verdict_words(verdict, spec.lang)
        return say(phrases.UNCERTAIN_CHANGE, spec.lang, words=words, first=time, figure=before.text)
    word = verdict_words(verdict, spec.lang, is_level=spec.measure is not Measure.COUNT)
    amount = _amount(spec, abs(_gap(spec, now, before)))
    return say(phrases.CHANGED, spec.lang, amount=amount, word=word, first=then)


def _others(spec: ChartSpec, main: Series, place: int) -> list[str]:
    """The other series at the same time: set against the first where that is fair, else only named."""
    rest = [series for series in spec.series if series is not main and series.points[place].value is not None]
    if not rest:
        return []
    if spec.measure is Measure.COUNT or not spec.may_rank:
        plain = [f"{series.points[place].text} {_of(spec, series)}" for series in rest]
        return [say(phrases.MEANWHILE, spec.lang, noun=_noun(spec), others=listed(plain, spec.lang))]
    judged = _judged(spec, [(main.points[place], series.points[place]) for series in rest])

    def named(verdict: Verdict | None) -> str:
        """The series that stand so beside the first, each with its figure."""
        uncertain = verdict is Verdict.UNCERTAIN
        return listed(
            [
                f"{series.label if uncertain else _of(spec, series)} ({series.points[place].text})"
                for series, found in zip(rest, judged, strict=True)
                if found is verdict
            ],
            spec.lang,
        )

    clauses = [
        say(phrases.THAN, spec.lang, word=verdict_words(verdict, spec.lang, is_level=True), others=named(verdict))
        for verdict in (Verdict.MORE, Verdict.FEWER)
        if verdict in judged
    ]
    if None in judged:
        clauses.append(say(phrases.SAME_AS, spec.lang, others=named(None)))
    said = [say(phrases.THAT_IS, spec.lang, clauses=listed(clauses, spec.lang))] if clauses else []
    if Verdict.UNCERTAIN in judged:
        words = _capital(verdict_words(Verdict.UNCERTAIN, spec.lang))
        said.append(say(phrases.UNCERTAIN_FROM, spec.lang, words=words, others=named(Verdict.UNCERTAIN)))
    return said


def _spread(spec: ChartSpec) -> list[str]:
    """How the figures differ along the axis, or between the series where there are several."""
    noun = _capital(_noun(spec))
    filled = [s for s in spec.series if any(point.value is not None for point in s.points)]
    if not spec.may_rank:
        points = _shown([point for series in filled for point in series.points])
        low, high = min(points, key=_value), max(points, key=_value)
        if low.text == high.text:
            return [say(phrases.ALIKE, spec.lang, noun=noun, figure=low.text)]
        return [say(phrases.BETWEEN, spec.lang, noun=noun, low=low.text, high=high.text)]
    gaps = _gaps(spec, filled) if len(filled) > 1 else []
    return gaps or _extremes(spec, filled[0], noun)


def _extremes(spec: ChartSpec, series: Series, noun: str) -> list[str]:
    shown = [
        (point, place)
        for point, place in zip(series.points, spec.x.places, strict=True)
        if point.value is not None
    ]
    if len(shown) == 1:
        point, place = shown[0]
        return [say(phrases.ONE, spec.lang, noun=noun, figure=point.text, where=_at(spec, place))]
    bottom = min(shown, key=lambda pair: _value(pair[0]))
    top = max(shown, key=lambda pair: _value(pair[0]))
    if not _gap(spec, top[0], bottom[0]):
        return [say(phrases.ALIKE, spec.lang, noun=noun, figure=top[0].text)]
    # The two ends were picked after looking, so they answer for every pair that might have been picked.
    pairs = [(one, other) for place, (one, _) in enumerate(shown) for other, _ in shown[place + 1 :]]
    ends = next(n for n, pair in enumerate(pairs) if {*map(id, pair)} == {id(top[0]), id(bottom[0])})
    certain = _verdicts(spec, pairs)[ends] is not Verdict.UNCERTAIN
    return [
        say(
            phrases.EXTREMES,
            spec.lang,
            noun=noun,
            most=say(phrases.LARGEST[spec.measure], spec.lang),
            top=_at(spec, top[1]),
            high=top[0].text,
            least=say(phrases.SMALLEST[spec.measure], spec.lang),
            bottom=_at(spec, bottom[1]),
            low=bottom[0].text,
            doubt="" if certain else say(phrases.DOUBT, spec.lang),
        )
    ]


def _gaps(spec: ChartSpec, filled: Sequence[Series]) -> list[str]:
    """The first series against each of the others, place by place."""
    main, *others = filled
    pairs = [
        (main.points[n], other.points[n], other, place)
        for n, place in enumerate(spec.x.places)
        for other in others
        if main.points[n].value is not None and other.points[n].value is not None
    ]
    if not pairs:
        return []
    judged = _judged(spec, [(one, other) for one, other, _, _ in pairs])
    certain = [
        pair for pair, verdict in zip(pairs, judged, strict=True) if verdict not in (None, Verdict.UNCERTAIN)
    ]
    groups = listed([series.label for series in filled], spec.lang)
    if not certain:
        if not spec.has_intervals:
            return [say(phrases.NO_GAP, spec.lang, groups=groups)]
        words = _capital(verdict_words(Verdict.UNCERTAIN, spec.lang))
        return [say(phrases.NONE_CERTAIN, spec.lang, words=words, groups=groups)]
    one, other, series, place = max(certain, key=lambda pair: abs(_value(pair[0]) - _value(pair[1])))
    said = [
        say(
            phrases.LARGEST_GAP,
            spec.lang,
            where=_at(spec, place),
            one=main.label,
            figure=one.text,
            other=series.label,
            second=other.text,
        )
    ]
    if spec.has_intervals and len(pairs) > 1:
        said.append(say(phrases.CERTAIN_OF, spec.lang, certain=len(certain), made=len(pairs)))
    return said


def _hidden(spec: ChartSpec, count: int) -> list[str]:
    if count == 0:
        return []
    if count > 1:
        return [say(phrases.SOME_HIDDEN, spec.lang, count=count)]
    series, place = next(
        (series, spec.x.places[n])
        for series in spec.series
        for n, point in enumerate(series.points)
        if point.status == Reason.SUPPRESSED.token
    )
    name = f"{place.label}, {series.label}," if len(spec.series) > 1 else place.label
    return [say(phrases.ONE_HIDDEN, spec.lang, name=_capital(name))]


def _judged(spec: ChartSpec, pairs: Sequence[tuple[Point, Point]]) -> list[Verdict | None]:
    """The verdicts on figures as they are written: None where two exact figures read the same."""
    alike = Verdict.UNCERTAIN if spec.has_intervals else None
    return [
        verdict if _gap(spec, *pair) else alike
        for pair, verdict in zip(pairs, _verdicts(spec, pairs), strict=True)
    ]


def _verdicts(spec: ChartSpec, pairs: Sequence[tuple[Point, Point]]) -> list[Verdict]:
    """Each first figure beside its second, by the one comparison; figures that are no sample are exact."""
    first, second = (_interval(spec, [pair[n] for pair in pairs]) for n in (0, 1))
    found = verdicts(difference_of_intervals(first, second), adjust=holm if spec.has_intervals else None)
    return [Verdict(int(verdict)) for verdict in found]


def _interval(spec: ChartSpec, points: Sequence[Point]) -> Interval:
    value = np.array([_value(point) for point in points])
    if not spec.has_intervals:
        return Interval(value, value, value)
    low = np.array([np.nan if point.low is None else point.low for point in points])
    high = np.array([np.nan if point.high is None else point.high for point in points])
    return Interval(value, low, high)


def _gap(spec: ChartSpec, one: Point, other: Point) -> Decimal:
    """The difference as a reader of the two written figures would count it."""
    return rounded(_value(one), spec.y.decimals) - rounded(_value(other), spec.y.decimals)


def _amount(spec: ChartSpec, gap: Decimal) -> str:
    if spec.measure is not Measure.SHARE:
        return figure(float(gap), spec.y.decimals, spec.y.unit, spec.lang)
    phrase = phrases.ONE_POINT if gap == 1 and spec.y.decimals == 0 else phrases.POINTS
    return say(phrase, spec.lang, figure=number(float(gap), spec.y.decimals, spec.lang))


def _noun(spec: ChartSpec) -> str:
    return say(phrases.NOUN[spec.measure], spec.lang)


def _of(spec: ChartSpec, series: Series) -> str:
    return _placed(spec, series.label, spec.series_label, is_place=spec.series_are_geo)


def _at(spec: ChartSpec, place: Place) -> str:
    return _placed(spec, place.label, spec.x.label, is_place=spec.x.is_geo or spec.x.is_time)


def _placed(spec: ChartSpec, name: str, dimension: str, *, is_place: bool) -> str:
    """``i Nynäshamn``, ``för ålder 29``, ``för ”Stämmer helt”``."""
    if not is_place and not any(sign.isalpha() for sign in name):
        name = f"{dimension.lower()} {name}"
    elif not is_place and " " in name and not name[0].isdigit():
        name = say(phrases.QUOTED, spec.lang, name=name)
    return say(phrases.IN if is_place else phrases.FOR, spec.lang, name=name)


def _shown(points: Sequence[Point]) -> list[Point]:
    return [point for point in points if point.value is not None]


def _value(point: Point) -> float:
    assert point.value is not None
    return point.value


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
