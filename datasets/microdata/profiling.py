"""What can be told of a column of people without showing any of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from datasets.identifiers import Kind, column_looks_like
from datasets.importers.numbers import shape

from .plan import ColumnPlan, ColumnUse, PeoplePlan, RowIs
from .table import Column, PeopleTable

FEWEST_ROWS = 5
"""A category that fewer rows have is not told, not even to the file's own department."""

MOST_CATEGORIES = 100
_FEW = 40
_YEAR = re.compile(r"(?:19|20)\d\d")
_DAY = re.compile(r"(?:19|20)\d\d[-./]?\d\d[-./]?\d\d(?:[T ].*)?")
_AGES = re.compile(r"\d{1,2}|1[01]\d")


class Looks(StrEnum):
    """How most of a column's cells look."""

    EMPTY = "empty"
    YEARS = "years"
    DAYS = "days"
    WHOLE = "whole"
    NUMBERS = "numbers"
    WORDS = "words"


@dataclass(frozen=True)
class CategorySeen:
    """A cell that at least FEWEST_ROWS rows have, and how many have it."""

    word: str
    rows: int


@dataclass(frozen=True)
class ColumnProfile:
    """What is told of a column. ``identifier``: why it must go. ``rare``: how many different cells are not told.

    Of identifiers no category is told, however many rows have it.
    """

    heading: str
    looks: Looks
    different: int
    empty_percent: int
    categories: tuple[CategorySeen, ...]
    rare: int
    identifier: Kind | None = None


def profile(table: PeopleTable) -> tuple[ColumnProfile, ...]:
    """Every column of a file, in its order."""
    return tuple(_profile(column, table.rows) for column in table.columns)


def propose(profiles: tuple[ColumnProfile, ...], last: PeoplePlan | None = None) -> PeoplePlan:
    """What the columns most likely are. What was said of last year's file holds for headings that are the same."""
    said = {} if last is None else {column.heading: column for column in last.columns}
    columns = tuple(_proposed(one, said) for one in profiles)
    if last is None:
        return PeoplePlan(columns)
    return PeoplePlan(columns, last.row_is, last.figure, None, last.low, last.high, last.unit)


def without_rare(plan: PeoplePlan, table: PeopleTable) -> PeoplePlan:
    """The plan without categories that few people have, where one person can have many rows.

    So many cases of one person would else make a category of their own, and its name would be read by everyone.
    """
    said = plan.of_use(ColumnUse.PERSON)
    people = table.column(said[0].heading) if plan.row_is is RowIs.CASE and said else None
    if people is None:
        return plan
    columns = tuple(_without_rare(one, table.column(one.heading), people) for one in plan.columns)
    return replace(plan, columns=columns)


def _without_rare(said: ColumnPlan, column: Column | None, people: Column) -> ColumnPlan:
    if column is None or not said.shown:
        return said
    pairs = np.unique(np.stack([column.places, people.places]), axis=1)
    persons = np.bincount(pairs[0], minlength=len(column.words))
    rare = {word for word, count in zip(column.words, persons.tolist(), strict=True) if count < FEWEST_ROWS}
    return replace(said, shown={word: name for word, name in said.shown.items() if word not in rare})


def _profile(column: Column, rows: int) -> ColumnProfile:
    filled = column.filled
    words = [word for word in column.words if word]
    identifier = column_looks_like(column.heading, words, rows=filled)
    by_rows = sorted(zip(column.words, column.counts.tolist(), strict=True), key=lambda pair: (-pair[1], pair[0]))
    often = [CategorySeen(word, count) for word, count in by_rows if word and count >= FEWEST_ROWS]
    looks = _looks(column)
    told = () if identifier or len(often) > MOST_CATEGORIES else tuple(_in_order(often, looks))
    return ColumnProfile(
        heading=column.heading,
        looks=looks,
        different=len(words),
        empty_percent=round(100 * (rows - filled) / rows) if rows else 100,
        categories=told,
        rare=len(words) - len(told),
        identifier=identifier,
    )


def _in_order(often: list[CategorySeen], looks: Looks) -> list[CategorySeen]:
    """Numbers by size, words by how many rows have them."""
    is_number = looks in (Looks.WHOLE, Looks.YEARS)
    return sorted(often, key=lambda seen: (len(seen.word), seen.word)) if is_number else often


def _looks(column: Column) -> Looks:
    if not column.filled:
        return Looks.EMPTY

    def most(pattern: re.Pattern[str]) -> bool:
        fits = np.array([bool(pattern.fullmatch(word)) for word in column.words])
        return int(column.counts[fits].sum()) > 0.9 * column.filled

    if most(_YEAR):
        return Looks.YEARS
    if most(_DAY):
        return Looks.DAYS
    is_figure = np.array([bool(word) and shape(word) is not None for word in column.words])
    if int(column.counts[is_figure].sum()) <= 0.9 * column.filled:
        return Looks.WORDS
    return Looks.WHOLE if most(re.compile(r"-?\d+")) else Looks.NUMBERS


def _proposed(one: ColumnProfile, said: Mapping[str, ColumnPlan]) -> ColumnPlan:
    """What becomes of a column; of one that must go somebody has to say that it may."""
    known = said.get(one.heading)
    if known is not None and (one.identifier is None or known.use is ColumnUse.DROP):
        return known
    if one.identifier is not None:
        return ColumnPlan(one.heading)
    shown = {seen.word: seen.word for seen in one.categories}
    return ColumnPlan(one.heading, _use(one), "", shown)


def _use(one: ColumnProfile) -> ColumnUse:
    heading = one.heading.casefold()
    if one.looks is Looks.YEARS:
        return ColumnUse.BIRTH_YEAR if re.search(r"född|födelse|birth|born", heading) else ColumnUse.TIME
    if one.looks is Looks.WHOLE and re.search(r"\b(ålder|age|ålder i år)\b", heading):
        return ColumnUse.AGE
    if one.looks is Looks.DAYS:
        return ColumnUse.TIME
    if one.looks is Looks.WORDS and 0 < one.different <= _FEW and one.categories:
        is_place = re.search(r"kommun|stadsdel|område|distrikt|municipality|district", heading)
        return ColumnUse.PLACE if is_place else ColumnUse.DIMENSION
    return ColumnUse.DROP
