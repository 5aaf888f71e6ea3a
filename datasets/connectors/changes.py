"""Whether a source still means the same by a table: what a person must look at before newer figures come in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .definition import Axis, Definition

_YEARS = re.compile(r"\b(19|20)\d\d\S{0,4}\s*[-–—]\s*(19|20)\d\d[A-Z]?\d{0,2}")


@dataclass(frozen=True)
class Difference:
    """One thing that a source has changed. ``what`` is title, text, unit, gone, new, renamed or variable."""

    what: str
    where: str
    before: str
    after: str


def differences(before: Definition, after: Definition) -> tuple[Difference, ...]:
    """What changed of a table's meaning: words, units, variables, and categories other than points in time."""
    return tuple(_differences(before, after))


def _differences(before: Definition, after: Definition) -> Iterator[Difference]:
    if _without_years(before.title) != _without_years(after.title):
        yield Difference("title", "", before.title, after.title)
    if _plain(before.text) != _plain(after.text):
        yield Difference("text", "", before.text, after.text)
    old, new = dict(before.units), dict(after.units)
    for code in sorted(old.keys() | new.keys()):
        if old.get(code) and new.get(code) and old[code] != new[code]:
            yield Difference("unit", code, old[code], new[code])
    for code in dict.fromkeys([axis.code for axis in (*before.axes, *after.axes)]):
        first, second = before.axis(code), after.axis(code)
        if first is None or second is None:
            yield Difference("variable", code, first.label if first else "", second.label if second else "")
        elif "time" not in (first.role, second.role):
            yield from _categories(first, second)


def _categories(before: Axis, after: Axis) -> Iterator[Difference]:
    old, new = dict(before.categories), dict(after.categories)
    for code in dict.fromkeys([*before.codes, *after.codes]):
        if code not in new:
            yield Difference("gone", before.label, old[code], "")
        elif code not in old:
            yield Difference("new", after.label, "", new[code])
        elif _plain(old[code]) != _plain(new[code]):
            yield Difference("renamed", after.label, old[code], new[code])


def _without_years(title: str) -> str:
    """A title without the span of years that grows with every new one."""
    return _plain(_YEARS.sub("…", title))


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
