"""Data in a real browser: a file brought in and shown as a chart, wide and on a phone, with script and without."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction

from datasets.models import Dataset
from datasets.services.registration import dataset_open_to_public
from portal.tenancy.scope import scope
from tests.plugins.browser import axe
from tests.tables import absence, published_dataset, saved_chart
from tests.world import World

pytestmark = [pytest.mark.browser]

Window = Callable[..., Any]
FILE = "Skola;År;Antal\n" + "".join(f"{school};2023;{40 + n}\n" for n, school in enumerate(("Ek", "Alm", "Bok")))


@pytest.fixture
def dataset(committed: World) -> Dataset:
    made = published_dataset(
        committed.alvik, "Frånvaro", cube=absence(3), department=committed.departments["Skola"]
    )
    with transaction.atomic(), scope(committed.alvik.pk):
        return dataset_open_to_public(dataset=made, by=committed.adam)


def fits(page: Any) -> bool:
    """Whether nothing sticks out to the side."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


def test_a_file_is_brought_in_from_the_keyboard_and_watched(
    committed: World, window: Window, run_jobs: Callable[[], list[str]]
) -> None:
    page = window("dag")
    page.goto("/k/alvik/data/filer/ny/")
    file = {"name": "skolor.csv", "mimeType": "text/csv", "buffer": FILE.encode()}
    page.set_input_files("input[name=file]", files=[file])
    page.focus("form[enctype] button")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-progress]")
    run_jobs()
    # The page finds out by itself that the file has been read.
    page.wait_for_selector("#columns", timeout=10_000)
    assert axe(page) == []
    page.fill("[name=title]", "Frånvaro i våra skolor")
    page.fill("[name=source]", "Skolans system")
    page.focus("button[value=confirm]")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-progress]")
    run_jobs()
    page.wait_for_selector(".alert--good", timeout=10_000)


def test_the_picture_is_drawn_and_the_file_and_the_link_are_at_hand(
    committed: World, window: Window, dataset: Dataset
) -> None:
    page = window("vera")
    page.goto(f"/k/alvik/data/{dataset.pk}/diagram/")
    page.wait_for_selector("[data-chart-picture]:not([hidden]) canvas")
    assert axe(page) == []
    page.click("a[href*='/ladda-ner/']")
    for ending in ("csv", "png"):
        with page.expect_download() as download:
            page.locator(f"a[href*='/ladda-ner/{ending}/']").first.click()
        assert download.value.suggested_filename.endswith(f".{ending}")


def test_without_script_a_view_is_read_and_changed(committed: World, window: Window, dataset: Dataset) -> None:
    page = window("vera", scripts=False)
    page.goto(f"/k/alvik/data/{dataset.pk}/diagram/")
    assert page.locator(".chart__sentence").inner_text()
    page.locator("#choose > summary").click()
    page.select_option("#f-x", "Skola")
    page.select_option("#f-series", "")
    page.locator("#choose form summary", has_text="År").first.click()
    page.check("input[name=f-1][value='2023']")
    page.locator("#choose form > div:last-child button").click()
    assert "x=Skola" in page.url
    page.locator("figure details.fold > summary", has_text="Siffrorna som tabell").click()
    assert "42" in page.locator("figure table").inner_text()


@pytest.mark.parametrize(
    "address",
    [
        "/k/alvik/utforska/",
        "/k/alvik/data/",
        "/k/alvik/data/{dataset}/",
        "/k/alvik/data/{dataset}/diagram/",
        "/k/alvik/data/{dataset}/diagram/bredvid/",
        "/k/alvik/data/{dataset}/regel/",
        "/k/alvik/data/{dataset}/andra/",
        "/k/alvik/data/diagram/",
        "/k/alvik/data/diagram/{chart}/",
        "/k/alvik/data/diagram/{chart}/andra/",
        "/k/alvik/data/liknande/",
        "/k/alvik/data/filer/",
        "/k/alvik/data/filer/ny/",
        "/k/alvik/data/ny/",
        "/o/alvik/data/",
        "/o/alvik/data/{dataset}/",
    ],
)
def test_each_page_fits_a_phone_and_everybody(
    committed: World, window: Window, dataset: Dataset, address: str
) -> None:
    chart = saved_chart(committed, dataset)
    page = window("dag", phone=True)
    page.goto(address.format(dataset=dataset.pk, chart=chart.pk))
    assert fits(page)
    for fold in page.locator("main details:not([open]) > summary").all():
        if fold.is_visible():
            fold.click()
    assert fits(page)
    assert axe(page) == []
