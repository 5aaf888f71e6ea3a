"""A view that names no permission does not import."""

from __future__ import annotations

import sys
from typing import Any, ClassVar, cast

from django.core.exceptions import ImproperlyConfigured
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views import View

PUBLIC = "public"
"""Declared by views that anyone may open."""

SIGNED_IN = "signed in"
"""Declared by views that belong to the person and to no tenant."""


class PortalView(View):
    """A view that says who may open it: a permission asked of the tenant at work, PUBLIC or SIGNED_IN.

    Whoever may not open it gets 404, so that an address tells nothing. A view about one object that can be
    granted singly overrides `permission_target`.
    """

    permission: ClassVar[str | None] = None

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if cls.permission is None and not cls.__dict__.get("is_abstract", False):
            raise ImproperlyConfigured(f"{cls.__name__} must declare `permission`.")

    def permission_target(self) -> Any:
        """The object that the permission is asked of."""
        return cast(Any, self.request).tenant

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if any("\x00" in value for values in request.GET.lists() for value in values[1]):
            # PostgreSQL has no such character, and no link of ours holds it.
            raise Http404
        if self.permission == SIGNED_IN and not request.user.is_authenticated:
            from django.contrib.auth.views import redirect_to_login

            return redirect_to_login(request.get_full_path())
        if self.permission not in (PUBLIC, SIGNED_IN) and not self.may_open(request):
            raise Http404
        return self.answer_instead(request, *args, **kwargs) or super().dispatch(request, *args, **kwargs)

    def answer_instead(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse | None:
        """What answers instead of the view somebody who may open it, but not as things stand."""
        return None

    def may_open(self, request: HttpRequest) -> bool:
        """Whether the role, or a grant on the very object, lets this person in."""
        target = self.permission_target()
        return target is not None and request.user.has_perm(cast(str, self.permission), target)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404 in the reader's language."""
    return render(request, "404.html", status=404)


RETRY_AFTER = 10
"""Seconds after which a page that met a silent database is worth asking for again."""


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 with Retry-After where it is the database that does not answer.

    Rendered without the request: session, person and navigation may be what cannot be read.
    """
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        headers = {"Retry-After": str(RETRY_AFTER), "Cache-Control": "no-store"}
        return HttpResponse(render_to_string("503.html"), status=503, headers=headers)
    return HttpResponse(render_to_string("500.html"), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose protection no longer holds: old, or sent from elsewhere."""
    return render(request, "403_csrf.html", status=403)
