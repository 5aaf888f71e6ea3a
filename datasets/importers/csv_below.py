"""The text below a large table, found from the file's end, so that the table above it can be read at once."""

from __future__ import annotations

from .csv_layout import TableRows, read_rows, stands_alone
from .problems import Refused, Report

_LINES, _LONGEST = 100, 100_000


def text_below(data: bytes, encoding: str, separator: str) -> tuple[int, tuple[str, ...]] | None:
    """Where a table ends and the text below it; None where only who reads the whole file can tell.

    What is above the end has to be such that each line closes its own quotation marks.
    """
    begin = _begin_of_last_lines(data)
    try:
        rows = list(read_rows(data[begin:], encoding, separator, Report()))
    except Refused:
        return None
    first = len(rows)
    while first and stands_alone(rows[first - 1]):
        first -= 1
    if first == len(rows):
        return len(data), ()
    below = TableRows(rows[first:])
    if first == 0 or list(below):
        return None
    end = begin
    for _line in range(rows[first].line - 1):
        end = data.find(b"\n", end) + 1
    return end, tuple(below.text)


def _begin_of_last_lines(data: bytes) -> int:
    begin, least = len(data), max(0, len(data) - _LONGEST)
    for _line in range(_LINES):
        before = data.rfind(b"\n", least, max(begin - 1, least))
        if before < 0:
            return begin if least else 0
        begin = before + 1
    return begin
