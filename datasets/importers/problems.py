"""What was wrong with a file: said so that a person can find the place and mend it.

Messages are plain English templates with their parameters kept apart, so that whoever shows them can translate
the template first: ``problem.text(gettext)``. They name places, never what a cell holds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from datasets.cubes import Cube

from .messages import MESSAGES, Severity

MOST_OF_A_KIND = 20

__all__ = ["ImportResult", "LeftOut", "Problem", "Refused", "Report", "Severity"]


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong, where it is (from 1; None when nowhere in particular), and the remedy."""

    code: str
    severity: Severity
    message: str
    remedy: str
    params: Mapping[str, str | int] = field(default_factory=dict)
    line: int | None = None
    column: int | None = None

    def text(self, translate: Callable[[str], str] = str) -> str:
        """What is wrong, in the language that ``translate`` (such as gettext) gives."""
        return translate(self.message) % self.params

    def advice(self, translate: Callable[[str], str] = str) -> str:
        """What to do about it; nothing where there is nothing to do."""
        return translate(self.remedy) % self.params if self.remedy else ""

    def __str__(self) -> str:
        place = "" if self.line is None else f"Line {self.line}: "
        if self.line is not None and self.column is not None:
            place = f"Line {self.line}, column {self.column}: "
        return f"{place}{self.text()} {self.advice()}".strip()


@dataclass(frozen=True)
class LeftOut:
    """A row that does not fit and was left out: its line, its cells as they were read, and why."""

    line: int
    cells: tuple[str, ...]
    problem: Problem


@dataclass(frozen=True)
class ImportResult:
    """What came out of a file: a whole cube, or none at all and the reasons why.

    ``about`` holds what the source says of itself (contact, matrix, …), for filling in a registration;
    ``domains`` the sets of values that dimensions take their categories from, which groupings are made for;
    ``left_out`` the rows that do not fit.
    """

    cube: Cube | None
    problems: tuple[Problem, ...]
    encoding: str | None = None
    about: Mapping[str, str] = field(default_factory=dict)
    domains: Mapping[str, str] = field(default_factory=dict)
    left_out: tuple[LeftOut, ...] = ()

    @property
    def fatal(self) -> tuple[Problem, ...]:
        """The problems for which the file was refused."""
        return tuple(problem for problem in self.problems if problem.severity is Severity.FATAL)


class Refused(Exception):
    """Raised inside a reader when reading on would be guessing; the report says why."""


class Report:
    """Collects a reader's problems, at most a score of each kind, and counts the rest."""

    def __init__(self) -> None:
        self._problems: list[Problem] = []
        self._counts: Counter[str] = Counter()
        self._has_fatal = False

    def add(self, code: str, line: int | None = None, column: int | None = None, **params: str | int) -> None:
        """Note a problem; the kinds, and how grave each is, are listed in MESSAGES."""
        kind = MESSAGES[code]
        self.put(Problem(code, kind.severity, kind.text, kind.remedy, params, line, column))

    def put(self, problem: Problem) -> None:
        """Note a problem that was made elsewhere, as grave as it says."""
        self._counts[problem.code] += 1
        self._has_fatal |= problem.severity is Severity.FATAL
        if self._counts[problem.code] <= MOST_OF_A_KIND:
            self._problems.append(problem)

    def refuse(
        self, code: str, line: int | None = None, column: int | None = None, **params: str | int
    ) -> Refused:
        """Note a problem and give the exception that ends the reading: ``raise report.refuse(...)``."""
        self.add(code, line, column, **params)
        return Refused(code)

    def stop_if_fatal(self) -> None:
        """End the reading if anything noted so far forbids going on."""
        if self.has_fatal:
            raise Refused

    @property
    def has_fatal(self) -> bool:
        """Whether the file must be refused."""
        return self._has_fatal

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All problems noted, fatal ones first, and how many more there are of a kind that was cut short."""
        kind = MESSAGES["more_of_the_same"]
        cut = [
            Problem("more_of_the_same", kind.severity, kind.text, kind.remedy, {"count": n - MOST_OF_A_KIND})
            for n in self._counts.values()
            if n > MOST_OF_A_KIND
        ]
        return tuple(sorted(self._problems, key=lambda p: p.severity is not Severity.FATAL)) + tuple(cut)
