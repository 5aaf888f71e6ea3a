"""Rows of numbers as an SPSS system file (.sav) with labels: uncompressed, little-endian, UTF-8.

Only what a table of labelled numbers needs, after "PSPP Internals", System File Format. What is hidden or missing
is SPSS's own missing value.
"""

from __future__ import annotations

import struct
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

MISSING = -sys.float_info.max
LONGEST_LABEL = 252
LONGEST_VALUE_LABEL = 120
LINE = 80
LONGEST_NAME = 8
_NUMBER_FORMAT = 5
_WIDTH = 8


@dataclass(frozen=True)
class SavColumn:
    """A variable: its name (at most eight letters and digits), its words, and the words of its numbers."""

    name: str
    label: str
    values: Sequence[float | None]
    decimals: int = 0
    labels: Mapping[int, str] = field(default_factory=dict)


def sav_file(columns: Sequence[SavColumn], *, title: str = "", document: Sequence[str] = ()) -> bytes:
    """The file. Columns have the same length; `document` is what SPSS shows as notes on it. Raises ValueError."""
    rows = {len(column.values) for column in columns}
    if len(rows) != 1:
        raise ValueError("A file has at least one column, and all of them one length.")
    if any(not column.name.isascii() or not 0 < len(column.name) <= LONGEST_NAME for column in columns):
        raise ValueError("The name of a variable has one to eight plain letters.")
    parts = [_header(len(columns), rows.pop(), title)]
    parts += [_variable(column) for column in columns]
    parts += [_value_labels(at, column) for at, column in enumerate(columns, start=1) if column.labels]
    parts += [_document(document), *_about(), struct.pack("<ii", 999, 0), _data(columns)]
    return b"".join(parts)


def _header(columns: int, rows: int, title: str) -> bytes:
    return struct.pack(
        "<4s60siiiiid9s8s64s3x",
        b"$FL2",
        b"@(#) SPSS DATA FILE Vaxtkraft".ljust(60),
        2, columns, 0, 0, rows, 100.0,
        b"01 Jan 70", b"00:00:00", _cut(title, 64).ljust(64),
    )  # fmt: skip


def _variable(column: SavColumn) -> bytes:
    shape = _NUMBER_FORMAT << 16 | _WIDTH << 8 | column.decimals
    label = _cut(column.label, LONGEST_LABEL)
    name = column.name.upper().encode().ljust(LONGEST_NAME)
    plain = struct.pack("<iiiiii8s", 2, 0, int(bool(label)), 0, shape, shape, name)
    return plain + (struct.pack("<i", len(label)) + _padded(label, 4) if label else b"")


def _value_labels(at: int, column: SavColumn) -> bytes:
    parts = [struct.pack("<ii", 3, len(column.labels))]
    for number, words in column.labels.items():
        label = _cut(words, LONGEST_VALUE_LABEL)
        parts.append(struct.pack("<d", float(number)) + _padded(bytes([len(label)]) + label, 8, b" "))
    return b"".join([*parts, struct.pack("<iii", 4, 1, at)])


def _document(lines: Sequence[str]) -> bytes:
    """Notes in lines of eighty bytes, broken between words."""
    found: list[bytes] = []
    for text in lines:
        line = ""
        for word in text.split():
            longer = f"{line} {word}".strip()
            if line and len(longer.encode()) > LINE:
                found.append(line.encode())
                longer = word
            line = longer
        found.append(_cut(line, LINE))
    return struct.pack("<ii", 6, len(found)) + b"".join(one.ljust(LINE) for one in found) if found else b""


def _about() -> list[bytes]:
    """Which machine and which letters the numbers and words are written in."""
    numbers = struct.pack("<iiii8i", 7, 3, 4, 8, 1, 0, 0, -1, 1, 1, 2, 65001)
    highest = sys.float_info.max
    lowest = struct.unpack("<d", struct.pack("<Q", struct.unpack("<Q", struct.pack("<d", MISSING))[0] - 1))[0]
    reals = struct.pack("<iiii3d", 7, 4, 8, 3, MISSING, highest, lowest)
    return [numbers, reals, struct.pack("<iiii5s", 7, 20, 1, 5, b"UTF-8")]


def _data(columns: Sequence[SavColumn]) -> bytes:
    row = struct.Struct(f"<{len(columns)}d")
    rows = zip(*(column.values for column in columns), strict=True)
    return b"".join(row.pack(*(MISSING if value is None else float(value) for value in values)) for values in rows)


def _cut(text: str, most: int) -> bytes:
    """At most so many bytes, and no half letter."""
    return text.encode()[:most].decode(errors="ignore").encode()


def _padded(data: bytes, to: int, by: bytes = b"\0") -> bytes:
    return data + by * (-len(data) % to)
