"""Scores of a draft: several answers made one number, with a try-out beside."""

from __future__ import annotations

from copy import deepcopy
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from datasets.cubes import pick
from surveys.drafting import own_scores
from surveys.drafting.outline import DraftError
from surveys.drafting.own_points import answers_with_points
from surveys.drafting.posted import Posted
from surveys.drafting.texts import Definition
from surveys.forms import questions as fields
from surveys.views.draft_parts import REFUSED, DraftPartView
from surveys.views.drafts import EDIT, DraftView
from surveys.wording import language


class QuestionnaireDraftScoreAddView(DraftView):
    """A score of one's own: its name and its questions; how it is worked out comes on its page."""

    permission = EDIT

    def get(self, request: HttpRequest, slug: str, draft_id: UUID) -> HttpResponse:
        self.draft()
        return self.show(Posted(request.GET))

    def post(self, request: HttpRequest, slug: str, draft_id: UUID) -> HttpResponse:
        self.draft()
        posted, made = Posted(request.POST), list[str]()

        def write(definition: Definition) -> None:
            made.append(own_scores.score_begin(definition, posted.get("title"), posted.getlist("items")))

        if not self.change(write):
            posted.refused["title"] = self.refusal
            return self.show(posted, REFUSED)
        return redirect(self.address("questionnaire-draft-score", made[-1]))

    def show(self, posted: Posted, status: int = 200) -> HttpResponse:
        """The page."""
        context = self.frame() | {
            "name": posted.get("title"),
            "items": items_of(self.draft().definition, {"items": posted.getlist("items")}, {}, posted),
            "refused": posted.refused,
        }
        return render(self.request, "surveys/questionnaire_score_add.html", context, status=status)


class QuestionnaireDraftScoreView(DraftPartView):
    """A score's page: its items, how they are added up, its bands, and what tried answers come to."""

    part = "scores"
    url_name = "questionnaire-draft-score"
    template = "surveys/questionnaire_score.html"

    def post(self, request: HttpRequest, slug: str, draft_id: UUID, code: str) -> HttpResponse:
        posted = Posted(request.POST)
        if posted.op("try") is None:
            return super().post(request, slug, draft_id, code)
        definition = deepcopy(self.draft().definition)
        try:
            self.write(definition, code, posted)
        except DraftError:
            return redirect(self.address("questionnaire-draft"))
        return self.show(definition, code, posted)

    def write(self, definition: Definition, code: str, posted: Posted) -> None:
        if posted.op("remove") is not None:
            own_scores.score_remove(definition, code)
        else:
            own_scores.score_change(definition, code, posted)

    def context(self, definition: Definition, code: str, posted: Posted) -> dict[str, Any]:
        score = own_scores.score_of_draft(definition, code)
        points = own_scores.points_in_words(definition, code)
        bands = [*score.get("bands", []), *({} for _n in range(own_scores.SPARE_BANDS))]
        answers = {item: posted.get(f"try-{item}") for item in score["items"]}
        return {
            "score": score,
            "texts": [fields.text(definition, score, "title", _("What it is called"), False)],
            "items": items_of(definition, score, points, posted),
            "points": [
                fields.number(one.field, pick(one.text, language()), one.now, posted)
                for one in answers_with_points(definition, code)
            ],
            "numbers": [
                fields.number(name, words, score.get(name, usual), posted)
                for name, words, usual in (
                    ("most_missing", _("Answers that may lack"), 0),
                    ("multiply", _("Multiply by"), 1),
                    ("add", _("Then add"), 0),
                )
            ],
            "table": posted.get("table") or own_scores.table_in_words(score),
            "bands": [
                {
                    "name": (name := f"band-{number}"),
                    "cells": fields.text(definition, band, "text", "")["cells"],
                    "numbers": [
                        fields.number(f"{name}.from", _("From"), band.get("from"), posted),
                        fields.number(f"{name}.to", _("To"), band.get("to"), posted),
                    ],
                }
                for number, band in enumerate(bands[: own_scores.MOST_BANDS])
            ],
            "trial": own_scores.tried(definition, code, answers) if posted.op("try") is not None else None,
        }


def items_of(
    definition: Definition, score: dict[str, Any], points: dict[str, Any], posted: Posted
) -> list[dict[str, Any]]:
    """The questions that can be items: which are, which are turned round, and what each answer gives."""
    return [
        {
            "code": one["code"],
            "text": pick(one.get("text") or {"": one["code"]}, language()),
            "is_set": one["code"] in score["items"],
            "is_reversed": one["code"] in score.get("reversed", ()),
            "points": [
                (code, pick(words, language()), given, posted.get(f"try-{one['code']}") == code)
                for code, words, given in points.get(one["code"], ())
            ],
        }
        for one in own_scores.possible_items(definition)
    ]
