"""A file of rows opened: the lines of a CSV file, or the rows of one sheet of a workbook."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from . import encodings, intake
from .csv_chunks import Chunk
from .csv_fast import whole
from .csv_layout import find_separator, read_rows
from .csv_mapping import CsvMapping
from .problems import Report
from .rows import Row
from .sheets import Sheet, SheetTable, open_sheet, remark_on_choice, workbook_kind

_LOOKED_AT = 1_000_000
"""The letters in so many bytes tell the separator."""


@dataclass(frozen=True)
class Source:
    """How a file is written, and its rows, given the decimal sign to write a workbook's numbers with.

    ``decimal`` is known where a workbook holds numbers with decimals as numbers; ``sheet`` is None for a CSV file.
    ``whole`` gives all rows below a line at once, where the file is a plain one.
    """

    encoding: str
    separator: str
    rows: Callable[[str], Iterator[Row]]
    sheet: str | None = None
    sheets: tuple[Sheet, ...] = ()
    decimal: str | None = None
    whole: Callable[[int, int], Chunk | None] = lambda _headings_end, _width: None


def open_source(data: bytes, sheet: str | None, report: Report, separator: str | None = None) -> Source:
    """A file of which nothing is known yet but the sheet of a workbook, or the separator, that somebody chose."""
    if workbook_kind(data) is not None:
        table = open_sheet(data, sheet, report)
        if sheet is None:
            remark_on_choice(table, report)
        return _of_sheet(table)
    intake.look(data, "CSV", report)
    encoding = encodings.encoding_of(data, report)
    if encoding != "utf-16":
        intake.refuse_binary(data, report)
    start = _start(data, encoding)
    if separator is not None and separator not in start:
        report.add("csv_separator_nowhere", 1)
        separator = None
    separator = separator or find_separator(start)
    if separator is None:
        raise report.refuse("csv_no_table", 1)
    return _of_csv(data, encoding, separator, report)


def open_as_confirmed(data: bytes, mapping: CsvMapping, report: Report) -> Source:
    """A file that is written as a person confirmed."""
    if workbook_kind(data) is not None:
        return _of_sheet(open_sheet(data, mapping.sheet, report))
    intake.look(data, "CSV", report)
    _check_encoding(data, mapping.encoding, report)
    return _of_csv(data, mapping.encoding, mapping.separator, report)


def _of_csv(data: bytes, encoding: str, separator: str, report: Report) -> Source:
    return Source(
        encoding,
        separator,
        lambda _decimal: read_rows(data, encoding, separator, report),
        whole=lambda headings_end, width: whole(data, encoding, separator, headings_end, width),
    )


def _of_sheet(table: SheetTable) -> Source:
    known = table.decimal if table.has_fractions else None
    return Source("utf-8", "", table.rows, table.name, table.sheets, known)


def _start(data: bytes, encoding: str) -> str:
    """The first letters of a file."""
    decoder = codecs.getincrementaldecoder(encodings.codec_of(data, encoding))()
    return decoder.decode(data[:_LOOKED_AT])


def _check_encoding(data: bytes, encoding: str, report: Report) -> None:
    place = encodings.misfit(data, encoding)
    if place is not None:
        raise report.refuse("csv_encoding", *intake.position(data, place), encoding=encoding)
