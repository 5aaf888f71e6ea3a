"""The municipality itself: its people, its log, what is agreed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from accounts.middleware import tenant_of
from accounts.models import Onboarding
from accounts.selectors import audit_page
from portal.views import PortalView


class MunicipalityHomeView(PortalView):
    """Where everything about the municipality itself is found."""

    permission = "accounts.view_start"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        onboarding = Onboarding.objects.first()
        may_read_log = request.user.has_perm("accounts.view_audit_log", tenant_of(request))
        context = {
            "onboarding": onboarding,
            "may_read_log": may_read_log,
            "may_manage_tenant": request.user.has_perm("accounts.manage_tenant", tenant_of(request)),
            "may_manage_keys": request.user.has_perm("accounts.manage_api_tokens", tenant_of(request)),
        }
        return render(request, "accounts/municipality_home.html", context)


class AuditLogView(PortalView):
    """Who did what to which object, when."""

    permission = "accounts.view_audit_log"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        before = request.GET.get("fore", "")
        verb = request.GET.get("vad", "")[:80]
        entries, more = audit_page(before=int(before) if before.isdecimal() else None, verb=verb)
        kinds = [
            ("membership", _("people and roles")),
            ("invitation", _("invitations")),
            ("dataset", _("data sets")),
            ("release", _("releases")),
            ("survey_round", _("surveys")),
            ("dialogue", _("dialogues")),
            ("next_step", _("next steps")),
            ("api_token", _("keys for programs")),
        ]
        context = {"entries": entries, "more": more, "verb": verb, "kinds": kinds}
        return render(request, "accounts/audit_log.html", context)
