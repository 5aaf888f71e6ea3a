"""A file of figures of any kind that can be read: which kind it is, and the one reading that fits it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import PurePath

from .csv_reader import read_csv
from .csv_sniff import sniff_csv
from .jsonstat import read_jsonstat
from .problems import ImportResult, Problem, Severity
from .px import read_px
from .sheets import workbook_kind

_PX_WORDS = (b"CHARSET=", b"AXIS-VERSION=", b"CODEPAGE=", b"MATRIX=", b"SUBJECT-AREA=")
_GROUPING_ENDINGS = (".agg", ".vs")


class Format(StrEnum):
    """The kinds of file that can be brought in."""

    CSV = "csv"
    PX = "px"
    JSONSTAT = "json-stat"
    XLSX = "xlsx"
    ODS = "ods"
    XLS = "xls"

    @property
    def is_workbook(self) -> bool:
        """Whether files of this kind hold sheets."""
        return self in (Format.XLSX, Format.ODS, Format.XLS)

    @property
    def has_columns(self) -> bool:
        """Whether files of this kind have columns that a person must say the meaning of."""
        return self not in (Format.PX, Format.JSONSTAT)


@dataclass(frozen=True)
class Reading:
    """What reading a file gave, as which kind of file it was read, and of a workbook which sheet."""

    format: Format
    result: ImportResult
    sheet: str | None = None


def format_of(name: str, data: bytes) -> Format:
    """The kind of a file by what it holds, else by its name, else by how it begins."""
    workbook = workbook_kind(data)
    if workbook is not None:
        return Format(workbook)
    ending = PurePath(name).suffix.lower()
    if ending in (".px", ".json", *_GROUPING_ENDINGS):
        return Format.JSONSTAT if ending == ".json" else Format.PX
    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if any(word in start for word in _PX_WORDS) and ending != ".csv":
        return Format.PX
    return Format.JSONSTAT if start.startswith(b"{") else Format.CSV


def read_any(name: str, data: bytes, places: Mapping[str, str] | None = None) -> Reading:
    """The table of a file, whole or not at all; columns are taken for what they most likely are."""
    kind = format_of(name, data)
    if kind is Format.PX:
        return Reading(kind, read_px(data))
    if kind is Format.JSONSTAT:
        return Reading(kind, read_jsonstat(data))
    guess = sniff_csv(data, places)
    if guess.mapping is None:
        return Reading(kind, ImportResult(None, guess.problems))
    result = read_csv(data, guess.mapping, places)
    doubts = [problem for problem in guess.problems if problem.severity is not Severity.FATAL]
    return Reading(
        kind,
        replace(result, problems=_once(*result.problems, *doubts)),
        guess.mapping.sheet,
    )


def _once(*problems: Problem) -> tuple[Problem, ...]:
    """The problems, each once: the guess and the reading may have met the same."""
    seen: list[Problem] = []
    for problem in problems:
        if problem not in seen:
            seen.append(problem)
    return tuple(seen)
