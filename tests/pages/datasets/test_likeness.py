"""Municipalities like ours: made of open figures, told why, changed by those who may, and used by charts."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import transaction

from datasets.cubes import Category, Cube, Dimension, Role, Unit
from datasets.models import Dataset, Likeness
from portal.tenancy.scope import scope
from tests.pages.datasets.conftest import text_of, told
from tests.tables import dimension, published_dataset
from tests.world import World

CODES = ["00", "97", *(f"97{n:02}" for n in range(1, 13))]
NAMES = {"00": "Riket", "97": "Nordvik", "9701": "Alvik", "9702": "Björkvik", "9703": "Cedervik", "9704": "Dalvik"}
PEOPLE = [9e6, 8e5, 15e3, 16e3, 14.5e3, 900, 300e3, 40e3, 700, 90e3, 2e3, 60e3, 5e3, 33e3]
SHARES = [20, 21, 18.0, 18.5, 26, 18.2, 24, 22, 15, 23, 16, 21, 17, 20]


def over_places(title: str, values: list[float], unit: str) -> Cube:
    places = tuple(Category(code, {"sv": NAMES.get(code, f"Kommun {code}")}) for code in CODES)
    geo = Dimension("plats", {"sv": "plats"}, places, Role.GEO)
    years = dimension("år", ["2022", "2023"], Role.TIME)
    both = [figure for value in values for figure in (value * 0.98, value)]
    return Cube.of_values([geo, years], both, title={"sv": title}, unit=Unit({"sv": unit}), source="Exempelkällan")


@pytest.fixture
def opened(world: World) -> dict[str, Dataset]:
    made = {
        "size": ("Unga 15–29 år", PEOPLE, "antal", "context"),
        "share": ("Unga som andel av alla", SHARES, "procent", "context"),
        "well": ("Mår bra", [50 + n for n in range(14)], "procent", "wellbeing"),
    }
    return {
        key: published_dataset(
            world.alvik, title, cube=over_places(title, values, unit), sensitivity="open", measures=measures
        )
        for key, (title, values, unit, measures) in made.items()
    }


def made_list(world: World) -> Likeness:
    with transaction.atomic(), scope(world.alvik.pk):
        return Likeness.objects.get()


def change(visit: Any, opened: dict[str, Dataset], who: str = "alma", **weights: int) -> Any:
    data = {"weighed": "1", **{f"w-{opened[key].pk}": str(weight) for key, weight in weights.items()}}
    return visit("likeness-change", who, data=data, slug="alvik")


def test_before_there_is_a_list_the_page_says_what_it_is_made_of(visit: Any, world: World) -> None:
    page = text_of(visit("likeness-detail", "vera", slug="alvik"))
    assert told("No list yet") in page
    assert "liknande/andra" not in page, "who may not change it meets no form"


def test_what_surrounds_young_people_counts_and_how_they_feel_does_not(
    world: World, visit: Any, opened: dict[str, Dataset]
) -> None:
    assert visit("likeness-change", "alma", data={}, slug="alvik").status_code == 302
    found = made_list(world)
    assert {one["title"]: one["weight"] for one in found.variables} == {
        "Unga 15–29 år": 1, "Unga som andel av alla": 1, "Mår bra": 0,
    }  # fmt: skip
    assert found.codes[0] == "9702"
    assert len(found.codes) == 5
    assert "9701" not in found.codes and "97" not in found.codes and "00" not in found.codes
    page = text_of(visit("likeness-detail", "vera", slug="alvik"))
    assert "Björkvik" in page
    assert "Unga 15–29 år" in page
    assert told("What is compared") in page


def test_weights_are_changed_and_the_list_follows(world: World, visit: Any, opened: dict[str, Dataset]) -> None:
    change(visit, opened, size=1, share=0)
    assert made_list(world).codes[0] == "9703"
    change(visit, opened, size=0, share=1)
    assert made_list(world).codes[0] == "9704"


def test_no_weight_at_all_is_refused_in_words_and_the_old_list_stays(
    world: World, visit: Any, opened: dict[str, Dataset]
) -> None:
    change(visit, opened, size=1)
    before = made_list(world).codes
    answer = change(visit, opened, size=0, share=0)
    assert answer.status_code == 422
    assert told("The list could not be made") in text_of(answer)
    assert made_list(world).codes == before


@pytest.mark.parametrize("value", ["-1", "99", "x", "1; drop"])
def test_a_weight_that_is_none_counts_nothing(
    world: World, visit: Any, opened: dict[str, Dataset], value: str
) -> None:
    data = {"weighed": "1", f"w-{opened['size'].pk}": value, f"w-{opened['share'].pk}": "1", "w-unknown": "3"}
    assert visit("likeness-change", "alma", data=data, slug="alvik").status_code == 302
    assert {one["weight"] for one in made_list(world).variables} == {0, 1}


def test_what_is_not_open_says_nothing_of_likeness(world: World, visit: Any, opened: dict[str, Dataset]) -> None:
    published_dataset(
        world.alvik, "Orosanmälningar", cube=over_places("Orosanmälningar", PEOPLE, "antal"), measures="context"
    )
    visit("likeness-change", "alma", data={}, slug="alvik")
    assert "Orosanmälningar" not in {one["title"] for one in made_list(world).variables}


def test_the_neighbour_has_its_own_list_or_none(world: World, visit: Any, opened: dict[str, Dataset]) -> None:
    change(visit, opened, size=1)
    assert told("No list yet") in text_of(visit("likeness-detail", "bo", slug="bjorkvik"))


def test_a_chart_is_set_beside_them_in_one_click(world: World, visit: Any, opened: dict[str, Dataset]) -> None:
    view = {"slug": "alvik", "dataset_id": opened["well"].pk}
    query = "?" + urlencode({"kind": "line", "x": "år", "only": "plats:9701"})
    before = text_of(visit("chart-view", "vera", query=query, **view))
    assert "listan över liknande kommuner är inte gjord än" in before
    change(visit, opened, size=1)
    page = text_of(visit("chart-view", "vera", query=query, **view))
    assert "series=plats:9701,9703,9702" in page
    assert "like=1" in page


def test_making_the_list_is_written_in_the_log(world: World, visit: Any, opened: dict[str, Dataset]) -> None:
    change(visit, opened, size=1)
    assert "likeness.made" in text_of(visit("audit-log", "adam", slug="alvik"))
