"""The whole of a large, plain CSV file at once, by Arrow's parser; anything unusual is left to the careful one.

Plain is a file without remarks inside its table, rows of another width, or quotation marks but those that enclose
a cell in one line: what both parsers read alike. Empty lines are taken out first, and remarks below the last row.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from pyarrow import csv as arrow_csv

from .csv_below import text_below
from .csv_chunks import Chunk, Coded
from .csv_plain import BlankLines, is_plain
from .encodings import codec_of

LEAST = 1_000_000
"""Smaller files are read carefully at once."""

_BLOCK = 1 << 22
_MARK = b"\xef\xbb\xbf"


def whole(data: bytes, encoding: str, separator: str, headings_end: int, width: int) -> Chunk | None:
    """The columns of the rows below a line; None where the file is small or not plain."""
    if len(data) < LEAST:
        return None
    codec = codec_of(data, encoding)
    if encoding == "utf-16":
        data, codec = data.decode(codec).encode(), "utf-8"
    begin = len(_MARK) if data.startswith(_MARK) and codec == "utf-8-sig" else 0
    below = text_below(data, "utf-8" if encoding == "utf-16" else encoding, separator)
    if below is None or not is_plain(data, begin, below[0], separator.encode()):
        return None
    end, text = below
    columns = [_Column(data.count(b"\n", begin, end) + 1) for _ in range(width)]
    blank = BlankLines(separator.encode(), headings_end + 1)
    try:
        for table in _tables(data, (begin, end), codec, separator, headings_end, width, blank):
            for column, cells in zip(columns, table.columns, strict=True):
                for chunk in cells.chunks:
                    column.take(chunk)
    except (pa.ArrowInvalid, pa.ArrowCapacityError):
        return None
    pa.default_memory_pool().release_unused()
    found = [column.coded() for column in columns]
    rows = len(found[0].places)
    if not rows or _has_lone_texts(found):
        return None
    return Chunk(_lines(headings_end + 1, rows, blank), found, text)


def _lines(first: int, rows: int, blank: BlankLines) -> NDArray[np.int64]:
    """The line of every row, those that hold nothing passed over."""
    if not blank.numbers:
        return np.arange(first, first + rows, dtype=np.int64)
    numbers = np.concatenate(blank.numbers)
    return np.delete(np.arange(first, first + rows + len(numbers), dtype=np.int64), numbers - first)


def _tables(
    data: bytes,
    span: tuple[int, int],
    codec: str,
    separator: str,
    headings_end: int,
    width: int,
    blank: BlankLines,
) -> Iterator[pa.Table]:
    """The rows some at a time, each lot decoded and parsed by itself: the text is never held as a whole."""
    begin, last = span
    names = [str(number) for number in range(width)]
    parsing = arrow_csv.ParseOptions(
        delimiter=separator, quote_char='"', double_quote=True, escape_char=False, ignore_empty_lines=False
    )
    converting = arrow_csv.ConvertOptions(
        column_types={name: pa.dictionary(pa.int32(), pa.string()) for name in names}, strings_can_be_null=False
    )
    for _line in range(headings_end):
        begin = data.find(b"\n", begin) + 1 or len(data)
    while begin < last:
        # All but the last lot ends where a line does.
        end = data.rfind(b"\n", begin, begin + _BLOCK) + 1 if begin + _BLOCK < last else last
        if end <= begin:
            raise pa.ArrowInvalid
        lot = blank.without(data[begin:end])
        begin = end
        if not lot:
            continue
        if not codec.startswith("utf-8"):
            lot = str(lot, codec).encode()
        reading = arrow_csv.ReadOptions(column_names=names, block_size=_BLOCK * 4, use_threads=False)
        yield arrow_csv.read_csv(pa.BufferReader(pa.py_buffer(lot)), reading, parsing, converting)


class _Column:
    """Collects a column of Arrow's: cells that differ in the spaces around them alone are the same cell."""

    def __init__(self, most: int) -> None:
        self._known: dict[str, int] = {}
        self._places: NDArray[np.int32] = np.empty(most, dtype=np.int32)
        self._rows = 0

    def take(self, cells: pa.DictionaryArray) -> None:
        """The next cells."""
        known, written = self._known, cells.dictionary.to_pylist()
        own = np.fromiter((known.setdefault(cell.strip(), len(known)) for cell in written), np.int32, len(written))
        begin, self._rows = self._rows, self._rows + len(cells)
        self._places[begin : self._rows] = own[cells.indices.to_numpy(zero_copy_only=False)]

    def coded(self) -> Coded:
        """All that was taken."""
        return Coded(list(self._known), self._places[: self._rows])


def _has_lone_texts(columns: list[Coded]) -> bool:
    """Whether some row fills its first cell alone, as remarks and headings inside a table do."""
    alone = np.ones(len(columns[0].places), dtype=np.bool_)
    for column in columns[1:]:
        if "" not in column.cells:
            return False
        alone &= column.places == column.cells.index("")
    return bool(alone.any())
