"""Workbooks: typed cells in sheets that open ready to read, in which nothing is run."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter

from .csv import safe_cell

_FORBIDDEN_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_LONGEST_NAME = 31
_LONGEST_CELL = 32_767
_LONGEST_LINK = 2_079
_WIDEST = 60
_LONGEST_PROPERTY = 255
_MADE = datetime(2000, 1, 1, tzinfo=UTC)
"""The same figures give the same bytes: a workbook does not say when it was made."""


@dataclass(frozen=True)
class Link:
    """A cell that opens a page of the web."""

    text: str
    url: str


Cell = str | int | Decimal | Link | None
"""What a cell may hold. A Decimal is shown with as many decimals as it has."""


@dataclass(frozen=True)
class Sheet:
    """One sheet: a header that stays in sight, and rows. ``is_data`` makes it a table that can be sorted.

    ``widths`` are in characters; left out, columns are as wide as what stands in them, up to a limit. Long
    texts are wrapped.
    """

    name: str
    header: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    widths: Sequence[int] = ()
    is_data: bool = True


def workbook(sheets: Sequence[Sheet], *, title: str) -> bytes:
    """A workbook of these sheets. Raises TypeError for a cell of another type than those of Cell."""
    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(out, options)
    book.set_properties({"title": _clean(title)[:_LONGEST_PROPERTY], "created": _MADE})
    styles = _Styles(book)
    taken: set[str] = set()
    for sheet in sheets:
        name = _sheet_name(sheet.name, taken)
        taken.add(name.casefold())
        _write(book.add_worksheet(name), sheet, styles)
    book.close()
    return out.getvalue()


class _Styles:
    """The formats of a workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def of(self, **look: Any) -> Any:
        """The format of this look."""
        key = tuple(sorted(look.items()))
        if key not in self.made:
            self.made[key] = self.book.add_format({"valign": "top", **look})
        return self.made[key]


def _write(page: Any, sheet: Sheet, styles: _Styles) -> None:
    header = _unlike(sheet.header)
    widest = [len(name) + 2 for name in header]
    last = 0
    for last, row in enumerate(sheet.rows, start=1):
        if len(row) != len(header):
            raise ValueError(f"A row has {len(row)} cells, and the header {len(header)}.")
        for column, cell in enumerate(row):
            widest[column] = max(widest[column], len(_write_cell(page, last, column, cell, styles)) + 1)
    for column, found in enumerate(widest):
        page.set_column(column, column, sheet.widths[column] if sheet.widths else min(found, _WIDEST))
    if sheet.is_data and last:
        columns = [{"header": name} for name in header]
        look = {"columns": columns, "style": "Table Style Light 1", "name": f"Tabell{page.index + 1}"}
        page.add_table(0, 0, last, len(header) - 1, look)
    else:
        for column, name in enumerate(header):
            page.write_string(0, column, name, styles.of(bold=True, text_wrap=True))
    page.freeze_panes(1, 0)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)


def _write_cell(page: Any, row: int, column: int, cell: Cell, styles: _Styles) -> str:
    """Write a cell; gives what it shows, to measure the column by."""
    if cell is None:
        return ""
    if isinstance(cell, Link):
        if not cell.url.startswith(("https://", "http://")) or len(cell.url) > _LONGEST_LINK:
            return _write_cell(page, row, column, cell.text, styles)
        link = styles.of(text_wrap=True, font_color="#0b5cad", underline=1)
        page.write_url(row, column, cell.url, link, string=_clean(cell.text))
        return cell.text
    if isinstance(cell, str):
        text = _clean(cell)
        look = {"text_wrap": len(text) > _WIDEST}
        if safe_cell(text) != text:
            look["quote_prefix"] = True  # stays a text when somebody edits it
        page.write_string(row, column, text, styles.of(**look))
        return text
    if isinstance(cell, bool) or not isinstance(cell, (int, Decimal)):
        raise TypeError(f"A cell is text, a link, a whole number or a Decimal, not {type(cell).__name__}.")
    exponent = cell.as_tuple().exponent if isinstance(cell, Decimal) else 0
    decimals = max(0, -exponent) if isinstance(exponent, int) else 0
    written = "#,##0" + ("." + "0" * decimals if decimals else "")
    page.write_number(row, column, float(cell), styles.of(num_format=written))
    return f"{cell:,f}" if isinstance(cell, Decimal) else f"{cell:,}"


def _clean(text: str) -> str:
    """The text without signs that XML cannot hold, cut where a cell ends."""
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", text)[:_LONGEST_CELL]


def _unlike(names: Sequence[str]) -> list[str]:
    """The header with no name empty and none twice, whatever the case: so a table tells its columns apart."""
    found: list[str] = []
    for place, name in enumerate(names, start=1):
        wanted = _clean(name)[:255] or str(place)
        taken = {one.casefold() for one in found}
        while wanted.casefold() in taken:
            wanted = f"{wanted[:250]} {place}"
        found.append(wanted)
    return found


def _sheet_name(name: str, taken: set[str]) -> str:
    wanted = _FORBIDDEN_IN_NAMES.sub(" ", name)[:_LONGEST_NAME].strip("' ") or "Data"
    return wanted if wanted.casefold() not in taken else f"{wanted[: _LONGEST_NAME - 3]} {len(taken) + 1}"
