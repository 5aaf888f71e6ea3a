"""The rows of a file of people as held in memory: each column as its different cells, and their places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Column:
    """One column: ``words`` are its different cells, trimmed; ``places`` (one a row) says which a row has."""

    heading: str
    words: tuple[str, ...]
    places: NDArray[np.int64]

    @classmethod
    def of(cls, heading: str, words: Sequence[str], places: NDArray[np.int64]) -> Column:
        """The column with its cells trimmed, so that what differs only by spaces is one, and unused ones gone."""
        trimmed: dict[str, int] = {}
        used = np.bincount(places, minlength=len(words)) if len(words) else np.zeros(0, dtype=np.int64)
        moved = np.zeros(len(words), dtype=np.int64)
        for place in np.flatnonzero(used).tolist():
            moved[place] = trimmed.setdefault(" ".join(words[place].split()), len(trimmed))
        return cls(heading, tuple(trimmed), moved[places])

    @cached_property
    def counts(self) -> NDArray[np.int64]:
        """In how many rows each of the words is."""
        return np.bincount(self.places, minlength=len(self.words))

    @property
    def filled(self) -> int:
        """In how many rows the column is not empty."""
        return sum(int(count) for word, count in zip(self.words, self.counts, strict=True) if word)

    def __repr__(self) -> str:
        return f"<Column of {len(self.words)} different cells>"


@dataclass(frozen=True, eq=False)
class PeopleTable:
    """A file's rows. ``ragged``: how many had another number of cells than the headings, and are not here."""

    columns: tuple[Column, ...]
    rows: int
    ragged: int = 0

    def column(self, heading: str) -> Column | None:
        """The column of a heading; None where the file has none."""
        return next((column for column in self.columns if column.heading == heading), None)

    def __repr__(self) -> str:
        return f"<PeopleTable of {len(self.columns)} columns>"
