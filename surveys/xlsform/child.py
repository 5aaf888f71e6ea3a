"""Opens one workbook in a process of its own, and asks pyxform about it, so that a hostile file can harm nothing.

    python -I child.py xlsx|xls|rows < content > JSON

The process has limits of memory and time, writes no file and knows nothing of this project. It prints one object:
``sheets`` by name, each a list of rows of texts from the first row and column on, and ``pyxform``: ``refused``
with pyxform's words or null. Or ``error`` with a word on why the file can't be read. ``rows`` are sheets as JSON.
"""

from __future__ import annotations

import io
import json
import logging
import re
import resource
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

MEMORY, SECONDS = 1_500_000_000, 10
UNPACKED = 60_000_000
"""So many bytes may the parts of a workbook have when they are unpacked."""
MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 20_000, 300, 32_767
MOST_ASKED = 2_000
"""pyxform is not asked about a sheet of more rows, which is refused anyway."""

OF_SURVEYCTO = re.compile(
    r"caseid|calculate_here|(text|audio) audit|speed violations \w+|sensor_\w+( .*)?|comments|device_info( .*)?"
)
"""Types of rows that only SurveyCTO knows and whose loss harms no form; pyxform would stop at them."""
ITS_SHEETS = ("survey", "choices", "settings", "external_choices", "entities", "osm")
READ_SHEETS = frozenset({*ITS_SHEETS, "vaxtkraft"})

Sheets = dict[str, list[list[str]]]


class Unreadable(Exception):
    """The file can't be read; its one argument is a word on why."""


def main(kind: str) -> None:
    """Tell what the content on the standard input holds."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    # What pyxform imports loads numpy where it is found: a quarter of the time that a form takes, for nothing.
    sys.modules["numpy"] = None  # type: ignore[assignment]
    data = sys.stdin.buffer.read()
    try:
        sheets = json.loads(data) if kind == "rows" else workbook(data, kind)
        told: dict[str, Any] = {"sheets": sheets, "pyxform": {"refused": verdict(sheets)}}
    except Unreadable as unreadable:
        told = {"error": unreadable.args[0]}
    except MemoryError:
        told = {"error": "too_large"}
    json.dump(told, sys.stdout)


def workbook(data: bytes, kind: str) -> Sheets:
    """The sheets of a workbook that forms are made of, as texts; of others only the names."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError
    from python_calamine import SheetTypeEnum as SheetType

    try:
        if kind == "xlsx" and not is_modest(data):
            raise Unreadable("too_large")
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        tables = [meta.name for meta in book.sheets_metadata if meta.typ == SheetType.WorkSheet]
        read = {name for name in tables if name.strip().lower() in READ_SHEETS}
        return {name: list(rows(book.get_sheet_by_name(name))) if name in read else [] for name in tables}
    except PasswordError:
        raise Unreadable("password") from None
    except (CalamineError, zipfile.BadZipFile, OSError, ValueError, EOFError, KeyError, NotImplementedError):
        raise Unreadable("broken") from None


def is_modest(data: bytes) -> bool:
    """Whether a zip file's parts stay below the limit when unpacked: what it says of itself may be a lie."""
    found = 0
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for part in archive.infolist():
            with archive.open(part) as opened:
                while piece := len(opened.read(1 << 20)):
                    found += piece
                    if found > UNPACKED:
                        return False
    return True


def rows(sheet: Any) -> Iterator[list[str]]:
    """Every row of a sheet from its first, as texts, without what is empty at the end."""
    if sheet.start is None:
        return
    above, left = sheet.start
    del above  # iter_rows begins at the first row of the sheet
    waiting = 0
    for number, cells in enumerate(sheet.iter_rows()):
        texts = [""] * left + [written(cell) for cell in cells[:MOST_COLUMNS]]
        while texts and not texts[-1].strip():
            texts.pop()
        if not texts:
            waiting += 1
            continue
        if number >= MOST_ROWS:
            raise Unreadable("too_long")
        yield from ([] for _ in range(waiting))
        waiting = 0
        yield texts


def written(cell: object) -> str:
    """A cell as a person reads it: whole numbers without decimals, dates as dates."""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else f"{cell:.15g}"
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ")
    if isinstance(cell, int | date | time | timedelta):
        return str(cell)
    return cell[:LONGEST_CELL] if isinstance(cell, str) else ""


def verdict(sheets: Sheets) -> str | None:
    """Why pyxform refuses the form, in its own words; None where it takes it."""
    from pyxform.errors import PyXFormError
    from pyxform.xls2xform import convert

    logging.disable(logging.CRITICAL)
    if any(len(lines) > MOST_ASKED + 100 for lines in sheets.values()):
        return None
    try:
        convert(as_pyxform_takes_them(sheets), validate=False)
    except MemoryError:
        raise
    except PyXFormError as error:
        return str(error)
    except Exception as error:  # a mistake of its own says nothing of the form
        sys.stderr.write(f"pyxform failed: {type(error).__name__}: {error}\n")
    return None


def as_pyxform_takes_them(sheets: Sheets) -> dict[str, Any]:
    """The sheets as pyxform's own readers hand them on: a list of rows by header for each."""
    taken: dict[str, Any] = {"sheet_names": list(sheets)}
    for name, lines in sheets.items():
        if name.strip().lower() not in ITS_SHEETS:
            continue
        filled = [line for line in lines if any(cell.strip() for cell in line)]
        if not filled:
            continue
        headers = [" ".join(cell.split()) for cell in filled[0]]
        after = lines[lines.index(filled[0]) + 1 :]
        key = name.strip().lower()
        taken[key] = [
            {header: tidy(cell) for header, cell in zip(headers, line, strict=False) if header and tidy(cell)}
            for line in after
        ]
        if key == "survey":
            taken[key] = [{} if OF_SURVEYCTO.fullmatch(row.get("type", "").lower()) else row for row in taken[key]]
        taken[f"{key}_header"] = [dict.fromkeys([header for header in headers if header])]
    return taken


def tidy(cell: str) -> str:
    """A cell without what nobody sees: spaces around it, hard spaces, spaces inside ``${ name }``."""
    return re.sub(r"\$\{\s*([^}\s]+)\s*\}", r"${\1}", cell.replace("\u00a0", " ").replace("\ufeff", "")).strip()


if __name__ == "__main__":
    main(sys.argv[1])
