"""The figures of a CSV table: numbers, and the signs that stand where a number is missing."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from datasets.cubes import Reason, SourceSymbol

from .csv_mapping import CsvColumn, CsvMapping
from .numbers import NumberReader
from .quarantine import Quarantine
from .rows import Row


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

    def take(self, rows: Sequence[Row]) -> None:
        """The figures of more rows; a row with a cell that is neither number nor sign is left out."""
        shape = (len(rows), len(self.columns))
        values, marks = np.full(shape, np.nan), np.zeros(shape, dtype=np.uint8)
        for place, (column, number) in enumerate(self.columns):
            reader = self._readers[place]
            cells = [row.cells[number - 1] for row in rows]
            known = {cell: self._read(reader, cell) for cell in dict.fromkeys(cells)}
            for cell, read in known.items():
                if read is None:
                    known[cell] = (np.nan, 0)
                    for row, other in zip(rows, cells, strict=True):
                        if other == cell:
                            self._quarantine.add("csv_cell", row.line, number, name=column.heading)
            pairs = np.array([known[cell] for cell in cells], dtype=np.float64)
            values[:, place], marks[:, place] = pairs[:, 0], pairs[:, 1]
        self._values.append(values)
        self._marks.append(marks)

    def _read(self, reader: NumberReader, cell: str) -> tuple[float, int] | None:
        sign = self._signs.get(cell.strip().casefold())
        if sign is not None:
            return (0.0 if self.reasons[sign] == Reason.NIL else np.nan), sign
        number = reader.read(cell)
        return None if number is None else (number, 0)

    def finish(self) -> tuple[NDArray[np.float64], NDArray[np.uint8]]:
        """All values and marks, rows by measures."""
        return np.concatenate(self._values), np.concatenate(self._marks)

    def is_blank(self, marks: NDArray[np.uint8]) -> NDArray[np.bool_]:
        """Which rows have nothing but empty cells."""
        blank = self._signs.get("", 0)
        return np.asarray((marks == blank).all(axis=1)) if blank else np.zeros(len(marks), dtype=np.bool_)

    def decimals(self, place: int) -> int:
        """How many decimals a measure is written with."""
        return self._readers[place].decimals
