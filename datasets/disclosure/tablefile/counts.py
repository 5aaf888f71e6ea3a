"""The counts of a file, each in its leaf cell; what stands twice, is missing or is no count is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

import numpy as np

from ..model import Bools, Ints
from .hierarchies import Level
from .problems import BadFile, in_words
from .reading import Column, Sheet

LARGEST_COUNT = 10**12
_NUMBER = re.compile(r"([+-]?)(\d+)(?:[.,](\d*))?(?:[eE]\+?(\d{1,2}))?")
_EMPTY = frozenset({"", "na", "nan", "null", "none", ".", "..", "-"})
_WHY = {
    "missing_counts": "Counts are missing at {cells}. Fill in 0 where there is nobody, else the count.",
    "negative_counts": "Counts of people cannot be negative. Look at {cells}.",
    "fractional_counts": "Counts of people are whole numbers. Look at {cells}.",
    "not_counts": "What stands for a count is no number at {cells}. Write whole numbers without spaces.",
    "too_large_counts": "Counts are larger than any population at {cells}. Look at the column of counts.",
}


def counts_of(column: Column, levels: Sequence[Level]) -> Ints:
    """The count on every row. Raises BadFile naming the cells that hold something else."""
    read = [_count(text) for text in column.texts]
    for why, text in _WHY.items():
        odd = np.array([value == why for value in read])
        if odd.any():
            rows = np.flatnonzero(odd[column.rows])
            raise BadFile(why, text, name_rows(levels, rows))
    return np.array([value if isinstance(value, int) else 0 for value in read], dtype=np.int64)[column.rows]


def _count(text: str) -> int | str:
    """The whole number in a text, or what is wrong with it."""
    bare = text.strip()
    if bare.lower() in _EMPTY:
        return "missing_counts"
    found = _NUMBER.fullmatch(bare)
    if found is None:
        return "not_counts"
    sign, whole, fraction, power = found[1], found[2], found[3] or "", int(found[4] or 0)
    digits = whole + fraction.ljust(power, "0")
    if len(whole.lstrip("0")) + power > len(str(LARGEST_COUNT)) and digits.strip("0"):
        return "too_large_counts"
    if digits[len(whole) + power :].strip("0"):
        return "negative_counts" if sign == "-" else "fractional_counts"
    count = int(digits[: len(whole) + power])
    if sign == "-" and count:
        return "negative_counts"
    return count if count <= LARGEST_COUNT else "too_large_counts"


def leaf_counts(
    sheet: Sheet, levels: Sequence[Level], counts: Ints, named: Sequence[str]
) -> tuple[Ints, list[str]]:
    """The counts of all leaf cells (shape: leaves of each level), and notes on what was done.

    A combination that the file leaves out is nobody. Rows that differ only in columns that the specification
    does not name are added up. Raises BadFile when a cell stands twice all the same.
    """
    shape = tuple(len(level.leaves) for level in levels)
    inner = np.flatnonzero(np.logical_and.reduce([level.rows >= 0 for level in levels]))
    if not len(inner):
        raise BadFile("no_rows", "The file has sums but no cells of its own.")
    cells = np.ravel_multi_index(tuple(level.rows[inner] for level in levels), shape)
    notes = []
    _, number = np.unique(cells, return_counts=True)
    if (number > 1).any():
        further = _further_columns(sheet, named)
        if not further or _twice(_keyed(sheet, further, inner, cells)).any():
            twice = _twice(cells)
            raise BadFile(
                "cell_twice",
                "The same cell stands twice, at {cells}. Leave one of the lines out, or add them up where they "
                "count different people.",
                name_rows(levels, inner[twice]),
            )
        notes.append(f"Added up over the columns {in_words(further)}, which the specification does not name.")
    missing = int(np.prod(shape)) - len(number)
    if missing:
        notes.append(f"{missing} combinations that the file leaves out were taken as nobody.")
    table = np.zeros(int(np.prod(shape)), dtype=np.int64)
    np.add.at(table, cells, counts[inner])
    return table.reshape(shape), notes


def _further_columns(sheet: Sheet, named: Sequence[str]) -> list[str]:
    """Columns that may break the people down further: their texts return, and are no fractions."""
    return [
        name
        for name, column in sheet.columns.items()
        if name not in named
        and 1 < len(column.texts) <= len(sheet) / 2
        and not any(re.fullmatch(r"\d*[.,]\d+", text.strip()) for text in column.texts)
    ]


def _keyed(sheet: Sheet, columns: Sequence[str], rows: Ints, cells: Ints) -> Ints:
    """A number for each row that is the same where the cell and the further columns are."""
    key = cells
    for name in columns:
        column = sheet.columns[name]
        _, key = np.unique(key * len(column.texts) + column.rows[rows], return_inverse=True)
    return np.asarray(key, dtype=np.int64)


def _twice(keys: Ints) -> Bools:
    """The rows whose key another row has had before them."""
    seen = np.zeros(len(keys), dtype=np.bool_)
    seen[np.unique(keys, return_index=True)[1]] = True
    return ~seen


def name_rows(levels: Sequence[Level], rows: Ints) -> list[str]:
    """The cells of some rows in words of their codes, at most fifty."""
    return list(dict.fromkeys(islice(_names(levels, rows), 50)))


def _names(levels: Sequence[Level], rows: Ints) -> Iterator[str]:
    for row in rows.tolist():
        yield ", ".join(
            f"{level.name}={level.leaves[at] if at >= 0 else level.margins[-1 - at]}"
            for level, at in ((level, int(level.rows[row])) for level in levels)
        )
