"""How answers stand in tables: their dimension, the groups above a scale's answers, and sums. No answer is read.

The choices of a question are the leaves; on a scale, high, middle and low are above them, or stand for them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from datasets.cubes import Category, Dimension, LocalText, Unit
from surveys.questionnaire import Kind, Measure, Polarity, Question, Questionnaire, Scale

EVERYONE = "everyone"
ANSWERED = "answered"
REST = "no_answer"
OPTION = "option"
CHOSEN, NOT_CHOSEN = "chosen", "not_chosen"
FIRST, NOT_FIRST = "first", "not_first"
HIGH, MIDDLE, LOW = "high", "middle", "low"

WORDS: Mapping[str, LocalText] = {
    EVERYONE: {"sv": "Alla", "en": "Everyone"},
    ANSWERED: {"sv": "Alla som svarade", "en": "All who answered"},
    REST: {"sv": "Inget svar", "en": "No answer"},
    CHOSEN: {"sv": "Valde det", "en": "Chose it"},
    NOT_CHOSEN: {"sv": "Valde det inte", "en": "Did not choose it"},
    FIRST: {"sv": "Satte det först", "en": "Put it first"},
    NOT_FIRST: {"sv": "Satte det inte först", "en": "Did not put it first"},
    MIDDLE: {"sv": "Däremellan", "en": "In between"},
    OPTION: {"sv": "Svar", "en": "Answer"},
}
OF_OPTIONS = {Kind.MULTIPLE: (CHOSEN, NOT_CHOSEN), Kind.RANKING: (FIRST, NOT_FIRST)}
"""Kinds of question whose every option is answered by itself, and how."""

PEOPLE = Unit({"sv": "personer", "en": "people"}, 0)


def with_sums(counts: NDArray[np.int64], axis: int, dimension: Dimension) -> NDArray[np.int64]:
    """Leaves spread out to all categories of a dimension, parents and total summed."""
    leaves = leaves_of(dimension)
    place = {leaf: at for at, leaf in enumerate(leaves)}
    given = np.moveaxis(counts, axis, 0)
    found = np.empty((len(dimension), *given.shape[1:]), dtype=np.int64)
    for at, code in enumerate(dimension.codes):
        if code == dimension.total:
            found[at] = given.sum(axis=0)
        elif code in place:
            found[at] = given[place[code]]
        else:
            found[at] = given[[place[leaf] for leaf in leaves if code in dimension.ancestors(leaf)]].sum(axis=0)
    return np.moveaxis(found, 0, axis)


def leaves_of(dimension: Dimension) -> tuple[str, ...]:
    """The leaves in the order of the categories."""
    inner = set(dimension.leaves)
    return tuple(code for code in dimension.codes if code in inner)


def answer_dimension(questionnaire: Questionnaire, question: Question, *, in_groups: bool) -> Dimension:
    """Everybody who answered a question, by their answer; `in_groups` takes a scale's groups for its choices."""
    if question.kind in OF_OPTIONS:
        inner = [Category(code, WORDS[code]) for code in OF_OPTIONS[question.kind]]
    elif question.measure is not None:
        inner = [Category(band.code, band.text) for band in question.measure.bands]
    else:
        inner = _answer_categories(question, questionnaire.scale_of(question), in_groups=in_groups)
    inner.append(Category(ANSWERED, WORDS[ANSWERED]))
    return Dimension(question.code, question.label, tuple(inner), total=ANSWERED)


def _answer_categories(question: Question, scale: Scale | None, *, in_groups: bool) -> list[Category]:
    """The choices; on a scale the groups above them, or these alone."""
    groups = groups_above(question, scale)
    choices = [Category(c.code, c.text, groups.get(c.code)) for c in question.choices if not c.is_missing]
    if scale is None:
        return choices
    words = {HIGH: scale.high.text, LOW: scale.low.text, MIDDLE: WORDS[MIDDLE]}
    above = [Category(group, words[group]) for group in (LOW, MIDDLE, HIGH) if group in set(groups.values())]
    return above if in_groups else choices + above


def answers_by_code(questionnaire: Questionnaire, question: Question, leaves: Sequence[str]) -> Mapping[int, str]:
    """Coded value → the leaf that it is counted under; values that say nothing are not in it.

    `leaves` are those of the question's dimension: where a scale is counted in groups, its choices are not there.
    """
    choices = len(question.choices)
    if question.kind is Kind.MULTIPLE:
        return {1: CHOSEN, 2: NOT_CHOSEN}
    if question.kind is Kind.RANKING:
        return {1: FIRST, **dict.fromkeys(range(2, choices + 2), NOT_FIRST)}
    if question.measure is not None:
        return _bands_by_code(question.measure, choices + 1)
    groups = groups_above(question, questionnaire.scale_of(question))
    return {
        number: choice.code if choice.code in leaves else groups[choice.code]
        for number, choice in enumerate(question.choices, start=1)
        if not choice.is_missing
    }


def _bands_by_code(measure: Measure, first: int) -> dict[int, str]:
    """Steps from the lowest number on, each with its band; a number between two bands is of the lower one."""
    found = {}
    for step in range(measure.steps + 1):
        number = int(measure.lowest + Decimal(step).scaleb(-measure.decimals))
        band = next((band.code for band in measure.bands if band.holds(number)), None)
        if band is not None:
            found[first + step] = band
    return found


def option_dimension(question: Question) -> Dimension:
    """The choices of a question with several answers, each of them said yes or no to."""
    return Dimension(OPTION, WORDS[OPTION], tuple(Category(c.code, c.text) for c in question.choices))


def groups_above(question: Question, scale: Scale | None) -> dict[str, str]:
    """Choice → high, middle or low, for answers on a scale."""
    if scale is None:
        return {}
    return {
        choice.code: HIGH if choice.code in scale.high.codes else LOW if choice.code in scale.low.codes else MIDDLE
        for choice in question.choices
        if not choice.is_missing
    }


def sensitive_answers(question: Question, answers: Dimension) -> tuple[frozenset[str], ...]:
    """The answers that a whole group must not be seen to have: a sensitive question's heavy end."""
    if not question.is_sensitive:
        return ()
    heavy = LOW if question.polarity is Polarity.MORE_IS_BETTER else HIGH
    return (frozenset({heavy}),) if heavy in answers.positions else ()
