"""About how long a questionnaire takes: so many seconds a question, by its kind.

Figures for a phone. They agree with two models of other people's, within a quarter for the ready one
(tests/unit/surveys/drafting/test_timing.py): Pew Research Center's counting rule, by which 85 stand-alone
questions take 15 minutes and an item of a battery less ("How we keep our online surveys from running too long",
2022); and reading at 238 words a minute (Brysbaert, "How many words do we read per minute?", 2019) with a
thought and a press for each answer (1.35 and 1.2 s: Card, Moran and Newell's keystroke-level model, 1980).
Reading gives the longer of the three times. A median, not a promise: a tried group's own time is better still.
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
