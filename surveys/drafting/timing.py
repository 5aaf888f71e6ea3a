"""About how long a questionnaire takes: so many seconds a question, by its kind.

Rough figures of reading and answering on a phone; a tried group's median time should replace them in one's mind.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from surveys.questionnaire import Kind, Question, Questionnaire, asked_questions
from surveys.questionnaire.question import Appearance

SECONDS: Mapping[Kind, int] = {
    Kind.SINGLE: 7,
    Kind.MULTIPLE: 14,
    Kind.SCALE: 10,
    Kind.RATING: 7,
    Kind.NUMBER: 6,
    Kind.QUANTITY: 9,
    Kind.TEXT: 40,
    Kind.RANKING: 25,
    Kind.INFO: 8,
    Kind.ACKNOWLEDGE: 5,
    Kind.CALCULATED: 0,
}
IN_BATTERY = 6
IN_LIST = 10
START = 20
"""Reading the first page."""


def seconds_of(questions: Iterable[Question]) -> int:
    """How long these questions take, the first page not counted."""
    return sum(_seconds(question) for question in questions)


def minutes_of(seconds: int) -> int:
    """In whole minutes, at least one; half a minute is rounded up."""
    return max(1, math.floor(seconds / 60 + 0.5))


def estimated_minutes(questionnaire: Questionnaire, people: Iterable[Mapping[str, str]]) -> int:
    """For the one of these people who is asked the most."""
    longest = max((seconds_of(asked_questions(questionnaire, answers)) for answers in people), default=0)
    return minutes_of(START + longest)


def _seconds(question: Question) -> int:
    if question.battery:
        return IN_BATTERY
    if question.appearance is Appearance.DROPDOWN:
        return IN_LIST
    return SECONDS[question.kind]
