"""The report of a round, as officials write it: draft, preview, publish, take away."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.middleware import tenant_of
from accounts.models import User
from portal.views import PortalView
from surveys.models import SurveyRound
from surveys.reporting_back.content import MOST_STEPS, Content, Standing, StepTold
from surveys.reporting_back.evidence import Offered, evidence_of
from surveys.reporting_back.forms import NewsForm, ReportForm
from surveys.reporting_back.reading import edition_of, editions_in_public, news_of, report_of, told, voices_to_tell
from surveys.reporting_back.reading_ease import EASY, is_measurable, lix_of, longest_words
from surveys.selectors import rounds_held
from surveys.services.reporting_back import (
    refusal_to_publish,
    report_begun,
    report_publish,
    report_save,
    report_withdraw,
)
from surveys.views.common import REFUSALS, RoundDeedView, RoundView, may, signed_in
from surveys.wording import language


class ReportListView(PortalView):
    """Every round that can be reported on, and how far its report has come."""

    permission = "surveys.view_results"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        rounds = list(rounds_held().filter(tabulated_at__isnull=False).select_related("report"))
        published = {edition.round_id: edition for edition in editions_in_public().order_by("number")}
        context = {
            "rounds": [
                {"round": one, "edition": published.get(one.pk), "is_begun": hasattr(one, "report")}
                for one in rounds
            ],
            "may_write": may(request, "surveys.write_report"),
            "public_list": settings.BASE_URL + reverse("public-report-list", args=[slug]),
        }
        return render(request, "surveys/round_report_list.html", context)


class ReportView(RoundView):
    """A page about the report of a round whose results are made; 404 before that."""

    is_abstract = True

    def survey_round(self) -> SurveyRound:
        found = super().survey_round()
        if found.tabulated_at is None:
            raise Http404
        return found

    def kept(self) -> Content | None:
        """The working copy; None where nobody has begun."""
        report = report_of(self.survey_round())
        return None if report is None else Content.from_json(report.content)


class ReportEditView(ReportView):
    """The editor. The first time it holds a proposal: the strongest findings, in the words of the results."""

    permission = "surveys.write_report"

    def get(self, request: HttpRequest, slug: str, round_id: UUID) -> HttpResponse:
        kept = self.kept()
        content = kept if kept is not None else report_begun(survey_round=self.survey_round())
        return self.show(request, self.form(content), content, is_new=kept is None)

    def post(self, request: HttpRequest, slug: str, round_id: UUID) -> HttpResponse:
        # As many slots as the page showed: the same as the working copy gives.
        before = self.kept()
        content = before if before is not None else report_begun(survey_round=self.survey_round())
        form = self.form(content, request.POST)
        if not form.is_valid():
            return self.show(request, form, content, status=422, is_new=before is None)
        written = with_step(form.content(), request.POST.get("take", ""))
        report_save(survey_round=self.survey_round(), content=written, by=signed_in(request))
        if "take" in request.POST:
            messages.success(request, _("The step is in the report. Put it in words for young people."))
            return redirect(reverse("round-report-edit", args=[slug, round_id]) + "#steps")
        if request.POST.get("go") == "preview":
            return redirect("round-report-preview", slug, round_id)
        messages.success(request, _("Your draft is saved. Nobody outside sees it."))
        return redirect("round-report-edit", slug, round_id)

    def form(self, content: Content, posted: Any = None) -> ReportForm:
        """The form of a working copy."""
        evidence = self.evidence()
        findings = [
            (
                key,
                one.heading if key in evidence.strongest else _("All answers: %(label)s") % {"label": one.heading},
            )
            for key, one in evidence.all.items()
        ]
        voices = list(voices_to_tell(tenant_of(self.request))[:40])
        return ReportForm(posted, content=content, findings=findings, voices=voices)

    def evidence(self) -> Offered:
        """What can be pointed at, read once."""
        found: Offered | None = getattr(self, "_evidence", None)
        if found is None:
            found = self._evidence = evidence_of(self.survey_round(), language())
        return found

    def show(
        self, request: HttpRequest, form: ReportForm, content: Content, *, is_new: bool, status: int = 200
    ) -> HttpResponse:
        survey_round = self.survey_round()
        context = {
            "survey_round": survey_round,
            "form": form,
            "findings": [
                {**slot, "evidence": self.evidence().all.get(slot["key"].value() or "")}
                for slot in form.finding_slots
            ],
            "is_new": is_new,
            "ease": ease_of(content),
            "edition": edition_of(survey_round),
            "origins": [step.origin for step in content.steps if step.origin],
            "has_room": len(content.steps) < MOST_STEPS,
        }
        return render(request, "surveys/round_report_edit.html", context, status=status)


class ReportPreviewView(ReportView):
    """The page as anyone would see it, before it is published."""

    permission = "surveys.view_results"

    def get(self, request: HttpRequest, slug: str, round_id: UUID) -> HttpResponse:
        content, survey_round = self.kept(), self.survey_round()
        if content is None:
            raise Http404
        lang = request.GET.get("lang", language())
        if lang not in ("sv", "en"):
            raise Http404
        with override(lang):
            evidence = evidence_of(survey_round, lang).all
            context = {
                "survey_round": survey_round,
                "owner": tenant_of(request),
                "told": told(content, evidence.values(), lang, tenant_of(request)),
                "news": news_of(survey_round, lang),
                "other_languages": [(code, f"?lang={code}") for code in content.languages if code != lang],
                "may_publish": may(request, "surveys.publish_report"),
                "may_write": may(request, "surveys.write_report"),
            }
            return render(request, "surveys/round_report_preview.html", context)


class ReportPublishView(ReportView):
    """What publishing means, and from the second time on, what is new."""

    permission = "surveys.publish_report"

    def get(self, request: HttpRequest, slug: str, round_id: UUID) -> HttpResponse:
        content = self.kept()
        refusal = refusal_to_publish(self.survey_round(), content or Content())
        if refusal:
            messages.warning(request, refusal)
            return redirect("round-report-edit", slug, round_id)
        return self.show(request, NewsForm())

    def post(self, request: HttpRequest, slug: str, round_id: UUID) -> HttpResponse:
        form = NewsForm(request.POST)
        if not form.is_valid() or self.kept() is None:
            return self.show(request, form, status=422)
        try:
            report_publish(survey_round=self.survey_round(), what_is_new=form.news(), by=signed_in(request))
        except REFUSALS as refusal:
            messages.warning(request, str(refusal))
            return redirect("round-report-publish", slug, round_id)
        messages.success(request, _("It is public now. Here is what you need to spread it."))
        return redirect("round-report-share", slug, round_id)

    def show(self, request: HttpRequest, form: NewsForm, status: int = 200) -> HttpResponse:
        context = {
            "survey_round": self.survey_round(),
            "form": form,
            "is_revised": self.survey_round().report_editions.exists(),
        }
        return render(request, "surveys/round_report_publish.html", context, status=status)


class ReportWithdrawView(RoundDeedView):
    """Take the report away from the public."""

    permission = "surveys.publish_report"
    is_harm = True

    def refusal(self) -> str:
        return "" if edition_of(self.survey_round()) else _("Nothing of this report is public.")

    def words(self) -> tuple[str, str, str]:
        return (
            _("Take the report away?"),
            _("Nobody outside can read it any more. Your draft stays, and you can publish it again."),
            _("Take it away"),
        )

    def do(self, by: User) -> HttpResponse:
        report_withdraw(survey_round=self.survey_round(), by=by)
        messages.success(self.request, _("The report is no longer public."))
        return redirect("round-report-edit", self.kwargs["slug"], self.survey_round().pk)


def ease_of(content: Content) -> dict[str, Any] | None:
    """How easy the Swedish is to read, in a figure and kind words; None while there is too little of it."""
    texts = [text for text in content.texts("sv") if text]
    if not is_measurable(texts):
        return None
    measured = round(lix_of(texts))
    return {"lix": measured, "most": EASY, "is_easy": measured <= EASY, "longest": longest_words(texts)}


def with_step(content: Content, taken: str) -> Content:
    """The report with one more step, as the page offered it: `id|standing|day|words`; else as it is."""
    origin, _bar, rest = taken.partition("|")
    standing, _bar, rest = rest.partition("|")
    due_on, _bar, words = rest.partition("|")
    try:
        origin, due_on = str(UUID(origin)), date.fromisoformat(due_on).isoformat() if due_on else ""
    except ValueError:
        return content
    if standing not in Standing.values or len(content.steps) >= MOST_STEPS or not words.strip():
        return content
    step = StepTold({"sv": words.strip()[:600]}, standing, due_on, origin)
    return replace(content, steps=(*content.steps, step))
