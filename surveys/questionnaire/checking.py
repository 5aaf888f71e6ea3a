"""What must hold between the parts of a questionnaire before anyone is asked anything."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .checking_conditions import check_conditions
from .checking_questions import check_choices, check_question, twice
from .definition import Questionnaire
from .question import Kind, Scale
from .scores import Score
from .scoring import points_of

MOST_TEXTS = 10
"""Free texts in a questionnaire: each can name people, and each is read by a person."""


def check(questionnaire: Questionnaire, order: Sequence[str]) -> list[str]:
    """Every broken rule, with its place and what to do; an empty list means that it can be used.

    ``order`` is the questions' codes as the file lists them: it must be the order they are asked in, since
    it is also the order in which answers are stored.
    """
    return [
        *_check_order(questionnaire, order),
        *(problem for scale in questionnaire.scales.values() for problem in _check_scale(scale)),
        *(problem for question in questionnaire for problem in check_question(question, questionnaire)),
        *_check_batteries(questionnaire),
        *(problem for score in questionnaire.scores for problem in _check_score(score, questionnaire)),
        *check_conditions(questionnaire),
        *_check_texts(questionnaire),
    ]


def _check_order(questionnaire: Questionnaire, order: Sequence[str]) -> Iterator[str]:
    sections = [section.code for section in questionnaire.sections]
    asked = [question.code for question in questionnaire]
    for code in twice([*sections]):
        yield f"section {code}: its code is used twice; give each section its own"
    for code in twice(order):
        yield f"question {code}: its code is used twice; give each question its own"
    for code in sorted(set(order) - set(asked)):
        yield f"question {code}: its section does not exist; name one that does"
    for section in questionnaire.sections:
        if not any(question.is_asked for question in section.questions):
            yield f"section {section.code}: has no questions; add one or take the section away"
    if set(order) == set(asked) and list(order) != asked:
        yield "questions: must stand section by section, in the order of the sections"


def _check_scale(scale: Scale) -> Iterator[str]:
    where = f"scale {scale.code}"
    yield from check_choices(where, scale.choices, 2)
    codes = {choice.code for choice in scale.choices}
    for name, end in (("high", scale.high), ("low", scale.low)):
        if not end.codes or not set(end.codes) <= codes:
            yield f"{where}: '{name}' must name answers of the scale"
    if set(scale.high.codes) & set(scale.low.codes):
        yield f"{where}: an answer can't be both high and low"


def _check_batteries(questionnaire: Questionnaire) -> Iterator[str]:
    for section in questionnaire.sections:
        previous, ended = None, set[str]()
        for question in section.questions:
            battery = question.battery
            if battery != previous:
                ended.add(previous or "")
                if battery in ended:
                    yield f"question {question.code}: the statements of '{battery}' must stand together"
            previous = battery
    for code in questionnaire.batteries:
        rows = [question for question in questionnaire if question.battery == code]
        if len({(question.section, tuple(question.position)) for question in rows}) > 1:
            yield f"battery {code}: its statements must be in one section and have the same answers"
        if not rows:
            yield f"battery {code}: has no statements; add one or take the battery away"


def _check_score(score: Score, questionnaire: Questionnaire) -> Iterator[str]:
    where = f"score {score.code}"
    by_code = {question.code: question for question in questionnaire}
    if not score.items or not set(score.items) <= by_code.keys():
        yield f"{where}: 'items' must name questions that are asked"
        return
    if not score.reversed_items <= set(score.items):
        yield f"{where}: 'reversed' must name items of the score"
    if score.most_missing >= len(score.items):
        yield f"{where}: 'most_missing' must be less than the number of items"
    for code in score.items:
        if len(points_of(score, by_code[code])) < 2:
            yield f"{where}: the answers to '{code}' give no points; name them in 'points'"
    for band in score.bands:
        if band.lowest > band.highest:
            yield f"{where}: band '{band.code}' ends before it begins"


def _check_texts(questionnaire: Questionnaire) -> Iterator[str]:
    texts = [question.code for question in questionnaire if question.kind is Kind.TEXT]
    if len(texts) > MOST_TEXTS:
        yield f"questions {', '.join(texts)}: only {MOST_TEXTS} may ask for free text; it can name people"
