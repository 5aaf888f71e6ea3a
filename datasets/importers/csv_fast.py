"""The whole of a large, plain CSV file at once, by Arrow's parser; anything unusual is left to the careful one.

Plain is a file without quotation marks, empty lines, remarks below its table or rows of another width: what both
parsers read alike.
"""

from __future__ import annotations

import re

import numpy as np
import pyarrow as pa
from pyarrow import csv as arrow_csv

from .csv_chunks import Chunk, Coded
from .encodings import decoded

LEAST = 1_000_000
"""Smaller files are read carefully at once."""

_BLOCK = 1 << 22


def whole(data: bytes, encoding: str, separator: str, headings_end: int, width: int) -> Chunk | None:
    """The columns of the rows below a line; None where the file is small or not plain."""
    if len(data) < LEAST or encoding == "utf-16" or not _is_plain(data, separator.encode()):
        return None
    text = data if encoding == "utf-8" else decoded(data, encoding).encode()
    names = [str(number) for number in range(width)]
    try:
        table = arrow_csv.read_csv(
            pa.BufferReader(text),
            arrow_csv.ReadOptions(column_names=names, skip_rows=headings_end, block_size=_BLOCK),
            arrow_csv.ParseOptions(
                delimiter=separator, quote_char=False, escape_char=False, ignore_empty_lines=False
            ),
            arrow_csv.ConvertOptions(
                column_types={name: pa.dictionary(pa.int32(), pa.string()) for name in names},
                strings_can_be_null=False,
            ),
        )
    except (pa.ArrowInvalid, pa.ArrowCapacityError):
        return None
    rows = table.num_rows
    columns = []
    for name in names:
        columns.append(_coded(table.column(name)))
        table = table.drop_columns([name])
    del table
    pa.default_memory_pool().release_unused()
    if not rows or _has_lone_texts(columns):
        return None
    return Chunk(np.arange(headings_end + 1, headings_end + 1 + rows, dtype=np.int64), columns)


def _is_plain(data: bytes, separator: bytes) -> bool:
    """Whether no line is quoted, ends otherwise than others, or holds nothing but separators."""
    if b'"' in data or data.count(b"\r") != data.count(b"\r\n"):
        return False
    return re.search(rb"\n[" + re.escape(separator) + rb" \t\r]*\n", data) is None


def _coded(column: pa.ChunkedArray) -> Coded:
    """A column of Arrow's: cells that differ in the spaces around them alone are the same cell."""
    known: dict[str, int] = {}
    places = np.empty(len(column), dtype=np.int32)
    begin = 0
    for chunk in column.chunks:
        written = chunk.dictionary.to_pylist()
        own = np.fromiter((known.setdefault(cell.strip(), len(known)) for cell in written), np.int32, len(written))
        places[begin : begin + len(chunk)] = own[chunk.indices.to_numpy(zero_copy_only=False)]
        begin += len(chunk)
    return Coded(list(known), places)


def _has_lone_texts(columns: list[Coded]) -> bool:
    """Whether some row fills its first cell alone, as remarks and headings inside a table do."""
    alone = np.ones(len(columns[0].places), dtype=np.bool_)
    for column in columns[1:]:
        if "" not in column.cells:
            return False
        alone &= column.places == column.cells.index("")
    return bool(alone.any())
