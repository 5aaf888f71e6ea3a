"""Counting a round's answers: each question alone, and each by each background question.

The only reader of answers. Columns are fetched once and counted with numpy; what comes out are counts of
people, which nobody sees before disclosure control has seen them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from django.db.models import F
from numpy.typing import NDArray

from datasets.cubes import Category, Cube, Dimension, LocalText, pick
from datasets.disclosure import CountTable
from surveys.answer_dimensions import (
    ANSWERED,
    CHOSEN,
    EVERYONE,
    NOT_CHOSEN,
    OPTION,
    PEOPLE,
    REST,
    WORDS,
    answer_dimension,
    groups_above,
    leaves_of,
    option_dimension,
    sensitive_answers,
    with_sums,
)
from surveys.grouping import joined
from surveys.models import SurveyRound
from surveys.models.response import Response
from surveys.questionnaire import Kind, Question, Questionnaire, positions

Codes = NDArray[np.int16]

_EVERYONE = Category(EVERYONE, WORDS[EVERYONE])


@dataclass(frozen=True)
class Counted:
    """One table of a round: its code (`question` or `question.background`), and its counts."""

    code: str
    question: Question
    by: Question | None
    table: CountTable


@dataclass(frozen=True, eq=False)
class Columns:
    """The answers of a round, a row a person: the coded slots of some questions, in the version's order.

    `fetched` names the questions; None stands for all of them.
    """

    questionnaire: Questionnaire
    values: Codes
    fetched: frozenset[str] | None = None

    def of(self, question: Question) -> Codes:
        """The columns of one question: one, or for several answers one for each choice.

        Raises KeyError where they were not fetched.
        """
        start = 0
        for found in self.questionnaire:
            if self.fetched is not None and found.code not in self.fetched:
                continue
            width = len(positions(self.questionnaire, found.code))
            if found.code == question.code:
                return self.values[:, start : start + width]
            start += width
        raise KeyError(question.code)


@dataclass(frozen=True, eq=False)
class Grouping:
    """Everyone in a round by one background question, groups that are too small joined.

    `places` has for each person the place of their group among the dimension's leaves.
    """

    question: Question
    dimension: Dimension
    places: NDArray[np.intp]


def grouping_of(columns: Columns, question: Question, smallest: int) -> Grouping | None:
    """The groups that results are broken down by; None where there would be only one.

    A group of fewer than `smallest` is joined with its smaller neighbour where the answers have an order, else
    with the smallest other group, until none is too small. Nobody's group is left out, so that the parts and
    the whole tell the same.
    """
    coded = columns.of(question)[:, 0]
    labels = {number: choice.text for number, choice in enumerate(question.choices, start=1)}
    missing = {number for number, choice in enumerate(question.choices, start=1) if choice.is_missing}
    number = np.where((coded > 0) & ~np.isin(coded, list(missing)), coded, 0)
    sizes = np.bincount(number, minlength=len(question.choices) + 1)
    # In the order of the answers, those without one last.
    order = [*(n for n in labels if n not in missing), 0]
    is_ordered = question.kind in (Kind.NUMBER, Kind.SCALE)
    found = joined([int(sizes[n]) for n in order], smallest, is_ordered=is_ordered)
    groups = [[order[place] for place in places] for places in found]
    if len(groups) < 2:
        return None
    lookup = np.zeros(len(sizes), dtype=np.intp)
    for place, members in enumerate(groups):
        lookup[members] = place
    return Grouping(question, _grouped_dimension(question, groups, labels), lookup[number])


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
    categories.append(_EVERYONE)
    return Dimension(question.code, question.label, tuple(categories), total=EVERYONE)


def columns_fetch(survey_round: SurveyRound, *questions: Question) -> Columns:
    """A round's answers to the background questions, and to these, in the tenant's scope.

    As the database role `worker`; no other may.
    """
    questionnaire = survey_round.version.content
    codes = {question.code for question in questions}
    wanted = [question for question in questionnaire if question.is_background or question.code in codes]
    slots = _slots(questionnaire)
    rows = list(
        Response.objects.filter(round=survey_round)
        .values_list(*(F(name)[start:stop] for name, start, stop in (slots[found.code] for found in wanted)))
        .iterator(chunk_size=5000)
    )
    width = sum(stop - start for _name, start, stop in (slots[found.code] for found in wanted))
    values = np.array([[value for part in row for value in part] for row in rows], dtype=np.int16)
    return Columns(questionnaire, values.reshape(-1, width), frozenset(found.code for found in wanted))


def _slots(questionnaire: Questionnaire) -> dict[str, tuple[str, int, int]]:
    """For each question the column that its answers are stored in, and from where to where (see `Response`)."""
    filled = {"background": 0, "answers": 0}
    found = {}
    for question in questionnaire:
        name = "background" if question.is_background else "answers"
        start = filled[name]
        filled[name] += len(positions(questionnaire, question.code))
        found[question.code] = (name, start, filled[name])
    return found


def groupings_of(columns: Columns, breakdowns: Sequence[str], *, smallest: int) -> tuple[Grouping, ...]:
    """What every question of a round is broken down by.

    Groups of fewer than `smallest` people are joined, in the same way for every question, so that no two
    questions can be played off against each other.
    """
    asked = [question for question in columns.questionnaire.background if question.code in breakdowns]
    found = [grouping_of(columns, question, smallest) for question in asked]
    return tuple(grouping for grouping in found if grouping is not None)


def base_tables(groupings: Sequence[Grouping]) -> list[Counted]:
    """How many took part in each group, of everyone."""
    return [Counted(found.question.code, found.question, None, _count_people(found)) for found in groupings]


def people_table(columns: Columns) -> CountTable:
    """How many took part in all, where there are no groups to tell them by."""
    people = Dimension("people", PEOPLE.label, (Category(ANSWERED, WORDS[ANSWERED]), _EVERYONE), total=EVERYONE)
    return CountTable(Cube.of_values((people,), [len(columns.values)] * 2, unit=PEOPLE))


def question_tables(columns: Columns, question: Question, groupings: Sequence[Grouping]) -> list[Counted]:
    """Every table of one question: alone, then by each breakdown in which more than one group answered.

    Counted are those who answered. By a background the answers are counted in fewer groups (high, between, low),
    so that small municipalities see something too.
    """
    tables = [Counted(question.code, question, None, _count(columns, question, None))]
    for grouping in groupings:
        table = _count(columns, question, grouping)
        if _says_something(table):
            tables.append(Counted(f"{question.code}.{grouping.question.code}", question, grouping.question, table))
    return tables


def _says_something(table: CountTable) -> bool:
    """Whether more than one group answered: pupils alone are asked about school."""
    groups = table.cube.dimensions[-1]
    answered = table.cube.select({table.over or "": [ANSWERED]}).values
    per_group = answered.reshape(-1, len(groups))[0]
    return int((per_group[[groups.positions[code] for code in groups.leaves]] > 0).sum()) > 1


def _count_people(grouping: Grouping) -> CountTable:
    """How many answered in each group, of everyone who took part."""
    counts = np.bincount(grouping.places, minlength=len(grouping.dimension.leaves))
    values = with_sums(counts, 0, grouping.dimension).astype(np.float64)
    return CountTable(Cube.of_values((grouping.dimension,), values, title=grouping.question.label, unit=PEOPLE))


def _count(columns: Columns, question: Question, grouping: Grouping | None) -> CountTable:
    several = question.kind is Kind.MULTIPLE
    answers = answer_dimension(columns.questionnaire, question, in_groups=grouping is not None)
    leaves = leaves_of(answers)
    within = grouping.places if grouping is not None else np.zeros(len(columns.values), dtype=np.intp)
    groups = len(grouping.dimension.leaves) if grouping is not None else 1
    stacked = [_crossed(place, len(leaves), within, groups) for place in _answer_places(columns, question, leaves)]
    dimensions = [answers] if grouping is None else [answers, grouping.dimension]
    if several:
        dimensions.insert(0, option_dimension(question))
    counts = np.stack(stacked) if several else stacked[0]
    if grouping is None:
        counts = counts[..., 0]
    for axis, dimension in enumerate(dimensions):
        if dimension.code != OPTION:
            counts = with_sums(counts, axis, dimension)
    cube = Cube.of_values(tuple(dimensions), counts.astype(np.float64), title=question.label, unit=PEOPLE)
    return CountTable(
        cube,
        over=answers.code,
        sensitive=sensitive_answers(question, answers),
        repeats=(OPTION,) if several else (),
    )


def _crossed(place: NDArray[np.intp], answers: int, within: NDArray[np.intp], groups: int) -> NDArray[np.int64]:
    """People by answer and group, those who did not answer (place -1) left out."""
    answered = place >= 0
    flat = place[answered] * groups + within[answered]
    return np.bincount(flat, minlength=answers * groups).reshape(answers, groups)


def _answer_places(columns: Columns, question: Question, leaves: Sequence[str]) -> list[NDArray[np.intp]]:
    """For each person the place of their answer among the leaves; for several answers once for each choice."""
    coded = columns.of(question)
    if question.kind is Kind.MULTIPLE:
        lookup = _lookup({1: leaves.index(CHOSEN), 2: leaves.index(NOT_CHOSEN)}, 2)
        return [lookup[np.clip(coded[:, option], -1, 2) + 1] for option in range(coded.shape[1])]
    groups = groups_above(question, columns.questionnaire.scale_of(question))
    meaning = {
        number: leaves.index(choice.code if choice.code in leaves else groups[choice.code])
        for number, choice in enumerate(question.choices, start=1)
        if not choice.is_missing
    }
    lookup = _lookup(meaning, len(question.choices))
    return [lookup[np.clip(coded[:, 0], -1, len(question.choices)) + 1]]


def _lookup(meaning: Mapping[int, int], largest: int) -> NDArray[np.intp]:
    """From a coded value (-1 not asked, 0 not answered, n the n-th choice) to a place; -1 where there is none."""
    return np.array([meaning.get(value, -1) for value in range(-1, largest + 1)], dtype=np.intp)
