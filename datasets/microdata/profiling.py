"""What can be told of a column of people without showing any of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
import pyarrow as pa

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
_WHOLE = re.compile(r"-?\d+")
_ENOUGH = 5_000


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
    width = len(people.cells)
    pairs = np.unique(column.places.astype(np.int64) * width + people.places)
    persons = np.bincount(pairs // width, minlength=len(column.cells))
    rare = {word for word, count in zip(column.words, persons.tolist(), strict=True) if count < FEWEST_ROWS}
    return replace(said, shown={word: name for word, name in said.shown.items() if word not in rare})


def identifier_in(column: Column) -> Kind | None:
    """Which kind of identifier a column looks like, some of its different cells at a time; None for no kind.

    Whatever most of a column's cells are, most of some lot are: the first lot that tells is enough.
    """
    filled, different = column.filled, max(column.different, 1)
    for words in column.lots():
        rows = -(-filled * len(words) // different)
        if kind := column_looks_like(column.heading, words, rows=rows):
            return kind
    return None


def _profile(column: Column, rows: int) -> ColumnProfile:
    filled = column.filled
    identifier = identifier_in(column)
    often = np.flatnonzero(column.counts >= FEWEST_ROWS)
    looks = _looks(column)
    told: tuple[CategorySeen, ...] = ()
    if not identifier and len(often) <= MOST_CATEGORIES + 1:
        words = column.cells.take(pa.array(often)).to_pylist()
        seen = [CategorySeen(*one) for one in zip(words, column.counts[often].tolist(), strict=True) if one[0]]
        by_rows = sorted(seen, key=lambda one: (-one.rows, one.word))
        told = tuple(_in_order(by_rows, looks)) if len(seen) <= MOST_CATEGORIES else ()
    return ColumnProfile(
        heading=column.heading,
        looks=looks,
        different=column.different,
        empty_percent=round(100 * (rows - filled) / rows) if rows else 100,
        categories=told,
        rare=column.different - len(told),
        identifier=identifier,
    )


def _in_order(often: list[CategorySeen], looks: Looks) -> list[CategorySeen]:
    """Numbers by size, words by how many rows have them."""
    is_number = looks in (Looks.WHOLE, Looks.YEARS)
    return sorted(often, key=lambda seen: (len(seen.word), seen.word)) if is_number else often


def _looks(column: Column) -> Looks:
    """How most cells look; of very many different ones some tell it."""
    if not column.filled:
        return Looks.EMPTY
    step = max(1, len(column.cells) // _ENOUGH)
    words, counts = column.cells[::step].to_pylist(), column.counts[::step].copy()
    counts[np.array([not word for word in words])] = 0

    def most(fits: Callable[[str], object]) -> bool:
        share = int(counts[np.array([bool(fits(word)) for word in words])].sum())
        return share > 0.9 * int(counts.sum())

    if most(_YEAR.fullmatch):
        return Looks.YEARS
    if most(_DAY.fullmatch):
        return Looks.DAYS
    if not most(lambda word: shape(word) is not None):
        return Looks.WORDS
    return Looks.WHOLE if most(_WHOLE.fullmatch) else Looks.NUMBERS


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
