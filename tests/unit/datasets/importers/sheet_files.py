"""Small workbooks of made-up figures, in both of the forms that spreadsheets save."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import openpyxl
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from datasets.importers import read_csv, sniff_csv
from tests.unit.datasets.importers.csv_files import PLACES

Rows = Sequence[Sequence[Any]]
LONG: Rows = (
    ("Kommun", "Kön", "År", "Antal"),
    ("Lidingö", "kvinnor", 2023, 1234),
    ("Lidingö", "män", 2023, 998.5),
    ("Nynäshamn", "kvinnor", 2023, 12),
    ("Nynäshamn", "män", 2023, 9),
)


def xlsx(sheets: Mapping[str, Rows] | Rows, hidden: Sequence[str] = (), merged: Sequence[str] = ()) -> bytes:
    """An Excel file of sheets, or of one; `merged` are areas of its first, such as "A1:C1"."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in _named(sheets).items():
        sheet = book.create_sheet(name)
        sheet.sheet_state = "hidden" if name in hidden else "visible"
        for row in rows:
            sheet.append(list(row))
    for area in merged:
        book.worksheets[0].merge_cells(area)
    return _saved(book)


def ods(sheets: Mapping[str, Rows] | Rows) -> bytes:
    """An OpenDocument file of sheets, or of one."""
    book = OpenDocumentSpreadsheet()
    for name, rows in _named(sheets).items():
        table = Table(name=name)
        for row in rows:
            line = TableRow()
            for value in row:
                line.addElement(_cell(value))
            table.addElement(line)
        book.spreadsheet.addElement(table)
    return _saved(book)


def _named(sheets: Mapping[str, Rows] | Rows) -> Mapping[str, Rows]:
    return sheets if isinstance(sheets, Mapping) else {"Blad1": sheets}


def _saved(book: Any) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(value: Any) -> TableCell:
    if value is None:
        return TableCell()
    if isinstance(value, (int, float)):
        cell = TableCell(valuetype="float", value=str(value))
    elif isinstance(value, (date, datetime)):
        cell = TableCell(valuetype="date", datevalue=value.isoformat())
    else:
        cell = TableCell(valuetype="string")
    cell.addElement(P(text=str(value)))
    return cell


def guess_of(data: bytes, sheet: str | None = None):
    return sniff_csv(data, PLACES, sheet)


def result_of(data: bytes, sheet: str | None = None):
    """The workbook read as proposed."""
    guess = guess_of(data, sheet)
    assert guess.mapping is not None, [str(problem) for problem in guess.problems]
    return read_csv(data, guess.mapping, PLACES)


def cube_of(data: bytes, sheet: str | None = None):
    result = result_of(data, sheet)
    assert result.cube is not None, [str(problem) for problem in result.problems]
    return result.cube


def refusal(data: bytes, sheet: str | None = None):
    guess = guess_of(data, sheet)
    assert guess.mapping is None
    return guess.problems[0]
