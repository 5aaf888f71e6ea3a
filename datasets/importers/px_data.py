"""The figures of a PC-Axis file: numbers and signs, given row by row or as rows with keys.

Read in pieces of about a megabyte, so that a large table costs little more memory than its numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from datasets.cubes import Dimension

from .intake import position
from .problems import Report

PIECE = 1 << 20
_PLAIN = b"0123456789.+-eE \t\r\n"
_NUMBER = re.compile(rb"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?")
_TOKEN = re.compile(rb'"[^"]*"|[^\s"]+')
_SIGN = re.compile(rb'"?(-|\.{1,7})"?')
_SPACE = b" \t\r\n\x1a"


@dataclass
class Figures:
    """Values (NaN for a sign) and marks (1 + place among ``signs``, 0 for a number), flat or shaped."""

    values: NDArray[np.float64]
    marks: NDArray[np.uint8]
    signs: list[str] = field(default_factory=list)

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
        expected = int(np.prod(shape))
        figures = Figures(np.empty(expected), np.zeros(expected, dtype=np.uint8))
        found = 0
        for begin, end in self._pieces():
            values, marks = self._cells(begin, end, figures)
            room = max(0, min(len(values), expected - found))
            figures.values[found : found + room] = values[:room]
            figures.marks[found : found + room] = marks[:room]
            found += len(values)
        if found != expected:
            raise self._report.refuse("px_cell_count", expected=expected, found=found)
        return self._shaped(figures, shape)

    def keyed(self, dimensions: Sequence[Dimension], keys: Sequence[dict[bytes, int]]) -> Figures:
        """A table of which only rows with other figures than zero are written, each after its keys.

        ``keys`` gives, for each leading dimension that has keys, what is written to its place on the axis.
        """
        shape = [len(dimension) for dimension in dimensions]
        width = int(np.prod(shape[len(keys) :]))
        height = int(np.prod(shape[: len(keys)]))
        figures = Figures(np.zeros((height, width)), np.zeros((height, width), dtype=np.uint8))
        start = re.compile(rb'"([^"]*)"[ \t]*,\s*' * len(keys))
        heads = list(start.finditer(self._data, self._begin, self._end))
        seen: set[int] = set()
        stray = self._data[self._begin : heads[0].start() if heads else self._end]
        if stray.strip(_SPACE):
            raise self._report.refuse("px_key_unknown", *self._place(self._begin))
        if not heads:
            raise self._report.refuse("px_cell_count", expected=height * width, found=0)
        for head, following in zip(heads, [*heads[1:], None], strict=True):
            row = self._row(head, keys, shape, seen)
            end = following.start() if following else self._end
            values, marks = self._cells(head.end(), end, figures)
            if len(values) != width:
                line, _ = self._place(head.start())
                raise self._report.refuse("px_cell_count", line, expected=width, found=len(values))
            figures.values[row], figures.marks[row] = values, marks
        return self._shaped(figures, shape)

    def _row(
        self, head: re.Match[bytes], keys: Sequence[dict[bytes, int]], shape: Sequence[int], seen: set[int]
    ) -> int:
        row = 0
        for size, places, written in zip(shape, keys, head.groups(), strict=False):
            if written not in places:
                raise self._report.refuse("px_key_unknown", *self._place(head.start()))
            row = row * size + places[written]
        if row in seen:
            raise self._report.refuse("px_key_twice", *self._place(head.start()))
        seen.add(row)
        return row

    def _shaped(self, figures: Figures, shape: Sequence[int]) -> Figures:
        return Figures(figures.values.reshape(shape), figures.marks.reshape(shape), figures.signs)

    def _find_end(self) -> int:
        end = self._data.find(b";", self._begin)
        # A semicolon may stand inside a key: the end is the first one that is outside quotation marks.
        while end >= 0 and self._data.count(b'"', self._begin, end) % 2:
            end = self._data.find(b";", end + 1)
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
                end = max(self._data.rfind(b"\n", begin, end), self._data.rfind(b" ", begin, end)) + 1 or end
            yield begin, end
            begin = end

    def _cells(self, begin: int, end: int, figures: Figures) -> tuple[NDArray[np.float64], NDArray[np.uint8]]:
        piece = self._data[begin:end]
        if not piece.translate(None, _PLAIN):
            try:
                values = np.fromiter(map(float, piece.split()), dtype=np.float64)
            except ValueError:
                pass
            else:
                return values, np.zeros(len(values), dtype=np.uint8)
        return self._mixed_cells(piece, begin, figures)

    def _mixed_cells(
        self, piece: bytes, begin: int, figures: Figures
    ) -> tuple[NDArray[np.float64], NDArray[np.uint8]]:
        """Cells among which there are signs; each different word is looked at once."""
        words = _TOKEN.findall(piece)
        meaning: dict[bytes, tuple[float, int]] = {}
        for word in dict.fromkeys(words):
            if _NUMBER.fullmatch(word):
                meaning[word] = (float(word), 0)
            elif sign := _SIGN.fullmatch(word):
                meaning[word] = (np.nan, figures.sign_number(sign.group(1).decode()))
            else:
                offset = next(m.start() for m in _TOKEN.finditer(piece) if m.group() == word)
                raise self._report.refuse("px_cell", *self._place(begin + offset))
        pairs = np.array([meaning[word] for word in words], dtype=np.float64).reshape(-1, 2)
        values, marks = pairs[:, 0], pairs[:, 1].astype(np.uint8)
        return values, marks

    def _place(self, offset: int) -> tuple[int, int]:
        return position(self._data, offset)
