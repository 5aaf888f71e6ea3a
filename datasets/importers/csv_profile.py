"""What each column of a CSV file holds, told from every one of its rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from .csv_chunks import Chunk, Coded
from .csv_signs import meaning
from .csv_units import figure_and_unit, same_unit
from .identity import is_identity_number
from .numbers import Shape, shape

MOST_DISTINCT = 20_000
MOST_SIGNS = 12
LONGEST_SIGN = 20


@dataclass
class ColumnProfile:
    """The different cells of a column (the first many), how they look, and how many are filled.

    ``unit`` is what stands after each of its figures.
    """

    heading: str
    number: int
    filled: int = 0
    different: set[str] = field(default_factory=set)
    shapes: Counter[Shape] = field(default_factory=Counter)
    words: int = 0
    signs: set[str] = field(default_factory=set)
    leading_zeros: bool = False
    identity_numbers: int = 0
    longest: int = 0
    units: Counter[str] = field(default_factory=Counter)
    shapes_before_units: Counter[Shape] = field(default_factory=Counter)
    unit: str = ""

    def take(self, column: Coded) -> None:
        """Look at more cells of the column."""
        self.filled += len(column.places) - len(column.rows_with(""))
        new = set(column.cells) - self.different
        new.discard("")
        for cell in new:
            self._look_at(cell)
        if len(self.different) < MOST_DISTINCT:
            self.different |= new

    def _look_at(self, cell: str) -> None:
        self.longest = max(self.longest, len(cell))
        look = shape(cell)
        if look is not None:
            self.shapes[look] += 1
            self.leading_zeros |= len(cell) > 1 and cell.isdigit() and cell.startswith("0")
        elif (figure := figure_and_unit(cell)) and (look := shape(figure[0])) is not None:
            self.words += 1
            self.units[figure[1]] += 1
            self.shapes_before_units[look] += 1
        elif len(cell) <= LONGEST_SIGN and len(self.signs) < MOST_SIGNS:
            self.signs.add(cell)
            self.words += 1
        else:
            self.words += 1
        self.identity_numbers += is_identity_number(cell)

    def settle_unit(self) -> None:
        """Take a column for one of figures where the same known unit stands after each of them, signs aside."""
        written = self.units.most_common(1)[0][0] if self.units else ""
        signs = sum(meaning(sign) is not None for sign in self.signs)
        is_one = all(same_unit(unit, written) for unit in self.units)
        if written and is_one and not self.shapes and self.words == self.units.total() + signs:
            self.unit, self.shapes, self.words = written, self.shapes_before_units, signs

    @property
    def numbers(self) -> int:
        """How many different cells look like figures."""
        return self.shapes.total()

    @property
    def is_all_numbers(self) -> bool:
        """Whether every filled cell looks like a figure."""
        return self.numbers > 0 and not self.words

    def repeats(self, other: ColumnProfile) -> bool:
        """Whether this column holds the numbers of another one, written without their first zeros."""
        if self is other or not (self.is_all_numbers and other.is_all_numbers) or not other.leading_zeros:
            return False
        return {cell.lstrip("0") for cell in self.different} == {cell.lstrip("0") for cell in other.different}

    @property
    def count(self) -> int:
        """How many different cells there are, as far as they were counted."""
        return self.numbers + self.words


class Profiles:
    """A profile of every column, and how many rows there are."""

    def __init__(self, headings: Sequence[str], chunks: Iterable[Chunk]) -> None:
        self.columns = [ColumnProfile(heading, number) for number, heading in enumerate(headings, start=1)]
        self.rows = 0
        for chunk in chunks:
            self.rows += len(chunk.lines)
            for column, cells in zip(self.columns, chunk.columns, strict=True):
                column.take(cells)
        for column in self.columns:
            column.settle_unit()
