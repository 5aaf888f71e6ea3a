"""What the templates of answering need, put together from the round and what the form brought."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.utils.translation import gettext as _

from datasets.cubes.text import pick
from surveys.answering.form_key import FormKey
from surveys.answering.rendering import Raw, for_script, render_question
from surveys.answering.steps import carried_fields
from surveys.public_round import PublicRound
from surveys.questionnaire import AnswerError, Kind, Page, Question, pages
from surveys.questionnaire.cleaning import MESSAGE_OF, Wrong

STAGES = 5
EXAMPLE_AGE = 19


def begin_context(survey_round: PublicRound, key: FormKey, raw: Raw, language: str) -> dict[str, Any]:
    """The page of information: who asks, why, and what makes it safe."""
    questionnaire = survey_round.questionnaire
    return {
        "key": key,
        "fields": carried_fields(questionnaire, raw, None),
        "minutes": questionnaire.minutes,
        "what_happens": pick(survey_round.what_happens, language),
        "what_happens_language": language if language in survey_round.what_happens else "sv",
    }


def section_context(
    survey_round: PublicRound,
    key: FormKey,
    raw: Raw,
    page: Page,
    errors: Sequence[AnswerError],
    language: str,
    let_go: Collection[str] = (),
) -> dict[str, Any]:
    """One section as a page of its own, answers of the other sections in hidden fields."""
    words = {error.question: error.in_own_words(language) or _(error.message) % error.params for error in errors}
    questions = [
        {
            "html": _question(survey_round, question, language, raw, words.get(question.code, "")),
            "code": question.code,
            "label": pick(question.text, language),
            "error": words.get(question.code, ""),
        }
        for question in page.questions
    ]
    return {
        "key": key,
        "page": page,
        "title": pick(page.section.title, language),
        "intro": pick(page.section.intro or {}, language),
        "questions": questions,
        "errors": [question for question in questions if question["error"]],
        "fields": [*carried_fields(survey_round.questionnaire, raw, page), *asked_again(errors, let_go)],
        "stage": stage_of(page.number, page.total),
        "is_support_open": any(question.is_sensitive for question in page.questions),
    }


def whole_context(survey_round: PublicRound, key: FormKey, language: str) -> dict[str, Any]:
    """All sections in one page, for the script: it shows one at a time and keeps the answers with itself."""
    questionnaire = survey_round.questionnaire
    total = len(questionnaire.sections)
    sections = [
        {
            "code": section.code,
            "title": pick(section.title, language),
            "intro": pick(section.intro or {}, language),
            "number": number,
            "total": total,
            "stage": stage_of(number, total),
            "is_first": number == 1,
            "is_last": number == total,
            "condition": for_script(section.show_if),
            "questions": [
                _question(survey_round, question, language, {}, "")
                for question in section.questions
                if question.is_asked
            ],
        }
        for number, section in enumerate(questionnaire.sections, start=1)
    ]
    numbers = [question for question in questionnaire if question.kind is Kind.NUMBER]
    return {
        "key": key,
        "first_page": pages(questionnaire, {})[0],
        "sections": sections,
        "not_a_number": _(MESSAGE_OF[Wrong.NOT_A_NUMBER]) % {"example": EXAMPLE_AGE},
        "bands": {question.code: _bands(question, language) for question in numbers},
    }


def asked_again(errors: Sequence[AnswerError], let_go: Collection[str]) -> list[tuple[str, str]]:
    """Hidden fields that name the questions which were asked once more: they are let go the next time."""
    return [("again", code) for code in sorted({*let_go, *(e.question for e in errors if e.is_gentle)})]


def stage_of(number: int, total: int) -> int:
    """How far the plant has grown on page `number` of `total`: a sprout at first, in bud on the last."""
    return max(1, round((STAGES - 1) * number / total))


def _question(survey_round: PublicRound, question: Question, language: str, raw: Raw, error: str) -> str:
    return render_question(
        survey_round.questionnaire, survey_round.definition_hash, question, language, raw, error
    )


def _bands(question: Question, language: str) -> list[dict[str, Any]]:
    """What the script needs to send a band instead of a number, and to thank those outside."""
    return [
        {
            "code": band.code,
            "lowest": band.lowest,
            "highest": band.highest,
            "thanks": pick(band.thanks, language) if band.outside and band.thanks else "",
        }
        for band in question.bands
    ]
