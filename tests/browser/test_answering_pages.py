"""Nothing wrong for axe, and nothing wider than the screen, on any page of answering, in three languages."""

from __future__ import annotations

import os
from collections.abc import Callable
from itertools import cycle
from typing import Any

import pytest

from tests.browser.answering_pages import Answering
from tests.plugins.browser import axe
from tests.world import World

pytestmark = pytest.mark.browser

Window = Callable[..., Any]
SIZES = ((320, 100), (390, 100), (1280, 100), (390, 200))
"""Widths in pixels, with the size of text in per cent."""
IS_THOROUGH = bool(os.environ.get("VAXTKRAFT_EVERY_SIZE"))
"""axe at every size of every page takes minutes; without this it looks at one size of each, in turn."""
WIDER = """[...document.querySelectorAll("body *")].filter((each) => {
  const box = each.getBoundingClientRect();
  const hidden = "thead, [role=status], .skip-link";
  return box.width && !each.closest(hidden) && (box.right > innerWidth + 1 || box.left < -1);
}).map((each) => each.outerHTML.slice(0, 120))"""
NOT_IN_ARABIC = ("public: public-report-detail",)
"""What is told of a round is in Swedish and English."""


def faults(page: Any, name: str, to_look: tuple[int, int]) -> list[str]:
    """What is wrong with a page: for axe at the size to look at, and for the eye at each of them."""
    found = []
    for width, percent in SIZES:
        page.set_viewport_size({"width": width, "height": 844})
        page.evaluate("(size) => { document.documentElement.style.fontSize = size; }", f"{percent}%")
        where = f"{name} at {width} px and {percent} %"
        if IS_THOROUGH or (width, percent) == to_look:
            found += [f"{where}: {fault}" for fault in axe(page)]
        found += [f"{where}: wider than the screen: {each}" for each in page.evaluate(WIDER)]
    return found


def show(page: Any, html: str) -> None:
    """The server's page as if the browser had just got it."""
    whole = {"body": html, "content_type": "text/html; charset=utf-8"}
    page.route("**/svara/visas/**", lambda route: route.fulfill(**whole))
    page.goto("/svara/visas/")
    page.unroute("**/svara/visas/**")


@pytest.mark.looks_at("survey-answer")
def test_every_page_is_sound(committed: World, window: Window) -> None:
    answering, page, found, seen = Answering(committed), window(), [], set()
    # One more than the sizes, so that a page is looked at in another size in each language.
    sizes = cycle((*SIZES, SIZES[0]))
    for language in ("sv", "en", "ar"):
        for name, html in answering.pages(language):
            show(page, html)
            found += faults(page, f"{name} ({language})", next(sizes))
            is_translated = language != "ar" or not name.startswith(NOT_IN_ARABIC)
            assert page.get_attribute("html", "lang") == (language if is_translated else "sv"), name
            assert page.locator("main h1").count() == 1, name
            seen.add(page.title())
    assert found == []
    assert len(seen) > 45
