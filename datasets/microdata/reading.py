"""Reading a file of people from memory: CSV by Arrow, XLSX and ODS by Calamine; nothing touches a disk."""

from __future__ import annotations

import csv
import io
import zipfile
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv
from python_calamine import CalamineError, CalamineWorkbook

from datasets.identifiers import heading_tells
from datasets.importers.encodings import decode_declared

from .errors import MicrodataError
from .table import Column, PeopleTable

MOST_COLUMNS = 200
MOST_ROWS = 2_000_000
LONGEST_HEADING = 80
LARGEST_UNPACKED = 400_000_000
_SEPARATORS = (";", "\t", ",", "|")
_OFFICE = b"PK\x03\x04"


def read_people(data: bytes) -> PeopleTable:
    """The rows of a file, its first filled row being the headings. Raises MicrodataError."""
    if not data.strip():
        raise MicrodataError("empty")
    return _checked(_sheet(data) if data.startswith(_OFFICE) else _csv(data))


def _csv(data: bytes) -> PeopleTable:
    if b"\x00" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise MicrodataError("not_a_table")
    text = data.decode("utf-16") if data.startswith((b"\xff\xfe", b"\xfe\xff")) else decode_declared(data, None)[0]
    text = text.lstrip("\ufeff\r\n")
    first = text.partition("\n")[0]
    separator = max(_SEPARATORS, key=first.count)
    width = len(next(csv.reader([first], delimiter=separator), []))
    if not 0 < width <= MOST_COLUMNS:
        raise MicrodataError("too_many_columns", most=MOST_COLUMNS)
    ragged = 0

    def skip(_row: object) -> str:
        nonlocal ragged
        ragged += 1
        return "skip"

    names = [f"f{place}" for place in range(width)]
    words = pa.dictionary(pa.int32(), pa.string())
    try:
        read = pacsv.read_csv(
            pa.BufferReader(text.encode()),
            read_options=pacsv.ReadOptions(column_names=names),
            parse_options=pacsv.ParseOptions(
                delimiter=separator, newlines_in_values='"' in text, invalid_row_handler=skip
            ),
            convert_options=pacsv.ConvertOptions(
                column_types=dict.fromkeys(names, words), strings_can_be_null=False
            ),
        )
    except (pa.ArrowException, UnicodeError):
        # Arrow's own words quote the row.
        raise MicrodataError("not_a_table") from None
    columns = []
    for chunked in read.unify_dictionaries().columns:
        joined = chunked.combine_chunks()
        parts = joined.chunks if isinstance(joined, pa.ChunkedArray) else [joined]
        places = np.concatenate([part.indices.to_numpy() for part in parts]).astype(np.int64)
        different = parts[0].dictionary.to_pylist() if parts else []
        heading = different[places[0]] if len(places) else ""
        columns.append(Column.of(_heading(heading), different, places[1:]))
    return PeopleTable(tuple(columns), max(read.num_rows - 1, 0), ragged)


def _sheet(data: bytes) -> PeopleTable:
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
    headings, *rows = filled[0]
    width = max((place + 1 for place, cell in enumerate(headings) if _written(cell)), default=0)
    if not 0 < width <= MOST_COLUMNS:
        raise MicrodataError("too_many_columns", most=MOST_COLUMNS)
    whole = [row for row in rows if not any(map(_written, row[width:]))]
    columns = [_coded(_written(headings[at]), [_written(row[at]) for row in whole]) for at in range(width)]
    return PeopleTable(tuple(columns), len(whole), len(rows) - len(whole))


def _coded(heading: str, cells: Sequence[str]) -> Column:
    known: dict[str, int] = {}
    places = np.fromiter((known.setdefault(cell, len(known)) for cell in cells), np.int64, len(cells))
    return Column.of(_heading(heading), tuple(known), places)


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


def _checked(table: PeopleTable) -> PeopleTable:
    """The table, if its first row can be headings: else it is a person, who must not become words on a page."""
    headings = [column.heading for column in table.columns]
    if any(not heading for heading in headings):
        raise MicrodataError("heading_missing", column=headings.index("") + 1)
    for place, column in enumerate(table.columns, start=1):
        number = column.heading.replace(",", ".").replace(" ", "").lstrip("-").replace(".", "", 1)
        is_a_cell = column.heading in column.words and len(table.columns) > 1
        if number.isdigit() or len(column.heading) > LONGEST_HEADING or is_a_cell or heading_tells(column.heading):
            raise MicrodataError("no_headings", column=place)
    if any(count > 1 for count in Counter(headings).values()):
        place = next(at for at, heading in enumerate(headings, start=1) if headings.count(heading) > 1)
        raise MicrodataError("heading_twice", column=place)
    if not table.rows:
        raise MicrodataError("no_rows")
    if table.rows > MOST_ROWS:
        raise MicrodataError("too_many_rows", most=MOST_ROWS)
    return table
