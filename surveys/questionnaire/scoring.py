"""Working scores out: of one person's answers, and of columns of coded answers.

The rules are those of the instrument's own manual, stated in the questionnaire. WHO-5, for example, is the sum of
five answers of 0 to 5 times 4, all five needed (WHO, Wellbeing measures in primary health care, 1998).
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from .definition import Questionnaire
from .question import Answers, Question
from .scores import Method, Score


def scores_of(questionnaire: Questionnaire, answers: Answers) -> dict[str, Decimal | None]:
    """Each score's value for one person; None where too many items lack an answer."""
    return {score.code: score_of(questionnaire, score, answers) for score in questionnaire.scores}


def score_of(questionnaire: Questionnaire, score: Score, answers: Answers) -> Decimal | None:
    """One score's value for one person; None where too many items lack an answer, or the table lacks the sum."""
    found = []
    for code in score.items:
        question, answer = questionnaire.question(code), answers.get(code)
        points = points_of(score, question)
        if isinstance(answer, str) and answer in points:
            found.append(points[answer])
    missing = len(score.items) - len(found)
    if not found or missing > score.most_missing:
        return None
    mean = sum(found, Decimal(0)) / len(found)
    raw = mean * len(score.items) if score.method is Method.SUM else mean
    if score.table:
        return score.table.get(raw.quantize(Decimal(1)) if raw == raw.to_integral_value() else raw)
    return raw * score.multiply + score.add


def points_of(score: Score, question: Question) -> dict[str, Decimal]:
    """How many points each choice of an item gives; choices that say "don't know" give none."""
    counted = [choice.code for choice in question.choices if not choice.is_missing]
    if score.points:
        points = {code: score.points[code] for code in counted if code in score.points}
    elif all(code.isdigit() for code in counted):
        points = {code: Decimal(code) for code in counted}
    else:
        points = {code: Decimal(place) for place, code in enumerate(counted)}
    if question.code in score.reversed_items and points:
        ends = min(points.values()) + max(points.values())
        points = {code: ends - value for code, value in points.items()}
    return points


def score_column(
    questionnaire: Questionnaire, score: Score, coded: Mapping[str, NDArray[np.int16]]
) -> NDArray[np.float64]:
    """A score for a row a person: `coded` holds each item's column of codes; NaN where there is no score."""
    items = np.stack([_points_column(score, questionnaire.question(code), coded[code]) for code in score.items])
    answered = (~np.isnan(items)).sum(axis=0)
    enough = (answered > 0) & (len(score.items) - answered <= score.most_missing)
    mean = np.nansum(items, axis=0) / np.maximum(answered, 1)
    raw = mean * len(score.items) if score.method is Method.SUM else mean
    value = _looked_up(score, raw) if score.table else raw * float(score.multiply) + float(score.add)
    return np.where(enough, value, np.nan)


def _points_column(score: Score, question: Question, coded: NDArray[np.int16]) -> NDArray[np.float64]:
    """Points by coded value: -1 and 0 (not asked, not answered) give none."""
    points = points_of(score, question)
    lookup = np.full(len(question.choices) + 2, np.nan)
    for code, number in question.position.items():
        if code in points:
            lookup[number + 1] = float(points[code])
    return lookup[np.clip(coded, -1, len(question.choices)) + 1]


def _looked_up(score: Score, raw: NDArray[np.float64]) -> NDArray[np.float64]:
    found = np.full(len(raw), np.nan)
    for key, value in score.table.items():
        found[np.isclose(raw, float(key))] = float(value)
    return found
