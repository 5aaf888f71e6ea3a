"""What has changed since the round before, item by item and group by group, and what can't be compared.

Read from published tables alone. "More" and "fewer", of a mean "higher" and "lower", are said only where all
comparisons together (`surveys.results.comparing`) leave no doubt, else there is no certain difference.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from datasets.cubes import Category, LocalText
from datasets.disclosure import ProtectedCube
from surveys.questionnaire import Question, Questionnaire, Scale, Score, bands_in_order
from surveys.results.answer_dimensions import HIGH, OF_OPTIONS, OPTION
from surveys.results.comparing import Change, Pair, judged, pair_of_shares
from surveys.results.means import MEAN
from surveys.results.shown_means import mean_shown, score_of_question

Tables = Mapping[str, ProtectedCube]
"""Published tables by their code: `question`, or `question.background`."""


class Break(StrEnum):
    """Why an item can't be compared with the round before."""

    NEW = "new"
    KIND = "kind"
    WORDING = "wording"
    ANSWERS = "answers"
    SCALE = "scale"
    ASKED = "asked"
    ITEMS = "items"
    SCORING = "scoring"


@dataclass(frozen=True)
class Waves:
    """All changes in the questionnaire's order, what is broken, and out of how many comparisons."""

    changes: tuple[Change, ...]
    breaks: Mapping[str, Break]
    compared: int
    certain: int
    not_compared: tuple[Pair, ...] = ()


def waves_of(now: Questionnaire, then: Questionnaire, tables: Tables, earlier: Tables, *, base: int) -> Waves:
    """Every share and mean that both rounds show of at least `base` people; a changed item is a break."""
    breaks: dict[str, Break] = {}
    pairs: list[Pair] = []
    asked = [question for question in now if question.is_told and not question.is_background]
    same = [question for question in now.background if break_of(now, then, question) is None]
    for question in asked:
        found = break_of(now, then, question)
        if found is not None:
            breaks[question.code] = found
            continue
        pairs += _pairs(now, question, None, tables, earlier)
        pairs += _means(now, then, question, tables, earlier)
        for by in same:
            pairs += _pairs(now, question, by, tables, earlier)
    changes, left_out = judged(pairs, base)
    return Waves(changes, breaks, len(changes), sum(change.is_certain for change in changes), left_out)


def comparable(now: Questionnaire, then: Questionnaire, earlier: Tables) -> dict[str, ProtectedCube]:
    """The tables of the round before that are about what is the same now: a break is not compared."""
    same = {question.code for question in now if break_of(now, then, question) is None}
    return {
        code: cube for code, cube in earlier.items() if {one.removesuffix(MEAN) for one in code.split(".")} <= same
    }


def break_of(now: Questionnaire, then: Questionnaire, question: Question) -> Break | None:
    """Why an item can't be compared with the one of the same code; None where it is the same."""
    before = next((other for other in then if other.code == question.code), None)
    if before is None:
        return Break.NEW
    if before.kind != question.kind:
        return Break.KIND
    if _differs(question.text, before.text):
        return Break.WORDING
    answers, others = question.choices, before.choices
    if [one.code for one in answers] != [one.code for one in others] or any(
        _differs(one.text, other.text) for one, other in zip(answers, others, strict=True)
    ):
        return Break.ANSWERS
    if _limits(question) != _limits(before) or question.measure != before.measure:
        return Break.ANSWERS
    if now.conditions_of(question) != then.conditions_of(before):
        return Break.ASKED
    score = score_of_question(now, question)
    if score is not None:
        return _break_of_score(now, then, score, score_of_question(then, before))
    return None if _ends(now.scale_of(question)) == _ends(then.scale_of(before)) else Break.SCALE


def _break_of_score(now: Questionnaire, then: Questionnaire, score: Score, former: Score | None) -> Break | None:
    """A score is the same where each of its items is, and it is worked out of them in the same way."""
    if former is None or set(score.items) != set(former.items):
        return Break.ITEMS
    if any(break_of(now, then, now.question(item)) is not None for item in score.items):
        return Break.ITEMS
    return None if _scoring(score) == _scoring(former) else Break.SCORING


def _scoring(score: Score) -> tuple[object, ...]:
    """All that decides a score's value and its band."""
    bands = [(band.code, band.lowest, band.highest) for band in bands_in_order(score)]
    points, table = dict(score.points), dict(score.table)
    return (
        score.reversed_items, points, score.most_missing, score.method, score.multiply, score.add, table, bands
    )  # fmt: skip


def _ends(scale: Scale | None) -> tuple[object, ...] | None:
    """The answers at the high and at the low end of a scale."""
    return (scale.high.codes, scale.low.codes) if scale is not None else None


def _limits(question: Question) -> list[tuple[int | None, int | None]]:
    return [(band.lowest, band.highest) for band in question.bands]


def _differs(text: LocalText, other: LocalText) -> bool:
    """Whether a text says something else in a language that both have; spaces do not count."""
    both = text.keys() & other.keys()
    return any(" ".join(text[lang].split()) != " ".join(other[lang].split()) for lang in both)


def _pairs(
    questionnaire: Questionnaire, question: Question, by: Question | None, tables: Tables, earlier: Tables
) -> Iterator[Pair]:
    """The shares of both rounds, of everyone or of each group that both have; the base of a hidden one is NaN."""
    code = question.code if by is None else f"{question.code}.{by.code}"
    cube, other = tables.get(code), earlier.get(code)
    if cube is None or other is None:
        return
    groups: Sequence[Category | None] = [None]
    is_score = score_of_question(questionnaire, question) is not None
    if by is not None:
        mine, theirs = cube.dimension(by.code), other.dimension(by.code)
        groups = [one for one in mine.categories if one.code in mine.leaves and one.code in theirs.leaves]
    for answer, place in _answers(questionnaire, question, cube):
        for group in groups:
            here = place if group is None or by is None else {**place, by.code: group.code}
            (part, whole), (other_part, other_whole) = (_shares(one, question, here) for one in (cube, other))
            counts = part, whole, other_part, other_whole
            yield pair_of_shares(question, answer, by, group, counts, is_score=is_score)


def _means(
    now: Questionnaire, then: Questionnaire, question: Question, tables: Tables, earlier: Tables
) -> Iterator[Pair]:
    """The mean of everyone, where both rounds show one."""
    mean = mean_shown(now, question, tables)
    before = mean_shown(then, then.question(question.code), earlier)
    if mean is not None and before is not None:
        base = min(mean.people, before.people)
        yield Pair(question, {}, None, None, mean.interval, before.interval, base, mean)


def _answers(
    questionnaire: Questionnaire, question: Question, cube: ProtectedCube
) -> Iterator[tuple[LocalText, dict[str, str]]]:
    """What is compared of a question: the high end of a scale, else each answer."""
    dimension = cube.dimension(question.code)
    scale = questionnaire.scale_of(question)
    if scale is not None:
        if HIGH in dimension.positions:
            yield scale.high.text, {question.code: HIGH}
    elif any(one.code == OPTION for one in cube.dimensions):
        for option in cube.dimension(OPTION).categories:
            yield option.label, {OPTION: option.code, question.code: OF_OPTIONS[question.kind][0]}
    else:
        for category in dimension.categories:
            if category.code in dimension.leaves:
                yield category.label, {question.code: category.code}


def _shares(cube: ProtectedCube, question: Question, place: Mapping[str, str]) -> tuple[float, float]:
    """How many gave the answer, and how many answered; NaN where either is hidden or not in the table."""
    whole = {**place, question.code: str(cube.dimension(question.code).total)}
    found = []
    for at in (place, whole):
        index = []
        for dimension in cube.dimensions:
            code = at.get(dimension.code, dimension.total)
            if code not in dimension.positions:
                return math.nan, math.nan
            index.append(dimension.positions[str(code)])
        found.append(float(cube.values[tuple(index)]))
    return found[0], found[1]
