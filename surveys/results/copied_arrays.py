"""Columns of small numbers as PostgreSQL's binary COPY sends them, straight into numpy. No database here.

A row of `smallint[]` columns whose arrays have the same length in every row takes the same number of bytes in
every row, so that a block of rows is one structured array, and no number becomes a Python object.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

SIGNATURE = b"PGCOPY\n\xff\r\n\0"
BLOCK = 4 << 20
Block = bytes | bytearray | memoryview
_HEADER = len(SIGNATURE) + 8
_EMPTY, _FULL = 12, 20
"""Bytes before the numbers of an array: without any numbers there is no length either."""


class CopiedArraysError(ValueError):
    """The bytes are not the arrays that were expected. The message quotes none of them."""


def arrays_of(blocks: Iterable[Block], widths: Sequence[int]) -> NDArray[np.int16]:
    """All numbers, a row a row and a column a number, each column in one piece.

    `widths` has the length of each array column. Raises CopiedArraysError when a row has others, or a null.
    """
    found = list(_parts(blocks, widths))
    rows, width = sum(len(part) for part in found), sum(widths)
    values = np.empty((rows, width), dtype=np.int16, order="F")
    start = 0
    while found:
        part = found.pop(0)
        values[start : start + len(part)] = part
        start += len(part)
    return values


def _parts(blocks: Iterable[Block], widths: Sequence[int]) -> Iterator[NDArray[np.int16]]:
    row = _row_of(widths)
    waiting = bytearray()
    is_begun = False
    for block in blocks:
        waiting += block
        if not is_begun and len(waiting) >= _HEADER:
            del waiting[: _header_of(waiting)]
            is_begun = True
        if is_begun and len(waiting) >= max(BLOCK, row.itemsize + 2):
            yield _decoded(waiting, row, widths, len(waiting) // row.itemsize)
    if not is_begun or len(waiting) % row.itemsize != 2 or waiting[-2:] != b"\xff\xff":
        raise CopiedArraysError("The rows have not the lengths that were expected.")
    yield _decoded(waiting, row, widths, len(waiting) // row.itemsize)


def _header_of(head: bytearray) -> int:
    """How many bytes the header has."""
    if not head.startswith(SIGNATURE):
        raise CopiedArraysError("This is no binary copy.")
    return _HEADER + int.from_bytes(head[_HEADER - 4 : _HEADER], "big")


def _row_of(widths: Sequence[int]) -> np.dtype[Any]:
    number = np.dtype([("bytes", ">i4"), ("value", ">i2")])
    fields: list[Any] = [("columns", ">i2")]
    for at, width in enumerate(widths):
        fields += [(f"bytes{at}", ">i4"), (f"axes{at}", ">i4"), (f"nulls{at}", ">i4"), (f"type{at}", ">i4")]
        if width:
            fields += [(f"length{at}", ">i4"), (f"lowest{at}", ">i4"), (f"numbers{at}", number, (width,))]
    return np.dtype(fields)


def _decoded(waiting: bytearray, row: np.dtype[Any], widths: Sequence[int], count: int) -> NDArray[np.int16]:
    """The first rows, which are taken away from what waits."""
    size = count * row.itemsize
    rows = np.frombuffer(bytes(waiting[:size]), dtype=row)
    del waiting[:size]
    expected: list[tuple[NDArray[Any], int]] = [(rows["columns"], len(widths))]
    values = np.empty((count, sum(widths)), dtype=np.int16)
    start = 0
    for at, width in enumerate(widths):
        expected += [(rows[f"bytes{at}"], (_FULL if width else _EMPTY) + 6 * width), (rows[f"nulls{at}"], 0)]
        if width:
            expected.append((rows[f"length{at}"], width))
            values[:, start : start + width] = rows[f"numbers{at}"]["value"]
        start += width
    if not all((column == value).all() for column, value in expected):
        raise CopiedArraysError("The rows have not the lengths that were expected.")
    return values
