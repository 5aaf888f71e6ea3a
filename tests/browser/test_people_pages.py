"""Rows of people and a region's files in a real browser: on a phone, from the keyboard, without script."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse

from datasets.models import CategoryGrouping, Chart, Release
from portal.tenancy.scope import scope
from tests.browser.test_data_pages import fits
from tests.people_files import bring_people, people_file_of
from tests.plugins.browser import axe
from tests.tables import absence, publish, published_dataset
from tests.unit.datasets.microdata.people import csv_of, people
from tests.world import World

pytestmark = [pytest.mark.browser]

Window = Callable[..., Any]
Jobs = Callable[[], list[str]]
HEADINGS = ("E-post", "Kön", "Ålder", "Skola")
NARROW = {"width": 320, "height": 640}


@pytest.fixture
def people_file(committed: World, run_jobs: Jobs) -> str:
    """The address of a file that has been looked at, and that a column of addresses stops."""
    rows = [(f"elev{at}@example.org", *row[:3]) for at, row in enumerate(people(120))]
    upload = people_file_of(committed, bring_people(committed, csv_of(rows, HEADINGS)))
    run_jobs()
    return reverse("people-file-detail", args=["alvik", upload.pk])


def unfold(page: Any) -> None:
    for fold in page.locator("main details:not([open]) > summary").all():
        if fold.is_visible():
            fold.click()


def test_a_column_is_let_go_and_the_figures_published_without_script(
    committed: World, window: Window, run_jobs: Jobs, people_file: str
) -> None:
    page = window("dag", scripts=False)
    page.goto(people_file)
    page.select_option("#c-0-use", "drop")
    page.locator("button[value=look]:visible").click()
    run_jobs()
    page.goto(people_file)
    page.fill("[name=title]", "Elever")
    page.fill("[name=source]", "Elevhälsan")
    page.check("[name=sensitivity][value=internal]")
    page.locator("button[value=look]:visible").click()
    run_jobs()
    page.goto(people_file)
    page.locator("button[value=confirm]").click()
    run_jobs()
    page.goto(people_file)
    assert page.locator(".alert--good").is_visible()


def test_the_page_of_a_file_fits_a_phone_and_everybody(
    committed: World, window: Window, run_jobs: Jobs, people_file: str
) -> None:
    page = window("dag", phone=True, viewport=NARROW)
    for _twice in range(2):
        page.goto(people_file)
        unfold(page)
        assert fits(page)
        assert axe(page) == []
        page.select_option("#c-0-use", "drop")
        page.locator("button[value=look]:visible").click()
        run_jobs()


@pytest.mark.parametrize(
    ("who", "address"), [("dag", "/k/alvik/data/personrader/"), ("rut", "/k/region-nordvik/data/kommundelar/")]
)
def test_where_a_file_is_chosen_fits_a_phone_and_everybody(
    committed: World, window: Window, who: str, address: str
) -> None:
    page = window(who, phone=True, viewport=NARROW)
    page.goto(address)
    assert fits(page)
    assert axe(page) == []
    page.locator("form[enctype] button").click()
    page.wait_for_selector("[data-error-summary], .error-summary, [role=alert]")
    assert axe(page) == []


def test_groupings_and_what_was_revised_fit_a_phone_and_everybody(committed: World, window: Window) -> None:
    dataset = published_dataset(
        committed.alvik, "Frånvaro", cube=absence(3), department=committed.departments["Skola"]
    )
    with transaction.atomic(), scope(committed.alvik.pk):
        CategoryGrouping.objects.create(dataset_id=dataset.pk, dimension="Skola", name="Delar")
        chart = Chart.objects.create(
            dataset=dataset, release=Release.objects.get(dataset=dataset), table_code="main",
            query="kind=bar&x=Skola&series=År", title="Frånvaro per skola",
        )  # fmt: skip
    publish(dataset, absence(3, last=900), changes="Rättat för Lind")
    page = window("dag", phone=True, viewport=NARROW)
    for name, about in (("category-grouping-list", dataset.pk), ("chart-revised", chart.pk)):
        address = reverse(name, args=["alvik", about])
        page.goto(address)
        assert page.url.endswith(address)
        unfold(page)
        assert fits(page) and axe(page) == []
