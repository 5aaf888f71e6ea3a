"""From what a page posted to clean answers, or to words on what to change.

Messages are English msgids; the caller translates them and fills in ``params``. No message repeats what the
person wrote.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import cast

from datasets.cubes import LocalText, pick

from .cleaning import MESSAGE_OF, N_, Problem, clean_answer, clean_words
from .definition import Questionnaire
from .flow import Known, walk
from .question import Answer, Answers, Band, Question

Posted = Mapping[str, Sequence[str]]
"""Field name (the question's code) to the values posted under it, such as ``request.POST.lists()`` gives."""


NEEDED = N_("We need an answer to this question to go on.")
SKIPPED = N_("You skipped this one. Answer if you want to, or go on without.")
DOES_NOT_FIT = N_("This does not fit with what you answered before. Have another look.")


@dataclass(frozen=True)
class AnswerError:
    """What to change in the answer to one question: an English msgid and what to fill into it.

    `own` are words of the questionnaire's own, in its languages, that stand instead. `is_gentle` lets the person
    go on as it is when they have seen it once.
    """

    question: str
    message: str
    params: Mapping[str, int | str] = field(default_factory=dict)
    own: LocalText | None = None
    is_gentle: bool = False

    def in_own_words(self, language: str) -> str:
        """The questionnaire's own words for it; empty where it has none."""
        return pick(self.own, language) if self.own else ""


@dataclass(frozen=True)
class Cleaned:
    """The answers that are sound, the errors, and the band beyond the survey's ages if the person is in one.

    With ``outside`` there are neither answers nor errors: the person is thanked and nothing is kept. ``asked`` are
    the questions that these answers lead to.
    """

    answers: dict[str, Answer]
    errors: tuple[AnswerError, ...] = ()
    outside: Band | None = None
    asked: tuple[Question, ...] = ()

    @property
    def is_sound(self) -> bool:
        """Whether everything posted can be kept."""
        return not self.errors and self.outside is None


def clean(
    questionnaire: Questionnaire,
    posted: Posted,
    until: str | None = None,
    let_go: Collection[str] = (),
    year: int | None = None,
) -> Cleaned:
    """The answers in a posted form, which carries the earlier pages' answers along with its own.

    ``until`` is the code of the page the person is at: questions of later pages are not asked for yet; None means
    that everything is there. ``let_go`` are the questions that were asked once more already, ``year`` the one that
    an age is counted in. Fields that are no question are ignored. Answers to questions that the person is not
    asked are dropped, and can't cause an error.
    """
    answers: dict[str, Answer] = {}
    errors: dict[str, AnswerError] = {}
    year = year or date.today().year
    for question in questionnaire:
        found = clean_answer(question, _given(posted, question.code), year)
        if isinstance(found, Band):
            return Cleaned({}, outside=found)
        if not isinstance(found, Problem) and question.own_words:
            found = _with_own_words(question, found, answers, _given(posted, question.own_words))
        if isinstance(found, Problem):
            errors[question.code] = AnswerError(question.code, MESSAGE_OF[found.kind], found.params)
        elif found:
            answers[question.code] = found
    asked, known = walk(questionnaire, answers)
    due = {question.code for question in _parts_until(questionnaire, until)}
    for question in asked:
        if question.code in due and question.code not in errors:
            error = _missing(question, answers, let_go) or _contradiction(question, known)
            if error:
                errors[question.code] = error
    return Cleaned(
        known.answers,
        tuple(errors[question.code] for question in asked if question.code in errors),
        asked=asked,
    )


def carried(answers: Answers, besides: Sequence[Question] = ()) -> Iterator[tuple[str, str]]:
    """Names and values of the hidden fields that carry the answers along, besides the questions on the page.

    What :func:`clean` reads back from these fields are the same answers.
    """
    shown = {name for question in besides for name in (question.code, question.own_words)}
    for code, answer in answers.items():
        if code not in shown:
            for value in (answer,) if isinstance(answer, str) else answer:
                yield code, value


def _given(posted: Posted, name: str) -> list[str]:
    return [value for value in posted.get(name, ()) if value.strip()]


def _with_own_words(
    question: Question, answer: Answer | None, answers: dict[str, Answer], values: Sequence[str]
) -> Answer | Problem | None:
    """Keep the words beside a choice, and give the answer back; a problem with the words is one of the answer."""
    words = clean_words(values[0]) if values else None
    if isinstance(words, str) and words:
        answers[cast(str, question.own_words)] = words
    return words if isinstance(words, Problem) else answer


def _missing(question: Question, answers: Answers, let_go: Collection[str]) -> AnswerError | None:
    """What to say where there is no answer: nothing, mostly. All can be skipped but the age."""
    if question.code in answers:
        return None
    if question.is_required:
        return AnswerError(question.code, NEEDED)
    if question.asks_again and question.code not in let_go:
        return AnswerError(question.code, SKIPPED, is_gentle=True)
    return None


def _contradiction(question: Question, known: Known) -> AnswerError | None:
    """The first of a question's own rules that its answer breaks; no answer breaks none."""
    here = known.value_of(question)
    if here is None:
        return None
    for constraint in question.constraints:
        if not known.holds(constraint.holds, here):
            return AnswerError(question.code, DOES_NOT_FIT, own=constraint.message or None)
    return None


def _parts_until(questionnaire: Questionnaire, until: str | None) -> Iterator[Question]:
    for part in questionnaire.parts:
        yield from part.questions
        if part.code == until:
            return
