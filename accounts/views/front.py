"""The first pages: for anyone, and for a person who has signed in."""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.models import Tenant
from accounts.models.membership import Role
from portal.views import PUBLIC, SIGNED_IN, PortalView


class FrontView(PortalView):
    """What Växtkraft is, and where to go."""

    permission = PUBLIC

    def get(self, request: HttpRequest) -> HttpResponse:
        tenants = Tenant.objects.select_related("parent").order_by("sort_key")
        return render(request, "accounts/front.html", {"tenants": [t for t in tenants if not t.is_region]})


class HomeView(PortalView):
    """Leads a signed-in person to the start page of a tenant they belong to."""

    permission = SIGNED_IN

    def get(self, request: HttpRequest) -> HttpResponse:
        memberships = cast(Any, request).memberships
        last = request.session.get("last_tenant")
        for membership in memberships:
            if membership.tenant.slug == last:
                return redirect("start", slug=last)
        if memberships:
            return redirect("start", slug=memberships[0].tenant.slug)
        return render(request, "accounts/home_without_tenant.html")


class TenantSwitchView(PortalView):
    """Changes to another tenant that the person belongs to."""

    permission = SIGNED_IN

    def post(self, request: HttpRequest) -> HttpResponse:
        slug = request.POST.get("tenant", "")
        if any(membership.tenant.slug == slug for membership in cast(Any, request).memberships):
            request.session["last_tenant"] = slug
            return redirect("start", slug=slug)
        return redirect("home")


class StartView(PortalView):
    """My next steps, what is coming, what is new. A guest sees what they were invited to."""

    permission = SIGNED_IN

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        membership = cast(Any, request).membership
        if membership.role == Role.GUEST:
            return render(request, "accounts/start_guest.html")
        return render(request, "accounts/start.html")


class AccessibilityView(PortalView):
    """The accessibility statement."""

    permission = PUBLIC

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, "accounts/accessibility_statement.html")


class PrivacyView(PortalView):
    """What is stored about whom, for how long."""

    permission = PUBLIC

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, "accounts/privacy.html", {"registers": personal_data_registers()})


def personal_data_registers() -> list[dict[str, Any]]:
    """For each of our own tables, which columns are personal data: read from the code itself."""
    from portal.tenancy.walls import walled_models

    registers = []
    for model in walled_models():
        declared = getattr(model, "PersonalData", None)
        if declared is not None and declared.erase:
            registers.append(
                {
                    "name": model._meta.verbose_name,
                    "table": model._meta.db_table,
                    "columns": sorted(declared.erase),
                }
            )
    return registers
