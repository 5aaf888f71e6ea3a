"""What measuring asks of a data set, and where its series is broken. Plain Python, no Django.

A break is a period from which figures are made in another way and what changed then. Periods are written as the
data set's own time codes are (`2015`, `2015K2`), so that they sort as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from datasets.charts.about import Break

PERIOD = re.compile(r"\d{4}\S{0,16}")
MOST_BREAKS = 20


class Demand(StrEnum):
    """What is missing before a data set is fit to measure with."""

    UNIT = "unit"
    DEFINITION = "definition"
    POLARITY = "polarity"
    WHOLE = "whole_from"


class BreakError(ValueError):
    """A line that tells of no break; `line` is its number, from 1."""

    def __init__(self, line: int) -> None:
        super().__init__(f"Line {line} names no period and what changed.")
        self.line = line


def break_json(one: Break) -> dict[str, str]:
    """A break as it is kept with its data set."""
    return {"period": one.period, "text": one.text.get("sv", ""), "text_en": one.text.get("en", "")}


def breaks_of(stored: Iterable[Mapping[str, str]]) -> tuple[Break, ...]:
    """A data set's breaks in order of time."""
    found = (
        Break(
            one["period"],
            {lang: one[key] for lang, key in (("sv", "text"), ("en", "text_en")) if one.get(key)},
        )
        for one in stored
    )
    return tuple(sorted(found, key=lambda one: one.period))


def read_breaks(text: str) -> tuple[Break, ...]:
    """Breaks as people write them, one a line: `2015: frågan ställs på ett nytt sätt / asked in a new way`.

    What stands after a slash between spaces is English. Raises BreakError for a line of another kind.
    """
    found: dict[str, Break] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        period, _colon, words = (part.strip() for part in line.partition(":"))
        swedish, _slash, english = (part.strip() for part in words.partition(" / "))
        if not PERIOD.fullmatch(period) or not swedish or period in found or len(found) == MOST_BREAKS:
            raise BreakError(number)
        found[period] = Break(period, {"sv": swedish, **({"en": english} if english else {})})
    return breaks_of(break_json(one) for one in found.values())


def written_breaks(stored: Iterable[Mapping[str, str]]) -> str:
    """Breaks as `read_breaks` reads them."""
    return "\n".join(f"{one.period}: {' / '.join(one.text.values())}" for one in breaks_of(stored))


def demands_of(described: Mapping[str, Any]) -> tuple[Demand, ...]:
    """What a data set lacks to be fit for 1 (measure): empty where nothing.

    It needs a unit, a definition, a word on which way is good (or that neither is), and a series that is unbroken
    from the period that it is said to be whole from. The database asks the same.
    """
    lacks = [demand for demand in (Demand.UNIT, Demand.DEFINITION) if not str(described.get(demand) or "").strip()]
    if described.get("polarity", "unsaid") == "unsaid":
        lacks.append(Demand.POLARITY)
    whole_from = str(described.get("whole_from") or "")
    if any(one.period > whole_from for one in breaks_of(described.get("breaks") or ())):
        lacks.append(Demand.WHOLE)
    return tuple(lacks)
