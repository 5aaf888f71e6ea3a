"""All texts of a draft in one more language, beside the first; and which languages there are."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from datasets.cubes import pick
from surveys.drafting.outline import DraftError, easy_swedish_add
from surveys.drafting.posted import LONGEST
from surveys.drafting.texts import (
    Definition,
    TextPlace,
    language_add,
    language_remove,
    put_text,
    text_places,
)
from surveys.languages import EASY, LANGUAGES, direction
from surveys.questionnaire.reading import LANGUAGE
from surveys.views.drafts import CONFLICT, EDIT, DraftView
from surveys.wording import language
from surveys.wording.drafts import language_in_words

MOST_LANGUAGES = 20


class QuestionnaireDraftTextsView(DraftView):
    """Two columns: the first language to read, another to write in."""

    permission = EDIT

    def get(self, request: HttpRequest, slug: str, draft_id: UUID) -> HttpResponse:
        return self.show()

    def post(self, request: HttpRequest, slug: str, draft_id: UUID) -> HttpResponse:
        op = request.POST.get("op", "")
        if op == "add":
            return self.add((request.POST.get("other") or request.POST.get("language") or "").strip())
        if op == "remove":
            code = request.POST.get("language", "")
            if self.change(lambda definition: language_remove(definition, code)):
                messages.success(request, _("The language is taken away. You can undo it."))
            return redirect(self.address("questionnaire-draft-texts"))
        lang = self.chosen()
        if not self.change(lambda definition: self.write(definition, lang)):
            return self.show(status=CONFLICT)
        messages.success(request, _("The texts are saved."))
        return redirect(self.address("questionnaire-draft-texts") + f"?sprak={lang}")

    def add(self, code: str) -> HttpResponse:
        """One more language."""
        if not re.fullmatch(LANGUAGE, code) or len(self.draft().definition["languages"]) >= MOST_LANGUAGES:
            messages.warning(self.request, _("Write the language's code, such as “ar” or “sv-x-easy”."))
        elif self.change(easy_swedish_add if code == EASY else lambda definition: language_add(definition, code)):
            return redirect(self.address("questionnaire-draft-texts") + f"?sprak={code}")
        return redirect(self.address("questionnaire-draft-texts"))

    def write(self, definition: Definition, lang: str) -> None:
        """The texts that the form has."""
        known = {place.name: place for place in text_places(definition)}
        for name, words in self.request.POST.items():
            place = known.get(name.removeprefix("t:")) if name.startswith("t:") else None
            if place is not None and lang in definition["languages"]:
                try:
                    put_text(definition, place.path, lang, str(words)[:LONGEST])
                except KeyError as error:
                    raise DraftError(_("A text is not there any more. Look at how the draft is now.")) from error

    def chosen(self) -> str:
        """The language that is written in: the one asked for, else the second."""
        languages: list[str] = self.draft().definition["languages"]
        wanted = self.request.POST.get("language") or self.request.GET.get("sprak", "")
        return wanted if wanted in languages else languages[min(1, len(languages) - 1)]

    def show(self, status: int = 200) -> HttpResponse:
        """The page."""
        definition, lang = self.draft().definition, self.chosen()
        first = definition["languages"][0]
        only_missing = self.request.GET.get("bara") == "saknas"
        typed = self.request.POST if status == CONFLICT else {}
        places = [
            one for one in text_places(definition) if one.is_wanted and (not only_missing or one.lacks(lang))
        ]
        context = self.frame() | {
            "lang": lang,
            "lang_name": language_in_words(lang),
            "direction": direction(lang),
            "first": first,
            "first_name": language_in_words(first),
            "first_direction": direction(first),
            "groups": _groups(definition, places, first, lang, typed),
            "only_missing": only_missing,
            "addable": [
                (code, language_in_words(code)) for code in LANGUAGES if code not in definition["languages"]
            ],
        }
        return render(self.request, "surveys/questionnaire_texts.html", context, status=status)


def _groups(
    definition: Definition, places: list[TextPlace], first: str, lang: str, typed: Any
) -> list[dict[str, Any]]:
    """The texts by whose they are, in order."""
    groups: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for place in places:
        words = typed.get(f"t:{place.name}", place.words.get(lang, ""))
        groups.setdefault(place.owner, []).append(
            {
                "name": place.name,
                "source": place.words.get(first, ""),
                "words": words,
                "lacks": not str(words).strip(),
                "rows": 1 + max(len(place.words.get(first, "")), len(str(words))) // 42,
            }
        )
    return [{"title": _owner(definition, *owner), "texts": texts} for owner, texts in groups.items()]


def _owner(definition: Definition, kind: str, code: str) -> str:
    words = {
        "question": _("Question"),
        "section": _("Section"),
        "scale": _("Answer scale"),
        "battery": _("Battery"),
        "score": _("Score"),
    }
    if kind not in words:
        return _("The whole")
    owners = definition.get({"battery": "batteries"}.get(kind, f"{kind}s"), [])
    found: dict[str, Any] = next((one for one in owners if one.get("code") == code), {})
    name = pick(found.get("label") or found.get("title") or found.get("text") or {"": code}, language())
    return f"{words[kind]}: {name}"
