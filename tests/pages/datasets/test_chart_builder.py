"""The builder's page: comparisons, kinds, years put together, and the part that comes in place."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from datasets.cubes import Cube, Role, Unit
from datasets.models import Dataset
from tests.conftest import client_of
from tests.knowledge import used_voice
from tests.pages.datasets.conftest import text_of, told
from tests.pages.datasets.test_likeness import PEOPLE, SHARES, over_places
from tests.tables import dimension, published_dataset, saved_chart
from tests.world import World

LIVE = {"HTTP_HX_REQUEST": "true"}
MOST_QUERIES = 10


@pytest.fixture
def people(world: World) -> Dataset:
    cube = over_places("Unga 15–29 år", PEOPLE, "antal")
    return published_dataset(world.alvik, "Unga 15–29 år", cube=cube, sensitivity="open")


def address(dataset: Dataset, **query: Any) -> str:
    return reverse("chart-view", args=["alvik", dataset.pk]) + (
        "?" + urlencode(query, doseq=True) if query else ""
    )


def test_the_first_view_is_our_own_place_with_county_and_country(world: World, people: Dataset) -> None:
    page = text_of(client_of(world, "vera").get(address(people)))
    assert "x=%C3%A5r&amp;series=plats:9701,97,00" in page
    assert told("Set it beside") in page


def test_every_comparison_on_the_page_can_be_opened(world: World, people: Dataset) -> None:
    client = client_of(world, "vera")
    page = client.get(address(people)).content.decode()
    row = page.partition('class="compare"')[2].partition("</nav>")[0]
    links = [part.partition('"')[0].replace("&amp;", "&") for part in row.split('href="')[1:]]
    views = [link for link in links if "/diagram/" in link]
    assert len(views) == 4
    for link in views:
        assert client.get(link).status_code == 200, link


def test_all_municipalities_are_dots_with_a_sentence_and_a_table(world: World, people: Dataset) -> None:
    view = address(people, kind="dots", x="plats", only="år:2023", mark="plats:9701,97,00")
    page = text_of(client_of(world, "vera").get(view))
    assert "i hälften av de 12 kommunerna" in page
    assert '<th scope="row">Nordvik</th>' in page


def test_a_choice_comes_back_as_the_part_that_changes_with_the_charts_own_address(
    world: World, people: Dataset
) -> None:
    sent = {"f-kind": "line", "f-x": "år", "f-series": "plats", "f-share": "", "f-0": ["9701", "97"]}
    answer = client_of(world, "vera").get(address(people, **sent), **LIVE)
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "<html" not in page and 'id="preview"' in page
    assert answer["HX-Push-Url"].endswith("kind=line&x=%C3%A5r&series=plats:9701,97")
    whole = client_of(world, "vera").get(answer["HX-Push-Url"])
    assert whole.status_code == 200
    assert page.partition('type="application/json">')[2].partition("</script>")[0] in whole.content.decode()


def test_what_cannot_be_shown_leaves_the_chart_and_says_why(world: World, people: Dataset) -> None:
    sent = {"f-kind": "bar", "f-x": "plats", "f-share": "år", "f-1": "2023"}
    answer = client_of(world, "vera").get(address(people, **sent), **LIVE)
    assert (answer.status_code, answer["HX-Reswap"]) == (200, "none")
    assert "HX-Push-Url" not in answer
    assert told("It cannot be shown like that") in text_of(answer)


def test_going_back_brings_the_whole_page(world: World, people: Dataset) -> None:
    back = client_of(world, "vera").get(address(people), **LIVE, HTTP_HX_HISTORY_RESTORE_REQUEST="true")
    assert "<html" in back.content.decode()


def test_without_script_the_button_leads_to_the_charts_own_address(world: World, people: Dataset) -> None:
    answer = client_of(world, "vera").get(address(people, **{"f-kind": "bar", "f-x": "plats"}))
    assert answer.status_code == 302
    assert client_of(world, "vera").get(answer["Location"]).status_code == 200


def test_small_counts_bring_a_proposal_that_one_click_takes(world: World) -> None:
    years = dimension("år", [str(year) for year in range(2012, 2024)], Role.TIME)
    counts = [4, 6, 5, 9, 3, 8, 7, 5, 6, 9, 8, 7]
    cube = Cube.of_values([years], counts, unit=Unit({"sv": "antal"}), title={"sv": "Fall"})
    dataset = published_dataset(world.alvik, "Fall", cube=cube, sensitivity="open")
    client = client_of(world, "vera")
    page = text_of(client.get(address(dataset)))
    assert told("The counts are small") in page
    taken = text_of(client.get(address(dataset, kind="line", x="år", pool=3)))
    assert told("The counts are small") not in taken
    assert "2021–2023" in taken
    assert told("Show each year by itself") in taken


def test_percentages_are_never_proposed_to_be_put_together(world: World) -> None:
    cube = over_places("Andel", SHARES, "procent")
    dataset = published_dataset(world.alvik, "Andel", cube=cube, sensitivity="open")
    assert told("The counts are small") not in text_of(client_of(world, "vera").get(address(dataset)))


@pytest.mark.parametrize("others", [0, 12])
def test_a_chart_asks_the_database_ten_times_at_most(world: World, people: Dataset, others: int) -> None:
    for n in range(others):
        published_dataset(world.alvik, f"Annat {n}", sensitivity="open")
    about_much = published_dataset(world.alvik, "Fritid", factors=["leisure"], themes=["leisure"])
    used_voice(world.alvik, world.olle, world.alma, "Vi vill ha en plats", factors=["leisure"])
    chart = saved_chart(world, about_much)
    client = client_of(world, "dag")
    for page in (address(people), address(about_much), reverse("chart-detail", args=["alvik", chart.pk])):
        client.get(page)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(page).status_code == 200
        asked = [query["sql"] for query in captured if " FROM " in query["sql"]]
        assert len(asked) <= MOST_QUERIES, "\n".join(asked)
