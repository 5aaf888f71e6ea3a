"""A region's municipalities and how far each has come."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.errors import AccountsError
from accounts.forms import OnboardingForm
from accounts.middleware import tenant_of
from accounts.models import Onboarding
from accounts.proving import ProvenView
from accounts.selectors import onboardings_of_region
from accounts.services.onboarding import agreement_note, municipality_onboard
from accounts.views.people import signed_in
from portal.views import PortalView


class RegionView(PortalView):
    """Pages that exist in a region's tenant only."""

    permission = "accounts.onboard_municipality"

    def may_open(self, request: HttpRequest) -> bool:
        return tenant_of(request).is_region and super().may_open(request)


class OnboardingListView(RegionView):
    """All municipalities of the region that are on board, with their five steps."""

    permission = "accounts.onboard_municipality"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        onboardings = onboardings_of_region(tenant_of(request).pk)
        return render(request, "accounts/onboarding_list.html", {"onboardings": onboardings})


class OnboardingCreateView(ProvenView, RegionView):
    """Takes a municipality of the official list on board."""

    permission = "accounts.onboard_municipality"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        form = OnboardingForm(region=tenant_of(request))
        return render(request, "accounts/onboarding_create.html", {"form": form})

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        form = OnboardingForm(request.POST, region=tenant_of(request))
        if form.is_valid():
            try:
                tenant, invitation = municipality_onboard(
                    region=tenant_of(request), by=signed_in(request), **form.cleaned_data
                )
            except AccountsError as refusal:
                form.add_error("code", str(refusal))
            else:
                messages.success(
                    request,
                    _("%(name)s is on board. An invitation is on its way to %(email)s.")
                    % {"name": tenant.name, "email": invitation.email},
                )
                return redirect("onboarding-list", slug=slug)
        return render(request, "accounts/onboarding_create.html", {"form": form}, status=422)


class OnboardingDetailView(RegionView):
    """One municipality's five steps, and nothing of what is theirs alone."""

    permission = "accounts.onboard_municipality"

    def get(self, request: HttpRequest, slug: str, onboarding_id: UUID) -> HttpResponse:
        found = [o for o in onboardings_of_region(tenant_of(request).pk) if o.pk == onboarding_id]
        if not found:
            raise Http404
        return render(request, "accounts/onboarding_detail.html", {"onboarding": found[0]})


class OwnOnboardingView(PortalView):
    """The five steps as the municipality sees them: each leads to where it is taken."""

    permission = "accounts.view_start"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        onboarding = get_object_or_404(Onboarding.objects.all())
        return render(request, "accounts/onboarding_own.html", {"onboarding": onboarding})


class AgreementNoteView(PortalView):
    """Notes that the agreement on personal data is signed."""

    permission = "accounts.manage_tenant"

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        agreement_note(tenant=tenant_of(request), by=signed_in(request))
        messages.success(request, _("The agreement is noted."))
        return redirect("onboarding-own", slug=slug)
