"""The figures of a CSV table: numbers, and the signs that stand where a number is missing."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from datasets.cubes import Reason, SourceSymbol

from .csv_chunks import Chunk
from .csv_mapping import CsvColumn, CsvMapping
from .csv_units import without_unit
from .numbers import NumberReader
from .quarantine import Quarantine

_POWER = re.compile(r"[+−–-]?\d+(?:[.,]\d+)?[eE][+-]?\d+")
_WITH_UNIT = re.compile(r"[+−–-]?\d[\d \u00a0.,]*(?:[^\W\d_]{1,12}\.?|[$€£])")


class Measures:
    """Collects the columns of figures: values (NaN for a sign) and marks, each rows by measures."""

    def __init__(
        self, mapping: CsvMapping, columns: Sequence[tuple[CsvColumn, int]], quarantine: Quarantine
    ) -> None:
        self.columns = columns
        self._quarantine = quarantine
        self._readers = [NumberReader(mapping.decimal, mapping.thousands) for _ in columns]
        self._signs = {sign.casefold(): number for number, sign in enumerate(mapping.signs, start=1)}
        self.reasons = np.array([Reason.NONE, *mapping.signs.values()], dtype=np.uint8)
        self.symbols = tuple(SourceSymbol(sign, {}, reason) for sign, reason in mapping.signs.items())
        self._values: list[NDArray[np.float64]] = []
        self._marks: list[NDArray[np.uint8]] = []

    def take(self, chunk: Chunk) -> None:
        """The figures of more rows; a row with a cell that is neither number nor sign is left out."""
        shape = (len(chunk.lines), len(self.columns))
        values, marks = np.full(shape, np.nan), np.zeros(shape, dtype=np.uint8)
        for place, (column, number) in enumerate(self.columns):
            coded = chunk.columns[number - 1]
            known = [self._read(self._readers[place], cell, column.after) for cell in coded.cells]
            for cell, read in zip(coded.cells, known, strict=True):
                if read is None:
                    for line in chunk.lines[coded.rows_with(cell)].tolist():
                        self._quarantine.add(_why_no_figure(cell), line, number, name=column.heading)
            pairs = np.array([read or (np.nan, 0) for read in known], dtype=np.float64)
            values[:, place], marks[:, place] = pairs[coded.places, 0], pairs[coded.places, 1]
        self._values.append(values)
        self._marks.append(marks)

    def _read(self, reader: NumberReader, cell: str, after: str) -> tuple[float, int] | None:
        sign = self._signs.get(cell.strip().casefold())
        if sign is not None:
            return (0.0 if self.reasons[sign] == Reason.NIL else np.nan), sign
        number = reader.read(without_unit(cell, after) if after else cell)
        return None if number is None else (number, 0)

    def finish(self) -> tuple[NDArray[np.float64], NDArray[np.uint8]]:
        """All values and marks, rows by measures."""
        if len(self._values) > 1:
            self._values, self._marks = [np.concatenate(self._values)], [np.concatenate(self._marks)]
        return self._values.pop(), self._marks.pop()

    def is_blank(self, marks: NDArray[np.uint8]) -> NDArray[np.bool_]:
        """Which rows have nothing but empty cells."""
        blank = self._signs.get("", 0)
        return np.asarray((marks == blank).all(axis=1)) if blank else np.zeros(len(marks), dtype=np.bool_)

    def decimals(self, place: int) -> int:
        """How many decimals a measure is written with."""
        return self._readers[place].decimals


def _why_no_figure(cell: str) -> str:
    """The problem of a cell that is neither number nor sign."""
    if _POWER.fullmatch(cell):
        return "csv_cell_power"
    return "csv_cell_unit" if _WITH_UNIT.fullmatch(cell) else "csv_cell"
