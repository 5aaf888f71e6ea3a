"""The figures of a PC-Axis file: numbers and signs, given row by row or as rows with keys.

Read in small pieces, so that a large table costs little more memory than its numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import prod

import numpy as np
from numpy.typing import NDArray

from datasets.cubes import Dimension

from .intake import position
from .problems import Refused, Report
from .px_numbers import numbers

PIECE = 1 << 15
ROWS = 2000
_NUMBER = re.compile(rb"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?")
_TOKEN = re.compile(rb'"[^"]*"|[^\s"]+')
_SIGN = re.compile(rb'"?(-|\.{1,7})"?')
_QUOTED = re.compile(rb'"[^"]*"')
_SPACE = b" \t\r\n\x1a"

Row = tuple[int, bytes, int]
"""A row of a file with keys: its place in the table, its cells as written, and where they begin."""


@dataclass
class Figures:
    """Values (NaN for a sign) and marks (1 + place among ``signs``, 0 for a number); no marks without signs."""

    values: NDArray[np.float64]
    marks: NDArray[np.uint8] | None = None
    signs: list[str] = field(default_factory=list)

    def marked(self) -> NDArray[np.uint8]:
        """The marks, made when the first sign is met."""
        if self.marks is None:
            self.marks = np.zeros(self.values.shape, dtype=np.uint8)
        return self.marks

    def shaped(self, shape: Sequence[int]) -> Figures:
        """The same figures in the table's shape."""
        marks = None if self.marks is None else self.marks.reshape(shape)
        return Figures(self.values.reshape(shape), marks, self.signs)

    def sign_number(self, sign: str) -> int:
        """The number that marks a sign, given out at its first appearance."""
        if sign not in self.signs:
            self.signs.append(sign)
        return self.signs.index(sign) + 1


class FigureReader:
    """Reads the part of a file after ``DATA=``; ``begin`` is where that part begins."""

    def __init__(self, data: bytes, begin: int, report: Report) -> None:
        self._data = data
        self._report = report
        self._begin = begin
        self._end = self._find_end()

    def plain(self, shape: Sequence[int]) -> Figures:
        """Every cell of the table, in order; refused when they are too many or too few."""
        expected = prod(shape)
        figures = Figures(np.empty(expected))
        found = 0
        for begin, end in self._pieces():
            values, marks = self._cells(self._data[begin:end], begin, figures)
            room = max(0, min(len(values), expected - found))
            figures.values[found : found + room] = values[:room]
            if marks is not None:
                figures.marked()[found : found + room] = marks[:room]
            found += len(values)
        if found != expected:
            raise self._report.refuse("px_cell_count", expected=expected, found=found)
        return figures.shaped(shape)

    def keyed(self, dimensions: Sequence[Dimension], keys: Sequence[dict[bytes, int]]) -> Figures:
        """A table of which only rows with other figures than zero are written, each after its keys.

        ``keys`` gives, for each leading dimension that has keys, what is written to its place on the axis.
        """
        shape = [len(dimension) for dimension in dimensions]
        width, height = prod(shape[len(keys) :]), prod(shape[: len(keys)])
        figures = Figures(np.zeros((height, width)))
        rows: list[Row] = []
        for row in self._rows(shape, keys, width):
            rows.append(row)
            if len(rows) * width >= PIECE or len(rows) >= ROWS:
                self._fill(figures, rows)
                rows = []
        self._fill(figures, rows)
        return figures.shaped(shape)

    def _rows(self, shape: Sequence[int], keys: Sequence[dict[bytes, int]], width: int) -> Iterator[Row]:
        """Every row with its keys understood and its cells counted."""
        seen = np.zeros(prod(shape[: len(keys)]), dtype=bool)
        start = re.compile(rb'"([^"]*+)"[ \t]*+,\s*+' * len(keys))
        heads = start.finditer(self._data, self._begin, self._end)
        head = next(heads, None)
        if self._data[self._begin : head.start() if head else self._end].strip(_SPACE):
            raise self._report.refuse("px_key_unknown", *self._place(self._begin))
        if head is None:
            raise self._report.refuse("px_cell_count", expected=prod(shape), found=0)
        while head is not None:
            following = next(heads, None)
            place = 0
            for size, places, written in zip(shape, keys, head.groups(), strict=False):
                if written not in places:
                    raise self._report.refuse("px_key_unknown", *self._place(head.start()))
                place = place * size + places[written]
            if seen[place]:
                raise self._report.refuse("px_key_twice", *self._place(head.start()))
            seen[place] = True
            cells = self._data[head.end() : following.start() if following else self._end]
            found = len(cells.split())
            if found != width:
                raise self._report.refuse("px_cell_count", *self._place(head.start()), expected=width, found=found)
            yield place, cells, head.end()
            head = following

    def _fill(self, figures: Figures, rows: Sequence[Row]) -> None:
        """Put the cells of some rows in their places; where one cannot be read, say where it stands."""
        if not rows:
            return
        places = [place for place, _cells, _begin in rows]
        width = figures.values.shape[1]
        try:
            values, marks = self._cells(b"\n".join(cells for _place, cells, _begin in rows), None, figures)
        except Refused:
            for _place, cells, begin in rows:
                self._cells(cells, begin, figures)
            raise
        if len(values) != len(rows) * width:
            raise self._report.refuse("px_cell", *self._place(rows[0][2]))
        figures.values[places] = values.reshape(-1, width)
        if marks is not None:
            figures.marked()[places] = marks.reshape(-1, width)

    def _find_end(self) -> int:
        # A semicolon may stand inside a key: the end is the first one that is outside quotation marks.
        counted, is_inside = self._begin, False
        end = self._data.find(b";", self._begin)
        while end >= 0:
            is_inside ^= self._data.count(b'"', counted, end) % 2 == 1
            if not is_inside:
                break
            counted, end = end, self._data.find(b";", end + 1)
        if end < 0:
            if not self._data.endswith((b" ", b"\n", b"\r", b"\t", b"\x1a")):
                self._report.add("px_no_end", *self._place(len(self._data)))
            return len(self._data)
        if self._data[end + 1 :].strip(_SPACE):
            self._report.add("px_after_end", *self._place(end + 1))
        return end

    def _pieces(self) -> Iterator[tuple[int, int]]:
        begin = self._begin
        while begin < self._end:
            end = min(begin + PIECE, self._end)
            if end < self._end:
                end = max(self._data.rfind(space, begin, end) for space in (b"\n", b" ", b"\r", b"\t")) + 1 or end
            yield begin, end
            begin = end

    def _cells(
        self, piece: bytes, begin: int | None, figures: Figures
    ) -> tuple[NDArray[np.float64], NDArray[np.uint8] | None]:
        """The values of a piece, and the marks where there are signs; ``begin`` is where it stands in the file."""
        if b'"' not in piece:
            plain = numbers(piece)
            return (plain[0], None) if plain else self._mixed_cells(piece, begin, figures)
        signs: list[tuple[int, int]] = []
        given: dict[bytes, int] = {}

        def blank(found: re.Match[bytes]) -> bytes:
            word = found.group()
            if word not in given:
                sign = _SIGN.fullmatch(word)
                given[word] = figures.sign_number(sign.group(1).decode()) if sign else 0
            signs.append((found.start() + 1, given[word]))
            return b" 0" + b" " * (len(word) - 2)

        plain = numbers(_QUOTED.sub(blank, piece))
        if plain is None or 0 in given.values():
            return self._mixed_cells(piece, begin, figures)
        values, begins = plain
        marks = np.zeros(len(values), dtype=np.uint8)
        at, sign_numbers = np.array(signs).T
        places = np.searchsorted(begins, at)
        values[places], marks[places] = np.nan, sign_numbers
        return values, marks

    def _mixed_cells(
        self, piece: bytes, begin: int | None, figures: Figures
    ) -> tuple[NDArray[np.float64], NDArray[np.uint8]]:
        """Cells of any form; each different word is looked at once."""
        words = _TOKEN.findall(piece)
        values: dict[bytes, float] = {}
        marks: dict[bytes, int] = {}
        for word in dict.fromkeys(words):
            if _NUMBER.fullmatch(word):
                values[word], marks[word] = float(word), 0
            elif sign := _SIGN.fullmatch(word):
                values[word], marks[word] = np.nan, figures.sign_number(sign.group(1).decode())
            elif begin is None:
                raise Refused
            else:
                offset = next(m.start() for m in _TOKEN.finditer(piece) if m.group() == word)
                raise self._report.refuse("px_cell", *self._place(begin + offset))
        count = len(words)
        return (
            np.fromiter(map(values.__getitem__, words), dtype=np.float64, count=count),
            np.fromiter(map(marks.__getitem__, words), dtype=np.uint8, count=count),
        )

    def _place(self, offset: int) -> tuple[int, int]:
        return position(self._data, offset)
