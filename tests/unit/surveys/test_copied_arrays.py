"""PostgreSQL's binary copy of arrays, read into numpy: every number in its place, or a refusal."""

from __future__ import annotations

import struct
from collections.abc import Sequence

import numpy as np
import pytest

from surveys.results import copied_arrays
from surveys.results.copied_arrays import SIGNATURE, CopiedArraysError, arrays_of

HEADER = SIGNATURE + struct.pack(">ii", 0, 0)
END = struct.pack(">h", -1)
INT2 = 21


def array(values: Sequence[int], *, nulls: int = 0) -> bytes:
    """One array as PostgreSQL sends it (array_send)."""
    if not values:
        body = struct.pack(">iii", 0, nulls, INT2)
    else:
        body = struct.pack(">iiiii", 1, nulls, INT2, len(values), 1)
        body += b"".join(struct.pack(">ih", 2, value) for value in values)
    return struct.pack(">i", len(body)) + body


def row(*arrays: Sequence[int]) -> bytes:
    return struct.pack(">h", len(arrays)) + b"".join(array(values) for values in arrays)


ROWS = [([1, -1], [7, 0, 300]), ([2, 3], [-1, -1, 5]), ([0, 0], [1, 2, 3])]


@pytest.mark.parametrize("size", [1, 7, 19, 64, 10_000])
def test_every_number_is_read_however_the_bytes_come(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copied_arrays, "BLOCK", 50)
    stream = HEADER + b"".join(row(*one) for one in ROWS) + END
    found = arrays_of((stream[at : at + size] for at in range(0, len(stream), size)), [2, 3])
    assert found.tolist() == [[*first, *second] for first, second in ROWS]
    assert found.dtype == np.int16 and found.flags.f_contiguous


def test_nobody_answered() -> None:
    assert arrays_of([HEADER + END], [2, 3]).shape == (0, 5)


def test_an_array_without_numbers_has_no_columns() -> None:
    assert arrays_of([HEADER + row([], [4]) + row([], [5]) + END], [0, 1]).tolist() == [[4], [5]]


@pytest.mark.parametrize(
    "stream",
    [
        HEADER + row([1], [2, 3]) + END,
        HEADER + row([1, 2], [3, 4, 5]),
        HEADER + struct.pack(">h", 2) + array([1, 2], nulls=1) + array([1, 2, 3]) + END,
        HEADER + row([1, 2, 3], [4, 5]) + END,
        b"1,2\n3,4\n",
        b"",
    ],
)
def test_other_rows_than_expected_are_refused_without_quoting_them(stream: bytes) -> None:
    with pytest.raises(CopiedArraysError) as refused:
        arrays_of([stream], [2, 3])
    assert not any(character.isdigit() for character in str(refused.value))
