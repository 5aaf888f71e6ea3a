"""Rows turned into columns: the different cells of each, and for every row which of them it has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .csv_layout import trimmed
from .rows import Row

ROWS = 20_000


class Coded(NamedTuple):
    """One column of a chunk: its different cells without spaces around them, and each row's place among them."""

    cells: list[str]
    places: NDArray[np.int32]

    def rows_with(self, cell: str) -> NDArray[np.intp]:
        """Which rows hold a cell."""
        return (
            np.flatnonzero(self.places == self.cells.index(cell)) if cell in self.cells else np.empty(0, np.intp)
        )


class Chunk(NamedTuple):
    """Some rows of a table: the line that each begins at, and its columns; and the text below the last of them."""

    lines: NDArray[np.int64]
    columns: list[Coded]
    text: tuple[str, ...] = ()


def chunks_of(rows: Iterable[Row], width: int) -> Iterator[Chunk]:
    """Rows of a table, so many at a time; those of another width are passed over."""
    remaining = iter(rows)
    while taken := list(islice(remaining, ROWS)):
        fitting = [row for row in (trimmed(row, width) for row in taken) if len(row.cells) == width]
        lines = np.fromiter((row.line for row in fitting), dtype=np.int64, count=len(fitting))
        if fitting:
            yield Chunk(lines, [coded(cells) for cells in zip(*(row.cells for row in fitting), strict=True)])


def coded(cells: Sequence[str]) -> Coded:
    """A column by its different cells."""
    stripped = list(map(str.strip, cells))
    places = {cell: place for place, cell in enumerate(dict.fromkeys(stripped))}
    return Coded(list(places), np.fromiter(map(places.__getitem__, stripped), dtype=np.int32, count=len(stripped)))
