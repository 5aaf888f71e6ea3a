"""Reading what people wrote in their own words, and deciding what of it is shown."""

from __future__ import annotations

from itertools import groupby
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from datasets.voice_check import check_words
from surveys.models import ReadText
from surveys.services import texts
from surveys.states import TextState
from surveys.views.common import REFUSALS, RoundView, signed_in
from surveys.wording import language

PAGE = 20
"""So many texts are laid out at a time: one reads with care, not fast."""


class RoundTextsView(RoundView):
    """A closed round's free texts, shuffled, and nothing else of those who wrote them. POST decides on one."""

    permission = "datasets.review_voice"

    def get(self, request: HttpRequest, slug: str, round_id: UUID) -> HttpResponse:
        survey_round = self.survey_round()
        reader = signed_in(request)
        found = list(ReadText.in_scope().filter(round=survey_round))
        waiting = [one for one in found if _waits_for(one, reader.pk)]
        lang = language()
        context: dict[str, Any] = {
            "survey_round": survey_round,
            "is_made": survey_round.tabulated_at is not None,
            "has_texts": bool(found),
            "left": len(waiting),
            "for_others": sum(one.state == TextState.ONE_YES for one in found)
            - sum(one.state == TextState.ONE_YES for one in waiting),
            "groups": [
                {"question": texts.asked_of(survey_round.version.content, code, lang), "texts": list(of)}
                for code, of in groupby((_laid(one) for one in waiting[:PAGE]), key=lambda one: one["question"])
            ],
            "shown": [one for one in found if one.state == TextState.APPROVED],
            "threshold": survey_round.rule["threshold"],
        }
        return render(request, "surveys/survey_round_texts.html", context)

    def post(self, request: HttpRequest, slug: str, round_id: UUID) -> HttpResponse:
        try:
            messages.success(request, self.decide(request))
        except REFUSALS as refusal:
            messages.warning(request, str(refusal))
        return redirect("survey-round-texts", slug, round_id)

    def decide(self, request: HttpRequest) -> str:
        """Do what was asked for with one text, and say it."""
        one: dict[str, Any] = {
            "text_id": _number(request.POST.get("text", "")),
            "survey_round": self.survey_round(),
            "by": signed_in(request),
        }
        match request.POST.get("deed"):
            case "approve":
                found = texts.text_approve(shown=request.POST.get("shown", ""), **one)
                if found.state == TextState.ONE_YES:
                    return _("Thank you. Somebody else reads it too before it is shown.")
                return _("It is shown with the results.")
            case "voice":
                texts.text_to_voice(**one)
                return _("It waits among the voices for somebody to read it.")
            case _:
                texts.text_reject(**one)
                return _("It is left out, and its words are erased here.")


def _number(said: str) -> UUID | None:
    try:
        return UUID(said)
    except ValueError:
        return None


def _waits_for(text: ReadText, reader: Any) -> bool:
    return text.state == TextState.WAITING or (text.state == TextState.ONE_YES and text.first_by_id != reader)


def _laid(text: ReadText) -> dict[str, Any]:
    """A text with what resembles an identity in it."""
    found = check_words(text.shown)
    return {
        "id": text.pk,
        "question": text.question,
        "text": text.text,
        "shown": text.shown,
        "is_second": text.state == TextState.ONE_YES,
        "stops": found.stops,
        "asks": found.asks,
    }
