"""One row of a table, from whatever kind of file it comes."""

from __future__ import annotations

from typing import NamedTuple


class Row(NamedTuple):
    """One row, the line it begins at, and whether an empty row stands before it."""

    line: int
    cells: list[str]
    after_gap: bool = False
