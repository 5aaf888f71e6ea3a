"""Errors of the interfaces: `application/problem+json` (RFC 9457), in the language that was asked for."""

from __future__ import annotations

import json
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from rest_framework.exceptions import (
    APIException,
    AuthenticationFailed,
    MethodNotAllowed,
    NotAcceptable,
    ParseError,
    Throttled,
    UnsupportedMediaType,
)

CONTENT_TYPE = "application/problem+json"


class Problem(Exception):
    """Something that was asked for and can't be given: what it is, and what to do instead.

    `kind` goes out as `type` and `title` as it is: some clients compare them, so they are not translated where a
    specification sets them.
    """

    def __init__(self, status: int, title: str, detail: str, *, kind: str = "about:blank") -> None:
        super().__init__(title)
        self.status, self.title, self.detail, self.kind = status, title, detail, kind


def problem_response(problem: Problem, headers: dict[str, str] | None = None) -> HttpResponse:
    """A problem as it is sent."""
    body = {
        "type": problem.kind,
        "title": problem.title,
        "status": problem.status,
        "detail": problem.detail,
    }
    return HttpResponse(
        json.dumps(body, ensure_ascii=False),
        status=problem.status,
        content_type=CONTENT_TYPE,
        headers={"Cache-Control": "no-store", **(headers or {})},
    )


def not_found() -> Problem:
    """The same for what does not exist and for what the asker may not know."""
    return Problem(404, _("Not found"), _("There is nothing at this address, or it is not open to you."))


def fault_of_ours() -> Problem:
    """Something broke here; what it was is in the log and nowhere else."""
    return Problem(500, _("A fault of ours"), _("It is written down. Try again in a while."))


def problem_of(exception: Exception) -> tuple[Problem, dict[str, str]] | None:
    """An exception as a problem with its headers; None for one that is a fault of ours."""
    if isinstance(exception, Problem):
        return exception, {}
    if isinstance(exception, (Http404, PermissionDenied)):
        return not_found(), {}
    if not isinstance(exception, APIException):
        return None
    if isinstance(exception, Throttled):
        wait = max(1, round(getattr(exception, "wait", None) or 1))
        detail = _("Too many questions in a short time. Wait %(seconds)s seconds and ask again.") % {
            "seconds": wait
        }
        return Problem(429, _("Too many requests"), detail), {"Retry-After": str(wait)}
    if isinstance(exception, AuthenticationFailed):
        detail = _(
            "The key does not work: it may have ended or been withdrawn. An administrator can make a new one."
        )
        return Problem(401, _("The key does not work"), detail), {"WWW-Authenticate": "Bearer"}
    said = _SAID.get(type(exception))
    if said is None:
        return not_found(), {}
    return Problem(exception.status_code, *said()), {}


_SAID: dict[type[APIException], Any] = {
    MethodNotAllowed: lambda: (_("Method not allowed"), _("This address is only read from: ask with GET.")),
    NotAcceptable: lambda: (
        _("Not acceptable"),
        _("There is no such form of it. Leave out Accept."),
    ),
    ParseError: lambda: (_("Malformed request"), _("What was sent could not be read as JSON.")),
    UnsupportedMediaType: lambda: (
        _("Unsupported media type"),
        _("Send the question as application/json."),
    ),
}
