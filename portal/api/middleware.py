"""The interfaces' door: no cookie comes in and none goes out, so that what is public can be cached by anyone."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import translation

from portal.api.languages import language_of
from portal.api.problems import fault_of_ours, not_found, problem_response

PATHS = ("/api/", "/datasets/dcat")
"""Addresses for programs. The docs of the interface are a page like others."""
PAGES = ("/api/docs/",)
ALLOWED = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Accept-Language, Authorization, Content-Type, If-None-Match",
    "Access-Control-Expose-Headers": "ETag, Link, Retry-After",
    "Access-Control-Max-Age": "86400",
}
"""Pages of others may ask. No credentials: a browser's session opens nothing here."""


class ApiDoorMiddleware:
    """Takes cookies off calls of the interfaces, before anybody looks at them, and off their answers.

    A signed-in official's browser that is led here by a page of somebody else's is thereby nobody.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path.startswith(PATHS) or request.path.startswith(PAGES):
            return self.get_response(request)
        request.META.pop("HTTP_COOKIE", None)
        request.COOKIES = {}
        if request.method == "OPTIONS":
            return HttpResponse(status=204, headers=ALLOWED)
        response = self.get_response(request)
        if response.status_code >= 400 and response.headers.get("Content-Type", "").startswith("text/html"):
            response = problem_instead(request, response.status_code)
        response.cookies.clear()
        for name, value in ALLOWED.items():
            response.headers[name] = value
        response.headers["Vary"] = "Accept, Accept-Language, Authorization"
        return response


def problem_instead(request: HttpRequest, status: int) -> HttpResponse:
    """For an address that there is not, or a fault: what a program reads in place of a page."""
    with translation.override(language_of(request)):
        return problem_response(not_found() if status < 500 else fault_of_ours())
