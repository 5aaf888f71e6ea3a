"""From what a page posted to clean answers, or to words on what to change.

Messages are English msgids; the caller translates them and fills in ``params``. No message repeats what the
person wrote.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from .definition import Answer, Answers, Band, Kind, Question, Questionnaire
from .flow import asked_questions, prune

Posted = Mapping[str, Sequence[str]]
"""Field name (the question's code) to the values posted under it, such as ``request.POST.lists()`` gives."""


def N_(message: str) -> str:
    """Mark a message for translation where it is shown."""
    return message


NEEDED = N_("We need an answer to this question to go on.")
NOT_A_NUMBER = N_("Write a whole number, for example %(example)s.")
NOT_A_CHOICE = N_("That is not one of the answers. Choose one of those on the page.")
ONE_ONLY = N_("Choose one answer only.")
TOO_MANY = N_("Choose at most %(limit)s answers. You can take away one or more.")
STANDS_ALONE = N_("One of your answers can't go together with the others. Keep either that one or the others.")
TOO_LONG = N_("Your text has %(length)s characters. Shorten it to at most %(limit)s.")
NAMES_SOMEONE = N_(
    "Your text seems to hold a phone number, an e-mail address, an account name or a personal identity "
    "number. Take it out, so that nobody can be recognised."
)

STRIPPED = ("Cc", "Cf", "Cs", "Co")  # control and formatting characters: NUL, direction marks and the like
KEPT_MARKS = "\n\t\u200c\u200d"  # and of those: line breaks, tabs, and the joiners in Persian and in emoji
WHOLE_NUMBER = re.compile(r"(\d{1,3})\s*(?:år|years?)?", re.IGNORECASE)
PERSONAL = (
    re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]{2,}"),  # e-mail address
    re.compile(r"(?<!\w)@\w{3,}"),  # account name
    re.compile(r"(?<!\d)(?:19|20)?\d{6}[-+ ]?\d{4}(?!\d)"),  # personal identity and coordination number
    re.compile(r"(?<!\d)(?:\+|0)\d(?:[\s()–-]*\d){7,}"),  # phone number
)


@dataclass(frozen=True)
class AnswerError:
    """What to change in the answer to one question: an English msgid and what to fill into it."""

    question: str
    message: str
    params: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Cleaned:
    """The answers that are sound, the errors, and the band beyond the survey's ages if the person is in one.

    With ``outside`` there are neither answers nor errors: the person is thanked and nothing is kept.
    """

    answers: dict[str, Answer]
    errors: tuple[AnswerError, ...] = ()
    outside: Band | None = None

    @property
    def is_sound(self) -> bool:
        """Whether everything posted can be kept."""
        return not self.errors and self.outside is None


def clean(questionnaire: Questionnaire, posted: Posted, until: str | None = None) -> Cleaned:
    """The answers in a posted form, which carries the earlier pages' answers along with its own.

    ``until`` is the code of the section the person is at: required questions of later sections are not asked
    for yet; None means that everything is there. Fields that are no question are ignored. Answers to
    questions that the person is not asked are dropped, and can't cause an error.
    """
    answers: dict[str, Answer] = {}
    errors: dict[str, AnswerError] = {}
    for question in questionnaire:
        answer = _clean(question, [value for value in posted.get(question.code, ()) if value.strip()])
        if isinstance(answer, Band):
            return Cleaned({}, outside=answer)
        if isinstance(answer, AnswerError):
            errors[question.code] = answer
        elif answer:
            answers[question.code] = answer
    asked = asked_questions(questionnaire, answers)
    due = {question.code for question in _sections_until(questionnaire, until)}
    for question in asked:
        if question.is_required and question.code in due and question.code not in answers.keys() | errors.keys():
            errors[question.code] = AnswerError(question.code, NEEDED)
    return Cleaned(
        prune(questionnaire, answers),
        tuple(errors[question.code] for question in asked if question.code in errors),
    )


def carried(answers: Answers, besides: Sequence[Question] = ()) -> Iterator[tuple[str, str]]:
    """Names and values of the hidden fields that carry the answers along, besides the questions on the page.

    What :func:`clean` reads back from these fields are the same answers.
    """
    shown = {question.code for question in besides}
    for code, answer in answers.items():
        if code not in shown:
            for value in (answer,) if isinstance(answer, str) else answer:
                yield code, value


def _sections_until(questionnaire: Questionnaire, until: str | None) -> Iterator[Question]:
    for section in questionnaire.sections:
        yield from section.questions
        if section.code == until:
            return


def _clean(question: Question, values: Sequence[str]) -> Answer | AnswerError | Band | None:
    if not values:
        return None
    if question.kind is Kind.MULTIPLE:
        return _clean_several(question, values)
    if len(values) > 1:
        return AnswerError(question.code, ONE_ONLY)
    if question.kind is Kind.TEXT:
        return _clean_text(question, values[0])
    if question.kind is Kind.NUMBER:
        return _clean_number(question, values[0].strip())
    return values[0] if values[0] in question.position else AnswerError(question.code, NOT_A_CHOICE)


def _clean_several(question: Question, values: Sequence[str]) -> tuple[str, ...] | AnswerError:
    if not set(values) <= question.position.keys():
        return AnswerError(question.code, NOT_A_CHOICE)
    chosen = [choice for choice in question.choices if choice.code in values]
    if len(chosen) > 1 and any(choice.is_exclusive for choice in chosen):
        return AnswerError(question.code, STANDS_ALONE)
    if question.max_choices is not None and len(chosen) > question.max_choices:
        return AnswerError(question.code, TOO_MANY, {"limit": question.max_choices})
    return tuple(choice.code for choice in chosen)


def _clean_number(question: Question, value: str) -> str | AnswerError | Band:
    """Only the band leaves this function; with script, only the band has come this far."""
    number = WHOLE_NUMBER.fullmatch(value)
    for band in question.bands:
        if band.code == value or (number and band.holds(int(number[1]))):
            return band if band.outside else band.code
    return AnswerError(question.code, NOT_A_NUMBER, {"example": _example(question)})


def _example(question: Question) -> int:
    kept = [band for band in question.bands if not band.outside]
    lowest = kept[0].lowest or 0
    highest = kept[-1].highest
    return lowest if highest is None else (lowest + highest) // 2


def _clean_text(question: Question, value: str) -> str | AnswerError | None:
    text = unicodedata.normalize("NFC", value).replace("\r\n", "\n").replace("\r", "\n")
    text = "".join(c for c in text if c in KEPT_MARKS or unicodedata.category(c) not in STRIPPED).strip()
    if question.max_length is not None and len(text) > question.max_length:
        return AnswerError(question.code, TOO_LONG, {"length": len(text), "limit": question.max_length})
    if any(pattern.search(text) for pattern in PERSONAL):
        return AnswerError(question.code, NAMES_SOMEONE)
    return text or None
