"""Which pages and questions a person gets, given the answers so far.

One section is one page. Nothing here remembers anything: the answers so far come in with every call, since
they live in the person's own page and never on the server.
"""

from __future__ import annotations

from dataclasses import dataclass

from .definition import Answer, Answers, Question, Questionnaire, Section, ShowIf


@dataclass(frozen=True)
class Page:
    """One section as one person gets it, and how far along it is: page ``number`` of ``total``, from 1."""

    section: Section
    questions: tuple[Question, ...]
    number: int
    total: int

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


def holds(condition: ShowIf | None, answers: Answers) -> bool:
    """Whether a question with this condition is asked of the person who gave these answers."""
    if condition is None:
        return True
    answer = answers.get(condition.question)
    given = (answer,) if isinstance(answer, str) else answer or ()
    return any(code in condition.codes for code in given)


def _walk(questionnaire: Questionnaire, answers: Answers) -> tuple[tuple[Question, ...], dict[str, Answer]]:
    """The questions asked and the answers that count; an answer to an unasked question opens nothing."""
    asked: list[Question] = []
    kept: dict[str, Answer] = {}
    for question in questionnaire:
        if holds(question.show_if, kept):
            asked.append(question)
            if question.code in answers:
                kept[question.code] = answers[question.code]
    return tuple(asked), kept


def asked_questions(questionnaire: Questionnaire, answers: Answers) -> tuple[Question, ...]:
    """The questions that the person is asked, in order."""
    return _walk(questionnaire, answers)[0]


def prune(questionnaire: Questionnaire, answers: Answers) -> dict[str, Answer]:
    """The answers without those to questions the person is not asked (any more), in the version's order.

    Whoever goes back and changes an answer leaves no trace of what the former answer opened.
    """
    return _walk(questionnaire, answers)[1]


def pages(questionnaire: Questionnaire, answers: Answers) -> tuple[Page, ...]:
    """The pages that the person gets; a section in which nothing is asked is left out."""
    asked = asked_questions(questionnaire, answers)
    sections = [
        (section, tuple(question for question in asked if question.section == section.code))
        for section in questionnaire.sections
    ]
    shown = [(section, questions) for section, questions in sections if questions]
    return tuple(
        Page(section, questions, number, len(shown)) for number, (section, questions) in enumerate(shown, start=1)
    )


def page_for(questionnaire: Questionnaire, answers: Answers, section: str) -> Page | None:
    """The person's page for this section; None where there is no such section or nothing to ask in it."""
    return next((page for page in pages(questionnaire, answers) if page.section.code == section), None)


def page_after(questionnaire: Questionnaire, answers: Answers, section: str) -> Page | None:
    """The page that follows this section, or None after the last."""
    order = [s.code for s in questionnaire.sections]
    here = order.index(section)
    return next((p for p in pages(questionnaire, answers) if order.index(p.section.code) > here), None)


def page_before(questionnaire: Questionnaire, answers: Answers, section: str) -> Page | None:
    """The page that comes before this section, or None before the first."""
    order = [s.code for s in questionnaire.sections]
    here = order.index(section)
    earlier = [p for p in pages(questionnaire, answers) if order.index(p.section.code) < here]
    return earlier[-1] if earlier else None
