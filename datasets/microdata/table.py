"""The rows of a file of people as held in memory: each column as its different cells, and their places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Places = NDArray[np.signedinteger[Any]]

LOT = 20_000
"""So many different cells are looked at at a time."""

# Python's white space, where it is more than single spaces between words.
_LOOSE = r"^ | $|  |[\t-\r\x1c-\x1f\x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}]"


@dataclass(frozen=True, eq=False)
class Column:
    """One column: ``cells`` are its different cells, trimmed; ``places`` (one a row) says which a row has.

    The cells are kept as Arrow holds them: a million different ones fit in little more than their letters.
    """

    heading: str
    cells: pa.StringArray
    places: Places

    @classmethod
    def of(cls, heading: str, words: Sequence[str] | pa.StringArray, places: Places) -> Column:
        """The column with its cells trimmed, so that what differs only by spaces is one, and unused ones gone."""
        cells = words if isinstance(words, pa.StringArray) else pa.array(words, pa.string())
        is_used = np.bincount(places, minlength=len(cells)) > 0
        is_loose = pc.match_substring_regex(cells, _LOOSE)
        if is_used.all() and not pc.any(is_loose).as_py():
            return cls(heading, cells, _small(places, len(cells)))
        tidy = pa.array(
            (" ".join(word.split()) if loose else word for word, loose in _pairs(cells, is_loose)), pa.string()
        )
        used = np.flatnonzero(is_used)
        coded = tidy.take(pa.array(used)).dictionary_encode()
        moved = np.zeros(len(cells), dtype=np.int32)
        moved[used] = coded.indices.to_numpy()
        return cls(heading, coded.dictionary, _small(moved[places], len(coded.dictionary)))

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The different cells as texts; for columns that break figures down, which have few."""
        return tuple(self.cells.to_pylist())

    @property
    def different(self) -> int:
        """How many different cells there are, empty ones aside."""
        return len(self.cells) - (self.empty is not None)

    @cached_property
    def empty(self) -> int | None:
        """The place of the empty cell; None where every row says something."""
        place = int(self.cells.index("").as_py())
        return None if place < 0 else place

    @cached_property
    def counts(self) -> NDArray[np.int64]:
        """In how many rows each of the cells is."""
        return np.bincount(self.places, minlength=len(self.cells))

    @property
    def filled(self) -> int:
        """In how many rows the column is not empty."""
        return len(self.places) - (int(self.counts[self.empty]) if self.empty is not None else 0)

    def lots(self) -> Iterator[list[str]]:
        """The different cells that are not empty, some at a time, as many each time; once where there are none."""
        size = -(-len(self.cells) // max(1, -(-len(self.cells) // LOT))) or 1
        for begin in range(0, max(len(self.cells), 1), size):
            yield [word for word in self.cells.slice(begin, size).to_pylist() if word]

    def __repr__(self) -> str:
        return f"<Column of {len(self.cells)} different cells>"


def _small(places: Places, different: int) -> Places:
    """Places in numbers that are no wider than need be."""
    return places.astype(np.min_scalar_type(-max(different, 1)), copy=False)


def _pairs(cells: pa.StringArray, is_loose: pa.BooleanArray) -> Iterator[tuple[str, bool]]:
    for begin in range(0, len(cells), LOT):
        yield from zip(cells.slice(begin, LOT).to_pylist(), is_loose.slice(begin, LOT).to_pylist(), strict=True)


@dataclass(frozen=True, eq=False)
class PeopleTable:
    """A file's rows. ``ragged``: how many had another number of cells than the headings, and are not here.

    ``passed_over``: headings of columns that nobody wanted read.
    """

    columns: tuple[Column, ...]
    rows: int
    ragged: int = 0
    passed_over: tuple[str, ...] = ()

    def column(self, heading: str) -> Column | None:
        """The column of a heading; None where the file has none, or it was passed over."""
        return next((column for column in self.columns if column.heading == heading), None)

    def __repr__(self) -> str:
        return f"<PeopleTable of {len(self.columns)} columns>"
