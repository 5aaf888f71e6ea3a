"""Which addresses render a page, and which tests say that they look at it with axe.

A test that looks at pages names them: `@pytest.mark.looks_at("plan-list", …)`. What it names it must have met
when it ends (tests/plugins/browser.py), and every page of dialogues and surveys must be named somewhere.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

FILES = {
    "record-file", "record-metadata", "record-file-by-mail", "brief-file", "plan-file", "deck-file",
    "questionnaire-example", "questionnaire-version-xlsform", "round-report-poster", "round-report-qr",
    "survey-round-qr", "survey-round-poster", "survey-round-files", "survey-round-together-files", "joint-part-qr",
    "joint-part-poster", "round-report-story",
}  # fmt: skip
"""What is downloaded."""

FOR_SCRIPTS = {"note-list", "dialogue-events", "room-changes", "room-events", "survey-round-making-state"}
"""What a page's script asks for: figures, notes, a piece of the page."""

LEAD_BACK = {"questionnaire-edit", "questionnaire-archive", "proposal-answer", "reference-comment-answer"}
"""Deeds on a page that show the same page again when they are refused; opened, they lead back to it."""


def pages_of(app: str) -> dict[str, list[str]]:
    """Addresses of an app that answer a GET with a page: the name, and what stands in its patterns.

    Deeds take no GET.
    """
    found: dict[str, list[str]] = {}
    for pattern in _patterns(get_resolver()):
        view = getattr(pattern.callback, "view_class", None)
        if view is not None and view.__module__.startswith(f"{app}.") and _answers_get(view):
            found[str(pattern.name)] = list(pattern.pattern.converters)
    return {name: kinds for name, kinds in found.items() if name not in FILES | FOR_SCRIPTS | LEAD_BACK}


def same_pages(app: str) -> dict[str, set[str]]:
    """For every page of an app the names under which the very same view answers: its other addresses."""
    views = {str(one.name): getattr(one.callback, "view_class", None) for one in _patterns(get_resolver())}
    return {name: {other for other in views if views[other] is views[name]} for name in pages_of(app)}


def looked_at() -> dict[str, str]:
    """Each page that a test says it looks at, with the test."""
    found: dict[str, str] = {}
    for path in sorted(Path(__file__).parent.glob("test_*.py")):
        module = importlib.import_module(f"tests.browser.{path.stem}")
        for name, test in vars(module).items():
            for mark in getattr(test, "pytestmark", ()) if name.startswith("test_") else ():
                if mark.name == "looks_at":
                    found |= dict.fromkeys(mark.args, f"{path.stem}.{name}")
    return found


def _answers_get(view: Any) -> bool:
    return hasattr(view, "get") and "get" in view.http_method_names


def _patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern)
        elif isinstance(pattern, URLPattern):
            yield pattern
