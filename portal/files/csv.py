"""Rows as a CSV file that opens right in a spreadsheet, and does nothing there but show its cells."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

Cell = str | int | Decimal | None
"""What a cell may hold. Floats are refused: whoever writes a figure says with how many decimals."""


@dataclass(frozen=True)
class Dialect:
    """How a file is written: what parts its cells, and what its decimals."""

    delimiter: str
    decimal_mark: str


SEMICOLONS = Dialect(";", ",")
"""What a spreadsheet set to Swedish opens as it is."""
COMMAS = Dialect(",", ".")
"""What most programs, and spreadsheets set to English, read."""

_COMMAND = re.compile(r"[\t\r\n]|[\s\ufeff\u200b-\u200f\u2060]*[=+\-@＝＋－＠]")
_DECIMAL_COMMA = ("sv",)


def dialect_of(lang: str) -> Dialect:
    """How a file is written for readers of a language."""
    return SEMICOLONS if lang.partition("-")[0] in _DECIMAL_COMMA else COMMAS


def safe_cell(text: str) -> str:
    """The text so that no spreadsheet takes it for a formula: an apostrophe before what could be one.

    A formula can hide behind spaces and line breaks, and be written with full-width signs. Null characters,
    which end a cell in some programs and hide what follows, are taken out.
    """
    text = text.replace("\0", "")
    return "'" + text if _COMMAND.match(text) else text


def csv_bytes(
    header: Sequence[str], rows: Iterable[Sequence[Cell]], *, lang: str = "sv", dialect: Dialect | None = None
) -> bytes:
    """A CSV file with a byte-order mark; in Swedish semicolons and decimal commas, else commas and points.

    ``dialect`` chooses otherwise. Texts are guarded against being run as formulas; numbers are written as
    numbers. Raises ValueError for a row of another length than the header, TypeError for a cell of another type.
    """
    dialect = dialect or dialect_of(lang)
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=dialect.delimiter, lineterminator="\r\n")
    writer.writerow([safe_cell(name) for name in header])
    for row in rows:
        if len(row) != len(header):
            raise ValueError(f"A row has {len(row)} cells, and the header {len(header)}.")
        writer.writerow([_written(cell, dialect) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def _written(cell: Cell, dialect: Dialect) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return safe_cell(cell)
    if isinstance(cell, bool) or not isinstance(cell, (int, Decimal)):
        raise TypeError(f"A cell is text, a whole number or a Decimal, not {type(cell).__name__}.")
    text = f"{cell:f}" if isinstance(cell, Decimal) else str(cell)
    return text.replace(".", dialect.decimal_mark)
