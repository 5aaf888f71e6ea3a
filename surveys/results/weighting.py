"""Shares weighted to the population, worked out of published tables alone.

A weighted share is usually a sum over people's own weights; whoever knows the weights then learns something of
counts that are hidden. Here it is a sum over *published* counts by age, or by age and gender, with weights that
follow from published counts and a public register. Whoever has the tables can work it out, so it tells nothing
that they do not: where one of its counts is hidden there is no weighted share. No database.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from datasets.cubes import Category, Dimension
from datasets.disclosure import ProtectedCube
from datasets.statistics import Margin, RakingError, Weights, effective_size, rake_trimmed, wilson
from surveys.drafting.joint_version import MUNICIPALITY
from surveys.questionnaire import Question
from surveys.results.answer_dimensions import OPTION

AGE, GENDER = "age", "gender"
REGISTERED = ("woman", "man")
"""Genders that a register of the population knows; who answered otherwise keeps their share of their age."""

Tables = Mapping[str, ProtectedCube]
Population = Mapping[tuple[str, str], float]
"""How many live in the municipality, by age band and gender."""

Populations = Mapping[str, Population]
"""The same for each municipality of a joint round."""


class NoWeights(StrEnum):
    """Why answers can not be weighted."""

    NO_POPULATION = "no_population"
    OTHER_AGES = "other_ages"
    HIDDEN = "hidden"
    NOBODY = "nobody"


@dataclass(frozen=True, eq=False)
class Weighting:
    """The weights of a round: by which backgrounds, of each cell of their table, and what they are worth.

    `worth` is the effective number of answers out of `people`.
    """

    by: tuple[str, ...]
    weights: Weights
    people: float
    worth: float

    @property
    def design_effect(self) -> float:
        """How many times more answers are needed for the same certainty."""
        return self.people / self.worth


@dataclass(frozen=True)
class WeightedShare:
    """One answer: its share of the population with its interval, as fractions, and unweighted beside it."""

    answer: Category
    share: float
    low: float
    high: float
    plain: float


@dataclass(frozen=True)
class WeightedShares:
    """A question's answers, weighted; `worth` is how many answers they are worth, in whole people."""

    shares: tuple[WeightedShare, ...]
    people: int
    worth: int


def weighting_of(
    tables: Tables, population: Population, places: Populations | None = None
) -> Weighting | NoWeights:
    """The weights of everyone who took part: by age and gender together where that is published, else by age.

    In a joint round, whose municipalities are `places`, by municipality and age before that: how many take part
    differs most between municipalities. `population` is then that of all of them.
    """
    if not population:
        return NoWeights.NO_POPULATION
    refused = NoWeights.HIDDEN
    by_place = (f"{MUNICIPALITY}.{AGE}",) if places and all(places.values()) else ()
    for code in (*by_place, f"{AGE}.{GENDER}", AGE):
        cube = tables.get(code)
        if cube is None:
            continue
        by = tuple(code.split("."))
        people = _leaves(cube, by)
        if np.isnan(people).any():
            continue
        targets = _targets(cube, by, people, population, places or {})
        if targets is None:
            refused = NoWeights.OTHER_AGES
            continue
        try:
            weights = rake_trimmed(people, [Margin(tuple(range(len(by))), targets)])
        except RakingError:
            refused = NoWeights.NOBODY
            continue
        return Weighting(by, weights, float(people.sum()), float(effective_size(people, weights.of_cells)))
    return refused


def weighted_shares(tables: Tables, question: Question, weighting: Weighting) -> WeightedShares | None:
    """A question's shares as the population would have them; None where a count that they need is hidden.

    The base of a share is who answered the question. Several answers to one question are left as they are.
    """
    cube = tables.get(".".join((question.code, *weighting.by)))
    if cube is None or any(dimension.code == OPTION for dimension in cube.dimensions):
        return None
    answers = cube.dimension(question.code)
    people = _over(cube, question.code, weighting)
    answered = people.get(str(answers.total))
    if answered is None or np.isnan(answered).any() or not answered.sum() > 0:
        return None
    weights = weighting.weights.of_cells
    if answered.shape != weights.shape:
        return None  # Of coarser groups than the weights are (`surveys.results.reach_table`).
    whole = float((weights * answered).sum())
    worth = float(effective_size(answered, weights))
    shares = [
        _share(category, people[category.code], (weights, whole, worth), float(answered.sum()))
        for category in answers.categories
        if category.code != answers.total and not np.isnan(people[category.code]).any()
    ]
    return WeightedShares(tuple(shares), round(float(answered.sum())), math.floor(worth)) if shares else None


def _share(
    category: Category, people: NDArray[np.float64], of: tuple[NDArray[np.float64], float, float], base: float
) -> WeightedShare:
    weights, whole, worth = of
    share = min(1.0, float((weights * people).sum()) / whole)
    interval = wilson(share * worth, worth)
    return WeightedShare(category, share, float(interval.low), float(interval.high), float(people.sum()) / base)


def _over(cube: ProtectedCube, over: str, weighting: Weighting) -> dict[str, NDArray[np.float64]]:
    """By answer how many gave it in each cell of the weighting; a group that none of them is in has nobody."""
    return {code: _leaves(cube.select({over: [code]}), weighting.by) for code in cube.dimension(over).codes}


def _leaves(cube: ProtectedCube, by: tuple[str, ...]) -> NDArray[np.float64]:
    """The cells of the groups themselves, in the order of `by`; every other dimension has one category."""
    chosen = cube.select({code: list(_groups(cube.dimension(code))) for code in by})
    axes = [chosen.axis(code) for code in by]
    others = [axis for axis in range(chosen.values.ndim) if axis not in axes]
    return np.asarray(
        chosen.values.transpose([*axes, *others]).reshape([chosen.values.shape[axis] for axis in axes])
    )


def _groups(dimension: Dimension) -> tuple[str, ...]:
    return tuple(code for code in dimension.codes if code != dimension.total)


def _targets(
    cube: ProtectedCube,
    by: tuple[str, ...],
    people: NDArray[np.float64],
    population: Population,
    places: Populations,
) -> NDArray[np.float64] | None:
    """How many live in each cell; None where an age of the round is not one of the register's."""
    ages = [_bands(code) for code in _groups(cube.dimension(AGE))]
    known = {band for band, _gender in population}
    if not all(bands and bands <= known for bands in ages):
        return None
    of_age = np.array([_living(population, bands, REGISTERED) for bands in ages])
    if len(by) == 1:
        return of_age
    if MUNICIPALITY in by:
        named = [
            [place for place in code.split("+") if place in places] for code in _groups(cube.dimension(by[0]))
        ]
        living = [[sum(_living(places[one], b, REGISTERED) for one in group) for group in named] for b in ages]
        return _shared_out(people.T, of_age, np.array(living), [not group for group in named]).T
    genders = [set(code.split("+")) & set(REGISTERED) for code in _groups(cube.dimension(GENDER))]
    living = [[_living(population, bands, tuple(group)) for group in genders] for bands in ages]
    return _shared_out(people, of_age, np.array(living), [not group for group in genders])


def _shared_out(
    people: NDArray[np.float64], of_age: NDArray[np.float64], living: NDArray[np.float64], unknown: list[bool]
) -> NDArray[np.float64]:
    """Those who live in each age (a row each) shared out over the groups.

    Whom no register knows keep their share of those who answered in their age; the others have the rest.
    """
    found = np.zeros(people.shape)
    for at, all_living in enumerate(of_age):
        all_here = people[at].sum()
        kept = np.where(np.array(unknown), all_living * people[at] / all_here if all_here else 0.0, 0.0)
        left = all_living - kept.sum()
        found[at] = kept + (living[at] * left / living[at].sum() if living[at].sum() else 0.0)
    return found


def _bands(code: str) -> set[str]:
    """The age bands that a group was joined of; who told no age is among them and lives in none."""
    return {band for band in code.split("+") if band[:1].isdigit()}


def _living(population: Population, bands: set[str], genders: tuple[str, ...]) -> float:
    return sum(population.get((band, gender), 0.0) for band in bands for gender in genders)
