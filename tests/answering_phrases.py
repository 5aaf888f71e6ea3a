"""Every phrase that an answering page can say: from its templates with all they include, and its code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from babel.messages.catalog import Message
from django.conf import settings
from django.utils.translation import gettext

from portal.translations import collect, first_form
from surveys.answering.languages import speaking
from surveys.support import national

TEMPLATES = Path("frontend/templates")
BASE = "base_answering.html"
FOLDER = "surveys/answering"
COMPONENTS = "components/survey"  # named by surveys/answering/components.py
CODE = ("surveys/answering/", "surveys/questionnaire/cleaning.py", "surveys/questionnaire/validate.py")
_NAMED = re.compile(r'{% (?:include|extends) "([^"]+)"')


@cache
def answering_phrases() -> tuple[str, ...]:
    """The phrases by their English, in the order of their files, then what is said of support lines."""
    places = tuple(sorted(_templates()))
    said = [
        first_form(message)
        for message in _messages()
        if message.id and any(name in places or name.startswith(CODE) for name, _line in message.locations)
    ]
    lines = [text["en"] for line in national() for text in (line.whom, line.hours.text)]
    return tuple(dict.fromkeys([*said, *lines]))


@cache
def _messages() -> tuple[Message, ...]:
    """All messages of the project: reading every file takes seconds."""
    return tuple(collect())


def _templates() -> Iterator[str]:
    waiting = [BASE]
    for folder in (FOLDER, COMPONENTS):
        for path in (Path(settings.BASE_DIR) / TEMPLATES / folder).glob("*.html"):
            waiting.append(f"{folder}/{path.name}")
    seen: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += _NAMED.findall((Path(settings.BASE_DIR) / TEMPLATES / name).read_text(encoding="utf-8"))
            yield f"{TEMPLATES.as_posix()}/{name}"


@cache
def first_page(language: str) -> str:
    """The words of the first page, with gaps where names stand."""
    place = f"{TEMPLATES.as_posix()}/{FOLDER}/begin.html"
    with speaking(language):
        return " ".join(
            gettext(first_form(message))
            for message in _messages()
            if message.id and any(name == place for name, _line in message.locations)
        )
