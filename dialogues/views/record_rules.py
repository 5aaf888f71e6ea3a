"""What the municipality has decided about its records, on one page."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from dialogues.forms.recording import RecordRulesForm
from dialogues.recording.reading import rules_here
from dialogues.services.record_rules import record_rules_set
from dialogues.views.common import REFUSALS, signed_in
from portal.views import PortalView


class RecordRulesView(PortalView):
    """Names or roles, and for how long records are kept."""

    permission = "accounts.manage_tenant"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        rules = rules_here()
        known = {name: getattr(rules, name) for name in ("shows_names", "kept_years", "decision")}
        return self.show(request, RecordRulesForm(initial=known))

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        form = RecordRulesForm(request.POST)
        if not form.is_valid():
            return self.show(request, form, status=422)
        try:
            record_rules_set(by=signed_in(request), **form.cleaned_data)
        except REFUSALS as refusal:
            form.add_error("decision", str(refusal))
            return self.show(request, form, status=422)
        messages.success(request, _("Saved. It holds for every record from now on."))
        return redirect("record-rules", slug)

    def show(self, request: HttpRequest, form: RecordRulesForm, status: int = 200) -> HttpResponse:
        return render(request, "dialogues/recording/record_rules.html", {"form": form}, status=status)
