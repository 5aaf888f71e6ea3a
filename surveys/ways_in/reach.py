"""Whom a closed round reached: how many came by each channel, and how many of two groups that are hard to reach.

Both are read from what disclosure control let out, never from answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from datasets.cubes import Reason
from datasets.disclosure import ProtectedCube
from surveys.models import Channel, ChannelCount, SurveyRound
from surveys.results.answer_dimensions import REST
from surveys.results.reach_table import AGE, OCCUPATION, REACH
from surveys.results.weighting import Population

HARDLY = 0.1
"""Under this share of all answers a group that is a good part of those between 15 and 29 is hardly reached."""

ADULTS = ("20-24", "25-29")
YOUNGER = ("15-17", "18-19")
LEAST_TOLD = 5
IN_SCHOOL = "school"


@dataclass(frozen=True)
class Way:
    """A channel by its name, and how many answers came by it; `answers` is None where that is not shown."""

    name: str
    answers: int | None


@dataclass(frozen=True)
class Reached:
    """How many answers came from a group; None where no table that may be shown tells it."""

    answers: int | None
    of: int
    population: int | None = None
    """How many live in the municipality who are of the group; None where that is not known."""
    is_least: bool = False
    """Whether there may be more: the number is what the shown tables leave no doubt of."""

    @property
    def percent_of_all(self) -> int | None:
        """The share of those who live there that answered, in whole percent, at most all of them."""
        if self.answers is None or not self.population:
            return None
        return min(100, round(100 * self.answers / self.population))

    @property
    def percent(self) -> int | None:
        """The share of all answers, in whole percent."""
        return None if self.answers is None or not self.of else round(100 * self.answers / self.of)

    @property
    def is_hardly(self) -> bool:
        """Whether the round has hardly reached the group."""
        return self.answers is not None and not self.is_least and self.answers < HARDLY * self.of


def ways_of(survey_round: SurveyRound, own_link: str) -> list[Way]:
    """The channels of a counted round, the round's own link last; empty for a round without channels."""
    shown = dict(ChannelCount.in_scope().filter(round=survey_round).values_list("number", "answers"))
    if not shown:
        return []
    names = dict(Channel.in_scope().filter(round=survey_round).values_list("number", "name"))
    return [*(Way(name, shown.get(number)) for number, name in names.items()), Way(own_link, shown.get(0))]


def adults_reached(
    tables: Mapping[str, ProtectedCube], count: int, population: Population | None = None
) -> Reached:
    """Those between 20 and 29, from the table of ages, beside how many of them live in the municipality."""
    cube = tables.get(AGE)
    living = sum(people for (band, _gender), people in (population or {}).items() if band in ADULTS)
    return Reached(
        None if cube is None else counted_in(cube, AGE, ADULTS), count, round(living) if living else None
    )


def outside_school_reached(tables: Mapping[str, ProtectedCube], count: int) -> Reached:
    """Those between 15 and 19 who are not in school.

    Counted where their table shows it. It often hides them, since hardly anyone of 20 is in school; then it is
    how many they are at the least, which anyone can see: all of 15 to 19, less all who are in school.
    """
    cube = tables.get(REACH)
    found: list[int | None] = [None]
    if cube is not None:
        others = [code for code in codes_of(cube, OCCUPATION) if code != REST and IN_SCHOOL not in code.split("+")]
        found = [counted_in(cube.select({OCCUPATION: [code]}), AGE, YOUNGER) for code in others]
    if None not in found:
        return Reached(sum(part or 0 for part in found), count)
    least = _least_outside_school(tables)
    return Reached(least, count, is_least=True) if least >= LEAST_TOLD else Reached(None, count)


def _least_outside_school(tables: Mapping[str, ProtectedCube]) -> int:
    """How many of 15 to 19 the tables of ages and occupations leave outside school; 0 where they don't tell."""
    ages, occupations = tables.get(AGE), tables.get(OCCUPATION)
    if ages is None or occupations is None:
        return 0
    young = counted_in(ages, AGE, YOUNGER)
    at_school = counted_in(occupations, OCCUPATION, (IN_SCHOOL,))
    silent = [code for code in codes_of(occupations, OCCUPATION) if REST in code.split("+")]
    unsaid = counted_in(occupations, OCCUPATION, tuple(silent[0].split("+"))) if silent else 0
    if young is None or at_school is None or unsaid is None:
        return 0
    return young - at_school - unsaid


def codes_of(cube: ProtectedCube, dimension: str) -> list[str]:
    """The leaves of a dimension: without its total."""
    found = cube.dimension(dimension)
    return [category.code for category in found.categories if category.code != found.total]


def counted_in(cube: ProtectedCube, dimension: str, wanted: tuple[str, ...]) -> int | None:
    """How many are in these categories together; None where groups were joined across them, or one is hidden.

    Joined categories are named by their codes with a plus between.
    """
    total, found = 0, set[str]()
    for code in codes_of(cube, dimension):
        members = set(code.split("+"))
        if not members & set(wanted):
            continue
        cell = cube.select({dimension: [code]})
        if not members <= set(wanted) or (cell.statuses == Reason.SUPPRESSED).any() or cell.values.size != 1:
            return None
        total += int(cell.values.sum())
        found |= members
    return total if found else None
