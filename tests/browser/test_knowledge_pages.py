"""The system map, factors, offers and voices in a real browser: by keyboard, on a phone, without script."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from datasets.models import Offer, Voice
from datasets.reach import Reach
from tests.knowledge import make_offer, map_draft_of, used_voice, waiting_voice
from tests.plugins.browser import axe
from tests.world import World

pytestmark = [pytest.mark.browser]

Window = Callable[..., Any]
NARROWEST = 320


@pytest.fixture
def offer(committed: World) -> Offer:
    return make_offer(committed.alvik, department=committed.departments["Fritid"])


@pytest.fixture
def voice(committed: World) -> Voice:
    return used_voice(committed.alvik, committed.olle, committed.adam, reach=Reach.PUBLIC)


def fits(page: Any) -> bool:
    """Whether nothing sticks out to the side."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


def test_stepping_to_a_factor_lights_its_influences_and_tells_them(committed: World, window: Window) -> None:
    page = window("vera")
    page.goto("/k/alvik/utforska/systemkarta/")
    page.locator("[data-factor='leisure']").focus()
    lit = page.locator("path.is-lit")
    assert lit.count() >= 4
    ends = lit.evaluate_all("all => all.map(one => [one.dataset.source, one.dataset.target])")
    assert all("leisure" in pair for pair in ends)
    assert "Ledig tid med något man gillar" in page.locator("[data-map-words]").inner_text()
    page.keyboard.press("Tab")
    assert page.locator("path.is-lit[data-source='leisure'][data-target='joy']").count() == 0
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/faktorer/leisure/")


def test_stepping_goes_layer_by_layer(committed: World, window: Window) -> None:
    page = window("vera")
    page.goto("/k/alvik/utforska/systemkarta/")
    page.locator("[data-factor]").first.focus()
    met = []
    for _step in range(12):
        met.append(page.evaluate("Math.round(document.activeElement.getBoundingClientRect().x)"))
        page.keyboard.press("Tab")
    assert len(set(met)) == 1


def test_on_a_phone_the_list_is_the_map(committed: World, window: Window) -> None:
    page = window("vera", phone=True)
    page.goto("/k/alvik/utforska/systemkarta/")
    assert not page.locator("svg.map").is_visible()
    assert page.locator("#list").is_visible()


def test_without_script_the_map_leads_to_a_factor_and_its_influences_are_read(
    committed: World, window: Window
) -> None:
    page = window("vera", scripts=False)
    page.goto("/k/alvik/utforska/systemkarta/")
    page.locator("#list ~ section details summary").first.click()
    assert page.locator("#list ~ section details[open] li").first.is_visible()
    page.locator("[data-factor='rest']").click()
    assert page.url.endswith("/faktorer/rest/")


def test_a_voice_is_noted_and_reviewed_from_the_keyboard(committed: World, window: Window) -> None:
    page = window("olle", scripts=False)
    page.goto("/k/alvik/utforska/roster/ny/")
    page.fill("[name=text]", "Anna vill ha bussar på kvällen")
    page.check("[name=method][value=interview]")
    page.focus("button[value=send]")
    page.keyboard.press("Enter")
    page.wait_for_selector("[name=is_vouched_for]")
    page.fill("[name=text]", "Vi vill ha bussar på kvällen")
    page.focus("button[value=send]")
    page.keyboard.press("Enter")
    page.wait_for_selector("blockquote")
    address = page.url
    other = window("alma")
    other.goto(address)
    assert axe(other) == []
    other.locator("form[action$='/anvand/'] button").focus()
    other.keyboard.press("Enter")
    other.wait_for_selector(".alert--good")


@pytest.mark.parametrize(
    "who, address",
    [
        ("vera", "/k/alvik/utforska/systemkarta/"),
        ("vera", "/k/alvik/utforska/systemkarta/versioner/"),
        ("vera", "/k/alvik/utforska/faktorer/leisure/"),
        ("rut", "/k/region-nordvik/utforska/systemkarta/utkast/"),
        ("rut", "/k/region-nordvik/utforska/systemkarta/utkast/faktorer/leisure/"),
        ("rut", "/k/region-nordvik/utforska/systemkarta/utkast/paverkan/ny/"),
        ("adam", "/k/alvik/utforska/insatser/"),
        ("vera", "/k/alvik/utforska/insatser/?visa=faktor"),
        ("adam", "/k/alvik/utforska/insatser/{offer}/"),
        ("olle", "/k/alvik/utforska/insatser/ny/"),
        ("vera", "/k/alvik/utforska/insatser/skriv-ut/"),
        ("alma", "/k/alvik/utforska/roster/"),
        ("alma", "/k/alvik/utforska/roster/ny/"),
        ("alma", "/k/alvik/utforska/roster/utkast/"),
        ("adam", "/k/alvik/utforska/roster/{voice}/"),
        (None, "/o/alvik/roster/"),
        (None, "/o/alvik/insatser/"),
    ],
)
def test_each_page_fits_a_phone_and_everybody(
    committed: World, window: Window, offer: Offer, voice: Voice, who: str | None, address: str
) -> None:
    waiting_voice(committed.alvik, committed.olle, "Ett ord till")
    map_draft_of(committed)
    page = window(who, phone=True)
    page.set_viewport_size({"width": NARROWEST, "height": 700})
    page.goto(address.format(offer=offer.pk, voice=voice.pk))
    assert fits(page)
    for fold in page.locator("main details:not([open]) > summary").all()[:12]:
        if fold.is_visible():
            fold.click()
    assert fits(page)
    assert axe(page) == []


def test_the_picture_is_for_everybody_too(committed: World, window: Window) -> None:
    page = window("vera")
    page.goto("/k/alvik/utforska/systemkarta/")
    assert axe(page) == []
