"""What to show next, from what a form brought: pure decisions over the questionnaire, without a request."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from surveys.answering.rendering import Raw
from surveys.questionnaire import (
    Answer,
    AnswerError,
    Band,
    Kind,
    Page,
    Question,
    Questionnaire,
    clean,
    page_after,
    page_before,
    page_for,
    pages,
    part_codes,
)

GOING = ("on", "back", "stay", "send")


@dataclass(frozen=True)
class Show:
    """A page of questions, with the errors to explain on it."""

    page: Page
    errors: tuple[AnswerError, ...] = ()


@dataclass(frozen=True)
class Begin:
    """The first page: what this is, and whether one wants to take part."""


@dataclass(frozen=True)
class Outside:
    """Somebody younger or older than the survey asks: thanked, and nothing is kept."""

    band: Band


@dataclass(frozen=True)
class Send:
    """Everything is there: the answers, and the questions that they lead to."""

    answers: dict[str, Answer] = field(repr=False)
    asked: tuple[Question, ...] = field(repr=False)


Step = Show | Begin | Outside | Send


def known_fields(questionnaire: Questionnaire, posted: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Of what was posted, the fields that are questions, with no more values than a question can have.

    The values stay as they were written, so that nothing is lost on the way back and forth.
    """
    found = {}
    for name, most in questionnaire.fields.items():
        values = [value for value in posted.get(name, ()) if value.strip()]
        if values:
            found[name] = values[:most]
    return found


def next_step(questionnaire: Questionnaire, raw: Raw, *, at: str, go: str, let_go: Collection[str] = ()) -> Step:
    """Where `go` leads from the page `at` ("" is the first page): on, back, stay or send.

    `let_go` are the questions that were asked once more and need no answer now.
    """
    order = part_codes(questionnaire)
    go = go if go in GOING else "stay"
    if at not in order and go != "send":
        return Show(pages(questionnaire, {})[0]) if go == "on" else Begin()
    cleaned = clean(questionnaire, raw, until=at if go != "send" else None, let_go=let_go)
    if go == "back":
        before = page_before(questionnaire, cleaned.answers, at)
        return Show(before) if before else Begin()
    if go == "stay":
        page = page_for(questionnaire, cleaned.answers, at)
        return Show(page) if page else Begin()
    if cleaned.outside:
        return Outside(cleaned.outside)
    after = page_after(questionnaire, cleaned.answers, at) if go == "on" else None
    if after is None and go != "send":
        cleaned = clean(questionnaire, raw, let_go=let_go)
    wrong = _first_page_with_errors(questionnaire, cleaned.answers, cleaned.errors, at if after else order[-1])
    if wrong:
        return wrong
    return Show(after) if after else Send(cleaned.answers, cleaned.asked)


def carried_fields(questionnaire: Questionnaire, raw: Raw, page: Page | None) -> list[tuple[str, str]]:
    """Names and values of the hidden fields: all that was answered on other pages, ages as bands only."""
    shown = (
        {name for question in page.questions for name in (question.code, question.own_words)} if page else set()
    )
    bands = clean(questionnaire, raw).answers
    numbers = {question.code for question in questionnaire if question.kind is Kind.NUMBER}
    fields = []
    for code, values in raw.items():
        if code in shown:
            continue
        band = bands.get(code)
        if code in numbers and isinstance(band, str):
            values = [band]
        fields += [(code, value) for value in values]
    return fields


def _first_page_with_errors(
    questionnaire: Questionnaire, answers: Mapping[str, Answer], errors: Sequence[AnswerError], until: str
) -> Show | None:
    """The earliest page, up to this section, with an answer that can't be kept."""
    if not errors:
        return None
    order = part_codes(questionnaire)
    for page in pages(questionnaire, answers):
        if order.index(page.code) > order.index(until):
            break
        codes = {question.code for question in page.questions}
        found = tuple(error for error in errors if error.question in codes)
        if found:
            return Show(page, found)
    return None
