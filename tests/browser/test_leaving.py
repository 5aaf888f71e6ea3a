"""Figures that leave, in a real browser: files, a frame in another page, and pages for those without script."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from tests.browser.test_data_pages import fits
from tests.plugins.browser import axe
from tests.tables import opened_chart
from tests.world import World

pytestmark = [pytest.mark.browser]

Window = Callable[..., Any]
PAGES = (
    "/k/alvik/data/{dataset}/diagram/ladda-ner/",
    "/k/alvik/data/diagram/{chart}/",
    "/o/alvik/data/{dataset}/ladda-ner/",
    "/o/alvik/diagram/{chart}/",
    "/inbaddad/alvik/diagram/{chart}/",
)


@pytest.fixture
def other_site() -> Iterator[Callable[[str], str]]:
    """Somebody else's site, with one page that holds what it is given."""
    page = b""

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(page)

        def log_message(self, *_words: Any) -> None:
            """Nothing: what is asked for is no part of a test's output."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    Thread(target=server.serve_forever, daemon=True).start()

    def with_page(body: str) -> str:
        nonlocal page
        page = body.encode()
        return f"http://localhost:{server.server_port}/"

    yield with_page
    server.shutdown()


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("phone", [True, False])
def test_each_page_fits_and_is_for_everybody(committed: World, window: Window, address: str, phone: bool) -> None:
    chart = opened_chart(committed)
    page = window("adam" if address.startswith("/k/") else None, phone=phone)
    page.goto(address.format(dataset=chart.dataset_id, chart=chart.pk))
    for fold in page.locator("main details:not([open]) > summary").all():
        if fold.is_visible():
            fold.click()
    assert fits(page)
    if folder := os.environ.get("VAXTKRAFT_LOOK"):
        name = address.strip("/").replace("/", "-").replace("{", "").replace("}", "")
        page.screenshot(path=Path(folder) / f"{name}-{'390' if phone else '1280'}.png", full_page=True)
    assert axe(page) == []


def test_a_file_is_fetched_from_the_keyboard(committed: World, window: Window) -> None:
    chart = opened_chart(committed)
    page = window(None, scripts=False)
    page.goto(f"/o/alvik/data/{chart.dataset_id}/ladda-ner/")
    with page.expect_download() as download:
        page.get_by_role("link", name="Excel (XLSX)").first.focus()
        page.keyboard.press("Enter")
    assert download.value.suggested_filename == "oppet.xlsx"


@pytest.mark.parametrize(("width", "seen", "hidden"), [(340, "narrow", "broad"), (760, "broad", "narrow")])
def test_a_frame_in_another_page_shows_the_chart_and_keeps_no_cookie(
    committed: World, window: Window, site: str, other_site: Any, width: int, seen: str, hidden: str
) -> None:
    chart = opened_chart(committed)
    page = window(None, scripts=False)
    code = f'<iframe src="{site}/inbaddad/alvik/diagram/{chart.pk}/" width="{width}" height="900"></iframe>'
    page.goto(other_site(code))
    frame = page.frame_locator("iframe")
    frame.locator(f".embed__{seen} svg").wait_for(timeout=10_000)
    assert not frame.locator(f".embed__{hidden} svg").is_visible()
    frame.locator("summary").click()
    assert frame.locator("table").is_visible()
    assert page.context.cookies() == []
