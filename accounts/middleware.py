"""What stands between a request and its view: session age, second factor, transaction and scope."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any, cast

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.core.handlers.exception import response_for_exception
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from accounts.models import Membership, Tenant, User
from portal.tenancy.scope import identify, public_scope, scope

GetResponse = Callable[[HttpRequest], HttpResponseBase]

WITHOUT_DATABASE = ("/svara/", "/halsa/", "/static/")
"""Answering pages have a connection of their own and no session; health asks for itself."""

TENANT_PATH = re.compile(r"^/k/(?P<slug>[^/]*)(/|$)")
"""Wider than any slug: an address with a slug that no tenant can have must not reach a view without one."""


class SessionAgeMiddleware:
    """Ends a session ten hours after signing in, however busy it was."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path.startswith(WITHOUT_DATABASE) and request.user.is_authenticated:
            began = parse_datetime(request.session.get("began_at", "") or "")
            if began is None:
                request.session["began_at"] = timezone.now().isoformat()
            elif timezone.now() - began > timedelta(seconds=settings.SESSION_LONGEST):
                logout(request)
        return self.get_response(request)


class SecondFactorMiddleware:
    """Holds everyone who has not set up a second factor at the page where they can.

    A role here always sees something internal, so that no page, file or API is outside this. Demo people, who
    have no password either, are let through.
    """

    OPEN_TO_FIRST_FACTOR = ("/konto/", "/sprak/", "/i18n/", "/inbjudan/")

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path.startswith((*WITHOUT_DATABASE, *self.OPEN_TO_FIRST_FACTOR)):
            return self.get_response(request)
        user = request.user
        is_known_demo = settings.IS_DEMO and isinstance(user, User) and user.is_demo
        if user.is_authenticated and not is_known_demo and not is_mfa_enabled(user):
            return redirect("account-second-factor")
        return self.get_response(request)


class TenancyMiddleware:
    """One transaction and one scope around the whole response, rendering included.

    Under `/k/<slug>/` the scope is that tenant's, for its members and guests; for everyone else the address
    does not exist. Elsewhere only public rows can be seen. Whatever was written is undone when the view raised
    or answered with an error of its own.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path.startswith(WITHOUT_DATABASE):
            return self.get_response(request)
        with transaction.atomic():
            response = self._respond(request)
            if response.status_code >= 500 or getattr(request, "view_raised", False):
                transaction.set_rollback(True)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        request.view_raised = True  # type: ignore[attr-defined]

    def _respond(self, request: HttpRequest) -> HttpResponseBase:
        # The type checker knows HttpRequest without our own attributes: tenant, membership, memberships.
        ours = cast(Any, request)
        ours.tenant, ours.membership, ours.memberships = None, None, []
        user = request.user
        if user.is_authenticated:
            identify(user.pk)
            ours.memberships = list(
                Membership.of_person(user.pk)
                .select_related("tenant__parent", "department")
                .order_by("tenant__sort_key")
            )
            cast(Any, user)._memberships = {found.tenant_id: found for found in ours.memberships}
        match = TENANT_PATH.match(request.path)
        if match is None:
            with public_scope():
                return self.get_response(request)
        if not user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        for membership in ours.memberships:
            if membership.tenant.slug == match["slug"]:
                ours.tenant, ours.membership = membership.tenant, membership
                with scope(membership.tenant_id):
                    return self.get_response(request)
        with public_scope():
            return response_for_exception(request, Http404())


def tenant_of(request: HttpRequest) -> Tenant:
    """The tenant whose page this is; a view under `/k/<slug>/` always has one."""
    return cast(Tenant, cast(Any, request).tenant)
