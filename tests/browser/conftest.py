"""Pages made of the interface's components alone, served to a browser from memory under the real policy."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from mimetypes import guess_type
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.template import engines

ADDRESS = "https://components.example"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


@pytest.fixture
def show(chromium_browser: Any) -> Iterator[Callable[..., Any]]:
    """Show the page that a template's source makes; a complaint of the browser fails the test."""
    contexts: list[Any] = []
    complaints: list[str] = []

    def show_page(source: str, context: dict[str, Any] | None = None, *, width: int = 1280, **options: Any) -> Any:
        html = engines["django"].from_string(source).render(context or {})
        browser = chromium_browser.new_context(viewport={"width": width, "height": 900}, **options)
        contexts.append(browser)
        browser.route("**/*", lambda route: _serve(route, html))
        page = browser.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda message: message.type == "error" and complaints.append(message.text))
        page.goto(ADDRESS + "/")
        return page

    yield show_page
    for browser in contexts:
        browser.close()
    assert not complaints, "\n".join(complaints)


def _serve(route: Any, html: str) -> None:
    path = route.request.url.removeprefix(ADDRESS).split("?")[0]
    if path == "/":
        headers = {"Content-Security-Policy": POLICY, "Content-Type": "text/html; charset=utf-8"}
        route.fulfill(body=html, headers=headers)
        return
    found = finders.find(path.removeprefix("/static/")) if path.startswith("/static/") else None
    if isinstance(found, str):
        route.fulfill(body=Path(found).read_bytes(), content_type=guess_type(found)[0] or "text/javascript")
    else:
        route.fulfill(body="<!doctype html><title>Elsewhere</title>", content_type="text/html")
