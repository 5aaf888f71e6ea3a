"""Whether a CSV file is plain: what the fast parser and the careful one read alike, letter for letter."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

_QUOTE, _NEWLINE = 34, 10
_BLOCK = 1 << 22


def is_plain(data: bytes, begin: int, separator: bytes) -> bool:
    """Whether a file, whose text begins at ``begin``, has nothing that the two parsers might read differently.

    No line ends otherwise than others, holds nothing, has marks that could be read in two ways, or begins with the
    mark that only a file begins with.
    """
    if data.count(b"\r") != data.count(b"\r\n") or b"\n\xef\xbb\xbf" in data:
        return False
    if re.search(rb"\n[" + re.escape(separator) + rb"\" \t\r]*\n", data) is not None:
        return False
    return b'"' not in data or _is_quoted_well(data, begin, separator)


def _is_quoted_well(data: bytes, begin: int, separator: bytes) -> bool:
    """Whether each quotation mark opens a cell, closes it or is doubled in it, and each line closes its own."""
    opens, closes = _are(separator + b'\n"'), _are(separator + b'\r\n"')
    while begin < len(data):
        end = len(data)
        if begin + _BLOCK < len(data):
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
