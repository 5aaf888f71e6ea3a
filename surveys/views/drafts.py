"""The editor of a draft: its outline, undoing, publishing, throwing away, and seeing it whole."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.middleware import tenant_of
from datasets.cubes import pick
from portal.views import PortalView
from surveys.drafting import batteries, outline, shelf
from surveys.drafting.comparing import changes
from surveys.drafting.problems import Problem, problems_of, readable
from surveys.drafting.texts import Definition, completeness
from surveys.forms import questions as fields
from surveys.models import QuestionnaireDraft
from surveys.services.drafts import DraftMoved, draft_change, draft_discard, draft_undo, locked_codes
from surveys.services.publishing_questionnaires import NotPublishable, draft_publish, settled
from surveys.views.common import REFUSALS, signed_in
from surveys.views.questionnaires import EDIT, changes_in_words, preview_context
from surveys.wording import language
from surveys.wording.drafts import condition_in_words, kind_in_words, language_in_words

CONFLICT = 409


class DraftView(PortalView):
    """A page about one of the tenant's drafts."""

    is_abstract = True
    permission: ClassVar[str | None] = EDIT
    refusal = ""

    def draft(self) -> QuestionnaireDraft:
        """The draft of the address, fetched once; 404 in another tenant."""
        found = getattr(self, "_draft", None)
        if found is None:
            found = self._draft = get_object_or_404(
                QuestionnaireDraft.in_scope().select_related("questionnaire", "based_on"),
                pk=self.kwargs["draft_id"],
            )
        return found

    def revision(self) -> int:
        """The revision that the page was made of; 0, which never fits, where it is not told."""
        sent = self.request.POST.get("revision", "")
        return int(sent) if sent.isdecimal() and len(sent) < 9 else 0

    def change(self, change: Callable[[Definition], object]) -> bool:
        """Change the draft; a refusal becomes a message, and the answer is whether it went well."""
        try:
            self._draft = draft_change(
                draft=self.draft(), revision=self.revision(), by=signed_in(self.request), change=change
            )
        except REFUSALS as refusal:
            self.refusal = str(refusal)
            if not self.is_part():
                messages.warning(self.request, self.refusal)
            return False
        return True

    def is_part(self) -> bool:
        """Whether the page's script asks, which shows a part of the answer alone."""
        return "HX-Request" in self.request.headers

    def address(self, name: str, *more: object) -> str:
        """The address of one of the draft's pages."""
        return reverse(name, args=[self.kwargs["slug"], self.kwargs["draft_id"], *more])

    def frame(self) -> dict[str, Any]:
        """What every page of the editor shows: the title, and how far the draft has come."""
        draft = self.draft()
        return {
            "draft": draft,
            "definition": draft.definition,
            "title": pick(draft.definition["title"], language()),
            "problems": problems_in_words(draft.definition, self.kwargs["slug"], draft.pk),
            "languages": [
                {"code": one.language, "name": language_in_words(one.language), "done": one}
                for one in completeness(draft.definition)
            ],
        }


class QuestionnaireDraftView(DraftView):
    """The outline: sections and questions in order, each with what can be done to it."""

    permission = EDIT

    def get(self, request: HttpRequest, slug: str, draft_id: UUID) -> HttpResponse:
        return self.show(request)

    def post(self, request: HttpRequest, slug: str, draft_id: UUID) -> HttpResponse:
        draft = self.draft()
        op, _colon, code = request.POST.get("op", "").partition(":")
        if op == "undo":
            try:
                draft_undo(draft=draft, revision=self.revision(), by=signed_in(request))
            except REFUSALS as refusal:
                messages.warning(request, str(refusal))
        elif op == "title":
            words = request.POST.get("title", "").strip()[:120]
            self.change(lambda definition: definition["title"].update({definition["languages"][0]: words}))
        elif op in DEEDS:
            deed = DEEDS[op]
            words = request.POST.get("words", "").strip()[:120]
            self.change(lambda definition: deed(definition, code or words))
        return redirect(self.address("questionnaire-draft"))

    def show(self, request: HttpRequest) -> HttpResponse:
        """The page."""
        draft = self.draft()
        content = readable(draft.definition)
        context = self.frame() | {
            "sections": outline_of(draft),
            "size": shelf.size_of(content) if content else None,
            "can_undo": draft.steps.exists(),
            "scores": [
                (one["code"], pick(one.get("title") or {"": one["code"]}, language()))
                for one in draft.definition.get("scores", [])
            ],
            "own_scales": [one for one in fields.scales(draft.definition, None) if one["is_own"]],
        }
        return render(request, "surveys/questionnaire_draft.html", context)


def _add_section(definition: Definition, words: str) -> None:
    outline.section_add(definition, {definition["languages"][0]: words or _("New section")})


def _place(definition: Definition, told: str) -> None:
    """Put a question where it was dragged: "code:section:place"."""
    code, _colon, rest = told.partition(":")
    section, _colon, place = rest.partition(":")
    outline.question_place(definition, code, section, int(place) if place.isdecimal() and len(place) < 4 else None)


DEEDS: dict[str, Callable[[Definition, str], object]] = {
    "up": lambda definition, code: outline.question_move(definition, code, -1),
    "down": lambda definition, code: outline.question_move(definition, code, 1),
    "remove": outline.question_remove,
    "place": _place,
    "battery-up": lambda definition, code: batteries.battery_move(definition, code, -1),
    "battery-down": lambda definition, code: batteries.battery_move(definition, code, 1),
    "section-up": lambda definition, code: outline.section_move(definition, code, -1),
    "section-down": lambda definition, code: outline.section_move(definition, code, 1),
    "section-remove": outline.section_remove,
    "section-add": _add_section,
}
"""What a button of the outline does, by the first part of its value; the second names what it is done to."""


class QuestionnaireDraftPreviewView(DraftView):
    """The whole draft as those who answer will see it."""

    permission = EDIT

    def get(self, request: HttpRequest, slug: str, draft_id: UUID) -> HttpResponse:
        content = readable(self.draft().definition)
        if content is None:
            messages.warning(request, _("It can't be shown yet. Mend what is listed first."))
            return redirect(self.address("questionnaire-draft"))
        context = preview_context(request, content, "") | {"back_url": self.address("questionnaire-draft")}
        return render(request, "surveys/questionnaire_preview.html", context)


class QuestionnaireDraftPublishView(DraftView):
    """What must be mended, or what will be new; and then the version is made."""

    permission = EDIT

    def get(self, request: HttpRequest, slug: str, draft_id: UUID) -> HttpResponse:
        return self.show(request)

    def post(self, request: HttpRequest, slug: str, draft_id: UUID) -> HttpResponse:
        draft = self.draft()
        try:
            version = draft_publish(
                draft=draft,
                revision=self.revision(),
                by=signed_in(request),
                tenant=tenant_of(request),
                same=request.POST.getlist("same"),
                shared=request.POST.get("shared") == "yes",
            )
        except (NotPublishable, DraftMoved) as refusal:
            messages.warning(request, str(refusal))
            return self.show(request, status=CONFLICT if isinstance(refusal, DraftMoved) else 422)
        messages.success(
            request, _("Version %(number)s is published. Now rounds can use it.") % {"number": version.number}
        )
        return redirect("questionnaire-detail", slug, version.questionnaire_id)

    def show(self, request: HttpRequest, status: int = 200) -> HttpResponse:
        """The page."""
        draft = self.draft()
        content = readable(draft.definition)
        before = draft.questionnaire.versions.order_by("-number").first()
        context = self.frame() | {
            "number": settled(draft)["version"],
            "before": before,
            "changes": changes_in_words(changes(before.definition, draft.definition)) if before else [],
            "size": shelf.size_of(content) if content else None,
            "is_region": tenant_of(request).is_region,
        }
        return render(request, "surveys/questionnaire_draft_publish.html", context, status=status)


class QuestionnaireDraftDiscardView(DraftView):
    """Asks first, then throws the draft away."""

    permission = EDIT

    def get(self, request: HttpRequest, slug: str, draft_id: UUID) -> HttpResponse:
        return render(request, "surveys/questionnaire_draft_discard.html", self.frame())

    def post(self, request: HttpRequest, slug: str, draft_id: UUID) -> HttpResponse:
        draft_discard(draft=self.draft(), by=signed_in(request))
        messages.success(request, _("The draft is thrown away."))
        return redirect("questionnaire-list", slug)


def outline_of(draft: QuestionnaireDraft) -> list[dict[str, Any]]:
    """The sections with their questions as the outline shows them."""
    definition, locked = draft.definition, locked_codes(draft)
    first = definition["languages"][0]
    stems = {one["code"]: one.get("text", {}).get(first, "") for one in definition.get("batteries", [])}
    broken = {problem.code for problem in problems_of(definition) if problem.about == "question"}
    return [
        {
            "code": section["code"],
            "title": section.get("title", {}).get(first, ""),
            "is_locked": section["code"] in locked,
            "condition": condition_in_words(definition, section.get("show_if")),
            "questions": [
                {
                    "code": question["code"],
                    "text": question.get("text", {}).get(first, ""),
                    "kind": kind_in_words(question.get("kind", "")),
                    "condition": condition_in_words(definition, question.get("show_if")),
                    "is_sensitive": question.get("sensitive", False),
                    "is_background": question.get("background", False),
                    "is_locked": question["code"] in locked,
                    "is_broken": question["code"] in broken,
                    "battery": question.get("battery", ""),
                    "stem": stems.get(question.get("battery", ""), ""),
                }
                for question in outline.questions_in(definition, section["code"])
            ],
        }
        for section in definition["sections"]
    ]


def problems_in_words(definition: Definition, slug: str, draft_id: UUID) -> list[dict[str, Any]]:
    """Every problem with whose it is and the address of the page where it is mended."""
    return [_linked(problem, definition, slug, draft_id) for problem in problems_of(definition)]


PAGES = {
    "question": ("questions", "questionnaire-draft-question"),
    "section": ("sections", "questionnaire-draft-section"),
    "scale": ("scales", "questionnaire-draft-scale"),
    "battery": ("batteries", "questionnaire-draft-battery"),
    "score": ("scores", "questionnaire-draft-score"),
}
"""What a problem can be about, where that stands in a definition, and the page where it is mended."""


def _linked(problem: Problem, definition: Definition, slug: str, draft_id: UUID) -> dict[str, Any]:
    of_draft, code = [slug, draft_id], problem.code
    part, page = PAGES.get(problem.about, ("", ""))
    told = {"whose": "", "words": problem.words, "url": "", "about": (part, code)}
    if problem.about == "language":
        url = reverse("questionnaire-draft-texts", args=of_draft) + f"?sprak={code}&bara=saknas"
        return told | {"whose": language_in_words(code), "url": url}
    if not part:
        return told
    found = next((one for one in definition.get(part, []) if one["code"] == code), None)
    if found is None:
        return told | {"whose": code}
    named = found.get("name") or pick(found.get("text") or found.get("title") or {"": code}, language())
    return told | {"whose": named, "url": reverse(page, args=[*of_draft, code])}
