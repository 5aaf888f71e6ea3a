"""How many took part in two groups that a survey spread in schools misses: young and outside school, and older.

A small table of the base, of coarse groups: two ages by two occupations. The groups are put together of those
that results are broken down by, so that it is protected together with them and adds little to what they tell.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from datasets.cubes import Category, Cube, Dimension, pick
from datasets.disclosure import CountTable
from surveys.results.answer_dimensions import EVERYONE, PEOPLE, REST, with_sums
from surveys.results.counting import strata_of
from surveys.results.people_groups import EVERYBODY, Grouping, title_of
from surveys.results.tabulation import Counted

AGE, OCCUPATION = "age", "occupation"
REACH = f"{OCCUPATION}.{AGE}"
"""The code of the table. Its ages are coarser than those of other tables by age."""

YOUNG = frozenset({"15-17", "18-19"})
IN_SCHOOL = frozenset({"school"})


def reach_tables(groupings: Sequence[Grouping]) -> list[Counted]:
    """The table of the two ages by in school or not; none where a group was joined across, or one is missing."""
    of = {grouping.question.code: grouping for grouping in groupings}
    if AGE not in of or OCCUPATION not in of:
        return []
    parted = [_parted(of[AGE], YOUNG), _parted(of[OCCUPATION], IN_SCHOOL)]
    by = [found for found in parted if found is not None]
    if len(by) < len(parted):
        return []
    (ages, young), (occupations, schooled) = by
    sizes = [len(ages.dimension.leaves), len(occupations.dimension.leaves)]
    strata = strata_of([ages.places, occupations.places], sizes, len(ages.places))
    counts = np.bincount(strata.places, minlength=strata.cells).reshape(strata.shape)
    dimensions = (ages.dimension, occupations.dimension)
    for axis, dimension in enumerate(dimensions):
        counts = with_sums(counts, axis, dimension)
    cube = Cube.of_values(dimensions, counts.astype(np.float64), title=title_of((ages, occupations)), unit=PEOPLE)
    table = CountTable(cube, groups={AGE: young, OCCUPATION: schooled})
    return [Counted(REACH, of[OCCUPATION].question, (of[AGE].question,), table)]


def _parted(grouping: Grouping, wanted: frozenset[str]) -> tuple[Grouping, dict[str, tuple[str, ...]]] | None:
    """A grouping as two: those wanted, and the others; and which of its groups each of them counts.

    None where a group has some of both. Those who did not answer go with the group that they were joined with.
    """
    leaves = list(grouping.dimension.leaves)
    members = [frozenset(code.split("+")) - {REST} for code in leaves]
    if any(found & wanted and not found <= wanted for found in members):
        return None
    parts = [
        [place for place, found in enumerate(members) if found & wanted],
        [place for place, found in enumerate(members) if found and not found & wanted],
        [place for place, found in enumerate(members) if not found],
    ]
    if not parts[0] or not parts[1]:
        return None
    labels = {category.code: category.label for category in grouping.dimension.categories}
    categories: list[Category] = []
    groups: dict[str, tuple[str, ...]] = {}
    lookup = np.zeros(len(leaves), dtype=np.intp)
    for places in filter(None, parts):
        codes = [leaves[place] for place in places]
        label = {lang: " · ".join(pick(labels[code], lang) for code in codes) for lang in ("sv", "en")}
        lookup[places] = len(categories)
        categories.append(Category("+".join(codes), label))
        if len(codes) > 1:
            groups["+".join(codes)] = tuple(codes)
    dimension = Dimension(
        grouping.question.code, grouping.question.label, (*categories, EVERYBODY), total=EVERYONE
    )
    return Grouping(grouping.question, dimension, lookup[grouping.places]), groups
