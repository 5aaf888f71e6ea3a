"""The pages about programs and the catalogue, in a real browser: for everyone, on a phone, without script."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.opened import opened_dataset
from tests.conftest import client_of
from tests.pages.accounts.test_api_tokens import made
from tests.plugins.browser import axe
from tests.tables import published_dataset
from tests.world import World

pytestmark = pytest.mark.browser


def fits(page: Any) -> bool:
    """Whether nothing sticks out to the side."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


@pytest.mark.parametrize("phone", [False, True])
def test_the_docs_are_for_everyone(window: Any, committed: World, phone: bool) -> None:
    opened_dataset(committed)
    page = window(phone=phone, scripts=True)
    page.goto("/api/docs/")
    assert axe(page) == []
    assert fits(page)
    narrow = window(scripts=False, viewport={"width": 320, "height": 700})
    narrow.goto("/api/docs/")
    assert "TOP(5)" in narrow.inner_text("main")
    assert narrow.locator("main").bounding_box()["width"] <= 320


@pytest.mark.parametrize("phone", [False, True])
def test_keys_are_listed_made_and_withdrawn(window: Any, committed: World, phone: bool) -> None:
    made(committed)
    page = window("adam", phone=phone)
    page.goto("/k/alvik/kommunen/nycklar/")
    assert axe(page) == [] and fits(page)
    cookie = client_of(committed, "adam").cookies["session"].value
    page.context.add_cookies([{"name": "session", "value": cookie, "url": page.url.split("/k/")[0]}])
    page.get_by_role("link", name="Gör en nyckel").click()
    assert axe(page) == [] and fits(page)
    page.get_by_label("Vad ska den användas till?").fill("Webbplatsen")
    page.keyboard.press("Enter")
    page.wait_for_selector("#key")
    assert axe(page) == [] and fits(page)
    assert page.input_value("#key").startswith("vk_alvik_")
    page.get_by_role("link", name="Jag har kopierat den").click()
    page.get_by_role("button", name="Dra tillbaka").first.click()
    assert "öppnar inget mer" in page.inner_text("body")


@pytest.mark.parametrize("phone", [False, True])
def test_a_closed_data_set_is_told_of_without_script(window: Any, committed: World, phone: bool) -> None:
    dataset = published_dataset(committed.alvik, "Orosanmälningar")
    page = window("adam", phone=phone)
    page.goto(f"/k/alvik/data/{dataset.pk}/katalog/")
    assert axe(page) == [] and fits(page)
    plain = window("adam", phone=phone, scripts=False)
    plain.goto(f"/k/alvik/data/{dataset.pk}/katalog/")
    plain.get_by_label("Vad den handlar om").fill("Antal per år.")
    plain.get_by_role("button", name="Berätta att den finns").click()
    assert "Katalogen säger att den finns" in plain.inner_text("body")
