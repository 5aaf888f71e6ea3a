"""Charts as slides: native charts whose figures can be edited, with everything that belongs to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from datasets.charts.language import rounded, say
from datasets.charts.select import Kind
from datasets.charts.spec import ChartSpec
from datasets.cubes import LocalText
from portal.files import pptx

from .imprint import Imprint
from .paragraphs import paragraphs
from .picture.looks import INK, SERIES
from .texts import plain

_MOST_BELOW = 7
_MORE_NOTES: LocalText = {
    "sv": "Fler noter står i anteckningarna till bilden.",
    "en": "More notes stand in the notes to this slide.",
}
_GAPS: LocalText = {"sv": "Saknas i diagrammet: {steps}", "en": "Missing from the chart: {steps}"}


@dataclass(frozen=True)
class ChartOnSlide:
    """A chart for a slide, and what somebody said one is looking at."""

    spec: ChartSpec
    imprint: Imprint
    looking_at: str = ""


@dataclass(frozen=True)
class WordsOnSlide:
    """A slide without figures: its heading, what it says, perhaps an address and a picture, and its source."""

    title: str
    lines: tuple[str, ...] = ()
    above: str = ""
    source: str = ""
    url: str = ""
    picture: bytes = b""
    alternative: str = ""


def deck_slides(slides: Sequence[ChartOnSlide | WordsOnSlide], *, title: str, lang: str = "sv") -> bytes:
    """A deck of native charts, one a slide, in the order given. Hidden figures are gaps, and said in words."""
    return pptx.presentation(deck_pages(slides), title=title, lang=lang)


def deck_pages(slides: Sequence[ChartOnSlide | WordsOnSlide]) -> list[pptx.Slide]:
    """The same slides as pages that can stand in a file with others."""
    return [_words(one) if isinstance(one, WordsOnSlide) else _slide(one) for one in slides]


def _words(slide: WordsOnSlide) -> pptx.Slide:
    body = [pptx.Text(line) for line in slide.lines]
    if slide.url:
        body.append(pptx.Text(slide.url, slide.url))
    return pptx.Slide(
        above=slide.above,
        title=slide.title,
        mark="",
        chart=None,
        below=(pptx.Text(slide.source),) if slide.source else (),
        notes="\n".join(filter(None, (*slide.lines, slide.alternative, slide.source))),
        body=tuple(body),
        picture=pptx.Picture(slide.picture, slide.alternative) if slide.picture else None,
    )


def _slide(chart: ChartOnSlide) -> pptx.Slide:
    spec, imprint = chart.spec, chart.imprint
    above = " · ".join(filter(None, (chart.looking_at, imprint.heading)))
    return pptx.Slide(
        above=above,
        title=spec.sentence or imprint.heading,
        mark=imprint.demo,
        chart=_native(spec),
        below=_below(spec, imprint),
        notes=_spoken(chart),
    )


def _below(spec: ChartSpec, imprint: Imprint) -> tuple[pptx.Text, ...]:
    """Which figures are missing and why, source, notes and link; what does not fit is in the notes."""
    told = [pptx.Text(fact.text, fact.url) for fact in paragraphs(imprint)]
    last = told[-1:]
    told = told[:-1]
    gaps = _gaps(spec)
    if gaps:
        told.insert(0, pptx.Text(say(_GAPS, spec.lang, steps=gaps)))
    if len(told) > _MOST_BELOW:
        told = [*told[: _MOST_BELOW - 1], pptx.Text(say(_MORE_NOTES, spec.lang))]
    return (*told, *last)


def _gaps(spec: ChartSpec) -> str:
    """Each figure that is not shown, with its reason, as far as a slide has room."""
    found = [
        f"{place.label}{f', {series.label}' if len(spec.series) > 1 else ''} ({series.points[n].text})"
        for series in spec.series
        for n, place in enumerate(spec.x.places)
        if series.points[n].value is None
    ]
    return "; ".join(found[:6]) + (" …" if len(found) > 6 else "")


def _spoken(chart: ChartOnSlide) -> str:
    """What the speaker reads: everything that goes with the figures, how to read them first."""
    facts = sorted(chart.imprint.facts(), key=lambda fact: fact.key not in ("sentence", "how", "says_not"))
    lines = [f"{fact.label}: {plain(fact.text)}" for fact in facts]
    return "\n".join([*filter(None, [chart.looking_at]), *lines])


def _native(spec: ChartSpec) -> pptx.Chart:
    kind = _KINDS[spec.kind, spec.x.is_time]
    decimals = spec.y.decimals
    unit = f'\\ "{spec.y.unit}"' if spec.y.unit and '"' not in spec.y.unit else ""
    return pptx.Chart(
        kind=kind,
        steps=tuple(place.label for place in spec.x.places),
        series=_dots(spec) if kind is pptx.Kind.DOTS else _series(spec),
        axis=spec.y.label,
        number_format="#,##0" + ("." + "0" * decimals if decimals else "") + unit,
        ticks=_ticks(spec, unit),
        minimum=spec.y.minimum,
        maximum=spec.y.maximum,
        unit=spec.y.step,
        description=f"{spec.title}. {spec.sentence}",
    )


def _ticks(spec: ChartSpec, unit: str) -> str:
    """The scale's figures: no decimals that are all nought, and no unit that its title says already."""
    is_whole = float(spec.y.step).is_integer() and float(spec.y.minimum).is_integer()
    decimals = 0 if is_whole else spec.y.decimals
    return "#,##0" + ("." + "0" * decimals if decimals else "") + (unit if spec.y.unit == "%" else "")


def _series(spec: ChartSpec) -> tuple[pptx.Series, ...]:
    is_stacked = spec.kind is Kind.STACKED
    return tuple(
        pptx.Series(
            name=series.label,
            values=tuple(_figure(spec, point.value) for point in series.points),
            colour=SERIES[series.slot],
            slot=series.slot,
            lows=() if is_stacked else tuple(_figure(spec, point.low) for point in series.points),
            highs=() if is_stacked else tuple(_figure(spec, point.high) for point in series.points),
        )
        for series in spec.series
    )


def _dots(spec: ChartSpec) -> tuple[pptx.Series, ...]:
    """All places as one series, each that is pointed out as one of its own, larger areas as upright lines."""
    (series,) = spec.series
    shown = [
        (place, _figure(spec, point.value))
        for place, point in zip(spec.x.places, series.points, strict=True)
        if point.value is not None
    ]
    others = sorted(value for place, value in shown if place.code not in spec.marked and value is not None)
    heights = tuple(0.5 + ((7 * n) % 11 - 5) / 14 for n in range(len(others)))
    name = spec.x.label or spec.series_label
    made = [pptx.Series(name, tuple(others), SERIES[0], 0, heights=heights)]
    for n, (place, value) in enumerate((one for one in shown if one[0].code in spec.marked), start=1):
        made.append(pptx.Series(place.label, (value,), SERIES[n % 8], n % 8, heights=(0.5,)))
    for n, line in enumerate((line for line in spec.lines if line.point.value is not None), start=1):
        value = _figure(spec, line.point.value)
        made.append(pptx.Series(line.label, (value, value), INK, n % 8, heights=(0.0, 1.0), is_line=True))
    return tuple(made)


def _figure(spec: ChartSpec, value: float | None) -> float | None:
    """A figure as it is written, so that the sheet behind the chart holds no more than the page says."""
    return None if value is None else float(rounded(value, spec.y.decimals))


_KINDS = {
    (Kind.LINE, True): pptx.Kind.LINE,
    (Kind.LINE, False): pptx.Kind.LINE,
    (Kind.BAR, True): pptx.Kind.COLUMNS,
    (Kind.BAR, False): pptx.Kind.BARS,
    (Kind.STACKED, True): pptx.Kind.STACKED_COLUMNS,
    (Kind.STACKED, False): pptx.Kind.STACKED_BARS,
    (Kind.DOTS, True): pptx.Kind.DOTS,
    (Kind.DOTS, False): pptx.Kind.DOTS,
}
