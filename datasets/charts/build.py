"""The way from a protected cube to a chart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from datasets.cubes import Cube, Dimension, Reason, Role, pick
from datasets.disclosure import ProtectedCube

from . import wording
from .about import About
from .axis import scale
from .breaks import cuts_of, pooled
from .errors import SelectionError
from .figures import Figures, Groups, Measure, figures_of
from .language import day, figure, label_of, number, say
from .reading import compares_well, reading_of
from .resolve import View, check_counts, check_stack, resolve, unit_of
from .select import Kind, Selection
from .sentence import sentence_of
from .spec import ChartSpec, Line, Missing, Place, Point, Series, XAxis, YAxis
from .spread import quartiles_of
from .trending import trends_of

_MOST_DECIMALS = 2


def build_chart(cube: ProtectedCube, selection: Selection, *, lang: str, about: About | None = None) -> ChartSpec:
    """The chart of a view of a protected cube, with every word in ``lang``.

    Raises SelectionError for a view that the cube cannot show, TypeError for a cube that is not protected.
    """
    if not isinstance(cube, ProtectedCube):
        raise TypeError("Charts are made of protected cubes; call datasets.disclosure.protect() first.")
    return _chart(cube.cube, selection, lang, about or About())


def _chart(cube: Cube, selection: Selection, lang: str, about: About) -> ChartSpec:
    view = resolve(selection, cube)
    check_counts(cube, view)
    if selection.kind is Kind.STACKED:
        check_stack(view)
    groups, cuts = pooled(len(view.x_codes), view.pool, cuts_of(cube, view, about, lang))
    if view.pool and len(groups) < 2:
        raise SelectionError("pool_is_too_long", given=view.pool)
    figures = figures_of(cube, view, about, groups)
    seen = cube.select(_everything_used(view))
    y = _y_axis(seen, view, figures, selection.kind, lang)
    series = _series(cube, view, figures, y, lang)
    series, lines = _beside(view, series, lang)
    x = _x_axis(view, groups, lang)
    compares_places = (x.is_geo and len(x.places) > 1) or (_is_geo(view.series) and len(series) > 1)
    spec = ChartSpec(
        lang=lang,
        kind=selection.kind,
        measure=figures.measure,
        title=pick(about.title or cube.title, lang),
        subtitle=wording.subtitle(cube, view, lang),
        sentence="",
        is_demo=about.is_demo,
        demo_label=say(wording.DEMO, lang) if about.is_demo else "",
        x=x,
        y=y,
        series_label=_label(view.series, lang),
        series_are_geo=_is_geo(view.series) or (view.series is None and _is_held_at_place(cube, view)),
        series=series,
        interval_text="",
        missing=_missing(cube, figures, lang),
        may_rank=compares_well(about, compares_places),
        reading=reading_of(
            about,
            kind=selection.kind,
            measure=figures.measure,
            zero_baseline=y.zero_baseline,
            compares_places=compares_places,
            lang=lang,
        ),
        source=cube.source,
        notes=tuple(dict.fromkeys(pick(note.text, lang) for note in seen.notes if pick(note.text, lang))),
        updated=cube.updated.date() if cube.updated else None,
        updated_text=day(cube.updated, lang),
        query=selection.to_query(),
        breaks=cuts,
        marked=view.marked,
        lines=lines,
        pooled=wording.pooled_words(view, figures.measure, lang),
    )
    spec = replace(
        spec,
        interval_text=say(wording.INTERVAL, lang) if spec.has_intervals else "",
        quartiles=quartiles_of(spec),
        trends=trends_of(spec, figures.errors, about.polarity),
    )
    return replace(spec, sentence=sentence_of(spec))


def _beside(view: View, series: tuple[Series, ...], lang: str) -> tuple[tuple[Series, ...], tuple[Line, ...]]:
    """The dots for themselves, and the larger areas that came last as lines."""
    if not view.lines:
        return series, ()
    (dots,) = series
    codes, points = view.x_codes[-view.lines :], dots.points[-view.lines :]
    lines = tuple(
        Line(f"{view.x.code}={code}", label_of(view.x.category(code), lang), point)
        for code, point in zip(codes, points, strict=True)
    )
    return (replace(dots, points=dots.points[: -view.lines]),), lines


def _everything_used(view: View) -> dict[str, tuple[str, ...]]:
    """Every category that has a part in the chart, so that its footnotes can be told from the others."""
    used = {**view.fixed, view.x.code: view.x_codes}
    if view.series is not None:
        used[view.series.code] = view.series_codes
    if view.share is not None:
        part = used.get(view.share.code, ()) + view.parts
        used[view.share.code] = tuple(dict.fromkeys(part + view.whole))
    return used


def _x_axis(view: View, groups: Groups, lang: str) -> XAxis:
    codes = view.x_codes[: len(view.x_codes) - view.lines]
    places = tuple(Place(code, label_of(view.x.category(code), lang)) for code in codes)
    if groups:
        ends = [(places[group[0]], places[group[-1]]) for group in groups]
        places = tuple(Place(f"{one.code}/{other.code}", f"{one.label}–{other.label}") for one, other in ends)
    return XAxis(
        code=view.x.code,
        label=_label(view.x, lang),
        is_time=view.x.role is Role.TIME,
        is_geo=_is_geo(view.x),
        places=places,
    )


def _y_axis(cube: Cube, view: View, figures: Figures, kind: Kind, lang: str) -> YAxis:
    label, unit = wording.axis_words(cube, view, figures.measure, lang)
    measured = scale(
        _on_the_scale(figures, kind),
        from_zero=kind in (Kind.BAR, Kind.STACKED) or (figures.measure is Measure.SHARE and kind is Kind.LINE),
        whole=figures.measure is Measure.COUNT,
        when_empty=100.0 if figures.measure is Measure.SHARE else 10.0,
    )
    tick_unit = unit if figures.measure is Measure.SHARE else ""
    return YAxis(
        label=label,
        unit=unit,
        decimals=_decimals(cube, view, figures),
        minimum=measured.minimum,
        maximum=measured.maximum,
        step=measured.step,
        tick_texts=tuple(figure(tick, measured.decimals, tick_unit, lang) for tick in measured.ticks),
    )


def _on_the_scale(figures: Figures, kind: Kind) -> list[float]:
    """Every shown figure that the scale must hold: of a stack its height, of shares in it always the whole."""
    if kind is Kind.STACKED:
        heights = np.nansum(figures.values, axis=0)
        return [*map(float, heights), *([100.0] if figures.measure is Measure.SHARE else [])]
    shown = np.concatenate([figures.values.ravel(), figures.low.ravel(), figures.high.ravel()])
    return [float(value) for value in shown[~np.isnan(shown)]]


def _decimals(cube: Cube, view: View, figures: Figures) -> int:
    """As many as the source shows; for our own shares none when they come from a sample, else one."""
    if view.share is not None:
        return 1 if np.isnan(figures.low).all() else 0
    unit = unit_of(cube, view)
    if unit is not None and unit.decimals is not None:
        return unit.decimals
    shown = figures.values[~np.isnan(figures.values)]
    return next(
        (n for n in range(_MOST_DECIMALS) if np.allclose(shown, np.round(shown, n), rtol=0, atol=1e-9)),
        _MOST_DECIMALS,
    )


def _series(cube: Cube, view: View, figures: Figures, y: YAxis, lang: str) -> tuple[Series, ...]:
    rows = [_points(cube, figures, row, y, lang) for row in range(figures.values.shape[0])]
    if view.series is None:
        key, label = wording.lone_series(cube, view, y.label, lang)
        return (Series(key, label, 0, rows[0]),)
    return tuple(
        Series(f"{view.series.code}={code}", label_of(view.series.category(code), lang), slot, points)
        for slot, (code, points) in enumerate(zip(view.series_codes, rows, strict=True))
    )


def _points(cube: Cube, figures: Figures, row: int, y: YAxis, lang: str) -> tuple[Point, ...]:
    points = []
    for place in range(figures.values.shape[1]):
        reason = Reason(int(figures.statuses[row, place]))
        if reason.is_missing:
            points.append(Point(None, wording.missing_text(cube, reason, lang), reason.token))
            continue
        value = float(figures.values[row, place])
        low, high = figures.low[row, place], figures.high[row, place]
        bounds = None if np.isnan(low) or np.isnan(high) else (float(low), float(high))
        points.append(
            Point(
                value=value,
                text=figure(value, y.decimals, y.unit, lang),
                status="ok" if reason is Reason.NONE else reason.token,
                low=bounds and bounds[0],
                high=bounds and bounds[1],
                interval="–".join(number(bound, y.decimals, lang) for bound in bounds) if bounds else "",
            )
        )
    return tuple(points)


def _missing(cube: Cube, figures: Figures, lang: str) -> tuple[Missing, ...]:
    counted = Counter(int(status) for status in figures.statuses.ravel())
    said: Sequence[Reason] = [
        reason for reason in Reason if (reason.is_missing or reason is Reason.ROUNDED) and counted[reason]
    ]
    return tuple(
        Missing(reason.token, wording.missing_text(cube, reason, lang), counted[reason]) for reason in said
    )


def _is_held_at_place(cube: Cube, view: View) -> bool:
    geo = cube.with_role(Role.GEO)
    return geo is not None and len(view.fixed.get(geo.code, ())) == 1


def _is_geo(dimension: Dimension | None) -> bool:
    return dimension is not None and dimension.role is Role.GEO


def _label(dimension: Dimension | None, lang: str) -> str:
    label = "" if dimension is None else pick(dimension.label, lang) or dimension.code
    return label[:1].upper() + label[1:]
