"""What must hold between the parts of a questionnaire before anyone is asked anything."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from .definition import Band, Choice, Kind, Polarity, Question, Questionnaire, Scale

LONGEST_TEXT = 500
MOST_TEXTS = 1


def check(questionnaire: Questionnaire, order: Sequence[str]) -> list[str]:
    """Every broken rule, with its place and what to do; an empty list means that it can be used.

    ``order`` is the questions' codes as the file lists them: it must be the order they are asked in, since
    it is also the order in which answers are stored.
    """
    return [
        *_check_order(questionnaire, order),
        *(problem for scale in questionnaire.scales.values() for problem in _check_scale(scale)),
        *(problem for question in questionnaire for problem in _check_question(question, questionnaire)),
        *_check_show_ifs(questionnaire),
        *_check_texts(questionnaire),
    ]


def _twice(codes: Iterable[str]) -> list[str]:
    return [code for code, count in Counter(codes).items() if count > 1]


def _check_order(questionnaire: Questionnaire, order: Sequence[str]) -> Iterator[str]:
    sections = [section.code for section in questionnaire.sections]
    asked = [question.code for question in questionnaire]
    for code in _twice([*sections]):
        yield f"section {code}: its code is used twice; give each section its own"
    for code in _twice(order):
        yield f"question {code}: its code is used twice; give each question its own"
    for code in sorted(set(order) - set(asked)):
        yield f"question {code}: its section does not exist; name one that does"
    for section in questionnaire.sections:
        if not section.questions:
            yield f"section {section.code}: has no questions; add one or take the section away"
    if set(order) == set(asked) and list(order) != asked:
        yield "questions: must stand section by section, in the order of the sections"


def _check_choices(where: str, choices: Sequence[Choice], least: int) -> Iterator[str]:
    if len(choices) < least:
        yield f"{where}: needs at least {least} answers to choose from"
    for code in _twice(choice.code for choice in choices):
        yield f"{where}: the answer '{code}' stands there twice; give each answer its own code"


def _check_scale(scale: Scale) -> Iterator[str]:
    where = f"scale {scale.code}"
    yield from _check_choices(where, scale.choices, 2)
    codes = {choice.code for choice in scale.choices}
    for name, end in (("high", scale.high), ("low", scale.low)):
        if not end.codes or not set(end.codes) <= codes:
            yield f"{where}: '{name}' must name answers of the scale"
    if set(scale.high.codes) & set(scale.low.codes):
        yield f"{where}: an answer can't be both high and low"


def _check_question(question: Question, questionnaire: Questionnaire) -> Iterator[str]:
    where = f"question {question.code}"
    if question.kind in (Kind.SINGLE, Kind.MULTIPLE, Kind.SCALE):
        yield from _check_choices(where, question.choices, 2)
    if question.kind is Kind.SCALE and question.polarity is Polarity.NONE:
        yield f"{where}: 'polarity' must be more_is_better or less_is_better"
    if question.kind is Kind.NUMBER:
        yield from _check_bands(where, question.bands)
    elif question.bands:
        yield f"{where}: only a number has 'bands'"
    if question.kind is Kind.TEXT and (question.choices or question.is_background):
        yield f"{where}: a text has no 'choices' and can't be a background question"
    if (question.max_length is not None) != (question.kind is Kind.TEXT):
        yield f"{where}: 'max_length' belongs to a text, and every text has one"
    if question.max_length is not None and not 1 <= question.max_length <= LONGEST_TEXT:
        yield f"{where}: 'max_length' may be 1 to {LONGEST_TEXT}"
    if question.kind is Kind.MULTIPLE and question.is_background:
        yield f"{where}: results can't be broken down by a question with several answers"
    if question.kind is not Kind.MULTIPLE and (
        question.max_choices is not None or any(choice.is_exclusive for choice in question.choices)
    ):
        yield f"{where}: 'max_choices' and 'exclusive' belong to questions with several answers"
    if question.is_required and question.show_if:
        yield f"{where}: a question that only some are asked can't be required"
    if question.since > questionnaire.version:
        yield f"{where}: 'since' is later than this version of the questionnaire"


def _check_bands(where: str, bands: Sequence[Band]) -> Iterator[str]:
    yield from _check_choices(where, [Choice(band.code, band.text) for band in bands], 2)
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


def _check_show_ifs(questionnaire: Questionnaire) -> Iterator[str]:
    earlier: dict[str, Question] = {}
    for section in questionnaire.sections:
        for question in section.questions:
            if question.show_if is None:
                continue
            asked = earlier.get(question.show_if.question)
            if asked is None:
                yield (
                    f"question {question.code}: 'show_if' must name a question of an earlier section; "
                    "a page can't depend on its own answers without script"
                )
            elif not question.show_if.codes or not set(question.show_if.codes) <= asked.position.keys():
                yield f"question {question.code}: 'show_if' must name answers of '{asked.code}'"
        earlier.update((question.code, question) for question in section.questions)


def _check_texts(questionnaire: Questionnaire) -> Iterator[str]:
    texts = [question.code for question in questionnaire if question.kind is Kind.TEXT]
    if len(texts) > MOST_TEXTS:
        yield f"questions {', '.join(texts)}: only {MOST_TEXTS} may ask for free text; it can name people"
