"""Scores as questions of their own, for results: everyone who has a score, by its band.

A score with bands stands behind the last of its items, with its bands as its answers. Whoever left too many items
out has no score, as if they had not answered it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from .definition import Questionnaire
from .question import ONE_OF, Choice, Kind, Polarity, Question
from .scores import Score, ScoreBand

ROUNDING = 9
"""Decimals at which a score is held against its bands: what floating point adds or takes lies beyond them."""


def counted_scores(questionnaire: Questionnaire) -> tuple[Score, ...]:
    """The scores that results tell of: those with bands, of items that nothing is broken down by."""
    by_code = {question.code: question for question in questionnaire}
    return tuple(
        score
        for score in questionnaire.scores
        if len(score.bands) > 1
        and score.code not in by_code
        and all(by_code[code].kind in ONE_OF and not by_code[code].is_background for code in score.items)
    )


def score_in(questionnaire: Questionnaire, code: str) -> Score | None:
    """The score that a table is about; None where it is about a question."""
    return next((score for score in counted_scores(questionnaire) if score.code == code), None)


def with_scores(questionnaire: Questionnaire) -> Questionnaire:
    """The questionnaire as its results are told: each score as a question behind the last of its items."""
    scores = counted_scores(questionnaire)
    if not scores:
        return questionnaire
    order = [question.code for question in questionnaire]
    behind: dict[str, list[Question]] = {}
    for score in scores:
        last = max(score.items, key=order.index)
        behind.setdefault(last, []).append(question_of(questionnaire, score))
    sections = tuple(
        replace(
            section,
            questions=tuple(
                one for question in section.questions for one in (question, *behind.get(question.code, ()))
            ),
        )
        for section in questionnaire.sections
    )
    return replace(questionnaire, sections=sections)


def question_of(questionnaire: Questionnaire, score: Score) -> Question:
    """A score as a question whose answers are its bands, from the lowest."""
    items = [questionnaire.question(code) for code in score.items]
    order = [question.code for question in questionnaire]
    last = max(items, key=lambda item: order.index(item.code))
    return Question(
        code=score.code,
        section=last.section,
        kind=Kind.SINGLE,
        text=score.title,
        label=score.title,
        help=None,
        choices=tuple(Choice(band.code, band.text) for band in bands_in_order(score)),
        bands=(),
        scale=None,
        polarity=score.polarity,
        measures=Counter(item.measures for item in items).most_common(1)[0][0],
        factors=tuple(sorted({factor for item in items for factor in item.factors})),
        is_background=False,
        is_sensitive=any(item.is_sensitive for item in items),
        is_required=False,
        since=max(item.since for item in items),
        show_if=None,
        max_choices=None,
        max_length=None,
    )


def bands_in_order(score: Score) -> list[ScoreBand]:
    """The bands from the lowest."""
    return sorted(score.bands, key=lambda band: band.lowest)


def heavy_bands(score: Score) -> tuple[frozenset[str], ...]:
    """The band that a whole group must not be seen to be in, where an item is sensitive: the score's bad end."""
    bands = bands_in_order(score)
    heavy = bands[0] if score.polarity is Polarity.MORE_IS_BETTER else bands[-1]
    return (frozenset({heavy.code}),)


def bands_of(score: Score, values: NDArray[np.float64]) -> NDArray[np.int16]:
    """The band of each value, numbered from 1 from the lowest band; 0 where there is no score or no band."""
    rounded = np.round(values, ROUNDING)
    found = np.zeros(len(values), dtype=np.int16)
    bands = bands_in_order(score)
    for number, band in reversed(list(enumerate(bands, start=1))):
        with np.errstate(invalid="ignore"):
            inside = (rounded >= float(band.lowest)) & (rounded <= float(band.highest))
        found[inside] = number
    return found
