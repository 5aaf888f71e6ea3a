"""Counting a round's answers: each question alone, and each by each background question.

The only reader of answers. Columns are fetched once and counted with numpy; what comes out are counts of
people, which nobody sees before disclosure control has seen them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from datasets.cubes import Category, Cube, Dimension, LocalText, Unit, pick
from datasets.disclosure import CountTable
from surveys.grouping import joined
from surveys.models import SurveyRound
from surveys.models.response import Response
from surveys.questionnaire import Kind, Polarity, Question, Questionnaire, Scale, Section, positions

Codes = NDArray[np.int16]

EVERYONE = "everyone"
ANSWERED = "answered"
REST = "no_answer"
OPTION = "option"
CHOSEN, NOT_CHOSEN = "chosen", "not_chosen"
HIGH, MIDDLE, LOW = "high", "middle", "low"

WORDS: Mapping[str, LocalText] = {
    EVERYONE: {"sv": "Alla", "en": "Everyone"},
    ANSWERED: {"sv": "Alla som svarade", "en": "All who answered"},
    REST: {"sv": "Inget svar", "en": "No answer"},
    CHOSEN: {"sv": "Valde det", "en": "Chose it"},
    NOT_CHOSEN: {"sv": "Valde det inte", "en": "Did not choose it"},
    MIDDLE: {"sv": "Däremellan", "en": "In between"},
    OPTION: {"sv": "Svar", "en": "Answer"},
}
PEOPLE = Unit({"sv": "personer", "en": "people"}, 0)


@dataclass(frozen=True)
class Counted:
    """One table of a round: its code (`question` or `question.background`), its section, and its counts."""

    code: str
    section: str
    question: Question
    by: Question | None
    table: CountTable


@dataclass(frozen=True)
class Columns:
    """The answers of a round, a row a person: every coded slot in the version's order."""

    questionnaire: Questionnaire
    values: Codes

    def of(self, question: Question) -> Codes:
        """The columns of one question: one, or for several answers one for each choice."""
        places = positions(self.questionnaire, question.code)
        return self.values[:, places.start : places.stop]


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
    categories.append(Category(EVERYONE, WORDS[EVERYONE]))
    return Dimension(question.code, question.label, tuple(categories), total=EVERYONE)


def columns_fetch(survey_round: SurveyRound) -> Columns:
    """A round's answers as columns, in the tenant's scope. As the database role `worker`; no other may."""
    questionnaire = survey_round.version.content
    apart = [p for question in questionnaire.background for p in positions(questionnaire, question.code)]
    rows = list(
        Response.objects.filter(round=survey_round).values_list("background", "answers").iterator(chunk_size=5000)
    )
    width = sum(len(positions(questionnaire, question.code)) for question in questionnaire if question.is_coded)
    values = np.zeros((len(rows), width), dtype=np.int16)
    others = [place for place in range(width) if place not in set(apart)]
    if rows:
        values[:, apart] = np.array([background for background, _ in rows], dtype=np.int16)
        values[:, others] = np.array([answers for _, answers in rows], dtype=np.int16)
    return Columns(questionnaire, values)


def tabulate(columns: Columns, breakdowns: Sequence[str], *, smallest: int) -> list[Counted]:
    """Every table of a round, in the questionnaire's order: each question alone, then by each breakdown.

    Counted are those who answered the question. Questions by a background are counted in fewer groups (high,
    between, low), so that small municipalities see something too; and groups of fewer than `smallest` people
    are joined, in the same way in every table, so that no two questions can be played off against each other.
    """
    questionnaire = columns.questionnaire
    groupings = [grouping_of(columns, q, smallest) for q in questionnaire.background if q.code in breakdowns]
    tables: list[Counted] = []
    for section in questionnaire.sections:
        for question in section.questions:
            if question.is_coded:
                tables += _tables_of(columns, section, question, [g for g in groupings if g is not None])
    return tables


def _tables_of(
    columns: Columns, section: Section, question: Question, groupings: Sequence[Grouping]
) -> Iterator[Counted]:
    if question.is_background:
        grouping = next((found for found in groupings if found.question == question), None)
        if grouping is not None:
            yield Counted(question.code, section.code, question, None, _count_people(grouping))
        return
    yield Counted(question.code, section.code, question, None, _count(columns, question, None))
    for grouping in groupings:
        code = f"{question.code}.{grouping.question.code}"
        table = _count(columns, question, grouping)
        if _says_something(table):
            yield Counted(code, section.code, question, grouping.question, table)


def _says_something(table: CountTable) -> bool:
    """Whether more than one group answered: pupils alone are asked about school."""
    groups = table.cube.dimensions[-1]
    answered = table.cube.select({table.over or "": [ANSWERED]}).values
    per_group = answered.reshape(-1, len(groups))[0]
    return int((per_group[[groups.positions[code] for code in groups.leaves]] > 0).sum()) > 1


def _count_people(grouping: Grouping) -> CountTable:
    """How many answered in each group, of everyone who took part."""
    counts = np.bincount(grouping.places, minlength=len(grouping.dimension.leaves))
    values = _with_sums(counts, 0, grouping.dimension).astype(np.float64)
    return CountTable(Cube.of_values((grouping.dimension,), values, title=grouping.question.label, unit=PEOPLE))


def _count(columns: Columns, question: Question, grouping: Grouping | None) -> CountTable:
    several = question.kind is Kind.MULTIPLE
    answers = _answer_dimension(columns.questionnaire, question, in_groups=grouping is not None)
    leaves = _leaves(answers)
    within = grouping.places if grouping is not None else np.zeros(len(columns.values), dtype=np.intp)
    groups = len(grouping.dimension.leaves) if grouping is not None else 1
    stacked = [_crossed(place, len(leaves), within, groups) for place in _answer_places(columns, question, leaves)]
    dimensions = [answers] if grouping is None else [answers, grouping.dimension]
    if several:
        dimensions.insert(0, _option_dimension(question))
    counts = np.stack(stacked) if several else stacked[0]
    if grouping is None:
        counts = counts[..., 0]
    for axis, dimension in enumerate(dimensions):
        if dimension.code != OPTION:
            counts = _with_sums(counts, axis, dimension)
    cube = Cube.of_values(tuple(dimensions), counts.astype(np.float64), title=question.label, unit=PEOPLE)
    return CountTable(
        cube,
        over=answers.code,
        sensitive=_sensitive(question, answers),
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
    groups = _groups(question, columns.questionnaire.scale_of(question))
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


def _with_sums(counts: NDArray[np.int64], axis: int, dimension: Dimension) -> NDArray[np.int64]:
    """Leaves spread out to all categories of a dimension, parents and total summed."""
    leaves = _leaves(dimension)
    rows = np.zeros((len(dimension), len(leaves)), dtype=np.int64)
    for place, code in enumerate(dimension.codes):
        for at, leaf in enumerate(leaves):
            rows[place, at] = code in (dimension.total, leaf) or code in dimension.ancestors(leaf)
    return np.moveaxis(np.tensordot(rows, counts, axes=(1, axis)), 0, axis)


def _leaves(dimension: Dimension) -> tuple[str, ...]:
    inner = set(dimension.leaves)
    return tuple(code for code in dimension.codes if code in inner)


def _answer_dimension(questionnaire: Questionnaire, question: Question, *, in_groups: bool) -> Dimension:
    if question.kind is Kind.MULTIPLE:
        inner = [Category(CHOSEN, WORDS[CHOSEN]), Category(NOT_CHOSEN, WORDS[NOT_CHOSEN])]
    else:
        inner = _answer_categories(question, questionnaire.scale_of(question), in_groups=in_groups)
    inner.append(Category(ANSWERED, WORDS[ANSWERED]))
    return Dimension(question.code, question.label, tuple(inner), total=ANSWERED)


def _answer_categories(question: Question, scale: Scale | None, *, in_groups: bool) -> list[Category]:
    """The choices; on a scale the groups above them, or these alone."""
    groups = _groups(question, scale)
    choices = [Category(c.code, c.text, groups.get(c.code)) for c in question.choices if not c.is_missing]
    if scale is None:
        return choices
    words = {HIGH: scale.high.text, LOW: scale.low.text, MIDDLE: WORDS[MIDDLE]}
    above = [Category(group, words[group]) for group in (LOW, MIDDLE, HIGH) if group in set(groups.values())]
    return above if in_groups else choices + above


def _option_dimension(question: Question) -> Dimension:
    return Dimension(OPTION, WORDS[OPTION], tuple(Category(c.code, c.text) for c in question.choices))


def _groups(question: Question, scale: Scale | None) -> dict[str, str]:
    """Choice → high, middle or low, for answers on a scale."""
    if scale is None:
        return {}
    return {
        choice.code: HIGH if choice.code in scale.high.codes else LOW if choice.code in scale.low.codes else MIDDLE
        for choice in question.choices
        if not choice.is_missing
    }


def _sensitive(question: Question, answers: Dimension) -> tuple[frozenset[str], ...]:
    """The answers that a whole group must not be seen to have: a sensitive question's heavy end."""
    if not question.is_sensitive:
        return ()
    heavy = LOW if question.polarity is Polarity.MORE_IS_BETTER else HIGH
    return (frozenset({heavy}),) if heavy in answers.positions else ()
