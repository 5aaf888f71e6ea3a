"""Rows that were worked out of published tables as a labelled file for SPSS: words become numbers with labels."""

from __future__ import annotations

from decimal import Decimal

from .imprint import Imprint
from .sav import LONGEST_NAME, SavColumn, sav_file
from .table import Column, Kind, Table


def sav_of_rows(table: Table, imprint: Imprint) -> bytes:
    """One variable a column; codes beside words are left out, and what every row says of itself is the notes."""
    columns = []
    for at, column in enumerate(table.columns):
        if column.is_about or (column.name.endswith("_code") and column.kind is Kind.TEXT):
            continue
        cells = [row[at] for row in table.rows]
        columns.append(_numbers(column, cells) if column.kind is Kind.NUMBER else _words(column, cells))
    document = [imprint.heading, *imprint.notes, *imprint.not_shown, imprint.source, imprint.release, imprint.link]
    return sav_file(columns, title=imprint.title, document=[text for text in document if text])


def _numbers(column: Column, cells: list[str | Decimal | None]) -> SavColumn:
    figures = [cell if isinstance(cell, Decimal) else None for cell in cells]
    decimals = max((-_exponent(one) for one in figures if one is not None), default=0)
    return SavColumn(_name(column), column.title, [None if f is None else float(f) for f in figures], decimals)


def _words(column: Column, cells: list[str | Decimal | None]) -> SavColumn:
    known: dict[str, int] = {}
    for cell in cells:
        if cell:
            known.setdefault(str(cell), len(known) + 1)
    labels = {number: words for words, number in known.items()}
    return SavColumn(_name(column), column.title, [known.get(str(cell)) for cell in cells], 0, labels)


def _exponent(figure: Decimal) -> int:
    exponent = figure.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def _name(column: Column) -> str:
    return column.name.replace("_", "")[:LONGEST_NAME].upper()
