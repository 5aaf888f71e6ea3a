"""The municipality itself: its people, its log, what is agreed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.models import Onboarding
from accounts.selectors import audit_page
from portal.views import PortalView


class MunicipalityHomeView(PortalView):
    """Where everything about the municipality itself is found."""

    permission = "accounts.view_start"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        onboarding = Onboarding.objects.first()
        return render(request, "accounts/municipality_home.html", {"onboarding": onboarding})


class AuditLogView(PortalView):
    """Who did what to which object, when."""

    permission = "accounts.view_audit_log"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        before = request.GET.get("fore", "")
        verb = request.GET.get("vad", "")[:80]
        entries, more = audit_page(before=int(before) if before.isdecimal() else None, verb=verb)
        context = {"entries": entries, "more": more, "verb": verb}
        return render(request, "accounts/audit_log.html", context)
