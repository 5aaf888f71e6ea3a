"""The points in time of a PC-Axis table: TIMEVAL, by year, half, quarter, month and week, listed or as a range."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .periods import read_period
from .px_grammar import Statement

MOST_IN_RANGE = 10_000
_PARTS = {"A": ("", 1), "H": ("H", 2), "Q": ("K", 4), "K": ("K", 4), "M": ("M", 12), "W": ("V", 53)}
"""Scale to the letter that the statistical offices write, and how many there are in a year."""
_PERIOD = re.compile(r"([0-9]{4})[A-Za-z]?([0-9]{0,2})")


def times(statement: Statement | None) -> tuple[str, ...]:
    """The points in time that TIMEVAL gives, as the statistical offices write them: 2024, 2024K1, 2024M01.

    Empty when there is no TIMEVAL, or only a scale. What is not of its scale is kept as written.
    """
    if statement is None:
        return ()
    scale = next((part[1][:1].upper() for part in statement.parts if len(part) > 1), "A")
    written = [part for item in statement.parts for part in item[2:] if _PERIOD.fullmatch(part)]
    if len(written) == 2:
        return _range(scale, written[0], written[1])
    return tuple(_written(scale, text) for text in statement.values)


def codes_of(values: Sequence[str], listed: Sequence[str]) -> Sequence[str]:
    """The codes of points in time that have none of their own: TIMEVAL's where the names say no time."""
    if len(values) != len(listed) or all(read_period(value) for value in values):
        return values
    return listed if all(read_period(text) for text in listed) and len(set(listed)) == len(listed) else values


def _written(scale: str, text: str) -> str:
    letter, count = _PARTS.get(scale, ("", 1))
    found = re.fullmatch(r"([0-9]{4})([0-9]{1,2})", text)
    if not letter or found is None or not 1 <= int(found[2]) <= count:
        return text
    return f"{found[1]}{letter}{int(found[2]):0{len(str(count))}}"


def _range(scale: str, begin: str, end: str) -> tuple[str, ...]:
    _letter, count = _PARTS.get(scale, ("", 1))
    (first, part), (last, last_part) = (_steps(text, count) for text in (begin, end))
    steps = range(first * count + part, min(last * count + last_part + 1, first * count + part + MOST_IN_RANGE))
    if count == 1:
        return tuple(f"{step:04}" for step in steps)
    width = len(str(count))
    return tuple(_written(scale, f"{step // count:04}{step % count + 1:0{width}}") for step in steps)


def _steps(text: str, count: int) -> tuple[int, int]:
    found = _PERIOD.fullmatch(text)
    assert found is not None
    return int(found[1]), min(max(int(found[2] or 1), 1), count) - 1
