"""Which language a page is in: chosen, else Swedish; pages without cookies carry theirs in the address."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request

from .cookieless import EMBEDDED

COOKIELESS = ("/svara/", "/ni-sa-vi-gjorde/", "/referensgrupp/", EMBEDDED)


class LanguageMiddleware:
    """Django's own middleware, less its cookie on pages where none is read or set."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path.startswith(COOKIELESS):
            asked = request.GET.get("lang", "")
            language = asked if asked in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        elif settings.LANGUAGE_COOKIE_NAME in request.COOKIES:
            language = get_language_from_request(request)
        else:
            # Swedish first: a browser set to English by its maker is no choice.
            language = settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = translation.get_language()  # type: ignore[attr-defined]
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        if not request.path.startswith(COOKIELESS):
            patch_vary_headers(response, ("Cookie",))
        return response
