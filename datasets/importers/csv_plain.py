"""Whether a CSV file is plain: what the fast parser and the careful one read alike, letter for letter."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

_QUOTE, _NEWLINE = 34, 10
_BLOCK = 1 << 22


def is_plain(data: bytes, begin: int, end: int, separator: bytes) -> bool:
    """Whether a file, whose text is from ``begin`` to ``end``, has nothing that the two parsers may differ about.

    No line ends otherwise than others, has marks that could be read in two ways, or begins with the mark that only
    a file begins with.
    """
    if data.count(b"\r", 0, end) != data.count(b"\r\n", 0, end) or data.find(b"\n\xef\xbb\xbf", 0, end) >= 0:
        return False
    return data.find(b'"', 0, end) < 0 or _is_quoted_well(data, begin, end, separator)


class BlankLines:
    """The lines of a file that hold nothing: taken out of its parts, one part after the other."""

    def __init__(self, separator: bytes, first_line: int) -> None:
        space = b"[ \t]*" if separator != b"\t" else b"[ ]*"
        cell = rb"(?:" + space + rb'|"[ \t]*")'
        self._blank = re.compile(
            rb"^" + cell + rb"(?:" + re.escape(separator) + cell + rb")*(?:\r?\n|\r?\Z)", re.MULTILINE
        )
        # Found at once by its first letter, where a line that may be blank begins.
        self._may_be = re.compile(rb"\n[" + re.escape(separator) + rb"\" \t\r]*(?:\n|\Z)")
        self._line = first_line
        self.numbers: list[NDArray[np.int64]] = []

    def without(self, part: bytes) -> bytes:
        """The part without its blank lines, whose numbers are kept."""
        lines, self._line = self._line, self._line + part.count(b"\n")
        if self._may_be.search(b"\n" + part[:-1]) is None:
            return part
        begins = [found.start() for found in self._blank.finditer(part) if found.end() > found.start()]
        if begins:
            newlines = np.flatnonzero(np.frombuffer(part, dtype=np.uint8) == _NEWLINE)
            self.numbers.append(np.searchsorted(newlines, begins).astype(np.int64) + lines)
        return self._blank.sub(b"", part) if begins else part


def _is_quoted_well(data: bytes, begin: int, last: int, separator: bytes) -> bool:
    """Whether each quotation mark opens a cell, closes it or is doubled in it, and each line closes its own."""
    opens, closes = _are(separator + b'\n"'), _are(separator + b'\r\n"')
    while begin < last:
        end = last
        if begin + _BLOCK < last:
            end = data.rfind(b"\n", begin, begin + _BLOCK) + 1
        if end <= begin:
            return False
        # A line break before and after, so that each mark has neighbours.
        block = np.frombuffer(b"\n" + data[begin:end] + b"\n", dtype=np.uint8)
        marks = np.flatnonzero(block == _QUOTE)
        if len(marks) % 2 or not (opens[block[marks[::2] - 1]].all() and closes[block[marks[1::2] + 1]].all()):
            return False
        # Of how many marks stand before each place, only whether they are even matters: overflow does no harm.
        inside = np.cumsum(block == _QUOTE, dtype=np.uint8) & 1
        if inside[block == _NEWLINE].any():
            return False
        begin = end
    return True


def _are(letters: bytes) -> NDArray[np.bool_]:
    """For each byte whether it is one of some."""
    found = np.zeros(256, dtype=np.bool_)
    found[list(letters)] = True
    return found
