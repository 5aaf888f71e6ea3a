"""Who gets which questions: example people, answers of one's own, and the questions that nobody ever gets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_noop

from surveys.drafting.timing import START, estimated_minutes, minutes_of, seconds_of
from surveys.questionnaire import Answer, Kind, Page, Question, Questionnaire, asked_questions, pages
from surveys.questionnaire.expressions import Expression
from surveys.questionnaire.reach import Asked, Reach


@dataclass(frozen=True)
class Person:
    """Somebody made up: a name in words, and what they answer where it is asked."""

    code: str
    words: str
    answers: Mapping[str, str]


PEOPLE = (
    Person("school", gettext_noop("17 years, at upper secondary school"),
           {"age": "15-17", "occupation": "school", "attendance": "nearly_all"}),
    Person("away", gettext_noop("16 years, seldom at school"),
           {"age": "15-17", "occupation": "school", "attendance": "less_than_half"}),
    Person("outside", gettext_noop("17 years, does not go to school"), {"age": "15-17", "occupation": "neither"}),
    Person("work", gettext_noop("19 years, works"), {"age": "18-19", "occupation": "work"}),
    Person("study", gettext_noop("22 years, studies"), {"age": "20-24", "occupation": "higher_education"}),
    Person("neither", gettext_noop("26 years, neither works nor studies"),
           {"age": "25-29", "occupation": "neither"}),
)  # fmt: skip


@dataclass(frozen=True)
class Walk:
    """What one person gets: pages in order, how many questions, about how many minutes."""

    pages: tuple[Page, ...]
    count: int
    minutes: int


def answers_of(person: Person, questionnaire: Questionnaire) -> dict[str, Answer]:
    """What the person answers, as far as the questionnaire asks it and has that answer."""
    return {
        question.code: person.answers[question.code]
        for question in questionnaire
        if person.answers.get(question.code) in question.position
    }


def walk(questionnaire: Questionnaire, answers: Mapping[str, Answer]) -> Walk:
    """The way of somebody who answers so."""
    asked = asked_questions(questionnaire, answers)
    count = sum(question.kind not in (Kind.INFO, Kind.CALCULATED) for question in asked)
    return Walk(pages(questionnaire, answers), count, minutes_of(START + seconds_of(asked)))


def minutes(questionnaire: Questionnaire) -> int:
    """About how long it takes for the example person who is asked the most."""
    return estimated_minutes(questionnaire, [answers_of(one, questionnaire) for one in PEOPLE])  # type: ignore[misc]


def never_asked(questionnaire: Questionnaire) -> list[Question]:
    """The questions that no answers lead to. One with too many ways to try is taken to be asked."""
    reach = Reach({question.code: _as_asked(questionnaire, question) for question in questionnaire})
    return [
        question
        for question in questionnaire
        if question.is_asked
        and (conditions := _conditions(questionnaire, question))
        and reach.outcomes(conditions) == {False}
    ]


def choosable(questionnaire: Questionnaire) -> list[Question]:
    """The questions that others depend on: the only ones worth answering in a trial."""
    needed: set[str] = set()
    for question in questionnaire:
        needed |= _reads(questionnaire, question)
    return [question for question in questionnaire if question.code in needed and question.choices]


def _reads(questionnaire: Questionnaire, question: Question) -> frozenset[str]:
    found: frozenset[str] = frozenset()
    for condition in (*questionnaire.conditions_of(question), question.calculation):
        if condition is not None:
            found |= condition.names
            found |= {item for s in questionnaire.scores if s.code in condition.scores for item in s.items}
    return found


def _conditions(questionnaire: Questionnaire, question: Question) -> tuple[Expression, ...]:
    return tuple(condition.expression for condition in questionnaire.conditions_of(question))


def _as_asked(questionnaire: Questionnaire, question: Question) -> Asked:
    """The question as it matters to those that depend on it."""
    is_number = question.kind is Kind.QUANTITY
    return Asked(
        position=list(questionnaire).index(question),
        codes=None if is_number or not question.choices else tuple(question.position),
        is_several=question.kind in (Kind.MULTIPLE, Kind.RANKING),
        is_number=is_number,
        conditions=_conditions(questionnaire, question),
        calculation=question.calculation.expression if question.calculation else None,
    )
