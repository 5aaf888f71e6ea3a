"""People by what they answered to the background questions: in groups, joined until none is too small."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from datasets.cubes import Category, Dimension, LocalText, pick
from surveys.questionnaire import Kind, Question
from surveys.results.answer_dimensions import EVERYONE, REST, WORDS
from surveys.results.counting import Strata, strata_of
from surveys.results.grouping import joined, joined_with_neighbours

EVERYBODY = Category(EVERYONE, WORDS[EVERYONE])


@dataclass(frozen=True, eq=False)
class Grouping:
    """Everyone in a round by one background question, groups that are too small joined.

    `places` has for each person the place of their group among the dimension's leaves.
    """

    question: Question
    dimension: Dimension
    places: NDArray[np.intp]


Areas = Sequence[Sequence[str]]
"""Choices in an order of their own, those together that are joined with one another first."""

Crossing = tuple[Grouping, ...]
"""Groupings whose groups are combined."""


def grouping_of(question: Question, coded: NDArray[np.int16], smallest: int, areas: Areas = ()) -> Grouping | None:
    """The groups that results are broken down by, from everyone's coded answer; None where there would be one.

    A group of fewer than `smallest` is joined with its smaller neighbour where the answers have an order, else
    with the smallest other group, until none is too small. Nobody's group is left out, so that the parts and
    the whole tell the same.
    """
    labels = {number: choice.text for number, choice in enumerate(question.choices, start=1)}
    missing = {number for number, choice in enumerate(question.choices, start=1) if choice.is_missing}
    number = np.where((coded > 0) & ~np.isin(coded, list(missing)), coded, 0)
    sizes = np.bincount(number, minlength=len(question.choices) + 1)
    # In the order of the answers, those without one last.
    order = [*(n for n in labels if n not in missing), 0]
    found = _joined(question, [int(sizes[n]) for n in order], smallest, areas)
    groups = [[order[place] for place in places] for places in found]
    if len(groups) < 2:
        return None
    lookup = np.zeros(len(sizes), dtype=np.intp)
    for place, members in enumerate(groups):
        lookup[members] = place
    return Grouping(question, _grouped_dimension(question, groups, labels), lookup[number])


def _joined(question: Question, sizes: Sequence[int], smallest: int, areas: Areas) -> list[list[int]]:
    """Places of the answers that are not missing, and of none last, joined."""
    if not areas:
        return joined(sizes, smallest, is_ordered=question.kind in (Kind.NUMBER, Kind.SCALE))
    codes = [choice.code for choice in question.choices if not choice.is_missing]
    places = [[codes.index(code) for code in area if code in codes] for area in areas]
    return joined_with_neighbours(sizes, smallest, places)


def _grouped_dimension(
    question: Question, groups: Sequence[Sequence[int]], labels: Mapping[int, LocalText]
) -> Dimension:
    codes = {number: question.choices[number - 1].code for number in labels} | {0: REST}
    words = dict(labels) | {0: WORDS[REST]}
    categories = [
        Category(
            "+".join(codes[number] for number in members),
            {lang: " · ".join(pick(words[number], lang) for number in members) for lang in ("sv", "en")},
        )
        for members in groups
    ]
    categories.append(EVERYBODY)
    return Dimension(question.code, question.label, tuple(categories), total=EVERYONE)


def crossings_of(
    groupings: Sequence[Grouping], crossed: Sequence[Collection[str]], *, smallest: int
) -> tuple[Crossing, ...]:
    """The breakdowns that are also crossed with one another, the most important first.

    Of the sets of codes in `crossed`, those whose combinations all have at least `smallest` people.
    """
    found = []
    for codes in crossed:
        by = tuple(grouping for grouping in groupings if grouping.question.code in codes)
        if len(by) < 2 or len(by) != len(codes):
            continue
        strata = strata_by(by)
        if int(np.bincount(strata.places, minlength=strata.cells).min()) >= smallest:
            found.append(by)
    return tuple(found)


def strata_by(by: Crossing, people: int = 0) -> Strata:
    """Where everyone stands among the combinations; without any grouping there are `people` in one place."""
    sizes = [len(grouping.dimension.leaves) for grouping in by]
    return strata_of([grouping.places for grouping in by], sizes, len(by[0].places) if by else people)


def code_of(by: Crossing) -> str:
    """What a table by these groupings is called."""
    return ".".join(grouping.question.code for grouping in by)


def title_of(by: Crossing) -> LocalText:
    """What the groupings tell of people, such as "Age, gender"."""
    labels = [grouping.question.label for grouping in by]
    return {lang: ", ".join(pick(label, lang) for label in labels) for lang in labels[0]}
