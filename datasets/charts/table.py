"""A chart as a table: the same figures, reasons and notes, for those who read rather than look."""

from __future__ import annotations

from dataclasses import dataclass

from datasets.cubes import LocalText

from .language import say
from .spec import ChartSpec, Point

_SOURCE: LocalText = {"sv": "Källa: {source}", "en": "Source: {source}"}
_UPDATED: LocalText = {"sv": "Senast uppdaterad: {day}", "en": "Last updated: {day}"}


@dataclass(frozen=True)
class Cell:
    """One figure in words; ``interval`` is empty where the figure has none."""

    text: str
    status: str
    is_missing: bool
    interval: str


@dataclass(frozen=True)
class Row:
    """A step along the chart's axis; ``header`` is the row's own header cell."""

    header: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class ChartTable:
    """Caption, a header cell for each column (``corner`` above the rows' own), rows, and notes to follow."""

    caption: str
    corner: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...]


def chart_table(spec: ChartSpec) -> ChartTable:
    """The chart's figures with a row for each step along its axis and a column for each series."""
    return ChartTable(
        caption=" · ".join(part for part in (spec.title, spec.subtitle, spec.demo_label) if part),
        corner=spec.x.label,
        columns=tuple(series.label for series in spec.series),
        rows=(
            *(Row(line.label, (_cell(line.point),)) for line in spec.lines),
            *(
                Row(place.label, tuple(_cell(series.points[n]) for series in spec.series))
                for n, place in enumerate(spec.x.places)
            ),
        ),
        notes=_notes(spec),
    )


def _cell(point: Point) -> Cell:
    return Cell(point.text, point.status, point.value is None, point.interval)


def _notes(spec: ChartSpec) -> tuple[str, ...]:
    notes = [
        spec.pooled,
        spec.interval_text,
        *(cut.text for cut in spec.breaks),
        spec.reading.caution,
        *spec.notes,
    ]
    if spec.source:
        notes.append(say(_SOURCE, spec.lang, source=spec.source))
    if spec.updated_text:
        notes.append(say(_UPDATED, spec.lang, day=spec.updated_text))
    return tuple(note for note in notes if note)
