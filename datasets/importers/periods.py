"""Points in time as files write them, read only where there is one way to read them.

Nothing is guessed: "3/4 2024" or "våren 24" is no point in time here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_YEAR = r"(?P<year>(?:19|20)\d\d)"
_FORMS = (
    ("year", re.compile(rf"{_YEAR}(?:\s*\*)?")),
    ("month", re.compile(rf"{_YEAR}(?:M|-)(?P<part>0[1-9]|1[0-2])", re.IGNORECASE)),
    ("quarter", re.compile(rf"{_YEAR}\s?-?(?:K|Q|KV)\s?(?P<part>[1-4])", re.IGNORECASE)),
    ("half", re.compile(rf"{_YEAR}\s?H\s?(?P<part>[12])", re.IGNORECASE)),
    ("week", re.compile(rf"{_YEAR}\s?-?[VW](?P<part>0[1-9]|[1-4]\d|5[0-3])", re.IGNORECASE)),
    ("term", re.compile(rf"(?P<part>[VH]T)[ -]?{_YEAR}", re.IGNORECASE)),
    ("term", re.compile(rf"{_YEAR}[ -]?(?P<part>[VH]T)", re.IGNORECASE)),
    ("school_year", re.compile(rf"{_YEAR}\s?[/–-]\s?(?P<part>(?:19|20)?\d\d)")),
    ("day", re.compile(rf"{_YEAR}-(?P<part>\d\d-\d\d)")),
)
_HEADING = re.compile(
    r"\b([åa]r|year|l[äa]s[åa]r|period|tid|tidpunkt|m[åa]nad|month|kvartal|quarter|termin|vecka|week|datum|date)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Period:
    """A point in time: its code (as the statistical offices write it) and what it sorts by."""

    code: str
    order: tuple[str, str]


def names_time(heading: str) -> bool:
    """Whether a heading says that its column is about time."""
    return _HEADING.search(heading.replace("_", " ")) is not None


def read_period(text: str) -> Period | None:
    """The point in time that a cell means, or None where that is not certain."""
    for kind, form in _FORMS:
        found = form.fullmatch(text.strip())
        if found is not None:
            year = found["year"]
            part = found.groupdict().get("part") or ""
            return _period(kind, year, part.upper())
    return None


def _period(kind: str, year: str, part: str) -> Period | None:
    if kind == "school_year":
        return Period(f"{year}/{part[-2:]}", (year, "")) if int(part[-2:]) == (int(year) + 1) % 100 else None
    if kind == "day":
        try:
            date.fromisoformat(f"{year}-{part}")
        except ValueError:
            return None
        return Period(f"{year}-{part}", (year, part))
    if kind == "term":
        return Period(f"{year}{part}", (year, "1" if part == "VT" else "2"))
    sign = {"year": "", "month": "M", "quarter": "K", "half": "H", "week": "V"}[kind]
    return Period(f"{year}{sign}{part}", (year, part))
