"""Django's middleware for people who are signed in, left out where nobody is: on the answering pages.

Those have no cookie to read, no session to open and no message to keep; a school that sends its answers within a
minute should not pay for looking. `NobodyMiddleware` has taken off the request whatever these would look at.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth import middleware as auth
from django.contrib.messages import middleware as messages
from django.contrib.sessions import middleware as sessions
from django.http import HttpRequest

ANSWERING = "/svara/"


class NotWhileAnswering:
    """Steps aside on answering pages. To stand before a middleware of Django's among its bases."""

    get_response: Any

    def __call__(self, request: HttpRequest) -> Any:
        if request.path.startswith(ANSWERING):
            return self.get_response(request)
        return super().__call__(request)  # type: ignore[misc]


class SessionMiddleware(NotWhileAnswering, sessions.SessionMiddleware):
    """Sessions, but on answering pages."""


class AuthenticationMiddleware(NotWhileAnswering, auth.AuthenticationMiddleware):
    """Who is signed in, but on answering pages."""


class MessageMiddleware(NotWhileAnswering, messages.MessageMiddleware):
    """Notices for the next page, but on answering pages."""
