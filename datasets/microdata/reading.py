"""Reading a file of people from memory: CSV by Arrow, XLSX and ODS by Calamine; nothing touches a disk."""

from __future__ import annotations

import codecs
import csv
import io
import re
import zipfile
from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv
from python_calamine import CalamineError, CalamineWorkbook

from datasets.identifiers import heading_tells
from datasets.importers.encodings import misfit, wide_codec

from .coding import joined
from .errors import MicrodataError
from .table import Column, PeopleTable

MOST_COLUMNS = 200
MOST_ROWS = 2_000_000
LONGEST_HEADING = 80
LARGEST_UNPACKED = 400_000_000
_SEPARATORS = (";", "\t", ",", "|")
_OFFICE = b"PK\x03\x04"
_START, _BLOCK = 1 << 20, 1 << 20


def read_people(data: bytes, *, without: Collection[str] = ()) -> PeopleTable:
    """The rows of a file, its first filled row being the headings. Raises MicrodataError.

    ``without``: headings of columns that are to be passed over.
    """
    if not data.strip(b" \t\r\n\x0b\x0c")[:1]:
        raise MicrodataError("empty")
    return _sheet(data, without) if data.startswith(_OFFICE) else _csv(data, without)


def _csv(data: bytes, without: Collection[str]) -> PeopleTable:
    """The file read a piece at a time: its text is never held as a whole."""
    try:
        codec = _codec_of(data)
        headings, separator, begin = _first_row(data, codec)
        wanted = [place for place, heading in enumerate(headings) if heading not in without]
        parts, ragged = _read(data, begin, codec, separator, len(headings), wanted)
    except (pa.ArrowException, UnicodeError, csv.Error):
        # Arrow's own words quote the row.
        raise MicrodataError("not_a_table") from None
    columns = []
    rows = sum(map(len, parts[0])) if parts else 0
    for place in wanted:
        # Each column's pieces are let go as soon as they are one.
        columns.append(Column.of(headings[place], *joined(parts.pop(0))))
    pa.default_memory_pool().release_unused()
    return _checked(columns, headings, rows, ragged)


def _codec_of(data: bytes) -> str:
    """How the letters are written; never one of Python's names that takes away a mark at the beginning."""
    marks = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
    wide = marks.get(data[:2]) or wide_codec(data)
    if wide is None and b"\x00" in data[:4096]:
        raise MicrodataError("not_a_table")
    return wide or next(codec for codec in ("utf-8", "cp1252", "latin-1") if misfit(data, codec) is None)


def _first_row(data: bytes, codec: str) -> tuple[list[str], str, int]:
    """The headings, what parts them, and where the rows begin."""
    start = codecs.getincrementaldecoder(codec)().decode(data[:_START])
    text = start.lstrip("\ufeff\r\n")
    first = re.split(r"[\r\n]", text, maxsplit=1)[0]
    separator = max(_SEPARATORS, key=first.count)
    lines = io.StringIO(text, newline="")
    headings = [_heading(cell) for cell in next(csv.reader(lines, delimiter=separator), [])]
    if not 0 < len(headings) <= MOST_COLUMNS:
        raise MicrodataError("too_many_columns", most=MOST_COLUMNS)
    return headings, separator, len(start[: len(start) - len(text) + lines.tell()].encode(codec))


def _read(
    data: bytes, begin: int, codec: str, separator: str, width: int, wanted: Sequence[int]
) -> tuple[list[list[pa.DictionaryArray]], int]:
    """The wanted columns in pieces, and how many rows had another number of cells."""
    parts: list[list[pa.DictionaryArray]] = [[] for _place in wanted]
    if begin >= len(data) or not wanted:
        return parts, 0
    ragged = taken = 0

    def skip(_row: object) -> str:
        nonlocal ragged
        ragged += 1
        return "skip"

    names = [str(place) for place in range(width)]
    pieces = pacsv.open_csv(
        pa.BufferReader(pa.py_buffer(memoryview(data)[begin:])),
        read_options=pacsv.ReadOptions(column_names=names, encoding=codec, block_size=_BLOCK, use_threads=False),
        parse_options=pacsv.ParseOptions(
            delimiter=separator, newlines_in_values=b'"' in data, invalid_row_handler=skip
        ),
        convert_options=pacsv.ConvertOptions(
            include_columns=[names[place] for place in wanted],
            column_types=dict.fromkeys(names, pa.dictionary(pa.int32(), pa.string())),
            strings_can_be_null=False,
        ),
    )
    for piece in pieces:
        taken += piece.num_rows
        if taken > MOST_ROWS:
            raise MicrodataError("too_many_rows", most=MOST_ROWS)
        for part, cells in zip(parts, piece.columns, strict=True):
            part.append(cells)
    return parts, ragged


def _sheet(data: bytes, without: Collection[str]) -> PeopleTable:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(part.file_size for part in packed.infolist()) > LARGEST_UNPACKED:
                raise MicrodataError("too_large")
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [workbook.get_sheet_by_index(at).to_python() for at in range(len(workbook.sheet_names))]
    except (CalamineError, zipfile.BadZipFile, OSError, ValueError):
        raise MicrodataError("not_a_table") from None
    filled = [rows for rows in ([row for row in sheet if any(map(_written, row))] for sheet in sheets) if rows]
    if not filled:
        raise MicrodataError("empty")
    if len(filled) > 1:
        raise MicrodataError("several_sheets", count=len(filled))
    first, *rows = filled[0]
    width = max((place + 1 for place, cell in enumerate(first) if _written(cell)), default=0)
    if not 0 < width <= MOST_COLUMNS:
        raise MicrodataError("too_many_columns", most=MOST_COLUMNS)
    whole = [row for row in rows if not any(map(_written, row[width:]))]
    headings = [_heading(_written(cell)) for cell in first[:width]]
    columns = [
        _coded(heading, [_written(row[at]) for row in whole])
        for at, heading in enumerate(headings)
        if heading not in without
    ]
    return _checked(columns, headings, len(whole), len(rows) - len(whole))


def _coded(heading: str, cells: Sequence[str]) -> Column:
    known: dict[str, int] = {}
    places = np.fromiter((known.setdefault(cell, len(known)) for cell in cells), np.int32, len(cells))
    return Column.of(heading, tuple(known), places)


def _written(cell: Any) -> str:
    """A cell as text: whole numbers without a point, days as 2024-05-17."""
    if isinstance(cell, bool):
        return str(int(cell))
    if isinstance(cell, float):
        return f"{cell:.0f}" if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ")
    if isinstance(cell, (date, time, timedelta)):
        return str(cell)
    return str(cell).strip()


def _heading(text: str) -> str:
    return " ".join(text.split())


def _checked(columns: list[Column], headings: list[str], rows: int, ragged: int) -> PeopleTable:
    """The table, if its first row can be headings: else it is a person, who must not become words on a page."""
    if any(not heading for heading in headings):
        raise MicrodataError("heading_missing", column=headings.index("") + 1)
    cells = {column.heading: column.cells for column in columns}
    for place, heading in enumerate(headings, start=1):
        number = heading.replace(",", ".").replace(" ", "").lstrip("-").replace(".", "", 1)
        is_a_cell = heading in cells and cells[heading].index(heading).as_py() >= 0 and len(headings) > 1
        if number.isdigit() or len(heading) > LONGEST_HEADING or is_a_cell or heading_tells(heading):
            raise MicrodataError("no_headings", column=place)
    if any(count > 1 for count in Counter(headings).values()):
        place = next(at for at, heading in enumerate(headings, start=1) if headings.count(heading) > 1)
        raise MicrodataError("heading_twice", column=place)
    if not rows:
        raise MicrodataError("no_rows")
    if rows > MOST_ROWS:
        raise MicrodataError("too_many_rows", most=MOST_ROWS)
    passed_over = tuple(heading for heading in headings if heading not in cells)
    return PeopleTable(tuple(columns), rows, ragged, passed_over)
