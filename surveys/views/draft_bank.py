"""The question bank beside a draft: find a question, see what it measures, and put it in."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from datasets.content import factors
from datasets.cubes import pick
from datasets.models import Dataset
from surveys.drafting import bank, outline
from surveys.drafting.bank import BankItem
from surveys.drafting.texts import Definition
from surveys.services.drafts import locked_codes
from surveys.views.drafts import EDIT, DraftView
from surveys.wording import language
from surveys.wording.drafts import kind_in_words


class QuestionnaireDraftBankView(DraftView):
    """Search by words, by what is measured, by theme; each question with one button."""

    permission = EDIT

    def get(self, request: HttpRequest, slug: str, draft_id: UUID) -> HttpResponse:
        asked = {
            "words": request.GET.get("ord", "").strip()[:80],
            "measures": request.GET.get("mater", ""),
            "theme": request.GET.get("tema", ""),
            "factor": request.GET.get("faktor", ""),
        }
        definition, lang, found = self.draft().definition, language(), bank.find(**asked)
        there = {one["code"] for one in definition["questions"]}
        names = {one.key: pick(one.label, lang) for one in factors()}
        locked = locked_codes(self.draft())
        context = self.frame() | {
            "asked": asked,
            "groups": _by_theme(found, lang, names, there),
            "count": len(found),
            "is_asked": any(asked.values()),
            "themes": bank.themes(lang),
            "measures": Dataset.Measures.choices,
            "factors": names,
            "scores": [
                {
                    "code": code,
                    "title": pick(score.score["title"], lang),
                    "about": pick(score.about, lang),
                    "count": len(score.items),
                    "is_there": any(one["code"] == code for one in definition.get("scores", [])),
                }
                for code, score in bank.scores().items()
            ],
            "sections": [
                (one["code"], pick(one.get("title") or {"": one["code"]}, lang))
                for one in definition["sections"]
                if one["code"] not in locked
            ],
            "section": request.GET.get("avsnitt", ""),
        }
        return render(request, "surveys/questionnaire_bank.html", context)

    def post(self, request: HttpRequest, slug: str, draft_id: UUID) -> HttpResponse:
        section = request.POST.get("section", "")
        if score := request.POST.get("score"):
            added: list[str] = []
            if self.change(lambda definition: added.extend(outline.score_add(definition, score, section))):
                words = ngettext(
                    "The score is added, with %(count)s question.",
                    "The score is added, with %(count)s questions.",
                    len(added),
                )
                messages.success(request, words % {"count": len(added)})
        else:
            code = request.POST.get("code", "")

            def add(definition: Definition) -> None:
                outline.bank_add(definition, code, section)

            if self.change(add):
                label = pick(bank.items()[code].question["label"], language())
                messages.success(request, _("“%(question)s” is added.") % {"question": label})
        query = request.POST.get("query", "")
        return redirect(
            self.address("questionnaire-draft-bank") + (f"?{query}" if query.isprintable() and query else "")
        )


def _by_theme(found: list[BankItem], lang: str, names: dict[str, str], there: set[str]) -> list[dict[str, Any]]:
    """What was found, theme by theme, with how many of each are not in the draft yet."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for item in found:
        groups.setdefault(pick(item.theme_title, lang), []).append(_shown(item, lang, names, there))
    return [
        {"title": title, "found": shown, "left": sum(not one["is_there"] for one in shown)}
        for title, shown in groups.items()
    ]


def _shown(item: BankItem, lang: str, names: dict[str, str], there: set[str]) -> dict[str, Any]:
    question = item.question
    scale = bank.scales().get(question.get("scale", ""), {})
    choices = [*scale.get("choices", []), *question.get("choices", [])]
    return {
        "code": item.code,
        "text": pick(question["text"], lang),
        "kind": kind_in_words(question["kind"]),
        "answers": " · ".join(pick(choice["text"], lang) for choice in choices),
        "measures": dict(Dataset.Measures.choices)[item.measures],
        "kind_of_measure": item.measures,
        "factors": [names[key] for key in item.factors],
        "theme": pick(item.theme_title, lang),
        "since": item.since,
        "is_sensitive": item.is_sensitive,
        "others": [bank.OTHERS[key] for key in item.elsewhere],
        "is_there": item.code in there,
    }
