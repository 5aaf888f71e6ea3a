"""The browser itself: that it draws, reads Swedish letters, reaches nobody else, and that axe runs in it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.plugins.browser import axe

pytestmark = pytest.mark.browser

PAGE = (
    "data:text/html;charset=utf-8,<!doctype html><html lang='sv'><title>Prov</title><main><h1>Växtkraft åäö</h1>"
    "<canvas id='c' width='200' height='100' aria-hidden='true'></canvas></main><script>"
    "const pen = document.getElementById('c').getContext('2d'); pen.fillStyle = 'rgb(255, 165, 0)';"
    "pen.fillRect(10, 10, 100, 50); document.title = pen.getImageData(20, 20, 1, 1).data.join(' ')</script>"
)


@pytest.fixture
def page(chromium_browser: Any) -> Any:
    context = chromium_browser.new_context()
    yield context.new_page()
    context.close()


def test_it_draws_on_a_canvas_and_takes_pictures(page: Any) -> None:
    page.goto(PAGE)
    assert page.title() == "255 165 0 255"
    assert page.screenshot().startswith(b"\x89PNG")


def test_it_reaches_nobody_outside_this_machine(page: Any) -> None:
    with pytest.raises(Exception, match="ERR_NAME_NOT_RESOLVED"):
        page.goto("http://example.com/")


def test_axe_finds_nothing_on_a_sound_page_and_something_on_a_broken_one(page: Any) -> None:
    page.goto(PAGE)
    assert axe(page) == []
    page.goto("data:text/html,<html><title>x</title><main><h1>x</h1><img src='data:,'></main></html>")
    assert any(line.startswith("image-alt") for line in axe(page))
