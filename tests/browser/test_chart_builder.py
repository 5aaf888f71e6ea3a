"""Building a chart in a real browser: each choice shows at once, the focus stays, back undoes it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction

from datasets.cubes import Category, Cube, Dimension, Role, Unit
from datasets.models import Dataset, Likeness
from datasets.services.likeness import likeness_make
from portal.tenancy.scope import scope
from tests.plugins.browser import axe
from tests.tables import dimension, published_dataset
from tests.world import World

pytestmark = [pytest.mark.browser]

Window = Callable[..., Any]
PLACES = ["00", "97", *(f"97{n:02}" for n in range(1, 41))]
NAMES = {"00": "Riket", "97": "Nordvik", "9701": "Alvik", "9702": "Björkvik", "9705": "Ekvik"}


def inhabitants() -> Cube:
    """Young people by place, gender and year, made up."""
    places = tuple(Category(code, {"sv": NAMES.get(code, f"Kommun {code}")}) for code in PLACES)
    geo = Dimension("plats", {"sv": "plats"}, places, Role.GEO)
    years = dimension("år", [str(year) for year in range(2010, 2024)], Role.TIME)
    kinds = dimension("kön", ["kvinnor", "män"])
    sizes = [7 * n % 90 + 10 for n in range(len(PLACES))]
    values = [size * (1 + 0.02 * year) + more for size in sizes for year in range(14) for more in (0, 3)]
    unit = Unit({"sv": "antal"}, 0)
    return Cube.of_values([geo, years, kinds], values, title={"sv": "Unga"}, unit=unit, source="Exempelkällan")


@pytest.fixture
def dataset(committed: World) -> Dataset:
    return published_dataset(committed.alvik, "Unga", cube=inhabitants(), sensitivity="open")


@pytest.fixture
def made(committed: World, dataset: Dataset) -> Likeness:
    with transaction.atomic(), scope(committed.alvik.pk):
        return likeness_make(tenant=committed.alvik, lang="sv", by=committed.alma)


def open_builder(page: Any, dataset: Dataset, query: str = "") -> None:
    page.goto(f"/k/alvik/data/{dataset.pk}/diagram/{query}")
    page.wait_for_selector("[data-chart-picture]:not([hidden]) canvas")
    page.locator("#choose > summary").click()


def test_each_choice_shows_at_once_keeps_the_focus_and_is_undone_by_going_back(
    window: Window, dataset: Dataset
) -> None:
    page = window("vera")
    open_builder(page, dataset)
    first = page.url
    page.focus("#f-x")
    page.select_option("#f-x", "plats")
    page.wait_for_url("**x=plats**")
    assert page.evaluate("document.activeElement.id") == "f-x"
    assert page.locator("#chart-said").inner_text() == page.locator(".chart__sentence").inner_text()
    page.wait_for_selector("[data-chart-picture]:not([hidden]) canvas")
    page.go_back()
    page.wait_for_url(first)
    page.wait_for_function("document.querySelector('#f-x')?.value === 'år'", timeout=5000)


def test_a_kind_is_chosen_from_the_keyboard_and_stays_in_hand(window: Window, dataset: Dataset) -> None:
    page = window("vera")
    open_builder(page, dataset)
    page.focus("#f-kind-line")
    page.keyboard.press("ArrowDown")
    page.wait_for_url("**kind=bar**")
    page.wait_for_function("document.activeElement.id === 'f-kind-bar'")
    assert page.locator("#f-kind-dots").is_disabled()
    assert page.locator("#f-kind-dots-why").inner_text()


def test_a_long_list_is_searched_and_what_is_not_shown_says_so(window: Window, dataset: Dataset) -> None:
    page = window("vera")
    open_builder(page, dataset)
    page.select_option("#f-series", "")
    page.locator("summary", has_text="Plats").click()
    pick = page.locator("[data-pick]", has=page.locator("#f-0-search"))
    pick.locator("[data-pick-search]").fill("ekv")
    assert pick.locator("label.check:visible").all_inner_texts() == ["Ekvik"]
    pick.get_by_label("Ekvik").check()
    page.wait_for_url("**9705**")
    pick.locator("[data-pick-search]").fill("finns inte")
    assert pick.locator("[data-pick-found]").inner_text()


def test_what_cannot_be_shown_leaves_the_chart_and_says_why(window: Window, dataset: Dataset) -> None:
    page = window("vera")
    open_builder(page, dataset)
    sentence = page.locator(".chart__sentence").inner_text()
    page.locator("summary", has_text="Plats").click()
    page.locator("[data-pick]", has=page.locator("#f-0-search")).get_by_label("Ekvik").check()
    page.wait_for_selector("#choose-problem .alert")
    assert page.locator(".chart__sentence").inner_text() == sentence


@pytest.mark.parametrize("phone", [True, False])
def test_every_kind_and_the_list_fit_and_are_for_everybody(
    committed: World, window: Window, dataset: Dataset, made: Likeness, phone: bool
) -> None:
    page = window("alma", phone=phone)
    base = f"/k/alvik/data/{dataset.pk}/diagram/"
    for address in (
        f"{base}?kind=dots&x=plats&only=år:2023&mark=plats:9701,97,00",
        f"{base}?kind=stacked&x=plats:9701,97,00&series=kön&share=kön&only=år:2023",
        f"{base}?kind=line&x=år&series=plats:9701,97&only=kön:män&pool=2",
        "/k/alvik/data/liknande/",
    ):
        page.goto(address)
        for fold in page.locator("main details:not([open]) > summary").all():
            if fold.is_visible():
                fold.click()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
        assert axe(page) == [], address
