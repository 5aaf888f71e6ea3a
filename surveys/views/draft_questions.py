"""One question or section of a draft: its texts side by side, its answers, and who is asked."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from datasets.cubes import pick
from surveys.drafting import bank, outline
from surveys.drafting.outline import DraftError
from surveys.drafting.posted import Posted, put
from surveys.drafting.posted_conditions import condition_from
from surveys.drafting.posted_questions import (
    WITH_OWN_CHOICES,
    WITH_POLARITY,
    WITHOUT_ANSWER_BESIDE,
    fresh,
    question_from,
)
from surveys.drafting.problems import problems_of
from surveys.drafting.texts import Definition
from surveys.forms import conditions
from surveys.forms import questions as fields
from surveys.services.drafts import locked_codes
from surveys.views.draft_parts import REFUSED, DraftPartView
from surveys.views.draft_preview import preview_of
from surveys.views.draft_scales import deeds_of_question
from surveys.views.drafts import CONFLICT, EDIT, DraftView
from surveys.wording import language
from surveys.wording.drafts import ADDABLE, kind_in_words


class QuestionnaireDraftQuestionView(DraftView):
    """A question's page: what it asks, how it is answered, who gets it; and how it will look."""

    permission = EDIT

    def get(self, request: HttpRequest, slug: str, draft_id: UUID, code: str) -> HttpResponse:
        try:
            question = outline.question_of(self.draft().definition, code)
        except DraftError:
            return redirect(self.address("questionnaire-draft"))
        return self.show(question, Posted(request.GET))

    def post(self, request: HttpRequest, slug: str, draft_id: UUID, code: str) -> HttpResponse:
        definition, posted = self.draft().definition, Posted(request.POST)
        try:
            question = question_from(posted, outline.question_of(definition, code), definition)
        except DraftError:
            return redirect(self.address("questionnaire-draft"))
        if posted.refused and not self.is_part():
            return self.show(question, posted, REFUSED)

        def write(definition: Definition) -> None:
            outline.question_change(definition, code, question)
            deeds_of_question(definition, code, posted)

        if not self.change(write):
            return self.show(question, posted, 200 if self.is_part() else CONFLICT)
        if posted.op("join") is not None:
            battery = outline.question_of(self.draft().definition, code).get("battery", "")
            return redirect(self.address("questionnaire-draft-battery", battery))
        if self.is_part() or posted.get("op"):
            return self.show(outline.question_of(self.draft().definition, code), posted)
        if posted.get("then") == "next":
            return redirect(self.address("questionnaire-draft") + f"#q-{code}")
        return redirect(self.address("questionnaire-draft-question", code))

    def show(self, question: dict[str, Any], posted: Posted, status: int = 200) -> HttpResponse:
        """The page, with this content of the question, and beside it what of the posted was refused."""
        definition, code = self.draft().definition, question["code"]
        kind = question["kind"]
        context = self.frame() | {
            "question": question,
            "kind_words": kind_in_words(kind),
            "is_locked": code in locked_codes(self.draft()),
            "columns": fields.columns(definition),
            "texts": fields.texts(definition, question, kind),
            "choices": fields.choices(definition, question["choices"]) if kind in WITH_OWN_CHOICES else None,
            "choice_kind": kind,
            "scales": fields.scales(definition, question["scale"]) if kind == "scale" else None,
            "battery": fields.battery(definition, question),
            "without": fields.without_answer(definition, question) if kind in WITHOUT_ANSWER_BESIDE else None,
            "numbers": fields.numbers(question, posted),
            "starts": fields.starts(question, posted),
            "age": fields.age(question),
            "has_polarity": kind in WITH_POLARITY,
            "flags": fields.flags(question, kind),
            "condition": conditions.condition(definition, question, code, posted),
            "rules": conditions.rules(definition, question, posted),
            "factors": fields.factors(question),
            "measures": fields.measures(question),
            "item": bank.items().get(question.get("bank", "")),
            "others": [bank.OTHERS[key] for key in question.get("elsewhere", {}) if key in bank.OTHERS],
            "own_problems": [
                one.words for one in problems_of(definition) if (one.about, one.code) == ("question", code)
            ],
            "preview": preview_of(definition, code),
            "codes": conditions.codes(definition, code),
            "kept": fields.kept(question),
            "refused": posted.refused,
            "refusal": self.refusal if self.is_part() else "",
        }
        return render(self.request, "surveys/questionnaire_question.html", context, status=status)


class QuestionnaireDraftSectionView(DraftPartView):
    """A section's page: heading, lead-in, and who gets it."""

    part = "sections"
    url_name = "questionnaire-draft-section"
    template = "surveys/questionnaire_section.html"

    def write(self, definition: Definition, code: str, posted: Posted) -> None:
        section = outline.section_of(definition, code)
        section["title"] = posted.words("title", section.get("title"), definition["languages"])
        put(section, "intro", posted.words("intro", section.get("intro"), definition["languages"]))
        put(section, "show_if", condition_from(posted))

    def context(self, definition: Definition, code: str, posted: Posted) -> dict[str, Any]:
        section = outline.section_of(definition, code)
        order = [one["code"] for one in definition["sections"]]
        after = order[order.index(code) :]
        first = next((one["code"] for one in definition["questions"] if one["section"] in after), None)
        return {
            "section": section,
            "texts": [
                fields.text(definition, section, "title", _("Heading")),
                fields.text(definition, section, "intro", _("Lead-in")),
            ],
            "condition": conditions.condition(definition, section, first, posted),
            "codes": conditions.codes(definition, first),
        }


class QuestionnaireDraftAddView(DraftView):
    """A question of one's own: its kind and its words; the rest comes on its page."""

    permission = EDIT

    def get(self, request: HttpRequest, slug: str, draft_id: UUID) -> HttpResponse:
        return self.show()

    def post(self, request: HttpRequest, slug: str, draft_id: UUID) -> HttpResponse:
        kind, words = request.POST.get("kind", ""), request.POST.get("words", "").strip()[:500]
        section = request.POST.get("section", "")
        if kind not in ADDABLE or not words:
            return self.show(status=422)
        if kind == "battery":
            told = urlencode({"avsnitt": section, "ord": words})
            return redirect(self.address("questionnaire-draft-battery-add") + f"?{told}")
        made: list[str] = []

        def add(definition: Definition) -> None:
            first = definition["languages"][0]
            texts = {"text": {first: words}, "label": {first: words.rstrip("?. ")[:60]}}
            made.append(outline.question_add(definition, fresh(kind) | texts, section))
            outline.question_change(definition, made[0], outline.question_of(definition, made[0]).copy())

        if not self.change(add):
            return self.show(status=CONFLICT)
        return redirect(self.address("questionnaire-draft-question", made[0]))

    def show(self, status: int = 200) -> HttpResponse:
        """The page."""
        posted, definition = self.request.POST, self.draft().definition
        locked = locked_codes(self.draft())
        sections = [one for one in definition["sections"] if one["code"] not in locked]
        wanted = posted.get("section") or self.request.GET.get("avsnitt", "")
        context = self.frame() | {
            "kinds": [(kind, kind_in_words(kind)) for kind in ADDABLE],
            "kind": posted.get("kind", "scale"),
            "words": posted.get("words", ""),
            "sections": [
                (one["code"], pick(one.get("title") or {"": one["code"]}, language())) for one in sections
            ],
            "section": wanted,
            "is_missing": status == 422,
        }
        return render(self.request, "surveys/questionnaire_question_add.html", context, status=status)
