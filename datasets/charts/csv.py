"""A chart as a file of figures: one figure a row, and beside each all that is needed to understand it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from datasets.cubes import LocalText
from portal.files.csv import Cell, csv_bytes

from .language import rounded, say
from .spec import ChartSpec, Place

_HEADERS: Mapping[str, LocalText] = {
    "code": {"sv": "{label} (kod)", "en": "{label} (code)"},
    "series": {"sv": "Serie", "en": "Series"},
    "value": {"sv": "Värde", "en": "Value"},
    "low": {"sv": "Nedre gräns (95 %)", "en": "Lower bound (95%)"},
    "high": {"sv": "Övre gräns (95 %)", "en": "Upper bound (95%)"},
    "unit": {"sv": "Enhet", "en": "Unit"},
    "status": {"sv": "Status", "en": "Status"},
    "title": {"sv": "Diagram", "en": "Chart"},
    "source": {"sv": "Källa", "en": "Source"},
    "updated": {"sv": "Uppdaterad", "en": "Updated"},
    "notes": {"sv": "Noter", "en": "Notes"},
    "data": {"sv": "Typ av data", "en": "Kind of data"},
}
_WITH_VALUE: Mapping[str, LocalText] = {
    "ok": {"sv": "visas", "en": "shown"},
    "nil": {"sv": "visas", "en": "shown"},
    "rounded": {"sv": "avrundat", "en": "rounded"},
}
_REAL: LocalText = {"sv": "verkliga data", "en": "real data"}


def chart_csv(spec: ChartSpec) -> bytes:
    """The chart as CSV that a spreadsheet opens as it is: marked UTF-8, in Swedish with semicolons.

    A row for each figure with its codes, interval, status in words, source, day of update and notes, so that
    a row cut out and sent on still says what it is. A figure that is not shown leaves its cell empty.
    """
    cuts, reading = [cut.text for cut in spec.breaks], spec.reading
    about: list[Cell] = [
        " · ".join(part for part in (spec.title, spec.subtitle) if part),
        spec.source,
        spec.updated.isoformat() if spec.updated else "",
        " ".join(note for note in (reading.framing, spec.pooled, *cuts, *spec.notes, reading.caution) if note),
        spec.demo_label or say(_REAL, spec.lang),
    ]
    rows: list[list[Cell]] = []
    for series in spec.series:
        beside = [(Place(line.key.partition("=")[2], line.label), line.point) for line in spec.lines]
        for place, point in [*beside, *zip(spec.x.places, series.points, strict=True)]:
            status = say(_WITH_VALUE[point.status], spec.lang) if point.value is not None else point.text
            rows.append(
                [
                    place.label,
                    place.code,
                    series.label,
                    series.key.partition("=")[2],
                    *(_number(spec, figure) for figure in (point.value, point.low, point.high)),
                    spec.y.unit or spec.y.label,
                    status,
                    *about,
                ]
            )
    return csv_bytes(_header(spec), rows, lang=spec.lang)


def _header(spec: ChartSpec) -> list[str]:
    series = spec.series_label or say(_HEADERS["series"], spec.lang)
    named = [
        spec.x.label,
        say(_HEADERS["code"], spec.lang, label=spec.x.label),
        series,
        say(_HEADERS["code"], spec.lang, label=series),
    ]
    rest = ("value", "low", "high", "unit", "status", "title", "source", "updated", "notes", "data")
    return named + [say(_HEADERS[name], spec.lang) for name in rest]


def _number(spec: ChartSpec, value: float | None) -> Decimal | None:
    return None if value is None else rounded(value, spec.y.decimals)
