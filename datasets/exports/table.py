"""Figures as rows: one figure a row, and beside each what is needed to understand it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from datasets.charts.language import label_of, rounded, say, unit_label
from datasets.charts.spec import ChartSpec, Point, Series
from datasets.charts.wording import missing_text, why_missing
from datasets.cubes import Cube, Dimension, LocalText, Reason, Role, Unit, pick
from datasets.disclosure import ProtectedCube

from .imprint import Imprint
from .steps import steps_of

Cell = str | Decimal | None


class Kind(StrEnum):
    """What a column holds."""

    TEXT = "string"
    NUMBER = "decimal"
    DATE = "date"
    LINK = "anyURI"


@dataclass(frozen=True)
class Column:
    """One column. ``name`` is for programs and ``title`` for people; a key column tells the rows apart.

    What ``is_about`` the whole table says the same in every row.
    """

    name: str
    title: str
    kind: Kind = Kind.TEXT
    is_key: bool = False
    is_about: bool = False


@dataclass(frozen=True)
class Table:
    """Columns, how many rows there are, and the rows; a figure that is not shown leaves its cell empty."""

    columns: tuple[Column, ...]
    count: int
    rows: Sequence[tuple[Cell, ...]]


_TITLES: Mapping[str, LocalText] = {
    "code": {"sv": "{label} (kod)", "en": "{label} (code)"},
    "series": {"sv": "Serie", "en": "Series"},
    "value": {"sv": "Värde", "en": "Value"},
    "low": {"sv": "Nedre gräns (95 %)", "en": "Lower bound (95%)"},
    "high": {"sv": "Övre gräns (95 %)", "en": "Upper bound (95%)"},
    "unit": {"sv": "Enhet", "en": "Unit"},
    "status": {"sv": "Status", "en": "Status"},
    "status_code": {"sv": "Status (kod)", "en": "Status (code)"},
    "sign": {"sv": "Källans tecken", "en": "The source's sign"},
    "title": {"sv": "Diagram", "en": "Chart"},
    "source": {"sv": "Källa", "en": "Source"},
    "licence": {"sv": "Licens", "en": "Licence"},
    "updated": {"sv": "Uppdaterad", "en": "Updated"},
    "release": {"sv": "Utgåva", "en": "Release"},
    "notes": {"sv": "Noter", "en": "Notes"},
    "data": {"sv": "Typ av data", "en": "Kind of data"},
    "link": {"sv": "Länk", "en": "Link"},
}
_WITH_VALUE: Mapping[str, LocalText] = {
    "ok": {"sv": "visas", "en": "shown"},
    "nil": {"sv": "visas", "en": "shown"},
    "rounded": {"sv": "avrundat", "en": "rounded"},
}
_REAL: LocalText = {"sv": "verkliga data", "en": "real data"}
_ABOUT = ("title", "source", "licence", "updated", "release", "notes", "data", "link")


def table_of_view(spec: ChartSpec, imprint: Imprint) -> Table:
    """The figures that a chart shows. A row cut out and sent on still says what it is."""
    lang = spec.lang
    series_label = spec.series_label or say(_TITLES["series"], lang)
    named = _Names()
    columns = (
        *_dimension_columns(named, spec.x.code, spec.x.label, lang),
        *_series_columns(named, spec.series[0].key, series_label, lang),
        *(Column(named.new(name), say(_TITLES[name], lang), Kind.NUMBER) for name in ("value", "low", "high")),
        *(Column(named.new(name), say(_TITLES[name], lang)) for name in ("unit", "status", "status_code")),
        *_about_columns(named, lang),
    )
    about = _about(imprint, imprint.notes + _caution(imprint))
    rows = [
        (
            *(step.label, step.code, series.label, series.key.partition("=")[2]),
            *(None if figure is None else rounded(figure, spec.y.decimals) for figure in _bounded(step.points[n])),
            *(spec.y.unit or spec.y.label, _status(step.points[n], lang), step.points[n].status),
            *about,
        )
        for n, series in enumerate(spec.series)
        for step in steps_of(spec)
    ]
    return Table(columns, len(rows), rows)


def table_of_cube(cube: ProtectedCube, imprint: Imprint) -> Table:
    """Every figure of a table, row-major, each with its own notes. TypeError for a cube that is not protected."""
    if not isinstance(cube, ProtectedCube):
        raise TypeError("Files are made of protected cubes; call datasets.disclosure.protect() first.")
    lang, plain = imprint.lang, cube.cube
    named = _Names()
    columns = [
        column
        for dimension in plain.dimensions
        for column in _dimension_columns(named, dimension.code, _label(dimension, lang), lang)
    ]
    columns.append(Column(named.new("value"), say(_TITLES["value"], lang), Kind.NUMBER))
    columns += [
        Column(named.new(name), say(_TITLES[name], lang)) for name in ("unit", "status", "status_code", "sign")
    ]
    columns += _about_columns(named, lang)
    return Table(tuple(columns), plain.size, list(_cube_rows(plain, imprint)))


def table_of_rows(columns: Sequence[Column], rows: Sequence[tuple[Cell, ...]], imprint: Imprint) -> Table:
    """Rows that were worked out of published tables, each with what a row cut out and sent on still has to say."""
    named = _Names()
    own = [replace(column, name=named.new(column.name)) for column in columns]
    about = _about(imprint, imprint.notes)
    return Table((*own, *_about_columns(named, imprint.lang)), len(rows), [(*row, *about) for row in rows])


def status_columns(lang: str) -> tuple[Column, Column]:
    """The two columns that say, in words and as a code, whether a row's figures are shown, and why not."""
    return Column("status", say(_TITLES["status"], lang)), Column("status_code", say(_TITLES["status_code"], lang))


def status_words(lang: str, reason: Reason = Reason.NONE) -> tuple[str, str]:
    """What stands in these two columns for figures that are shown or, by `reason`, are not."""
    if not reason.is_missing:
        return say(_WITH_VALUE["ok"], lang), "ok"
    return why_missing(reason, lang), reason.token


def _cube_rows(cube: Cube, imprint: Imprint) -> Iterator[tuple[Cell, ...]]:
    lang = imprint.lang
    labels = [{one.code: label_of(one, lang) for one in d.categories} for d in cube.dimensions]
    units = _units(cube)
    notes = _Notes(cube, lang)
    plain = _about(imprint, ())
    place_of_notes = _ABOUT.index("notes")
    metric = next((place for place, d in enumerate(cube.dimensions) if d.role is Role.METRIC), None)
    for cell in cube.cells():
        unit = units[cell.codes[metric] if metric is not None else ""]
        names = (part for place, code in enumerate(cell.codes) for part in (labels[place][code], code))
        status = "ok" if cell.reason is Reason.NONE else cell.reason.token
        words = say(_WITH_VALUE[status], lang) if cell.value is not None else missing_text(cube, cell.reason, lang)
        own_words = pick(cell.symbol.text, lang) if cell.symbol is not None else ""
        sign = " ".join(filter(None, (cell.symbol.symbol, own_words))) if cell.symbol is not None else ""
        about = (*plain[:place_of_notes], notes.at(cell.codes), *plain[place_of_notes + 1 :])
        yield (*names, _decimal(cell.value, unit), unit_label(unit, lang), words, status, sign, *about)


class _Notes:
    """The footnotes that concern a cell; most tables have few, and most cells the same."""

    def __init__(self, cube: Cube, lang: str) -> None:
        self.codes = [dimension.code for dimension in cube.dimensions]
        ordered = sorted(cube.notes, key=lambda note: not note.mandatory)
        self.notes = [(note, pick(note.text, lang)) for note in ordered if pick(note.text, lang)]
        self.everywhere = " ".join(text for note, text in self.notes if not any(note.at.values()))
        self.is_same = all(not any(note.at.values()) for note, _ in self.notes)

    def at(self, codes: Sequence[str]) -> str:
        """Every note on the table, its dimensions, or the categories at which this cell stands."""
        if self.is_same:
            return self.everywhere
        here = dict(zip(self.codes, codes, strict=True))
        return " ".join(
            text for note, text in self.notes if all(code in (None, here.get(d)) for d, code in note.at.items())
        )


class _Names:
    """Names for columns that programs can take: plain letters, none twice."""

    def __init__(self) -> None:
        self.taken: set[str] = set()

    def new(self, wanted: str) -> str:
        """A name like the one wanted that no column has yet."""
        plain = unicodedata.normalize("NFKD", wanted).encode("ascii", "ignore").decode()
        name = re.sub(r"[^A-Za-z0-9]+", "_", plain).strip("_").lower() or "column"
        count, given = 1, name
        while name in self.taken:
            count += 1
            name = f"{given}_{count}"
        self.taken.add(name)
        return name


def _dimension_columns(named: _Names, code: str, label: str, lang: str) -> tuple[Column, Column]:
    name = named.new(code)
    return Column(name, label), Column(
        named.new(f"{name}_code"), say(_TITLES["code"], lang, label=label), is_key=True
    )


def _series_columns(named: _Names, key: str, label: str, lang: str) -> tuple[Column, Column]:
    code, is_coded, _ = key.partition("=")
    shown, coded = _dimension_columns(named, code if is_coded else "series", label, lang)
    return shown, replace(coded, is_key=bool(is_coded))


def _about_columns(named: _Names, lang: str) -> list[Column]:
    kinds = {"updated": Kind.DATE, "link": Kind.LINK}
    return [
        Column(named.new(name), say(_TITLES[name], lang), kinds.get(name, Kind.TEXT), is_about=True)
        for name in _ABOUT
    ]


def _about(imprint: Imprint, notes: Sequence[str]) -> tuple[Cell, ...]:
    """What each row says of its figure, in the order of _ABOUT."""
    return (
        imprint.heading,
        imprint.source,
        imprint.licence.name if imprint.licence is not None else "",
        imprint.updated.isoformat() if imprint.updated else "",
        imprint.release,
        " ".join(notes),
        imprint.demo or say(_REAL, imprint.lang),
        imprint.link,
    )


def _caution(imprint: Imprint) -> tuple[str, ...]:
    if imprint.reading is None:
        return ()
    return tuple(text for text in (imprint.reading.framing, imprint.reading.caution) if text)


def _bounded(point: Point) -> tuple[float | None, float | None, float | None]:
    return point.value, point.low, point.high


def _status(point: Point, lang: str) -> str:
    return point.text if point.value is None else say(_WITH_VALUE[point.status], lang)


def _units(cube: Cube) -> dict[str, Unit | None]:
    metric = cube.with_role(Role.METRIC)
    if metric is None:
        return {"": cube.unit}
    return {category.code: category.unit or cube.unit for category in metric.categories}


def _decimal(value: float | None, unit: Unit | None) -> Decimal | None:
    """The figure with as many decimals as its unit asks for, else as it is."""
    if value is None:
        return None
    if unit is not None and unit.decimals is not None:
        return rounded(value, unit.decimals)
    if value.is_integer() and abs(value) < 1e15:
        return Decimal(int(value))
    return Decimal(repr(value))


def _label(dimension: Dimension, lang: str) -> str:
    label = pick(dimension.label, lang) or dimension.code
    return label[:1].upper() + label[1:]


def wide(spec: ChartSpec) -> Iterator[tuple[Series, str]]:
    """Each series with its heading in a table that has a column for each: its name and its unit."""
    for series in spec.series:
        yield series, f"{series.label} ({spec.y.unit})" if spec.y.unit else series.label
