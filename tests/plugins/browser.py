"""A real browser before a real server: granian, as the roles `web` and `survey`, on this process's database.

`window(who=None, *, phone=False, scripts=True)`   a Playwright page, signed in as a person of `committed`
`site`           the address of the server
`axe(page)`      what axe-core finds wrong with the page, as readable lines

A test fails when one of its pages threw an error or broke the Content-Security-Policy. Nothing but this
machine can be reached (tests/plugins/chromium.py).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import pytest

from portal.embedded.layout import REPOSITORY
from tests.plugins.chromium import ARGUMENTS, find_chromium
from tests.plugins.serving import DidNotStart, served

AXE = REPOSITORY / "node_modules" / "axe-core" / "axe.min.js"
DESKTOP = {"viewport": {"width": 1280, "height": 900}}
_looked_at: list[str] = []
"""What axe was shown in the test that runs."""

PHONE = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}


@pytest.fixture(scope="session")
def chromium_browser() -> Iterator[Any]:
    """One browser for the session; each window of it has a context, and thus cookies, of its own."""
    from playwright.sync_api import sync_playwright

    # Playwright keeps an event loop in this thread, in which Django would refuse to use the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    try:
        chromium = find_chromium()
    except LookupError as error:
        pytest.fail(str(error))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.program,
            args=list(ARGUMENTS),
            env={**os.environ, **chromium.environment},
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a web process with the real roles, the real middleware and the collected static files."""
    try:
        with served(tmp_path_factory.mktemp("site")) as address:
            yield address
    except DidNotStart as error:
        pytest.fail(f"The web process did not start: {error}")


@pytest.fixture
def window(chromium_browser: Any, site: str, committed: Any) -> Iterator[Callable[..., Any]]:
    """Open windows; they are closed, and their complaints looked at, when the test ends."""
    contexts: list[Any] = []
    complaints: list[str] = []

    def open_window(who: str | None = None, *, phone: bool = False, scripts: bool = True, **options: Any) -> Any:
        kind = PHONE if phone else DESKTOP
        context = chromium_browser.new_context(
            base_url=site, locale="sv-SE", java_script_enabled=scripts, **{**kind, **options}
        )
        contexts.append(context)
        if who is not None:
            context.add_cookies([_session_cookie(committed, who, site)])
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
        page.on("console", lambda message: _note_policy(message, page, complaints))
        return page

    yield open_window
    for context in contexts:
        context.close()
    assert not complaints, "\n".join(complaints)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """A test that says by `looks_at` which pages it shows to axe fails when it left one out."""
    _looked_at.clear()
    yield
    promised = {name for mark in item.iter_markers("looks_at") for name in mark.args}
    assert promised <= (seen := _names_looked_at()), sorted(promised - seen)


def axe(page: Any, *, without: tuple[str, ...] = ()) -> list[str]:
    """What breaks WCAG 2.2 AA (and axe's best practice) on the page: rule, help and the first elements."""
    _looked_at.append(page.url)
    if not page.evaluate("window.axe?.run !== undefined"):
        page.evaluate(_axe_source())
    # Its look into imported style sheets would write them into the page, which the policy forbids. What it finds
    # in order would be thousands of elements with an address each: neither worked out nor sent.
    found = page.evaluate(
        """async (without) => {
          const options = {preload: false, resultTypes: ["violations"]};
          return (await axe.run({exclude: without.map((selector) => [selector])}, options)).violations;
        }""",
        list(without),
    )
    return [
        f"{each['id']}: {each['help']}: " + " | ".join(node["html"][:120] for node in each["nodes"][:3])
        for each in found
    ]


def _names_looked_at() -> set[str]:
    """The names of the addresses that axe was shown in this test."""
    from django.urls import Resolver404, resolve

    found = set()
    for url in _looked_at:
        with suppress(Resolver404):
            found.add(str(resolve(urlsplit(url).path).url_name))
    return found


@cache
def _axe_source() -> str:
    return AXE.read_text(encoding="utf-8")


def _session_cookie(world: Any, who: str, site: str) -> dict[str, Any]:
    from django.conf import settings

    from tests.conftest import client_of

    client = client_of(world, who)
    return {
        "name": settings.SESSION_COOKIE_NAME,
        "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
        "url": site,
    }


def _note_policy(message: Any, page: Any, complaints: list[str]) -> None:
    if "Content Security Policy" in message.text or "Content-Security-Policy" in message.text:
        complaints.append(f"{page.url}: {message.text}")
