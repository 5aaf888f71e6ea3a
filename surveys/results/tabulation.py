"""Counting a round's answers: each question alone, and each by each background question.

The only reader of answers. Columns are fetched once, as arrays, and counted with numpy
(`surveys.results.counting`); what comes out are counts of people, which nobody sees before
disclosure control has seen them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from django.db import connection
from django.db.models import F, QuerySet
from numpy.typing import NDArray

from datasets.cubes import Category, Cube, Dimension, Note
from datasets.disclosure import CountTable
from surveys.drafting.joint_version import MUNICIPALITY
from surveys.models import SurveyRound
from surveys.models.response import Response
from surveys.questionnaire import SPREAD, Question, Questionnaire, positions
from surveys.results.answer_dimensions import (
    ANSWERED,
    EVERYONE,
    OPTION,
    PEOPLE,
    WORDS,
    answer_dimension,
    answers_by_code,
    leaves_of,
    option_dimension,
    sensitive_answers,
    with_sums,
)
from surveys.results.copied_arrays import arrays_of
from surveys.results.counting import LOWEST, counted, gathered
from surveys.results.coverage import coverage_note
from surveys.results.people_groups import (
    EVERYBODY,
    Areas,
    Crossing,
    Grouping,
    code_of,
    grouping_of,
    strata_by,
    title_of,
)

Codes = NDArray[np.int16]


@dataclass(frozen=True)
class Counted:
    """One table of a round: its code (`question`, `question.background`, or with two backgrounds), its counts."""

    code: str
    question: Question
    by: tuple[Question, ...]
    table: CountTable


@dataclass(frozen=True, eq=False)
class Columns:
    """The answers of a round, a row a person: the coded slots of some questions, in the version's order.

    `fetched` names the questions; None stands for all of them. `notes` are said beside every figure. `areas` are
    the municipalities of a joint round as their small ones are joined, `own` says of a section whose alone it is.
    """

    questionnaire: Questionnaire
    values: Codes
    fetched: frozenset[str] | None = None
    notes: tuple[Note, ...] = ()
    areas: Areas = ()
    own: Mapping[str, str] = field(default_factory=dict)

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


def columns_fetch(survey_round: SurveyRound, *questions: Question) -> Columns:
    """A round's answers to the background questions, and to these, in the tenant's scope.

    As the database role `worker`; no other may.
    """
    questionnaire = survey_round.version.content
    codes = {question.code for question in questions}
    wanted = [question for question in questionnaire if question.is_background or question.code in codes]
    slots = _slots(questionnaire)
    rows = Response.objects.filter(round=survey_round).values_list(
        *(F(name)[start:stop] for name, start, stop in (slots[found.code] for found in wanted))
    )
    widths = [stop - start for _name, start, stop in (slots[found.code] for found in wanted)]
    notes = coverage_note(survey_round.expected_answers, survey_round.response_count)
    areas = survey_round.rule.get("areas", ())
    values, fetched = _copied(rows, widths), frozenset(found.code for found in wanted)
    return Columns(questionnaire, values, fetched, notes, areas, survey_round.own_sections)


def _copied(rows: QuerySet[Response, Any], widths: Sequence[int]) -> Codes:
    """The array columns of a query, copied out of PostgreSQL as they lie there."""
    query, values = rows.query.sql_with_params()
    command = f"COPY ({query}) TO STDOUT (FORMAT BINARY)"
    with (
        connection.cursor() as cursor,
        connection.wrap_database_errors,
        cursor.copy(command, values) as copy,
    ):
        return arrays_of(copy, widths)


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
    found = [
        grouping_of(
            question,
            columns.of(question)[:, 0],
            smallest,
            columns.areas if question.code == MUNICIPALITY else (),
        )
        for question in asked
    ]
    return tuple(grouping for grouping in found if grouping is not None)


def base_tables(
    groupings: Sequence[Grouping], crossings: Sequence[Crossing] = (), notes: tuple[Note, ...] = ()
) -> list[Counted]:
    """How many took part in each group, of everyone, and in each combination of the groups that are crossed."""
    sets = [*((grouping,) for grouping in groupings), *crossings]
    return [Counted(code_of(found), found[0].question, (), _count_people(found, notes)) for found in sets]


def people_table(columns: Columns) -> CountTable:
    """How many took part in all, where there are no groups to tell them by."""
    people = Dimension("people", PEOPLE.label, (Category(ANSWERED, WORDS[ANSWERED]), EVERYBODY), total=EVERYONE)
    return CountTable(Cube.of_values((people,), [len(columns.values)] * 2, unit=PEOPLE))


def question_tables(
    columns: Columns, question: Question, groupings: Sequence[Grouping], crossings: Sequence[Crossing] = ()
) -> list[Counted]:
    """Every table of one question: alone, then by each breakdown in which more than one group answered.

    Counted are those who answered. By a background the answers are counted in fewer groups (high, between, low),
    so that small municipalities see something too; so they are by two backgrounds together, which come last.
    """
    tables = [Counted(question.code, question, (), counted_by(columns, question, (), in_groups=False))]
    telling: set[str] = set()
    for by in (*((grouping,) for grouping in groupings), *crossings):
        codes = {grouping.question.code for grouping in by}
        table = counted_by(columns, question, by, in_groups=True) if len(by) == 1 or codes <= telling else None
        if table is not None and (len(by) > 1 or _says_something(table)):
            telling |= codes
            code = f"{question.code}.{code_of(by)}"
            tables.append(Counted(code, question, tuple(grouping.question for grouping in by), table))
    return tables


def _says_something(table: CountTable) -> bool:
    """Whether more than one group answered: pupils alone are asked about school."""
    groups = table.cube.dimensions[-1]
    answered = table.cube.select({table.over or "": [ANSWERED]}).values
    per_group = answered.reshape(-1, len(groups))[0]
    return int((per_group[[groups.positions[code] for code in groups.leaves]] > 0).sum()) > 1


def _count_people(by: Crossing, notes: tuple[Note, ...]) -> CountTable:
    """How many answered in each group, of everyone who took part."""
    strata = strata_by(by)
    counts = np.bincount(strata.places, minlength=strata.cells).reshape(strata.shape)
    dimensions = tuple(grouping.dimension for grouping in by)
    for axis, dimension in enumerate(dimensions):
        counts = with_sums(counts, axis, dimension)
    values = counts.astype(np.float64)
    return CountTable(Cube.of_values(dimensions, values, title=title_of(by), unit=PEOPLE, notes=notes))


def counted_by(columns: Columns, question: Question, by: Crossing, *, in_groups: bool) -> CountTable:
    """The answers to one question by some groupings; `in_groups` counts a scale's as high, between and low."""
    several = question.kind in SPREAD
    answers = answer_dimension(columns.questionnaire, question, in_groups=in_groups)
    leaves = leaves_of(answers)
    meaning = _meaning(columns.questionnaire, question, leaves)
    strata = strata_by(by, len(columns.values))
    stacked = [
        gathered(counted(strata, coded, len(meaning) + LOWEST - 1), meaning, len(leaves))
        for coded in columns.of(question).T
    ]
    dimensions = [answers, *(grouping.dimension for grouping in by)]
    if several:
        dimensions.insert(0, option_dimension(question))
    counts = np.stack(stacked) if several else stacked[0]
    for axis, dimension in enumerate(dimensions):
        if dimension.code != OPTION:
            counts = with_sums(counts, axis, dimension)
    values = counts.astype(np.float64)
    cube = Cube.of_values(tuple(dimensions), values, title=question.label, unit=PEOPLE, notes=columns.notes)
    return CountTable(
        cube,
        over=answers.code,
        sensitive=sensitive_answers(question, answers),
        repeats=(OPTION,) if several else (),
    )


def _meaning(questionnaire: Questionnaire, question: Question, leaves: Sequence[str]) -> NDArray[np.intp]:
    """From a coded value (-1 not asked, 0 not answered, n the n-th choice) to a place; -1 where there is none."""
    places = {code: leaves.index(leaf) for code, leaf in answers_by_code(questionnaire, question, leaves).items()}
    largest = max([len(question.choices), *places])
    return np.array([places.get(value, -1) for value in range(LOWEST, largest + 1)], dtype=np.intp)
