"""Statistics Sweden's own files through the pages, and the charts that the work began with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from datasets.models import Dataset, ReleaseTable
from portal.tenancy.scope import scope
from tests.pages.datasets.conftest import text_of
from tests.shared_data import shared_data
from tests.world import World

BIRTHS = "statistics/px/pxweb_example/aggregations/BE0101D1.px"
SHARES = ("42,6 %", "40,7 %", "33,3 %", "32,0 %", "48,1 %", "45,5 %")
"""Births to mothers of 15–29 over all births: 40 807 of 95 815 and 40 380 of 99 157 in Sweden, and so on."""

PEOPLE = "statistics/px/pxweb_example/Population/BE0101A1.px"


def field_of(world: World, dataset: Dataset) -> dict[str, str]:
    """Dimension code to the name of its field in the form of choices."""
    with scope(world.alvik.pk):
        dimensions = ReleaseTable.objects.get(release__dataset=dataset).structure["dimensions"]
    return {dimension["code"]: f"f-{place}" for place, dimension in enumerate(dimensions)}


def choose(visit: Any, dataset: Dataset, chosen: dict[str, Any]) -> Any:
    """Send the form of choices and follow it to the view's own link."""
    query = "?" + urlencode(chosen, doseq=True)
    sent = visit("chart-view", "vera", slug="alvik", dataset_id=dataset.pk, query=query)
    assert sent.status_code == 302, sent.content.decode()
    return visit(sent["Location"], "vera")


def test_births_to_mothers_of_15_to_29_as_a_share_in_a_municipality_its_county_and_the_country(
    world: World, published: Callable[..., Dataset], visit: Any
) -> None:
    births = published("BE0101D1.px", shared_data(BIRTHS).read_bytes(), title="Födda efter moderns ålder")
    field = field_of(world, births)
    age, region = field["maternal age"], field["region"]

    page = choose(visit, births, {
        "f-kind": "line", "f-x": "year", "f-series": "region", "f-share": "maternal age",
        f"{age}-from": "15", f"{age}-to": "29", region: ["00", "01", "0192"],
    })  # fmt: skip

    assert page.status_code == 200
    said = text_of(page)
    assert "Nynäshamn" in said
    for share in SHARES:
        assert share in said


def test_places_of_different_levels_are_never_added(
    world: World, published: Callable[..., Dataset], visit: Any
) -> None:
    births = published("BE0101D1.px", shared_data(BIRTHS).read_bytes(), title="Födda efter moderns ålder")
    query = "?" + urlencode({"kind": "bar", "x": "year", "only": "region:01,0192"})
    page = visit("chart-view", "vera", slug="alvik", dataset_id=births.pk, query=query)

    assert page.status_code == 400
    assert "går inte att lägga ihop" in text_of(page)


def test_people_of_15_to_29_over_time(world: World, published: Callable[..., Dataset], visit: Any) -> None:
    people = published("BE0101A1.px", shared_data(PEOPLE).read_bytes(), title="Folkmängd")
    field = field_of(world, people)
    age, region = field["age"], field["region"]

    page = choose(visit, people, {
        "f-kind": "line", "f-x": "period", "f-series": "region", "f-share": "",
        f"{age}-from": "15", f"{age}-to": "29", region: ["01", "03"],
    })  # fmt: skip

    assert page.status_code == 200
    for count in ("343 580", "348 766"):
        assert count in text_of(page)
