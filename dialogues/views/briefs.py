"""The brief for the board and the managers: begun, changed, read, handed out."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify

from accounts.middleware import tenant_of
from dialogues.forms.briefs import BriefBeginForm, BriefForm
from dialogues.models import BoardBrief
from dialogues.plans.briefs import brief_begin, brief_change, brief_document, sections_of
from dialogues.views.common import language, membership_of, signed_in
from portal.audit.recording import record
from portal.files.document import document_pdf
from portal.views import PortalView


class BriefListView(PortalView):
    """Every brief that was written, and a new one."""

    permission = "dialogues.manage_plan"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        return self.show(request, BriefBeginForm())

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        form = BriefBeginForm(request.POST)
        if not form.is_valid():
            return self.show(request, form, status=422)
        sent = form.cleaned_data
        brief = brief_begin(
            title=sent["title"], board=sent["board"], membership=membership_of(request), lang=language(),
            by=signed_in(request),
        )  # fmt: skip
        return redirect("brief-edit", slug, brief.pk)

    def show(self, request: HttpRequest, form: BriefBeginForm, status: int = 200) -> HttpResponse:
        context = {"form": form, "briefs": BoardBrief.in_scope().order_by("-changed_at")[:50]}
        return render(request, "dialogues/briefs/brief_list.html", context, status=status)


class BriefView(PortalView):
    """A page about one brief."""

    is_abstract = True

    def brief(self) -> BoardBrief:
        """The brief of the address; 404 in another municipality."""
        return get_object_or_404(BoardBrief.in_scope(), pk=self.kwargs["brief_id"])


class BriefDetailView(BriefView):
    """The page to be printed."""

    permission = "dialogues.manage_plan"

    def get(self, request: HttpRequest, slug: str, brief_id: UUID) -> HttpResponse:
        brief = self.brief()
        context = {"brief": brief, "sections": sections_of(brief)}
        return render(request, "dialogues/briefs/brief_detail.html", context)


class BriefEditView(BriefView):
    """Changes the words."""

    permission = "dialogues.manage_plan"

    def get(self, request: HttpRequest, slug: str, brief_id: UUID) -> HttpResponse:
        brief = self.brief()
        return self.show(
            request, BriefForm(initial={name: getattr(brief, name) for name in BriefForm.base_fields})
        )

    def post(self, request: HttpRequest, slug: str, brief_id: UUID) -> HttpResponse:
        brief, form = self.brief(), BriefForm(request.POST)
        if not form.is_valid():
            return self.show(request, form, status=422)
        brief_change(brief=brief, by=signed_in(request), **form.cleaned_data)
        return redirect("brief-detail", slug, brief.pk)

    def show(self, request: HttpRequest, form: BriefForm, status: int = 200) -> HttpResponse:
        context: dict[str, Any] = {"form": form, "brief": self.brief()}
        return render(request, "dialogues/briefs/brief_edit.html", context, status=status)


class BriefFileView(BriefView):
    """The brief as tagged PDF. Its fetching stands in the log."""

    permission = "dialogues.manage_plan"

    def get(self, request: HttpRequest, slug: str, brief_id: UUID) -> HttpResponse:
        brief = self.brief()
        made = document_pdf(brief_document(brief, tenant_of(request), language()))
        response = HttpResponse(made, content_type="application/pdf")
        name = slugify(brief.title)[:60] or "namnden"
        response["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
        response["Cache-Control"] = "private, no-store"
        record("brief.downloaded", target=brief, by=signed_in(request))
        return response
