"""Pages that a link in a mail opens, without signing in: in the scope of what the link was made for, or gone."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponse, HttpResponseBase
from django.shortcuts import render

from portal.tenancy.scope import scope
from portal.views import PortalView


class ByMailView(PortalView):
    """One object's page, for whom a link was made. Looking changes nothing: virus scanners open links."""

    is_abstract = True
    gone_template = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = self.behind_grant(request, *args, **kwargs)
        # Never "no-referrer": browsers then send `Origin: null` with the form, which is refused as forged.
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex"
        # Django would log an answer of 400 and above with its path, and the path is the key.
        response._has_been_logged = True  # type: ignore[attr-defined]
        return response

    def behind_grant(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The page in the scope of its tenant, for a link that still belongs to the person it was made for."""
        named = self.named_in(kwargs["token"])
        if named is None:
            return self.gone(request)
        tenant_id, object_id, mark = named
        with scope(tenant_id):
            if not self.find(object_id, mark):
                return self.gone(request)
            return super().dispatch(request, *args, **kwargs)

    def named_in(self, token: str) -> tuple[UUID, UUID, str] | None:
        """Tenant, object and person of a link; None for no such link."""
        raise NotImplementedError

    def find(self, object_id: UUID, mark: str) -> bool:
        """Fetch the object, in scope; whether the link still opens it."""
        raise NotImplementedError

    def gone(self, request: HttpRequest) -> HttpResponse:
        """A link that leads nowhere any more."""
        return render(request, self.gone_template, status=404)
