"""Nobody is known on an answering page: what tells people apart is taken off the request at the door."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string

from portal.guessing import neighbourhood_of
from surveys.answering.languages import WELL_FORMED, page_languages, settled, speaking
from surveys.languages import SWEDISH

logger = logging.getLogger(__name__)

PATHS = ("/svara/", "/ni-sa-vi-gjorde/", "/referensgrupp/")
"""Answering; what came of it, and proposing questions; the pages of a youth reference group."""
KEPT = frozenset({
    "REQUEST_METHOD", "PATH_INFO", "SCRIPT_NAME", "CONTENT_TYPE", "CONTENT_LENGTH", "SERVER_NAME", "SERVER_PORT",
    "SERVER_PROTOCOL", "HTTP_HOST", "HTTP_X_FORWARDED_PROTO", "wsgi.url_scheme", "wsgi.input",
})  # fmt: skip
"""All that an answering page needs of a request. Not its address, browser, cookies, referrer or languages."""


class NobodyMiddleware:
    """Stands first. On answering pages it drops everything personal, sets no cookie and lets no line be logged.

    No later middleware, view, log line or error report can then hold what is no longer there. The query keeps
    `lang` and nothing else, and that only where it has the form of a language.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path.startswith(PATHS):
            return self.get_response(request)
        # A hash that means nothing outside this process: only for counting wrong codes (`ways_in.guessing`).
        near = neighbourhood_of(request.META.get("REMOTE_ADDR", ""))
        forget_person(request)
        request.neighbourhood = near  # type: ignore[attr-defined]
        try:
            request.get_host()
        except DisallowedHost:
            # Django would log what stood in the header.
            return HttpResponse(status=400)
        response = self.get_response(request)
        response.cookies.clear()
        response.headers.pop("Vary", None)
        response.headers["Cache-Control"] = "no-store"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers.setdefault("X-Robots-Tag", "noindex")
        # Django would log every answer of 400 and above with its path; the path of a wrong link can be anything.
        response._has_been_logged = True  # type: ignore[attr-defined]
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """An error of our own: its kind and place are logged, and none of its words."""
        if not request.path.startswith(PATHS):
            return None
        place = traceback.extract_tb(exception.__traceback__)[-1]
        logger.error("An answering page failed: %s in %s:%s", type(exception).__name__, place.name, place.lineno)
        wanted = request.GET.get("lang", "")
        with speaking(wanted if wanted in page_languages() else SWEDISH):
            html = render_to_string("surveys/answering/failed.html", request=request)
        return HttpResponse(settled(html), status=500)


def forget_person(request: HttpRequest) -> None:
    """Leave of the request's surroundings what an answering page needs, and nothing of who sends it."""
    language = request.GET.get("lang", "")
    kept = {name: value for name, value in request.META.items() if name in KEPT}
    kept["QUERY_STRING"] = f"lang={language}" if WELL_FORMED.fullmatch(language) else ""
    kept["REMOTE_ADDR"] = ""
    request.META = kept
    request.environ = kept  # type: ignore[attr-defined]
    request.COOKIES = {}
    del request.GET
