"""Tables with two rows of headings, such as years over genders: told apart, and laid out as one row a figure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .csv_layout import HEADER_WITHIN, trimmed, width_of
from .csv_signs import meaning
from .numbers import shape
from .periods import read_period
from .rows import Row
from .sums import TOTALS

LOOKED_AT = 400
"""So many rows at the top tell whether there are two rows of headings."""
VALUE = "Värde"
SEXES = frozenset({"kvinnor", "män", "flickor", "pojkar", "tjejer", "killar", "women", "men", "girls", "boys"})
BAND = re.compile(r"\d{1,2}\s?[-–]\s?\d{1,2}(\s?år)?|\d{1,2}\+?(\s?år)?")


@dataclass(frozen=True)
class TwoHeaders:
    """Two rows of headings: which columns hold the figures, and what stands over each of them."""

    line: int
    width: int
    stub: tuple[int, ...]
    names: tuple[str, ...]
    over: dict[int, tuple[str, str]]

    def laid_out(self, rows: Iterable[Row]) -> Iterator[Row]:
        """The rows with one heading row, and for each row of the file one row for each of its figures."""
        for row in rows:
            if row.line < self.line:
                yield row
            elif row.line == self.line:
                continue
            elif row.line == self.line + 1:
                above, below = zip(*self.over.values(), strict=True)
                yield Row(row.line, [*self.names, *_two_names(_named(above, 1), _named(below, 2)), VALUE])
            else:
                yield from self._figures(trimmed(row, self.width))

    def _figures(self, row: Row) -> Iterator[Row]:
        filled = [cell for cell in row.cells if cell.strip()]
        if len(filled) == 1 and row.cells[0].strip():
            yield row._replace(cells=filled)
        elif len(row.cells) != self.width:
            yield row
        else:
            stub = [row.cells[column] for column in self.stub]
            for column, names in self.over.items():
                yield row._replace(cells=[*stub, *names, row.cells[column]])


def two_headers(head: Sequence[Row]) -> TwoHeaders | None:
    """The two rows of headings at the top of a table; None where there is one at most."""
    width = width_of(head) if head else 0
    for place, (first, second) in enumerate(pairwise(head[:HEADER_WITHIN])):
        above, below = trimmed(first, width).cells, trimmed(second, width).cells
        if len(above) != width or len(below) != width or second.line != first.line + 1:
            continue
        figures = _figure_columns([trimmed(row, width) for row in head[place + 2 :]], width)
        groups = _groups(above, figures)
        if groups is None or not all(_is_heading(below[column]) for column in figures):
            continue
        over = {column: (groups[column], below[column].strip()) for column in figures}
        if len(set(over.values())) < len(over):
            continue
        stub = tuple(
            column for column in range(width) if column not in over and (above[column] + below[column]).strip()
        )
        names = tuple((below[column].strip() or above[column].strip()) for column in stub)
        if len(set(names)) == len(names):
            return TwoHeaders(first.line, width, stub, names, over)
    return None


def _figure_columns(body: Sequence[Row], width: int) -> list[int]:
    """The columns that hold figures and signs, a stray word aside."""
    found = []
    for column in range(width):
        cells = [row.cells[column].strip() for row in body if len(row.cells) == width]
        filled = [cell for cell in cells if cell]
        figures = sum(shape(cell) is not None for cell in filled)
        signs = sum(shape(cell) is None and meaning(cell) is not None for cell in filled)
        if figures and figures + signs > len(filled) / 2:
            found.append(column)
    return found


def _groups(above: Sequence[str], figures: Sequence[int]) -> dict[int, str] | None:
    """What stands over each column of figures in the upper row, each over several; None where it is otherwise."""
    groups: dict[int, str] = {}
    present = ""
    for column in figures:
        present = above[column].strip() or present
        groups[column] = present
    different = [group for group, following in pairwise([*groups.values(), ""]) if group != following]
    is_grouped = len(different) >= 2 and len(set(different)) == len(different) < len(figures)
    return groups if is_grouped and all(_is_heading(group) for group in different) else None


def _is_heading(cell: str) -> bool:
    text = cell.strip()
    is_figure = shape(text) is not None and read_period(text) is None and BAND.fullmatch(text) is None
    return bool(text) and not is_figure


def _named(headings: Sequence[str], number: int) -> str:
    """What some headings are the categories of, as far as they say so themselves."""
    plain = {heading.casefold() for heading in headings}
    if all(read_period(heading) is not None for heading in headings):
        return "År" if all(len(heading) == 4 for heading in headings) else "Tid"
    if plain & SEXES and plain <= SEXES | TOTALS:
        return "Kön"
    if all(BAND.fullmatch(heading) or heading.casefold() in TOTALS for heading in headings):
        return "Ålder"
    return f"Rubrik {number}"


def _two_names(above: str, below: str) -> tuple[str, str]:
    return (above, below) if above != below else (above, f"{below} (2)")
