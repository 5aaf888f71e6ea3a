"""Which language a program is answered in."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def language_of(request: HttpRequest) -> str:
    """`?lang=`, else the first of ours that the caller says to read, else Swedish."""
    ours = dict(settings.LANGUAGES)
    asked = request.GET.get("lang", "").lower()
    if asked in ours:
        return asked
    header = request.headers.get("Accept-Language", "").lower()
    for part in header.split(","):
        named = part.split(";")[0].strip().partition("-")[0]
        if named in ours:
            return named
    return settings.LANGUAGE_CODE
