"""Pages that others show on their own: no cookie is read, set or asked about, so nobody is known there."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import patch_vary_headers

EMBEDDED = "/inbaddad/"
"""Where pages for other sites' frames stand. Only these may be shown in a frame."""


class CookielessMiddleware:
    """Takes cookies off the request at the door, and off the answer when it leaves.

    Somebody who is signed in here and reads another site is then nobody in its frame: the frame shows what
    anyone sees, and no one can be lured into doing something there.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path.startswith(EMBEDDED):
            return self.get_response(request)
        request.META.pop("HTTP_COOKIE", None)
        request.META.pop("HTTP_AUTHORIZATION", None)
        request.COOKIES = {}
        response = self.get_response(request)
        response.cookies.clear()
        response.headers.pop("Vary", None)
        patch_vary_headers(response, ("Accept-Encoding",))
        response.headers["Referrer-Policy"] = "no-referrer"
        return response
