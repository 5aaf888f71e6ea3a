"""Which pages and questions a person gets, given the answers so far.

One section is one page, or more where a question depends on one before it. Nothing here remembers anything: the
answers so far come in with every call, since they live in the person's own page and never on the server.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .conditions import Condition
from .definition import Part, Questionnaire, Section
from .expressions import Value, score_key
from .question import Answer, Answers, Kind, Question
from .scoring import score_of


@dataclass(frozen=True)
class Page:
    """One part of a section as one person gets it, and how far along: page ``number`` of ``total``, from 1."""

    part: Part
    questions: tuple[Question, ...]
    number: int
    total: int

    @property
    def code(self) -> str:
        """What the page is called in forms and addresses."""
        return self.part.code

    @property
    def section(self) -> Section:
        """The section that the page is of."""
        return self.part.section

    @property
    def share_before(self) -> float:
        """The share of pages that lie behind, 0 on the first page."""
        return (self.number - 1) / self.total

    @property
    def is_first(self) -> bool:
        """Whether there is no page before this one."""
        return self.number == 1

    @property
    def is_last(self) -> bool:
        """Whether the answers are sent from this page."""
        return self.number == self.total


class Known:
    """What conditions may ask of one person so far: answers that count, what follows from them, and scores."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.questionnaire = questionnaire
        self.answers: dict[str, Answer] = {}
        self.values: dict[str, Value] = {}

    def take(self, question: Question, answers: Answers) -> None:
        """Count the answer to a question that is asked; a calculated one is worked out."""
        if question.calculation is not None:
            self.values[question.code] = question.calculation.value(self._with_scores(question.calculation))
            return
        for code in filter(None, (question.code, question.own_words)):
            if code in answers:
                self.answers[code] = answers[code]
        answer = self.answers.get(question.code)
        if answer is not None:
            is_number = question.kind is Kind.QUANTITY and answer not in question.position
            self.values[question.code] = float(answer) if is_number and isinstance(answer, str) else answer

    def holds(self, condition: Condition | None, here: Value = None) -> bool:
        """Whether a condition is true so far; none is always true."""
        return condition is None or condition.holds(self._with_scores(condition), here)

    def value_of(self, question: Question) -> Value:
        """The answer as conditions see it: a quantity as a number."""
        return self.values.get(question.code)

    def _with_scores(self, condition: Condition) -> Mapping[str, Value]:
        if not condition.scores:
            return self.values
        wanted = [score for score in self.questionnaire.scores if score.code in condition.scores]
        found = {score_key(s.code): score_of(self.questionnaire, s, self.answers) for s in wanted}
        return self.values | {name: float(value) for name, value in found.items() if value is not None}


def walk(questionnaire: Questionnaire, answers: Answers) -> tuple[tuple[Question, ...], Known]:
    """The questions asked, in order, and what conditions may ask of the person who gave these answers.

    An answer to a question that is not asked opens nothing.
    """
    asked: list[Question] = []
    known = Known(questionnaire)
    for section in questionnaire.sections:
        is_open = known.holds(section.show_if)
        for question in section.questions:
            if is_open and known.holds(question.show_if):
                known.take(question, answers)
                if question.is_asked:
                    asked.append(question)
    return tuple(asked), known


def asked_questions(questionnaire: Questionnaire, answers: Answers) -> tuple[Question, ...]:
    """The questions that the person is asked, in order."""
    return walk(questionnaire, answers)[0]


def prune(questionnaire: Questionnaire, answers: Answers) -> dict[str, Answer]:
    """The answers without those to questions the person is not asked (any more), in the version's order.

    Whoever goes back and changes an answer leaves no trace of what the former answer opened.
    """
    return walk(questionnaire, answers)[1].answers


def pages(questionnaire: Questionnaire, answers: Answers) -> tuple[Page, ...]:
    """The pages that the person gets; one on which nothing is asked is left out."""
    asked = {question.code for question in asked_questions(questionnaire, answers)}
    parts = [
        (part, tuple(question for question in part.questions if question.code in asked))
        for part in questionnaire.parts
    ]
    shown = [(part, questions) for part, questions in parts if questions]
    return tuple(
        Page(part, questions, number, len(shown)) for number, (part, questions) in enumerate(shown, start=1)
    )


def page_for(questionnaire: Questionnaire, answers: Answers, code: str) -> Page | None:
    """The person's page of this code; None where there is no such part or nothing to ask in it."""
    return next((page for page in pages(questionnaire, answers) if page.code == code), None)


def page_after(questionnaire: Questionnaire, answers: Answers, code: str) -> Page | None:
    """The page that follows this one, or None after the last."""
    order = part_codes(questionnaire)
    here = order.index(code)
    return next((page for page in pages(questionnaire, answers) if order.index(page.code) > here), None)


def page_before(questionnaire: Questionnaire, answers: Answers, code: str) -> Page | None:
    """The page that comes before this one, or None before the first."""
    order = part_codes(questionnaire)
    here = order.index(code)
    earlier = [page for page in pages(questionnaire, answers) if order.index(page.code) < here]
    return earlier[-1] if earlier else None


def opening_answers(condition: Condition, question: Question) -> tuple[str, ...]:
    """The answers to this question that by themselves make a condition true."""
    several = question.kind in (Kind.MULTIPLE, Kind.RANKING)
    return tuple(
        code for code in question.position if condition.holds({question.code: (code,) if several else code})
    )


def part_codes(questionnaire: Questionnaire) -> list[str]:
    """The codes of all pages that there can be, in order."""
    return [part.code for part in questionnaire.parts]
