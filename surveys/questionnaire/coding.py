"""Answers as small whole numbers in the version's order, and back.

A response is stored as one array of these. Every question with choices has one slot, a question with several
answers one slot for each of its choices, free text none: it is kept apart from the rest.

=====  ==================================================================================================
value  meaning
=====  ==================================================================================================
-1     the question was not asked of this person
0      it was asked and not answered
n ≥ 1  the n-th choice; in a slot of a question with several answers 1 is "chosen" and 2 "not chosen"
=====  ==================================================================================================
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .definition import Answer, Answers, Kind, Question, Questionnaire
from .flow import asked_questions

NOT_ASKED = -1
NOT_ANSWERED = 0
CHOSEN = 1
NOT_CHOSEN = 2


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


def positions(questionnaire: Questionnaire, code: str) -> range:
    """The places in the array that hold this question. Raises KeyError where the version has none."""
    start = 0
    for question in questionnaire:
        width = len(_slots(question))
        if question.code == code:
            return range(start, start + width)
        start += width
    raise KeyError(code)


def encode(questionnaire: Questionnaire, answers: Answers) -> list[int]:
    """The answers as an array of the layout's length.

    Answers to questions that the person is not asked are left out, unknown questions and answers raise
    CodingError. Free text is not in the array; see :func:`free_text`.
    """
    if not answers.keys() <= {question.code for question in questionnaire}:
        raise CodingError("There is an answer to a question that this version does not have.")
    asked = {question.code for question in asked_questions(questionnaire, answers)}
    vector: list[int] = []
    for question in questionnaire:
        if question.code not in asked:
            vector.extend([NOT_ASKED] * len(_slots(question)))
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
        stop = start + len(_slots(question))
        answer = _decode(question, vector[start:stop])
        if answer:
            answers[question.code] = answer
        start = stop
    if encode(questionnaire, answers) != list(vector):
        raise CodingError("The values contradict each other: no answers to this version give them.")
    return answers


def free_text(questionnaire: Questionnaire, answers: Answers) -> dict[str, str]:
    """The answers in the person's own words, by question; they are stored apart from the array."""
    texts = {q.code: answers.get(q.code) for q in asked_questions(questionnaire, answers) if q.kind is Kind.TEXT}
    return {code: text for code, text in texts.items() if isinstance(text, str) and text}


def _slots(question: Question) -> tuple[Slot, ...]:
    if question.kind is Kind.MULTIPLE:
        return tuple(Slot(question.code, choice.code) for choice in question.choices)
    return (Slot(question.code),) if question.is_coded else ()


def _encode(question: Question, answer: Answer | None) -> list[int]:
    if not answer:
        return [NOT_ANSWERED] * len(_slots(question))
    several = question.kind is Kind.MULTIPLE
    given = (answer,) if isinstance(answer, str) else answer
    if isinstance(answer, str) == several or not set(given) <= question.position.keys():
        raise CodingError(f"The answer to '{question.code}' is none of its choices.")
    if several:
        return [CHOSEN if choice.code in given else NOT_CHOSEN for choice in question.choices]
    return [question.position[given[0]]]


def _decode(question: Question, values: Sequence[int]) -> Answer | None:
    if question.kind is Kind.MULTIPLE:
        return tuple(c.code for c, value in zip(question.choices, values, strict=True) if value == CHOSEN)
    (value,) = values
    if value > len(question.choices) or value < NOT_ASKED:
        raise CodingError(f"The value for '{question.code}' is none of its choices.")
    return question.choices[value - 1].code if value > 0 else None
