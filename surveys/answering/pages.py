"""What the templates of answering need, put together from the round and what the form brought."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _

from datasets.cubes.text import pick
from surveys.answering.components import for_script
from surveys.answering.form_key import FormKey
from surveys.answering.languages import in_words, unmarked
from surveys.answering.mixing import Mixing
from surveys.answering.place import place_name
from surveys.answering.rendering import Raw, blocks_of, render_block
from surveys.answering.steps import carried_fields
from surveys.drafting.joint_version import MUNICIPALITY
from surveys.languages import direction, own_name
from surveys.public_round import PublicRound
from surveys.questionnaire import AnswerError, Page, Questionnaire, Section
from surveys.questionnaire.cleaning import MESSAGE_OF
from surveys.questionnaire.validate import DOES_NOT_FIT, NEEDED, SKIPPED
from surveys.ways_in.blind_rsa import fingerprint

STAGES = 5


def begin_context(survey_round: PublicRound, key: FormKey, raw: Raw, language: str) -> dict[str, Any]:
    """The page of information: who asks, why, and what makes it safe."""
    questionnaire = survey_round.questionnaire
    return {
        "key": key,
        "fields": carried_fields(questionnaire, raw, None),
        "minutes": questionnaire.minutes,
        # Its groups would change places between words that run from right to left.
        "key_fingerprint": format_html('<bdi dir="ltr">{}</bdi>', fingerprint(survey_round.modulus))
        if survey_round.modulus
        else "",
        "what_happens": in_words(survey_round.what_happens, language),
        "place": place_name(questionnaire, raw, language),
        "contact": next(
            filter(None, map(survey_round.contacts.get, raw.get(MUNICIPALITY, ()))), survey_round.contact
        ),
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
    label = {question.code: pick(question.text, language) for question in page.questions}
    again = asked_again(errors, let_go)
    return {
        "key": key,
        "page": page,
        "title": pick(page.section.title, language),
        "intro": pick(page.section.intro or {}, language),
        "questions": [
            render_block(
                survey_round.questionnaire,
                survey_round.definition_hash,
                block,
                language,
                raw,
                words,
                Mixing(key.number),
            )
            for block in blocks_of(page.questions)
        ],
        "errors": [
            {"code": code, "label": label[code], "error": error} for code, error in words.items() if code in label
        ],
        "fields": [*carried_fields(survey_round.questionnaire, raw, page), *again],
        "stage": stage_of(page.number, page.total),
        "is_support_open": is_sensitive(page.section),
    }


def whole_context(survey_round: PublicRound, key: FormKey, language: str, known: Raw) -> dict[str, Any]:
    """All sections in one page, for the script: it shows one at a time and keeps the answers with itself.

    `known` is what the link filled in.
    """
    questionnaire = survey_round.questionnaire
    total = len(questionnaire.sections)
    return {
        "key": key,
        "sections": [
            {
                "code": section.code,
                "title": pick(section.title, language),
                "intro": pick(section.intro or {}, language),
                "number": number,
                "total": total,
                "stage": stage_of(number, total),
                "is_first": number == 1,
                "is_last": number == total,
                "is_sensitive": is_sensitive(section),
                "condition": for_script(section.show_if),
                "questions": [
                    render_block(questionnaire, survey_round.definition_hash, block, language, known, {})
                    for block in blocks_of(section.questions)
                ],
            }
            for number, section in enumerate(questionnaire.sections, start=1)
        ],
        "words": {name: unmarked(text) for name, text in words_for_script().items()},
    }


def words_for_script() -> dict[str, str]:
    """What the script says in the page: the same words as the server's, with what is to be filled in left open."""
    return {
        **{kind.value: _(message) for kind, message in MESSAGE_OF.items()},
        "needed": _(NEEDED),
        "skipped": _(SKIPPED),
        "does_not_fit": _(DOES_NOT_FIT),
        "part": _("Part %(section)s of %(sections)s"),
        "on": _("Continue"),
        "send": _("Send my answers"),
    }


def is_decided_here(questionnaire: Questionnaire) -> bool:
    """Whether some condition reads a score: then the server decides page by page, with script too."""
    conditions = [section.show_if for section in questionnaire.sections]
    for question in questionnaire:
        conditions += [question.show_if, question.calculation, *(each.holds for each in question.constraints)]
    return any(condition.scores for condition in conditions if condition)


def languages_of(offered: Sequence[str], language: str) -> list[dict[str, str]]:
    """The languages to choose between, each under its own name."""
    return [
        {
            "code": code,
            "name": own_name(code),
            "direction": direction(code),
            "is_chosen": "yes" if code == language else "",
        }
        for code in offered
    ]


def is_sensitive(section: Section) -> bool:
    """Whether support follows the section: for everyone who comes to it, whatever they were asked or answered."""
    return any(question.is_sensitive for question in section.questions)


def asked_again(errors: Sequence[AnswerError], let_go: Collection[str]) -> list[tuple[str, str]]:
    """Hidden fields that name the questions which were asked once more: they are let go the next time."""
    return [("again", code) for code in sorted({*let_go, *(e.question for e in errors if e.is_gentle)})]


def stage_of(number: int, total: int) -> int:
    """How far the plant has grown on page `number` of `total`: a sprout at first, in bud on the last."""
    return max(1, round((STAGES - 1) * number / total))
