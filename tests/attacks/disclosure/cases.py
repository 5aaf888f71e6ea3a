"""Tables to protect and attack: generated ones, from few people to many, and small ones with a point."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from datasets.cubes import Cube, Dimension
from datasets.disclosure import CountTable
from tests.unit.datasets.disclosure.making import counted, dimension, plain_dimensions, some_people


def with_parents(code: str = "geo", leaves: int = 5) -> Dimension:
    """Places in counties, three to each."""
    codes = [f"{number:04}" for number in range(leaves)]
    return dimension(code, codes, parents={leaf: f"L{at // 3}" for at, leaf in enumerate(codes)})


def some_cube(seed: int) -> Cube:
    """A table of two or three dimensions, some with parents, from few to many people."""
    random = np.random.default_rng(seed)
    sizes = random.integers(2, 5, size=int(random.integers(2, 4))).tolist()
    made = plain_dimensions(sizes)
    if seed % 2:
        made[0] = with_parents()
        sizes[0] = 5
    people = some_people(seed, sizes, int(random.integers(20, 300)), float(random.choice([0.5, 1, 3])))
    return counted(made, people)


def tight_cube(seed: int) -> Cube:
    """A table of so few people that whole numbers tell more than sums do."""
    return counted(plain_dimensions([4, 3, 3]), some_people(seed, [4, 3, 3], 60, 0.5))


def pairs(seed: int, number: int = 90, evenness: float = 0.8) -> list[Cube]:
    """Every two-way table of the same people in four dimensions."""
    sizes = [3, 3, 2, 3]
    made = plain_dimensions(sizes)
    people = some_people(seed, sizes, number, evenness)
    return [counted([made[a], made[b]], [people[a], people[b]]) for a, b in combinations(range(4), 2)]


def one_question() -> list[Cube]:
    """One question by each of three background questions: the answer's own count ties the tables."""
    sizes = [5, 2, 2, 2]
    made = [dimension("q", ["1", "2", "3", "4", "5"]), *plain_dimensions(sizes[1:])]
    people = some_people(26, sizes, 80, 0.8)
    return [counted([made[0], made[at]], [people[0], people[at]]) for at in (1, 2, 3)]


@dataclass(frozen=True)
class Answers:
    """A question by a group, with those who gave no answer as a category of its own."""

    cube: Cube

    def counts(self) -> dict[str, tuple[int, ...]]:
        """For each group how many gave each answer."""
        groups = self.cube.dimensions[1].leaves
        answers = self.cube.select({"q": self.cube.dimensions[0].leaves, "g": groups}).values
        return {group: tuple(int(v) for v in column) for group, column in zip(groups, answers.T, strict=True)}

    def bases(self) -> dict[str, int]:
        """For each group how many gave an answer."""
        return {group: sum(counts[:-1]) for group, counts in self.counts().items()}


def answers_by_group(seed: int) -> Answers:
    """Often, always, never, or no answer, by groups of very different size."""
    random = np.random.default_rng(seed)
    number, groups = 60 + 10 * (seed % 10), 3 + seed % 3
    group = random.choice(groups, number, p=random.dirichlet(np.full(groups, 2.0)))
    spread = random.dirichlet(np.full(4, 0.7), size=groups)
    answer = np.array([random.choice(4, p=spread[one]) for one in group])
    made = [
        dimension("q", ["often", "always", "never", "none"]),
        dimension("g", [chr(97 + at) for at in range(groups)]),
    ]
    return Answers(counted(made, [answer, group]))


def options_table(seed: int) -> tuple[CountTable, CountTable, list[Cube]]:
    """A multiple choice by a background: the group's own table, the options', and these option by option."""
    random = np.random.default_rng(seed)
    number, groups = 40 + 10 * (seed % 6), 3 + seed % 3
    group = random.choice(groups, number, p=random.dirichlet(np.full(groups, 1.5)))
    made = dimension("g", [chr(97 + at) for at in range(groups)])
    chosen = (random.random((number, 3)) < [0.15, 0.5, 0.9]).astype(np.int64)
    answer = dimension("answer", ["yes", "no"])
    tables = [counted([answer, made], [1 - column, group]) for column in chosen.T]
    option = dimension("option", ["o0", "o1", "o2"], total=None)
    whole = Cube.of_values((option, answer, made), np.stack([table.values for table in tables]))
    base = CountTable(counted([made], [group]))
    return base, CountTable(whole, over="answer", repeats=("option",)), tables


def option_by_option(cube: Cube) -> list[Cube]:
    """The table of a multiple choice as what it is: a question of its own for each option."""
    found = []
    for place, code in enumerate(cube.dimension("option").codes):
        answer, *rest = cube.dimensions[1:]
        own = dimension(f"answer {code}", list(answer.leaves), total=answer.total)
        found.append(Cube((own, *rest), cube.values[place], cube.statuses[place], cube.title))
    return found


def ages(number: int, seed: int) -> tuple[list[NDArray[np.int64]], list[tuple[str, ...]]]:
    """People by place and age in years, and two groupings of the years that cross each other."""
    people = some_people(seed, [4, 8], number, 1.2)
    years = [f"{15 + at}" for at in range(8)]
    one = [tuple(years[:3]), tuple(years[3:5]), tuple(years[5:])]
    two = [tuple(years[:1]), tuple(years[1:4]), tuple(years[4:])]
    return people, [*one, *two]


def grouped(column: NDArray[np.int64], groups: Sequence[Sequence[str]], first: int = 15) -> NDArray[np.int64]:
    """Each person's group of ages."""
    of_year = {int(year) - first: place for place, group in enumerate(groups) for year in group}
    return np.array([of_year[int(year)] for year in column], dtype=np.int64)
