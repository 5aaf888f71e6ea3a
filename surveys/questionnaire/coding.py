"""Answers as small whole numbers in the version's order, and back.

A response is stored as one array of these. Every question with choices has one slot, a question with several
answers and a ranking one for each choice, free text none: it is kept apart from the rest.

=====  ==================================================================================================
value  meaning
=====  ==================================================================================================
-1     the question was not asked of this person
0      it was asked and not answered
n ≥ 1  the n-th choice; in a slot of a question with several answers 1 is "chosen" and 2 "not chosen"; in one of
       a ranking the rank, one more than the last for what was left out; a quantity counts steps from its lowest
       value on, beyond its choices
=====  ==================================================================================================
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from .definition import Questionnaire
from .flow import asked_questions
from .question import TICKED, Answer, Answers, Kind, Question

NOT_ASKED = -1
NOT_ANSWERED = 0
CHOSEN = 1
NOT_CHOSEN = 2
SPREAD = frozenset({Kind.MULTIPLE, Kind.RANKING})
"""Kinds with one slot for each choice."""


class CodingError(ValueError):
    """The answers do not fit the questionnaire version. The message names the question, never the answer."""


@dataclass(frozen=True)
class Slot:
    """One place in the array: a question, and for a question with several answers also which choice."""

    question: str
    choice: str | None = None


def layout(questionnaire: Questionnaire) -> tuple[Slot, ...]:
    """What each place in the array holds, in order. The same for every response to the version."""
    return tuple(slot for question in questionnaire for slot in _slots(question))


def vector_length(questionnaire: Questionnaire) -> int:
    """How many places the array has."""
    return sum(_width(question) for question in questionnaire)


def positions(questionnaire: Questionnaire, code: str) -> range:
    """The places in the array that hold this question. Raises KeyError where the version has none."""
    start = 0
    for question in questionnaire:
        width = _width(question)
        if question.code == code:
            return range(start, start + width)
        start += width
    raise KeyError(code)


def encode(questionnaire: Questionnaire, answers: Answers, asked: Sequence[Question] | None = None) -> list[int]:
    """The answers as an array of the layout's length.

    Answers to questions that the person is not asked are left out, unknown questions and answers raise
    CodingError. Free text is not in the array; see :func:`free_text`. `asked` are the questions that these very
    answers lead to, where the caller has them already.
    """
    if not answers.keys() <= questionnaire.fields.keys():
        raise CodingError("There is an answer to a question that this version does not have.")
    found = asked_questions(questionnaire, answers) if asked is None else asked
    codes = {question.code for question in found}
    vector: list[int] = []
    for question in questionnaire:
        if question.code not in codes:
            vector.extend([NOT_ASKED] * _width(question))
        elif question.is_coded:
            vector.extend(_encode(question, answers.get(question.code)))
    return vector


def decode(questionnaire: Questionnaire, vector: Sequence[int]) -> dict[str, Answer]:
    """The answers that this array holds; the reverse of :func:`encode`, without free text.

    Raises CodingError for an array that no answers to this version give.
    """
    slots = layout(questionnaire)
    if len(vector) != len(slots):
        raise CodingError(f"This version has {len(slots)} values a response, not {len(vector)}.")
    answers: dict[str, Answer] = {}
    start = 0
    for question in (q for q in questionnaire if q.is_coded):
        stop = start + _width(question)
        answer = _decode(question, vector[start:stop])
        if answer:
            answers[question.code] = answer
        start = stop
    if encode(questionnaire, answers) != list(vector):
        raise CodingError("The values contradict each other: no answers to this version give them.")
    return answers


def free_text(
    questionnaire: Questionnaire, answers: Answers, asked: Sequence[Question] | None = None
) -> dict[str, str]:
    """The answers in the person's own words, by field; they are stored apart from the array.

    Words beside a choice go under `code.other`, and without the choice they are none.
    """
    texts: dict[str, Answer | None] = {}
    for question in asked_questions(questionnaire, answers) if asked is None else asked:
        if question.kind is Kind.TEXT:
            texts[question.code] = answers.get(question.code)
        elif question.own_words and says_in_own_words(question, answers.get(question.code)):
            texts[question.own_words] = answers.get(question.own_words)
    return {code: text for code, text in texts.items() if isinstance(text, str) and text}


def says_in_own_words(question: Question, answer: Answer | None) -> bool:
    """Whether a choice that lets the person say it in own words is among the chosen."""
    chosen = (answer,) if isinstance(answer, str) else answer or ()
    return any(choice.has_words and choice.code in chosen for choice in question.choices)


def _slots(question: Question) -> tuple[Slot, ...]:
    if question.kind in SPREAD:
        return tuple(Slot(question.code, choice.code) for choice in question.choices)
    return (Slot(question.code),) if question.is_coded else ()


def _width(question: Question) -> int:
    """How many slots a question has."""
    return len(question.choices) if question.kind in SPREAD else int(question.is_coded)


def _encode(question: Question, answer: Answer | None) -> list[int]:
    if not answer:
        return [NOT_ANSWERED] * _width(question)
    if isinstance(answer, str) == (question.kind in SPREAD):
        raise _none_of(question)
    if question.kind is Kind.ACKNOWLEDGE:
        return [CHOSEN] if answer == TICKED else [NOT_ANSWERED]
    if question.kind is Kind.QUANTITY and isinstance(answer, str) and answer not in question.position:
        return [_steps(question, answer)]
    given = (answer,) if isinstance(answer, str) else answer
    if not set(given) <= question.position.keys() or len(set(given)) < len(given):
        raise _none_of(question)
    if question.kind is Kind.MULTIPLE:
        return [CHOSEN if choice.code in given else NOT_CHOSEN for choice in question.choices]
    if question.kind is Kind.RANKING:
        last = len(question.choices) + 1
        return [given.index(c.code) + 1 if c.code in given else last for c in question.choices]
    return [question.position[given[0]]]


def _decode(question: Question, values: Sequence[int]) -> Answer | None:
    if question.kind is Kind.MULTIPLE:
        return tuple(c.code for c, value in zip(question.choices, values, strict=True) if value == CHOSEN)
    if question.kind is Kind.RANKING:
        ranked = sorted((value, c.code) for c, value in zip(question.choices, values, strict=True))
        return tuple(code for rank, code in ranked if 0 < rank <= len(values))
    (value,) = values
    if value <= 0:
        return None
    if question.kind is Kind.ACKNOWLEDGE:
        return TICKED
    if value > len(question.choices):
        return _quantity(question, value)
    return question.choices[value - 1].code


def _steps(question: Question, answer: str) -> int:
    """A number as steps from the lowest it can be, after the choices' own numbers."""
    measure = question.measure
    try:
        number = Decimal(answer)
    except InvalidOperation:
        raise _none_of(question) from None
    if measure is None or not measure.lowest <= number <= measure.highest:
        raise _none_of(question)
    steps = (number - measure.lowest).scaleb(measure.decimals)
    if steps != steps.to_integral_value():
        raise _none_of(question)
    return len(question.choices) + 1 + int(steps)


def _quantity(question: Question, value: int) -> str:
    steps = value - len(question.choices) - 1
    measure = question.measure
    if measure is None or steps > measure.steps:
        raise CodingError(f"The value for '{question.code}' is none of its choices.")
    return spelt_number(measure.lowest + Decimal(steps).scaleb(-measure.decimals))


def spelt_number(number: Decimal) -> str:
    """A number in its one spelling: no exponent, no zeros at the end."""
    spelt = format(number, "f")
    return (spelt.rstrip("0").rstrip(".") if "." in spelt else spelt) or "0"


def _none_of(question: Question) -> CodingError:
    return CodingError(f"The answer to '{question.code}' is none of its choices.")
