"""Answer scales and batteries of a draft: made in the official's own words, and changed on a page of their own."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from datasets.cubes import pick
from surveys.drafting import batteries, outline, scales
from surveys.drafting.outline import DraftError
from surveys.drafting.posted import Posted
from surveys.drafting.texts import Definition
from surveys.forms import questions as fields
from surveys.services.drafts import locked_codes
from surveys.views.draft_parts import REFUSED, DraftPartView
from surveys.views.draft_preview import preview_of
from surveys.views.drafts import CONFLICT, EDIT, DraftView
from surveys.wording import language


class QuestionnaireDraftScaleAddView(DraftView):
    """A scale of one's own: its name, and its answers one a line; or one that begins as another."""

    permission = EDIT

    def get(self, request: HttpRequest, slug: str, draft_id: UUID) -> HttpResponse:
        self.draft()
        return self.show(Posted(request.GET))

    def post(self, request: HttpRequest, slug: str, draft_id: UUID) -> HttpResponse:
        self.draft()
        posted, made = Posted(request.POST), list[str]()
        asked = posted.get("question")

        def write(definition: Definition) -> None:
            if like := posted.get("like"):
                code = scales.scale_copy(definition, like, posted.get("name"))
            else:
                code = scales.scale_add(definition, posted.get("name"), posted.get("answers").splitlines())
            made.append(code)
            if asked:
                scales.use(definition, asked, code)

        if not self.change(write):
            posted.refused["answers"] = self.refusal
            return self.show(posted, REFUSED)
        return redirect(self.address("questionnaire-draft-scale", made[-1]))

    def show(self, posted: Posted, status: int = 200) -> HttpResponse:
        """The page."""
        definition = self.draft().definition
        context = self.frame() | {
            "scales": fields.scales(definition, posted.get("like")),
            "name": posted.get("name"),
            "answers": posted.get("answers"),
            "question": posted.get("question") or posted.get("fraga"),
            "first_language": fields.columns(definition)[0],
            "refused": posted.refused,
        }
        return render(self.request, "surveys/questionnaire_scale_add.html", context, status=status)


class QuestionnaireDraftScaleView(DraftPartView):
    """A scale's page: its answers in order, what counts as high and low, and the questions on it."""

    part = "scales"
    url_name = "questionnaire-draft-scale"
    template = "surveys/questionnaire_scale.html"

    def write(self, definition: Definition, code: str, posted: Posted) -> None:
        if posted.op("remove") is not None:
            scales.scale_remove(definition, code)
        else:
            scales.scale_change(definition, code, posted)

    def context(self, definition: Definition, code: str, posted: Posted) -> dict[str, Any]:
        scale = scales.scale_of(definition, code)
        users = scales.users_of(definition, code)
        return {
            "scale": scale,
            "is_own": scales.is_own(code),
            "columns": fields.columns(definition),
            "choices": fields.choices_of_scale(definition, scale),
            "texts": [
                fields.text(
                    definition, {"low.text": scale["low"]["text"]}, "low.text", _("Low, within a sentence"), False
                ),
                fields.text(
                    definition,
                    {"high.text": scale["high"]["text"]},
                    "high.text",
                    _("High, within a sentence"),
                    False,
                ),
            ],
            "users": [(one["code"], pick(one.get("text") or {"": one["code"]}, language())) for one in users],
            "preview": preview_of(self.draft().definition, users[0]["code"]) if users else "",
        }


class QuestionnaireDraftBatteryAddView(DraftView):
    """Several statements under one lead-in, on one scale: written all at once, one a line."""

    permission = EDIT

    def get(self, request: HttpRequest, slug: str, draft_id: UUID) -> HttpResponse:
        self.draft()
        return self.show(Posted(request.GET))

    def post(self, request: HttpRequest, slug: str, draft_id: UUID) -> HttpResponse:
        self.draft()
        posted, made = Posted(request.POST), list[str]()
        if not posted.get("stem").strip():
            posted.refused["stem"] = _("Write the lead-in: what all the statements share.")
        if sum(bool(line.strip()) for line in posted.get("statements").splitlines()) < 2:
            posted.refused["statements"] = _("Write at least two statements, one a line.")
        if posted.refused:
            return self.show(posted, REFUSED)

        def write(definition: Definition) -> None:
            statements, scale = posted.get("statements").splitlines(), posted.get("scale") or "agree5"
            made.append(
                batteries.battery_begin(definition, posted.get("stem"), statements, posted.get("section"), scale)
            )

        if not self.change(write):
            posted.refused["statements"] = self.refusal
            return self.show(posted, CONFLICT)
        return redirect(self.address("questionnaire-draft-battery", made[-1]))

    def show(self, posted: Posted, status: int = 200) -> HttpResponse:
        """The page."""
        definition = self.draft().definition
        locked = locked_codes(self.draft())
        context = self.frame() | {
            "stem": posted.get("stem") or posted.get("ord"),
            "statements": posted.get("statements"),
            "scales": fields.scales(definition, posted.get("scale") or "agree5"),
            "sections": [
                (one["code"], pick(one.get("title") or {"": one["code"]}, language()))
                for one in definition["sections"]
                if one["code"] not in locked
            ],
            "section": posted.get("section") or posted.get("avsnitt"),
            "refused": posted.refused,
        }
        return render(self.request, "surveys/questionnaire_battery_add.html", context, status=status)


class QuestionnaireDraftBatteryView(DraftPartView):
    """A battery's page: the lead-in, the statements, and the scale that they share."""

    part = "batteries"
    url_name = "questionnaire-draft-battery"
    template = "surveys/questionnaire_battery.html"

    def write(self, definition: Definition, code: str, posted: Posted) -> None:
        if posted.op("split") is not None:
            batteries.battery_split(definition, code)
        else:
            batteries.battery_change(definition, code, posted)

    def context(self, definition: Definition, code: str, posted: Posted) -> dict[str, Any]:
        battery, rows = batteries.battery_of(definition, code), batteries.rows_of(definition, code)
        if not rows:
            raise DraftError(_("Those statements do not stand together any more."))
        return {
            "battery": battery,
            "columns": fields.columns(definition),
            "texts": [
                fields.text(definition, battery, "text", _("Lead-in")),
                fields.text(definition, battery, "help", _("Help beneath it")),
            ],
            "rows": [
                {
                    "code": row["code"],
                    "cells": fields.text(definition, row, "text", "")["cells"],
                    "polarity": row.get("polarity"),
                    "is_first": row is rows[0],
                    "is_last": row is rows[-1],
                }
                for row in rows
            ],
            "scales": fields.scales(definition, rows[0]["scale"]),
            "without": fields.without_answer(definition, rows[0]),
            "statements": posted.get("statements"),
            "preview": preview_of(self.draft().definition, rows[0]["code"]),
        }


def deeds_of_question(definition: Definition, code: str, posted: Posted) -> None:
    """What the buttons on a question's page do with its battery."""
    if posted.op("join") is not None:
        batteries.battery_join(definition, code)
    elif posted.op("leave") is not None:
        outline.battery_leave(definition, code)
