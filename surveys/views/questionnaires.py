"""A tenant's questionnaires: the list, beginning one, one with its versions, and what is new in a version."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.middleware import tenant_of
from datasets.cubes import pick
from portal.views import PortalView
from surveys.drafting import outline, shelf
from surveys.drafting.comparing import BREAKS, Kind, changes, is_behind
from surveys.languages import direction
from surveys.models import Questionnaire, QuestionnaireDraft, QuestionnaireVersion
from surveys.services.drafts import draft_begin, questionnaire_begin, questionnaire_extend
from surveys.services.publishing_questionnaires import questionnaire_archive, questionnaire_restore
from surveys.views.common import REFUSALS, may, signed_in
from surveys.views.preview import sections_of
from surveys.wording import language

EDIT = "surveys.manage_round"


class QuestionnaireListView(PortalView):
    """The ready questionnaire first; then one's own, and the region's."""

    permission = "surveys.view_round"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        context = {
            "shelf": shelf.shelf(),
            "ready": shelf.ready_size(),
            "bank_size": shelf.bank_size(),
            "may_manage": may(request, EDIT),
            "is_region": tenant_of(request).is_region,
        }
        return render(request, "surveys/questionnaire_list.html", context)


class QuestionnaireCreateView(PortalView):
    """Begins a draft: of the ready questionnaire, of another one, or of nothing."""

    permission = EDIT

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        return render(request, "surveys/questionnaire_create.html", {"ready": shelf.ready_size()})

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        title = request.POST.get("title", "").strip()[:120]
        by = signed_in(request)
        try:
            if request.POST.get("from") == "version":
                version = version_of(request.POST.get("version", ""))
                if request.POST.get("extend"):
                    draft = questionnaire_extend(
                        version=version, title={"sv": "Frågor från oss", "en": "Questions from us"}, by=by
                    )
                else:
                    definition = version.definition | {"format": outline.FORMAT}
                    draft = questionnaire_begin(definition=_copied(definition, title), by=by)
            elif request.POST.get("from") == "blank":
                titled = {"sv": title or "Vår enkät", "en": "" if title else "Our survey"}
                draft = questionnaire_begin(definition=outline.blank("enkat", titled), by=by)
            else:
                draft = questionnaire_begin(definition=outline.ready("hur_har_du_det"), by=by)
        except REFUSALS as refusal:
            messages.warning(request, str(refusal))
            return redirect("questionnaire-list", slug)
        return redirect("questionnaire-draft", slug, draft.pk)


class QuestionnaireView(PortalView):
    """A page about one of the tenant's own questionnaires."""

    is_abstract = True

    def questionnaire(self) -> Questionnaire:
        """The questionnaire of the address; 404 in another tenant."""
        found: Questionnaire = get_object_or_404(Questionnaire.objects.own(), pk=self.kwargs["questionnaire_id"])
        return found

    def back(self) -> HttpResponse:
        """To the questionnaire's own page."""
        return redirect("questionnaire-detail", self.kwargs["slug"], self.kwargs["questionnaire_id"])


class QuestionnaireDetailView(QuestionnaireView):
    """Its versions, and the draft of the next one."""

    permission = "surveys.view_round"

    def get(self, request: HttpRequest, slug: str, questionnaire_id: UUID) -> HttpResponse:
        questionnaire = self.questionnaire()
        versions = list(questionnaire.versions.order_by("-number"))
        shared = shelf.shared_version(questionnaire)
        context = {
            "questionnaire": questionnaire,
            "title": pick(questionnaire.title, language()),
            "shared": shared,
            "is_behind": bool(shared and versions and is_behind(versions[0].definition, shared.definition)),
            "versions": [{"version": one, "size": shelf.size_of(one.content)} for one in versions],
            "draft": QuestionnaireDraft.in_scope().filter(questionnaire=questionnaire).first(),
            "may_manage": may(request, EDIT),
        }
        return render(request, "surveys/questionnaire_detail.html", context)


class QuestionnaireEditView(QuestionnaireView):
    """To the draft of the next version; a new one where there is none."""

    permission = EDIT

    def get(self, request: HttpRequest, slug: str, questionnaire_id: UUID) -> HttpResponse:
        self.questionnaire()
        return self.back()

    def post(self, request: HttpRequest, slug: str, questionnaire_id: UUID) -> HttpResponse:
        try:
            draft = draft_begin(questionnaire=self.questionnaire(), by=signed_in(request))
        except REFUSALS as refusal:
            messages.warning(request, str(refusal))
            return self.back()
        return redirect("questionnaire-draft", slug, draft.pk)


class QuestionnaireArchiveView(QuestionnaireView):
    """Puts a questionnaire away, or takes it out again."""

    permission = EDIT

    def get(self, request: HttpRequest, slug: str, questionnaire_id: UUID) -> HttpResponse:
        self.questionnaire()
        return self.back()

    def post(self, request: HttpRequest, slug: str, questionnaire_id: UUID) -> HttpResponse:
        questionnaire, by = self.questionnaire(), signed_in(request)
        if questionnaire.archived_at is None:
            questionnaire_archive(questionnaire=questionnaire, by=by)
            messages.success(request, _("It is put away. Rounds that use it are as they were."))
        else:
            questionnaire_restore(questionnaire=questionnaire, by=by)
            messages.success(request, _("It can be used again."))
        return self.back()


class QuestionnaireVersionView(PortalView):
    """A version as those who answer see it, in any of its languages."""

    permission = "surveys.view_round"

    def get(self, request: HttpRequest, slug: str, version_id: UUID) -> HttpResponse:
        version = version_of(version_id)
        is_own = version.tenant_id == tenant_of(request).pk
        if is_own:
            back = reverse("questionnaire-detail", args=[slug, version.questionnaire_id])
        else:
            back = reverse("questionnaire-list", args=[slug])
        content = version.content
        context = preview_context(request, content, version.definition_hash) | {"back_url": back}
        return render(request, "surveys/questionnaire_preview.html", context)


class QuestionnaireDiffView(PortalView):
    """What is new in a version since the one before it."""

    permission = "surveys.view_round"

    def get(self, request: HttpRequest, slug: str, version_id: UUID) -> HttpResponse:
        version = get_object_or_404(QuestionnaireVersion.objects.own(), pk=version_id)
        before = version.questionnaire.versions.filter(number__lt=version.number).order_by("-number").first()
        found = changes(before.definition, version.definition) if before else []
        context = {
            "version": version,
            "before": before,
            "title": pick(version.questionnaire.title, language()),
            "changes": changes_in_words(found),
        }
        return render(request, "surveys/questionnaire_diff.html", context)


def version_of(version_id: object) -> QuestionnaireVersion:
    """A version that the tenant at work may read: its own or one its region shares."""
    try:
        key = UUID(str(version_id))
    except ValueError:
        key = UUID(int=0)
    found: QuestionnaireVersion = get_object_or_404(
        QuestionnaireVersion.objects.select_related("questionnaire"), pk=key
    )
    return found


def preview_context(request: HttpRequest, content: Any, spelt: str) -> dict[str, Any]:
    """A whole questionnaire in the language that is asked for, for a preview page."""
    lang = request.GET.get("sprak", "")
    if lang not in content.languages:
        lang = language() if language() in content.languages else content.languages[0]
    return {
        "lang": lang,
        "direction": direction(lang),
        "languages": [code for code in content.languages if code != lang],
        "title": pick(content.title, lang),
        "minutes": shelf.size_of(content).minutes,
        "promised": content.minutes,
        "sections": sections_of(content, spelt, lang),
    }


def changes_in_words(found: list[Any]) -> list[dict[str, Any]]:
    """The changes that are worth telling, in groups, each with what it means for comparing."""
    groups = (
        (Kind.NEW, _("New questions"), ""),
        (Kind.GONE, _("Taken away"), _("Earlier answers are kept with their round.")),
        (
            Kind.REWORDED,
            _("Reworded"),
            _("Not compared with earlier rounds, unless you say that they ask the same."),
        ),
        (Kind.OTHER_ANSWERS, _("Other answers to choose from"), _("Not compared with earlier rounds.")),
    )
    return [
        {
            "kind": kind.value,
            "title": title,
            "means": means,
            "is_break": kind in BREAKS,
            "changes": [
                {
                    "code": one.code,
                    "label": pick(one.label or {"": one.code}, language()),
                    "before": pick((one.before or {}).get("text") or {"": ""}, language()),
                    "after": pick((one.after or {}).get("text") or {"": ""}, language()),
                    "answers_gone": [pick(text or {"": ""}, language()) for text in one.answers_gone],
                    "answers_new": [pick(text or {"": ""}, language()) for text in one.answers_new],
                }
                for one in found
                if one.kind is kind
            ],
        }
        for kind, title, means in groups
        if any(one.kind is kind for one in found)
    ]


def _copied(definition: dict[str, Any], title: str) -> dict[str, Any]:
    titled = dict.fromkeys(definition["languages"][:1], title) if title else {}
    return definition | {"title": definition["title"] | titled}
