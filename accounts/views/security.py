"""A person's own sign-in: second factor, password, sessions."""

from __future__ import annotations

from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from portal.views import SIGNED_IN, PortalView


class SecurityView(PortalView):
    """What protects this account, each with its page."""

    permission = SIGNED_IN

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, "accounts/security.html", {"has_second_factor": is_mfa_enabled(request.user)})


class SecondFactorView(PortalView):
    """Where everyone without a second factor is held: why, and two ways to get one."""

    permission = SIGNED_IN

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, "accounts/second_factor.html", {"has_second_factor": is_mfa_enabled(request.user)})
