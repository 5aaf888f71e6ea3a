"""What must hold of one question: its choices, bands and limits, each only where its kind has them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from .definition import Questionnaire
from .question import MOST_RATINGS, Appearance, Band, Choice, Kind, Polarity, Question

LONGEST_TEXT = 500
MOST_STEPS = 30_000
"""A quantity is stored in 16 bits."""
MOST_DECIMALS = 3

WITH_CHOICES = frozenset({Kind.SINGLE, Kind.MULTIPLE, Kind.SCALE, Kind.RATING, Kind.RANKING})


def check_question(question: Question, questionnaire: Questionnaire) -> Iterator[str]:
    """Every rule that the question breaks."""
    where = f"question {question.code}"
    if question.kind in WITH_CHOICES:
        yield from check_choices(where, question.choices, 2)
    if question.kind is Kind.SCALE and question.polarity is Polarity.NONE:
        yield f"{where}: 'polarity' must be more_is_better or less_is_better"
    yield from _check_numbers(where, question)
    yield from _check_words(where, question)
    yield from _check_several(where, question)
    yield from _check_asking(where, question)
    if question.battery and (question.kind is not Kind.SCALE or question.battery not in questionnaire.batteries):
        yield f"{where}: 'battery' must name one of the questionnaire's, and only where 'kind' is scale"
    if (question.calculation is not None) != (question.kind is Kind.CALCULATED):
        yield f"{where}: 'calculation' belongs to what is calculated, and must be there"
    if question.since > questionnaire.version:
        yield f"{where}: 'since' is later than this version of the questionnaire"


def twice(codes: Iterable[str]) -> list[str]:
    """The codes that stand there more than once."""
    return [code for code, count in Counter(codes).items() if count > 1]


def check_choices(where: str, choices: Sequence[Choice], least: int) -> Iterator[str]:
    """Whether there are enough answers to choose from, each with its own code."""
    if len(choices) < least:
        yield f"{where}: needs at least {least} answers to choose from"
    for code in twice(choice.code for choice in choices):
        yield f"{where}: the answer '{code}' stands there twice; give each answer its own code"


def _check_numbers(where: str, question: Question) -> Iterator[str]:
    measure = question.measure
    if question.kind is Kind.NUMBER:
        yield from _check_bands(where, question.bands)
    elif question.bands:
        yield f"{where}: only a number has 'bands'"
    if measure is not None:
        if measure.lowest >= measure.highest:
            yield f"{where}: 'minimum' must be less than 'maximum'"
        elif measure.decimals > MOST_DECIMALS or measure.steps + len(question.choices) > MOST_STEPS:
            yield f"{where}: from 'minimum' to 'maximum' there may be at most {MOST_STEPS} different numbers"
        if measure.bands:
            yield from _check_bands(where, measure.bands)
    if question.kind is Kind.RATING and sum(not c.is_missing for c in question.choices) > MOST_RATINGS:
        yield f"{where}: a rating has at most {MOST_RATINGS} steps, such as 0 to 10"


def _check_words(where: str, question: Question) -> Iterator[str]:
    if question.kind is Kind.TEXT and (question.choices or question.is_background):
        yield f"{where}: a text has no 'choices' and can't be a background question"
    if (question.max_length is not None) != (question.kind is Kind.TEXT):
        yield f"{where}: 'max_length' belongs to a text, and every text has one"
    if question.max_length is not None and not 1 <= question.max_length <= LONGEST_TEXT:
        yield f"{where}: 'max_length' may be 1 to {LONGEST_TEXT}"
    if question.own_words and question.kind not in (Kind.SINGLE, Kind.MULTIPLE):
        yield f"{where}: 'specify' belongs to a choice among single or several answers"
    if question.appearance is Appearance.DROPDOWN and question.kind is not Kind.SINGLE:
        yield f"{where}: only a single choice can be a dropdown"


def _check_several(where: str, question: Question) -> Iterator[str]:
    if question.kind in (Kind.MULTIPLE, Kind.RANKING) and question.is_background:
        yield f"{where}: results can't be broken down by a question with several answers"
    if question.kind is not Kind.MULTIPLE and (
        (question.max_choices, question.min_choices) != (None, None)
        or any(choice.is_exclusive for choice in question.choices)
    ):
        yield f"{where}: 'max_choices', 'min_choices' and 'exclusive' belong to questions with several answers"
    if (question.min_choices or 0) > min(question.max_choices or len(question.choices), len(question.choices)):
        yield f"{where}: 'min_choices' is more than can be chosen"


def _check_asking(where: str, question: Question) -> Iterator[str]:
    if question.is_required and question.show_if:
        yield f"{where}: a question that only some are asked can't be required"
    if question.is_required and question.kind is not Kind.NUMBER:
        yield f"{where}: only an age can be required; everything else may be skipped, so use 'ask_again'"
    if (
        not question.is_coded
        and question.kind is not Kind.TEXT
        and (question.asks_again or question.is_background)
    ):
        yield f"{where}: there is no answer to it that could be asked for again or broken down by"


def _check_bands(where: str, bands: Sequence[Band]) -> Iterator[str]:
    yield from check_choices(where, [Choice(band.code, band.text) for band in bands], 2)
    for before, after in pairwise(bands):
        if before.highest is None or after.lowest != before.highest + 1:
            yield f"{where}: band '{after.code}' must begin one above the end of '{before.code}'"
    for band in bands:
        if band.code.isdigit():
            yield f"{where}: band '{band.code}' looks like a number; give it a code such as 18-19"
        if band.lowest is not None and band.highest is not None and band.lowest > band.highest:
            yield f"{where}: band '{band.code}' ends before it begins"
    if all(band.outside for band in bands):
        yield f"{where}: at least one band must be kept"
