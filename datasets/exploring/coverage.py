"""Which groups of young people a table tells of: what "we have no data on" and stages of life are made from.

A range of ages tells of a band when at least two fifths of the range lie in it: 16–19 tells of 15–17 and of
18–19, 16–24 of 20–24 alone, 15–29 of none of them by itself. Plain Python, no Django.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum

from datasets.cubes import Dimension, LocalText


class Group(StrEnum):
    """A group of young people that data is looked for about; the keys of `Dataset.coverage`."""

    IN_SCHOOL = "15-17"
    LEAVING_SCHOOL = "18-19"
    OUTSIDE_SCHOOL = "15-19-outside-school"
    FIRST_YEARS = "20-24"
    SETTLING = "25-29"
    NEITHER = "neither"


BANDS: dict[Group, tuple[int, int]] = {
    Group.IN_SCHOOL: (15, 17),
    Group.LEAVING_SCHOOL: (18, 19),
    Group.FIRST_YEARS: (20, 24),
    Group.SETTLING: (25, 29),
}

SHARE_OF_RANGE = 0.4
OLDEST = 120

_RANGE = re.compile(r"(?<!\d)(\d{1,2})\s*(?:[-–—]|till|to)\s*(\d{1,2})(?!\d)(?!\s*[-–—]\s*\d)")
_OPEN = re.compile(r"(?<!\d)(\d{1,2})\s*(?:\+|år (?:och|eller) äldre|years? (?:and|or) older)")
_SINGLE = re.compile(r"^\s*(\d{1,2})(?:\s*(?:år|years?))?\s*$")
_AGE = re.compile(r"\b(?:ålder\w*|åldrar|aldersgrupp\w*|alder|age\w*)\b|\bår\b.*\d|\bage", re.IGNORECASE)
_IN_TEXT = re.compile(r"(?<!\d)(\d{1,2})\s*[-–—]\s*(\d{1,2})(?=\s*(?:år|-?åringar|years|$|[.,;)]))", re.IGNORECASE)
_NEITHER = re.compile(
    r"varken .*(?:arbet|jobb|stud|plugg)|neither .*(?:work|stud)|\buvas\b|\bneet\b|utanför skolan|outside school",
    re.IGNORECASE,
)
_OUTSIDE = re.compile(r"aktivitetsansvar|\bkaa\b|utanför skolan|outside school|går inte i skolan", re.IGNORECASE)


Told = dict[str, tuple[str, ...]]
"""Where a table tells of a group: by dimension its categories; nothing where only a title says so."""


def coverage_of(dimensions: Iterable[Dimension], texts: Iterable[str] = ()) -> dict[Group, Told]:
    """The groups that one table with these dimensions tells of, or whose ages a title or description names."""
    found: dict[Group, Told] = {}
    for dimension in dimensions:
        for group, codes in _told_by(dimension).items():
            found.setdefault(group, {})[dimension.code] = codes
    young = [found[group] for group in (Group.IN_SCHOOL, Group.LEAVING_SCHOOL) if group in found]
    if young and Group.NEITHER in found:
        found.setdefault(Group.OUTSIDE_SCHOOL, {**_together(young), **found[Group.NEITHER]})
    texts = tuple(texts)
    for text in texts:
        for first, last in _IN_TEXT.findall(text):
            for group in _bands(int(first), int(last)):
                found.setdefault(group, {})
    if any(_OUTSIDE.search(text) for text in texts):
        found.setdefault(Group.OUTSIDE_SCHOOL, {})
    return found


def _together(told: Iterable[Told]) -> Told:
    """The categories of several groups, each once and in their order."""
    merged: dict[str, dict[str, None]] = {}
    for one in told:
        for dimension, codes in one.items():
            merged.setdefault(dimension, {}).update(dict.fromkeys(codes))
    return {dimension: tuple(codes) for dimension, codes in merged.items()}


def _told_by(dimension: Dimension) -> dict[Group, tuple[str, ...]]:
    told: dict[Group, list[str]] = {}
    is_age = bool(_AGE.search(" ".join((dimension.code, *dimension.label.values()))))
    for category in dimension.categories:
        words = (*category.label.values(), category.code)
        for group in _groups_of(words, is_age=is_age):
            told.setdefault(group, []).append(category.code)
    return {group: tuple(codes) for group, codes in told.items()}


def _groups_of(words: tuple[str, ...], *, is_age: bool) -> list[Group]:
    ages = next(_ages(words), None) if is_age else None
    groups = _bands(*ages) if ages else []
    if any(_NEITHER.search(word) for word in words):
        groups.append(Group.NEITHER)
    if any(_OUTSIDE.search(word) for word in words):
        groups.append(Group.OUTSIDE_SCHOOL)
    return groups


def _ages(words: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """The ranges of ages that a category's label or code may mean, the label's first."""
    for word in words:
        if found := _RANGE.search(word):
            yield int(found[1]), int(found[2])
        elif found := _OPEN.search(word):
            yield int(found[1]), OLDEST
        elif found := _SINGLE.match(word):
            yield int(found[1]), int(found[1])


def _bands(first: int, last: int) -> list[Group]:
    length = last - first + 1
    if length <= 0:
        return []
    return [
        group
        for group, (low, high) in BANDS.items()
        if (min(last, high) - max(first, low) + 1) / length >= SHARE_OF_RANGE
    ]


def labels(dimension: Dimension) -> Iterator[LocalText]:
    """A dimension's name and its categories', as words to search for."""
    yield dimension.label
    for category in dimension.categories:
        yield category.label
