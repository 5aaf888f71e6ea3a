"""The questionnaire as those who answer will see it, for those who plan the round."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe

from datasets.cubes import pick
from surveys.answering.languages import (
    in_words,
    is_read_by_a_native,
    settled,
    speaking,
    unmarked,
)
from surveys.answering.rendering import blocks_of, render_block
from surveys.languages import direction, own_name
from surveys.questionnaire import Questionnaire, opening_answers
from surveys.views.common import RoundView
from surveys.wording import language


class RoundPreviewView(RoundView):
    """Every section and question on one page, in each language. There is no form, so nothing can be sent."""

    permission = "surveys.view_round"

    def get(self, request: HttpRequest, slug: str, round_id: UUID) -> HttpResponse:
        survey_round = self.survey_round()
        questionnaire = survey_round.version.content
        lang = request.GET.get("sprak", "")
        if lang not in questionnaire.languages:
            lang = language() if language() in questionnaire.languages else questionnaire.languages[0]
        context = {
            "survey_round": survey_round,
            "lang": lang,
            "direction": direction(lang),
            "is_unread": not is_read_by_a_native(lang),
            "others": [(code, own_name(code)) for code in questionnaire.languages if code != lang],
            "title": pick(questionnaire.title, lang),
            "minutes": questionnaire.minutes,
            "what_happens": unmarked(in_words(survey_round.what_happens, lang)),
            "sections": sections_of(questionnaire, survey_round.version.definition_hash, lang),
        }
        return render(request, "surveys/survey_round_preview.html", context)


def sections_of(questionnaire: Questionnaire, spelt: str, lang: str) -> list[dict[str, object]]:
    """The sections with their questions as answering renders them, unanswered; and who is asked a follow-up."""
    with speaking(lang):
        return [
            {
                "title": pick(section.title, lang),
                "intro": pick(section.intro or {}, lang),
                "questions": [
                    {
                        # Rendered by our own templates; `settled` only says which language a phrase is in.
                        "html": mark_safe(settled(render_block(questionnaire, spelt, block, lang, {}, {}))),  # noqa: S308
                        "only": _asked_of(questionnaire, block[0].code, lang),
                    }
                    for block in blocks_of(section.questions)
                ],
            }
            for section in questionnaire.sections
        ]


def _asked_of(questionnaire: Questionnaire, code: str, lang: str) -> str:
    """The answers to an earlier question that a follow-up is shown after; nothing where everyone is asked."""
    condition = questionnaire.question(code).show_if
    if condition is None:
        return ""
    read = [question for question in questionnaire if question.code in condition.names]
    if len(read) != 1:
        return ", ".join(pick(question.label, lang) for question in read)
    before, opening = read[0], opening_answers(condition, read[0])
    answers = [pick(choice.text, lang) for choice in before.choices if choice.code in opening]
    return f"{pick(before.label, lang)}: {', '.join(answers)}"
