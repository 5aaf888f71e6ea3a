"""Workbooks (XLSX, ODS, XLS): which sheets there are, and the rows of one of them as text.

A cell's type is not guessed at: numbers are written out as numbers, dates as dates, and what is text stays text.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .numbers import Shape, shape
from .problems import Report
from .rows import Row

SECONDS = 150
_CHILD = Path(__file__).with_name("sheet_child.py")
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_OLE_NAMES = tuple(name.encode("utf-16-le") for name in ("Workbook", "Book", "EncryptedPackage"))
XLSX, ODS, XLS = "xlsx", "ods", "xls"


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook: its name, whether it is hidden, and how many of its cells hold a number."""

    name: str
    is_hidden: bool
    figures: int


@dataclass(frozen=True)
class SheetTable:
    """The rows of the sheet that was taken, as the workbook types them, and what other sheets there are."""

    sheets: tuple[Sheet, ...]
    name: str
    cells: Sequence[Sequence[Any]]

    @property
    def decimal(self) -> str:
        """The decimal sign of figures that are written as text; a comma where there are none."""
        looks = {shape(cell) for row in self.cells for cell in row if isinstance(cell, str) and cell}
        if looks & {Shape.COMMA, Shape.POINT_THEN_COMMA}:
            return ","
        return "." if looks & {Shape.POINT, Shape.COMMA_THEN_POINT} else ","

    @property
    def has_fractions(self) -> bool:
        """Whether any cell is a number with decimals, so that no decimal sign has to be found out."""
        return any(
            isinstance(cell, dict) or (isinstance(cell, float) and not cell.is_integer())
            for row in self.cells
            for cell in row
        )

    def rows(self, decimal: str) -> Iterator[Row]:
        """Every row that holds anything, all equally wide, numbers written with a decimal sign."""
        width = max(map(len, self.cells), default=0)
        gap = False
        for line, row in enumerate(self.cells, start=1):
            cells = [_text(cell, decimal) for cell in row]
            if any(map(str.strip, cells)):
                yield Row(line, cells + [""] * (width - len(cells)), gap)
            gap = not any(cells)


def workbook_kind(data: bytes) -> str | None:
    """Which kind of workbook a file is, by what it holds and not by its name; None when it is none."""
    if data.startswith(_OLE):
        return XLS if any(name in data for name in _OLE_NAMES) else None
    if not data.startswith(_ZIP):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return XLSX if b"xl/" in data else ODS if b"opendocument.spreadsheet" in data[:200] else None
    if "content.xml" in names:
        return ODS if b"opendocument.spreadsheet" in data[:200] or b"opendocument.spreadsheet" in data else None
    return XLSX if {"xl/workbook.xml", "xl/workbook.bin"} & names else None


def open_sheet(data: bytes, wanted: str | None, report: Report) -> SheetTable:
    """One sheet of a workbook: the one that is wanted, else the one in sight that holds most figures."""
    lines = _told(data, wanted, report)
    about: dict[str, Any] = next(lines, {"error": "sheet_broken"})
    if "error" in about:
        raise report.refuse(about["error"])
    if {one["name"].casefold() for one in about["sheets"]} >= {"survey", "choices"}:
        raise report.refuse("sheet_form")
    tables = tuple(
        Sheet(one["name"], one["is_hidden"], one["figures"]) for one in about["sheets"] if one["is_table"]
    )
    taken = about["taken"]
    if not tables:
        raise report.refuse("sheet_none")
    if taken not in {sheet.name for sheet in tables}:
        raise report.refuse("sheet_gone", name=taken)
    table = SheetTable(tables, taken, list(lines))
    _look_at_formulas(table.cells, report)
    if not any(cell != "" for row in table.cells for cell in row):
        raise report.refuse("sheet_empty", name=taken)
    return table


def remark_on_choice(table: SheetTable, report: Report) -> None:
    """Tell which sheet was taken where there are several, and that some are hidden."""
    others = [sheet for sheet in table.sheets if sheet.name != table.name]
    if any(sheet.figures for sheet in others):
        report.add("sheet_taken", name=table.name, count=len(table.sheets))
    for sheet in others:
        if sheet.is_hidden:
            report.add("sheet_hidden", name=sheet.name)


def _told(data: bytes, wanted: str | None, report: Report) -> Iterator[Any]:
    """The lines in which the other process tells of a workbook."""
    command = [sys.executable, "-I", str(_CHILD), *([] if wanted is None else [wanted])]
    try:
        run = subprocess.run(command, input=data, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        raise report.refuse("sheet_too_large") from None
    if run.returncode != 0:
        # A crash of the reader itself, or its limits: either way the file is none that can be read.
        raise report.refuse("sheet_too_large" if run.returncode < 0 else "sheet_broken")
    return (json.loads(line) for line in run.stdout.splitlines())


def _look_at_formulas(cells: Sequence[Sequence[Any]], report: Report) -> None:
    for line, row in enumerate(cells, start=1):
        for column, cell in enumerate(row, start=1):
            if isinstance(cell, dict) and "unknown" in cell:
                report.add("sheet_formula", line, column)
            elif isinstance(cell, dict) and "failed" in cell:
                report.add("sheet_failed", line, column)
    report.stop_if_fatal()


def _text(cell: Any, decimal: str) -> str:
    """A cell as text that the readers of CSV files understand as well."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, Mapping):
        if "percent" in cell:
            return f"{_number(cell['percent'], decimal)} %"
        return str(cell.get("at") or cell.get("failed") or "")
    return _number(cell, decimal)


def _number(value: float, decimal: str) -> str:
    if value.is_integer():
        return str(int(value))
    written = repr(value)
    if "e" in written:
        written = f"{value:.20f}".rstrip("0")
    return written.replace(".", decimal)
