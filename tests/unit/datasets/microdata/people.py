"""Files of made-up people."""

from __future__ import annotations

import io
import random
from typing import Any

import xlsxwriter

from datasets.microdata import ColumnPlan, ColumnUse, PeoplePlan

HEADINGS = ("Kön", "Ålder", "Skola", "Timmar")
PLAN = PeoplePlan(
    columns=(
        ColumnPlan("Kön", ColumnUse.DIMENSION, "", {"flicka": "Flickor", "pojke": "Pojkar"}),
        ColumnPlan("Ålder", ColumnUse.AGE),
        ColumnPlan("Skola", ColumnUse.DROP),
        ColumnPlan("Timmar", ColumnUse.DROP),
    )
)


def people(count: int = 200, seed: int = 1) -> list[tuple[str, int, str, str]]:
    """Made-up rows under HEADINGS."""
    chance = random.Random(seed)
    return [
        (
            chance.choice(["flicka", "pojke"]),
            chance.randint(14, 30),
            chance.choice(["Ek", "Alm", "Bok"]),
            f"{chance.randint(0, 80) / 2:.1f}".replace(".", ","),
        )
        for _ in range(count)
    ]


def csv_of(rows: list[Any], headings: tuple[str, ...] = HEADINGS, separator: str = ";") -> bytes:
    lines = [headings, *rows]
    return "\r\n".join(separator.join(map(str, line)) for line in lines).encode("cp1252")


def xlsx_of(rows: list[Any], headings: tuple[str, ...] = HEADINGS) -> bytes:
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Blad1")
        for at, row in enumerate([headings, *rows]):
            sheet.write_row(at, 0, row)
    return held.getvalue()
