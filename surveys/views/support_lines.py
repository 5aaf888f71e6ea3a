"""A municipality's own support lines: the list with a form for one more, and a page to mend or remove one."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.views import PortalView
from surveys.answering.support_lines import lines_to_show
from surveys.forms.support_lines import SupportLineForm, initial_of
from surveys.models import LocalSupportLine
from surveys.models.local_support_line import MOST_LINES
from surveys.services.support_lines import (
    support_line_add,
    support_line_change,
    support_line_raise,
    support_line_remove,
)
from surveys.views.common import REFUSALS, may, signed_in
from surveys.wording import language


class SupportLineListView(PortalView):
    """Every line that answering pages show here; POST adds one."""

    permission = "surveys.view_round"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        return self.show(request, SupportLineForm())

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        if not may(request, "surveys.manage_round"):
            return self.show(request, SupportLineForm(), status=404)
        form = SupportLineForm(request.POST)
        if not form.is_valid():
            return self.show(request, form, status=422)
        try:
            support_line_add(by=signed_in(request), **form.cleaned_data)
        except REFUSALS as refusal:
            form.add_error(None, str(refusal))
            return self.show(request, form, status=422)
        messages.success(request, _("It is on the answering pages within a minute."))
        return redirect("support-line-list", slug)

    def show(self, request: HttpRequest, form: SupportLineForm, status: int = 200) -> HttpResponse:
        """The local lines in order, the national ones, and the form."""
        lines = list(LocalSupportLine.objects.own())
        may_manage = may(request, "surveys.manage_round")
        context = {
            "lines": lines,
            "national": lines_to_show(language(), timezone.localdate()),
            "form": form,
            "may_manage": may_manage,
            "may_add": may_manage and (form.is_bound or len(lines) < MOST_LINES),
        }
        return render(request, "surveys/support_line_list.html", context, status=status)


class SupportLineView(PortalView):
    """A page of one local line; 404 for another tenant's."""

    is_abstract = True

    def line(self) -> LocalSupportLine:
        """The line of the address."""
        return get_object_or_404(LocalSupportLine.objects.own(), pk=self.kwargs["line_id"])


class SupportLineEditView(SupportLineView):
    """The form of one line."""

    permission = "surveys.manage_round"

    def get(self, request: HttpRequest, slug: str, line_id: UUID) -> HttpResponse:
        return self.show(request, SupportLineForm(initial=initial_of(self.line())))

    def post(self, request: HttpRequest, slug: str, line_id: UUID) -> HttpResponse:
        line = self.line()
        form = SupportLineForm(request.POST)
        if not form.is_valid():
            return self.show(request, form, status=422)
        try:
            support_line_change(line=line, by=signed_in(request), **form.cleaned_data)
        except REFUSALS as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, _("Your changes are saved."))
        return redirect("support-line-list", slug)

    def show(self, request: HttpRequest, form: SupportLineForm, status: int = 200) -> HttpResponse:
        """The form, or the form with what is wrong in it."""
        context = {"form": form, "line": self.line()}
        return render(request, "surveys/support_line_edit.html", context, status=status)


class SupportLineRemoveView(SupportLineView):
    """Takes one line away, after asking."""

    permission = "surveys.manage_round"

    def get(self, request: HttpRequest, slug: str, line_id: UUID) -> HttpResponse:
        context = {"line": self.line(), "back_url": reverse("support-line-list", args=[slug])}
        return render(request, "surveys/support_line_remove.html", context)

    def post(self, request: HttpRequest, slug: str, line_id: UUID) -> HttpResponse:
        line = self.line()
        support_line_remove(line=line, by=signed_in(request))
        messages.success(request, _("%(name)s is taken away.") % {"name": line.name})
        return redirect("support-line-list", slug)


class SupportLineRaiseView(SupportLineView):
    """Puts one line a place higher."""

    permission = "surveys.manage_round"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, slug: str, line_id: UUID) -> HttpResponse:
        support_line_raise(line_id=self.line().pk, by=signed_in(request))
        return redirect("support-line-list", slug)
