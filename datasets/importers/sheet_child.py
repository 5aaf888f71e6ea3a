"""Opens one workbook in a process of its own, so that a hostile or broken one can harm nothing else.

    python -I sheet_child.py [SHEET] < workbook > lines of JSON

The process has a limit of memory and of time, writes no file and knows nothing of this project. The first line
tells of all sheets and names the one that was taken, or is ``{"error": ...}``; each of the others is a row of that
sheet: texts, numbers, ``{"at": "2024-03-31"}`` for a point in time, ``{"percent": 45.3}`` for a number that the
sheet shows as per cent, ``{"failed": "#DIV/0!"}`` for a formula that came to nothing, and ``{"unknown": true}``
for one whose result the file does not hold.
"""

from __future__ import annotations

import io
import json
import re
import resource
import sys
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from math import isfinite
from typing import Any
from xml.etree import ElementTree

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError
from python_calamine import SheetTypeEnum as SheetType
from python_calamine import SheetVisibleEnum as Visibility

MEMORY, SECONDS = 2_000_000_000, 120
UNPACKED = 600_000_000
"""So many bytes may the parts of a workbook have when they are unpacked."""
WIDEST_MERGE, LONGEST_MERGE = 200, 100_000

Place = tuple[int, int]
Area = tuple[Place, Place]

_CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL)
_VALUE = re.compile(rb"<(?:\w+:)?v(?:\s[^>]*)?>(.+?)</(?:\w+:)?v>", re.DOTALL)
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_REFERENCE = re.compile(rb'\br="([A-Z]{1,3})(\d+)"')
_STYLE, _TYPE = re.compile(rb'\bs="(\d+)"'), re.compile(rb'\bt="(\w+)"')
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_PER_CENT_FORMATS = {"9", "10"}


def main(wanted: str | None) -> None:
    """Tell the workbook on the standard input, or in one line why it cannot be told."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    data = sys.stdin.buffer.read()
    try:
        if is_locked(data):
            tell({"error": "sheet_password"})
        elif unpacked_size(data) > UNPACKED:
            tell({"error": "sheet_too_large"})
        else:
            tell_book(data, wanted)
    except PasswordError:
        tell({"error": "sheet_password"})
    except MemoryError:
        tell({"error": "sheet_too_large"})
    except (CalamineError, zipfile.BadZipFile, OSError, ValueError, EOFError, KeyError, SyntaxError):
        tell({"error": "sheet_broken"})


def tell_book(data: bytes, wanted: str | None) -> None:
    """All sheets of a workbook, and the rows of the one that is wanted."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    told = list(sheets_of(book))
    name = wanted if wanted is not None else fullest(told)
    tell({"sheets": told, "taken": name})
    if name in {sheet["name"] for sheet in told if sheet["is_table"]}:
        tell_rows(book.get_sheet_by_name(name), *markup(data, name))


def is_locked(data: bytes) -> bool:
    """Whether a workbook is written so that only who knows its password can read it."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return "EncryptedPackage".encode("utf-16-le") in data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        manifest = "META-INF/manifest.xml"
        return manifest in archive.namelist() and b"encryption-data" in archive.read(manifest)


def unpacked_size(data: bytes) -> int:
    """How large the parts of a zip file really are, as far as the limit: what it says of itself may be a lie."""
    found = 0
    if not data.startswith(b"PK"):
        return len(data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for part in archive.infolist():
            with archive.open(part) as opened:
                while found <= UNPACKED and (piece := len(opened.read(1 << 20))):
                    found += piece
    return found


def sheets_of(book: CalamineWorkbook) -> Iterator[dict[str, Any]]:
    """Each sheet: its name, whether it is hidden, whether it is a table at all, and how many figures it holds."""
    for meta in book.sheets_metadata:
        filled = figures = 0
        is_table = meta.typ == SheetType.WorkSheet
        sheet = book.get_sheet_by_name(meta.name) if is_table else None
        if sheet is not None and sheet.start is not None:
            for row in sheet.iter_rows():
                filled += sum(cell != "" for cell in row)
                figures += sum(type(cell) in (int, float) for cell in row)
        yield {
            "name": meta.name,
            "is_table": is_table,
            "is_hidden": meta.visible != Visibility.Visible,
            "cells": filled,
            "figures": figures,
        }


def fullest(told: Iterable[dict[str, Any]]) -> str:
    """The sheet to take where none is named: the one in sight that holds most figures."""
    tables = [sheet for sheet in told if sheet["is_table"]]
    in_sight = [sheet for sheet in tables if not sheet["is_hidden"]] or tables
    return str(max(in_sight, key=lambda sheet: (sheet["figures"], sheet["cells"]))["name"]) if in_sight else ""


def tell_rows(sheet: CalamineSheet, marks: Mapping[Place, str], merged: Iterable[Area]) -> None:
    """Every row of a sheet from its first, each a line; cells of a merged area all have its text."""
    if sheet.start is None:
        return
    left = sheet.start[1]
    spread = Spreading((*(sheet.merged_cell_ranges or ()), *merged))
    for place, row in enumerate(sheet.iter_rows()):
        cells = [""] * left + [written(cell) for cell in row]
        if marks:
            cells = [marked(cell, marks.get((place, column), "")) for column, cell in enumerate(cells)]
        tell(spread.over(place, cells))


class Spreading:
    """Gives each cell of a merged area the text of its first; figures stay alone, and so do titles across all."""

    def __init__(self, merged: Iterable[Area]) -> None:
        self._areas = [
            (top, left, bottom, right)
            for (top, left), (bottom, right) in merged
            if right - left < WIDEST_MERGE and bottom - top < LONGEST_MERGE
        ]
        self._texts: dict[int, str] = {}

    def over(self, place: int, row: list[Any]) -> list[Any]:
        """A row with the texts of the areas that it crosses."""
        for number, (top, left, bottom, right) in enumerate(self._areas):
            if place == top and left < len(row) and isinstance(row[left], str):
                is_alone = not any(row[:left]) and not any(row[right + 1 :])
                self._texts[number] = "" if is_alone and right > left else row[left]
            if top <= place <= bottom and self._texts.get(number):
                for column in range(left, min(right + 1, len(row))):
                    row[column] = row[column] if row[column] != "" else self._texts[number]
        return row


def written(cell: object) -> object:
    """A cell as JSON can tell it: dates as dates, numbers to the fifteen digits that a spreadsheet keeps."""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, (int, float)):
        return to_fifteen_digits(float(cell))
    if isinstance(cell, datetime):
        return {"at": cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ")}
    if isinstance(cell, date):
        return {"at": cell.isoformat()}
    if isinstance(cell, (time, timedelta)):
        return str(cell)
    return cell if isinstance(cell, str) else ""


def to_fifteen_digits(value: float) -> object:
    """A number without the noise behind its fifteenth digit; nothing where there is none."""
    return float(f"{value:.15g}") if isfinite(value) else ""


def marked(cell: Any, mark: str) -> Any:
    """A cell with what the sheet's markup says of it besides its value."""
    if mark == "%" and isinstance(cell, float):
        return {"percent": to_fifteen_digits(cell * 100)}
    if mark == "?" and cell == "":
        return {"unknown": True}
    return {"failed": mark} if mark.startswith("#") else cell


def markup(data: bytes, name: str) -> tuple[dict[Place, str], list[Area]]:
    """What a sheet says of its cells besides their values, and merged areas that are not told otherwise.

    A cell's mark is "%" where it is shown as per cent, "?" for a formula without its result, or the error.
    """
    if not data.startswith(b"PK"):
        return {}, []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = set(archive.namelist())
        if "content.xml" in parts:
            return ods_markup(archive.read("content.xml"), name)
        if "xl/workbook.xml" not in parts:
            return {}, []
        per_cent = per_cent_styles(archive.read("xl/styles.xml")) if "xl/styles.xml" in parts else set()
        return xlsx_markup(archive.read(xlsx_part(archive, name)), per_cent), []


def xlsx_part(archive: zipfile.ZipFile, name: str) -> str:
    """Where the sheet of a name stands in an Excel file."""
    relation = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314 - bounded by the process
    key = next(one.get(relation) for one in book.iter() if one.tag.endswith("}sheet") and one.get("name") == name)
    links = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    target = next(one.get("Target", "") for one in links if one.get("Id") == key)
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def per_cent_styles(styles: bytes) -> set[bytes]:
    """The numbers of an Excel file's styles that show a number as per cent."""
    root = ElementTree.fromstring(styles)  # noqa: S314 - bounded by the process
    formats = {
        one.get("numFmtId", "")
        for one in root.iter()
        if one.tag.endswith("}numFmt") and "%" in re.sub(r'"[^"]*"|\\[^%]', "", one.get("formatCode", ""))
    }
    used = next((one for one in root if one.tag.endswith("}cellXfs")), ())
    return {
        str(place).encode()
        for place, one in enumerate(used)
        if one.get("numFmtId", "") in formats | _PER_CENT_FORMATS
    }


def xlsx_markup(sheet: bytes, per_cent: set[bytes]) -> dict[Place, str]:
    """The marks of an Excel sheet's cells. Looked for only where there is anything to find."""
    if not per_cent and b"<f" not in sheet and b":f" not in sheet and b't="e"' not in sheet:
        return {}
    marks: dict[Place, str] = {}
    for found in _CELL.finditer(sheet):
        attributes, inside = found[1], found[2] or b""
        at, kind, style = (one.search(attributes) for one in (_REFERENCE, _TYPE, _STYLE))
        if at is None:
            continue
        value, type_ = _VALUE.search(inside), kind[1] if kind else b"n"
        place = (int(at[2]) - 1, column_of(at[1]))
        if type_ == b"e" and value:
            marks[place] = value[1].decode("ascii", "replace")
        elif value is None and type_ != b"str" and _FORMULA.search(inside):
            marks[place] = "?"
        elif style and style[1] in per_cent and type_ == b"n":
            marks[place] = "%"
    return marks


def column_of(letters: bytes) -> int:
    """The place of a column, from 0, by its letters."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def ods_markup(content: bytes, name: str) -> tuple[dict[Place, str], list[Area]]:
    """The marks of an OpenDocument sheet's cells, and its merged areas."""
    marks: dict[Place, str] = {}
    areas: list[Area] = []
    root = ElementTree.fromstring(content)  # noqa: S314 - bounded by the process
    table = next(one for one in root.iter(f"{_TABLE}table") if one.get(f"{_TABLE}name") == name)
    row = 0
    for line in table.iter(f"{_TABLE}table-row"):
        column = 0
        for cell in line:
            down, right = (int(cell.get(f"{_TABLE}number-{way}-spanned", 1)) - 1 for way in ("rows", "columns"))
            if down or right:
                areas.append(((row, column), (row + down, column + right)))
            if cell.get(f"{_OFFICE}value-type") == "percentage":
                marks[row, column] = "%"
            column += int(cell.get(f"{_TABLE}number-columns-repeated", 1))
        row += int(line.get(f"{_TABLE}number-rows-repeated", 1))
    return marks, areas


def tell(line: object) -> None:
    """One line of the answer."""
    sys.stdout.write(json.dumps(line, allow_nan=False) + "\n")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else None)
