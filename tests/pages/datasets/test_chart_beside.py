"""A chart beside official figures: only of the same measure and unit, about the same, each with its own source."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from datasets.cubes import Cube, Role, Unit
from datasets.models import Dataset
from portal.tenancy.scope import scope
from tests.conftest import client_of
from tests.pages.datasets.conftest import text_of, told
from tests.pages.datasets.test_likeness import PEOPLE, SHARES, over_places
from tests.tables import dimension, published_dataset
from tests.world import World


def in_schools(unit: str) -> Cube:
    dimensions = [dimension("Skola", ["Ek", "Alm"], summable=False), dimension("år", ["2022", "2023"], Role.TIME)]
    return Cube.of_values(
        dimensions, [61, 62, 63, 64], title={"sv": "Trygga"}, unit=Unit({"sv": unit}), source="Vår enkät"
    )


def made(world: World, title: str, cube: Cube, *, official: bool = True, **given: Any) -> Dataset:
    said = {"sensitivity": "open", "measures": "wellbeing", "factors": ["leisure"], **given}
    dataset = published_dataset(world.alvik, title, cube=cube, **said)
    if official:
        with transaction.atomic(), scope(world.alvik.pk):
            Dataset.objects.filter(pk=dataset.pk).update(origin=Dataset.Origin.SOURCE)
    return dataset


@pytest.fixture
def ours(world: World) -> Dataset:
    return made(world, "Elever som är trygga", in_schools("procent"), official=False)


def beside(visit: Any, dataset: Dataset, query: str = "") -> Any:
    return visit("chart-beside", "vera", slug="alvik", dataset_id=dataset.pk, query=query)


def test_official_shares_of_people_about_the_same_are_offered_and_shown_below(
    world: World, visit: Any, ours: Dataset
) -> None:
    trust = made(world, "Unga med tillit", over_places("Unga med tillit", SHARES, "procent"))
    page = text_of(visit("chart-view", "vera", slug="alvik", dataset_id=ours.pk))
    at = page.index(f"/k/alvik/data/{ours.pk}/diagram/bredvid/")
    listed = visit(page[at : page.index('"', at)].replace("&amp;", "&"), "vera")
    assert "Unga med tillit" in text_of(listed)
    (link,) = re.findall(rf'href="([^"]*&amp;med={trust.pk})"', text_of(listed))
    both = text_of(visit(link.replace("&amp;", "&"), "vera"))
    assert both.count("<figure") == 2
    assert both.index('id="own"') < both.index('id="other"')
    assert "Källa: Vår enkät" in both
    assert "Källa: Exempelkällan" in both


@pytest.mark.parametrize(
    ("title", "values", "unit", "given"),
    [
        ("Unga med tillit", SHARES, "procent", {"factors": ["money"]}),
        ("Unga med tillit", SHARES, "procent", {"measures": "risk"}),
        ("Unga med tillit", PEOPLE, "antal", {}),
        ("Hyresrätter", SHARES, "procent", {"definition": "Andel av bostäderna.", "unit": "bostäder"}),
        ("Unga med tillit", SHARES, "procent", {"official": False}),
    ],
)
def test_what_is_not_the_same_is_not_offered(
    world: World, visit: Any, ours: Dataset, title: str, values: list[float], unit: str, given: dict[str, Any]
) -> None:
    other = made(world, title, over_places(title, values, unit), **given)
    page = text_of(beside(visit, ours, f"?med={other.pk}"))
    assert told("No official figures here are about the same thing, in the same measure and unit.") in page
    assert title not in page
    assert page.count("<figure") == 1


def test_the_same_measure_in_the_same_unit_is_offered_whatever_the_unit(world: World, visit: Any) -> None:
    counted = made(world, "Besök på fritidsgård", in_schools("Besök"), official=False)
    made(world, "besök på Fritidsgård", over_places("Besök", PEOPLE, "besök"))
    assert "besök på Fritidsgård" in text_of(beside(visit, counted))


def test_figures_over_places_have_county_and_country_of_their_own(world: World, visit: Any) -> None:
    official = made(world, "Unga med tillit", over_places("Unga med tillit", SHARES, "procent"))
    page = text_of(visit("chart-view", "vera", slug="alvik", dataset_id=official.pk))
    assert "/diagram/bredvid/" not in page


def test_the_neighbours_closed_figures_are_not_offered(world: World, visit: Any, ours: Dataset) -> None:
    hidden = published_dataset(
        world.bjorkvik, "Grannens", cube=over_places("Grannens", SHARES, "procent"), sensitivity="open",
        measures="wellbeing", factors=["leisure"],
    )  # fmt: skip
    with transaction.atomic(), scope(world.bjorkvik.pk):
        Dataset.objects.filter(pk=hidden.pk).update(origin=Dataset.Origin.SOURCE)
    page = text_of(beside(visit, ours, f"?med={hidden.pk}"))
    assert "Grannens" not in page


def test_unfolded_in_place_the_list_comes_alone(world: World, ours: Dataset) -> None:
    made(world, "Unga med tillit", over_places("Unga med tillit", SHARES, "procent"))
    address = reverse("chart-beside", args=["alvik", ours.pk])
    answer = client_of(world, "vera").get(address, headers={"HX-Request": "true"})
    assert "Unga med tillit" in text_of(answer)
    assert "<html" not in text_of(answer)


def test_the_page_asks_no_more_however_many_there_are(world: World, ours: Dataset) -> None:
    for n in range(4):
        made(world, f"Unga med tillit {n}", over_places(f"Unga med tillit {n}", SHARES, "procent"))
    client = client_of(world, "dag")
    address = reverse("chart-beside", args=["alvik", ours.pk])
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    asked = [query["sql"] for query in captured if " FROM " in query["sql"]]
    assert len(asked) <= 10, "\n".join(asked)
