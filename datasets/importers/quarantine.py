"""Rows that do not fit their table: left out, never shifted or dropped in silence, kept for a person to read."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from .identity import is_identity_number
from .messages import MESSAGES
from .problems import LeftOut, Problem, Report, Severity
from .rows import Row

SHARE = 0.2
"""Where a larger part of the rows does not fit, it is the table that was misunderstood: the file is refused."""
MOST = 10_000
"""So many rows are kept at most; where more do not fit, the file is refused."""
REPEATED = "csv_duplicate_same"
"""A row that says once more what another says."""
NO_FIGURES = "csv_no_figures"
"""A row that is a heading inside the table."""
NO_LOSS = frozenset({REPEATED, NO_FIGURES})
"""Reasons for leaving out a row with which no figure is lost."""
_FEW = 4
_MASK = "•••"


class Quarantine:
    """The lines that do not fit, each with the first reason that was found."""

    def __init__(self) -> None:
        self._problems: dict[int, Problem] = {}

    def __len__(self) -> int:
        return len(self._problems)

    @property
    def lines(self) -> Collection[int]:
        """The lines that are left out."""
        return self._problems.keys()

    def add(self, code: str, line: int, column: int | None = None, **params: str | int) -> None:
        """Leave the row of a line out; of several reasons the first is kept."""
        kind = MESSAGES[code]
        self._problems.setdefault(
            line, Problem(code, Severity.CONTINUE, kind.text, kind.remedy, params, line, column)
        )

    def excuse(self, lines: Iterable[int]) -> None:
        """Say of rows that lack a category that they lack figures as well, and are headings."""
        for line in lines:
            if line in self._problems and self._problems[line].code == "csv_blank_category":
                del self._problems[line]
                self.add(NO_FIGURES, line)

    def settle(self, rows: int, report: Report) -> None:
        """Tell what was left out of so many rows; refuse the file where that is too much of it."""
        lost = [problem for problem in self._in_order() if problem.code not in NO_LOSS]
        if not self._problems:
            return
        is_small = len(lost) == 1 and rows > _FEW
        is_too_much = (len(lost) > SHARE * rows and not is_small) or len(self) > MOST
        for problem in self._in_order():
            is_fatal = is_too_much and problem.code not in NO_LOSS
            report.put(replace(problem, severity=Severity.FATAL) if is_fatal else problem)
        if is_too_much:
            raise report.refuse("csv_too_many_left_out", count=len(lost), rows=rows)
        if lost:
            report.add("csv_left_out", count=len(lost), rows=rows)

    def collect(self, rows: Iterable[Row]) -> tuple[LeftOut, ...]:
        """The rows themselves, from all of the file's; a personal identity number in them is masked."""
        if not self._problems:
            return ()
        return tuple(
            LeftOut(row.line, tuple(map(_masked, row.cells)), self._problems[row.line])
            for row in rows
            if row.line in self._problems
        )

    def _in_order(self) -> list[Problem]:
        return [self._problems[line] for line in sorted(self._problems)]


def _masked(cell: str) -> str:
    return _MASK if is_identity_number(cell.strip()) else cell
