"""Tables as files: CSV, and a workbook with the figures on one sheet and the imprint on another."""

from __future__ import annotations

import re
from collections.abc import Iterator

from datasets.charts.language import rounded, say
from datasets.charts.spec import ChartSpec, Point
from datasets.cubes import LocalText
from portal.files import xlsx
from portal.files.csv import Dialect, csv_bytes

from .imprint import Imprint
from .steps import steps_of
from .table import Table, wide

_DATA: LocalText = {"sv": "Siffror", "en": "Figures"}
_ABOUT: LocalText = {"sv": "Om siffrorna", "en": "About the figures"}
_WHAT: LocalText = {"sv": "Vad", "en": "What"}
_SAYS: LocalText = {"sv": "Uppgift", "en": "Says"}
_LOW: LocalText = {"sv": "{label}, nedre gräns", "en": "{label}, lower bound"}
_HIGH: LocalText = {"sv": "{label}, övre gräns", "en": "{label}, upper bound"}
_MARKED_LINK = re.compile(r"<a\s[^>]*?href\s*=\s*[\"']?(https?://[^\"'\s>]+)[\"']?[^>]*>(.*?)</a>", re.I | re.S)
_BARE_LINK = re.compile(r"https?://[^\s<>\"']*[^\s<>\"'.,;:!?)]")
_TAG = re.compile(r"</?[a-zA-Z][^>]{0,200}>")


def csv_file(table: Table, dialect: Dialect) -> bytes:
    """The rows as CSV, guarded against being run as formulas."""
    return csv_bytes([column.title for column in table.columns], table.rows, dialect=dialect)


def workbook_file(figures: ChartSpec | Table, imprint: Imprint) -> bytes:
    """A workbook: a chart's figures as the page's table shows them, or every row of a table; and the imprint."""
    name = say(_DATA, imprint.lang)
    if isinstance(figures, Table):
        data = xlsx.Sheet(name, [column.title for column in figures.columns], figures.rows)
    else:
        data = _as_shown(figures, name)
    about = xlsx.Sheet(
        say(_ABOUT, imprint.lang),
        [say(_WHAT, imprint.lang), say(_SAYS, imprint.lang)],
        list(_about_rows(imprint)),
        widths=(28, 96),
        is_data=False,
    )
    return xlsx.workbook([data, about], title=imprint.heading)


def _as_shown(spec: ChartSpec, name: str) -> xlsx.Sheet:
    header = [spec.x.label]
    for series, heading in wide(spec):
        header.append(heading)
        if spec.has_intervals:
            header += [say(_LOW, spec.lang, label=series.label), say(_HIGH, spec.lang, label=series.label)]
    rows: list[list[xlsx.Cell]] = [
        [step.label, *(cell for point in step.points for cell in _cells(spec, point))] for step in steps_of(spec)
    ]
    return xlsx.Sheet(name, header, rows)


def _cells(spec: ChartSpec, point: Point) -> list[xlsx.Cell]:
    """A figure as a number; one that is not shown as words, never as a zero."""
    shown: list[xlsx.Cell] = [point.text if point.value is None else rounded(point.value, spec.y.decimals)]
    if spec.has_intervals:
        shown += [None if end is None else rounded(end, spec.y.decimals) for end in (point.low, point.high)]
    return shown


def _about_rows(imprint: Imprint) -> Iterator[tuple[xlsx.Cell, xlsx.Cell]]:
    """The imprint line by line; addresses in it become links that can be followed."""
    for fact in imprint.facts():
        links = linked(fact.text)
        yield fact.label, xlsx.Link(fact.text, fact.url) if fact.url else plain(fact.text)
        for text, url in links if not fact.url else ():
            yield "", xlsx.Link(text, url)


def linked(text: str) -> tuple[tuple[str, str], ...]:
    """Every address in a text with the words that it is a link on; sources write ``<a href="…">`` in footnotes."""
    marked = [(_TAG.sub("", words).strip() or url, url) for url, words in _MARKED_LINK.findall(text)]
    bare = [(url, url) for url in _BARE_LINK.findall(_MARKED_LINK.sub("", text))]
    return tuple(dict.fromkeys(marked + bare))


def plain(text: str) -> str:
    """A source's footnote without its marks, for a cell or a picture."""
    return _TAG.sub("", text)
