"""The REST interface, as a program and as somebody who tries its bounds meets it."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from datasets.cubes import Cube
from datasets.importers.px import read_px
from datasets.models import Dataset
from datasets.services.registration import dataset_describe
from portal.tenancy.scope import scope
from tests.api.opened import opened_dataset, opened_of
from tests.conftest import client_of
from tests.tables import absence, publish, published_dataset
from tests.world import World

LIST = "/api/v1/datasets/"


def get(address: str, **headers: str) -> Any:
    return Client().get(address, headers=headers)


@pytest.fixture
def visits(world: World) -> Dataset:
    return opened_dataset(world, "Besök", title_en="Visits", description="Räknas av personalen.")


def data(dataset: Dataset, query: str = "", form: str = "json") -> str:
    return f"{LIST}{dataset.pk}/tables/main/data.{form}{query}"


def problem(response: Any, status: int) -> dict[str, Any]:
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    found: dict[str, Any] = response.json()
    assert found["status"] == status and found["title"] and found["detail"]
    return found


def test_from_the_list_to_a_figure_by_following_addresses(visits: Dataset) -> None:
    listed = get(LIST + "?q=besök").json()
    assert listed["page"] == {"number": 1, "size": 50, "pages": 1, "total": 1}
    (found,) = listed["datasets"]
    assert (found["title"], found["publisher"]["slug"], found["licence"]["name"]) == ("Besök", "alvik", "CC0 1.0")
    detail = get(found["url"].removeprefix("http://testserver")).json()
    (table,) = detail["release"]["tables"]
    figures = get(table["forms"]["json"].removeprefix("http://testserver")).json()
    assert Cube.from_jsonstat(figures).cell({"Region": "0186", "Kon": "K", "Tid": "2021"}).value == 30.0
    assert get(found["page"].removeprefix("http://testserver")).status_code == 200


def test_every_figure_comes_with_all_that_belongs_to_it(world: World) -> None:
    dataset = opened_of(world.alvik, world, "Frånvaro", absence(), sensitivity="internal", fit_for=[2])
    document = get(data(dataset)).json()
    own = document["extension"]["vaxtkraft"]
    assert document["value"][0] is None and document["status"]["0"] == "suppressed"
    assert own["protection"]["hidden"] == 1 and "1 till 4" in " ".join(own["protection"]["rule"])
    assert own["fit_for"] == [2] and own["release"]["number"] == 1 and own["is_synthetic"] is False
    assert document["source"] == "Skolans system" and "updated" in document
    rows = list(
        csv.DictReader(io.StringIO(get(data(dataset, form="csv")).content.decode("utf-8-sig")), delimiter=";")
    )
    assert (rows[0]["Värde"], rows[0]["Status (kod)"]) == ("", "suppressed")
    assert rows[1]["Värde"] == "31" and rows[1]["Källa"] == "Skolans system"
    said = get(data(dataset, form="px")).content
    cube = read_px(said).cube
    assert cube is not None and cube.cell({"Skola": "Ek", "År": "2022", "ContentsCode": "value"}).value is None
    assert "för få" in said.decode()


def test_a_part_is_chosen_by_codes_and_by_expressions(visits: Dataset) -> None:
    document = get(data(visits, "?region=0186&Tid=TOP(2)&Kon=K,M")).json()
    assert document["size"] == [1, 2, 2]
    assert document["value"] == [31, 32, 51, 52]
    assert get(data(visits, "?valueCodes[Region]=01*&Kon=T&Tid=FROM(2022)")).json()["size"] == [3, 1, 2]
    # In the order asked for, and each once.
    years = get(data(visits, "?Tid=2023,2021,2023&Region=00&Kon=T")).json()["dimension"]["Tid"]
    assert years["category"]["index"] == ["2023", "2021"]


@pytest.mark.parametrize(
    "query, status, title",
    [
        ("?Region=9999", 400, "Non-existent value"),
        ("?Nothing=1", 400, "Non-existent variable"),
        ("?Region=SUM(00)", 400, "Illegal selection expression"),
        ("?Region=", 400, "Non-existent value"),
        ("?valueCodes[Nope]=1", 400, "Non-existent variable"),
        ("?format=exe", 406, "Finns inte i den formen"),
        ("?Tid=%00", 400, "Frågan kunde inte läsas"),
        ("?%00=1", 400, "Frågan kunde inte läsas"),
    ],
)
def test_what_cannot_be_given_is_said_and_how_to_ask(visits: Dataset, query: str, status: int, title: str) -> None:
    address = f"{LIST}{visits.pk}/tables/main/data/{query}"
    assert problem(get(address), status)["title"] == title


def test_an_error_never_repeats_what_was_typed(visits: Dataset) -> None:
    for query in ("?Region=<script>x", "?<script>x=1", "?Region=TOP(<script>x)", "?format=<script>x"):
        response = get(f"{LIST}{visits.pk}/tables/main/data/{query}")
        assert response.status_code >= 400 and "<script>" not in response.content.decode()


def test_errors_and_words_are_in_the_language_asked_for(visits: Dataset) -> None:
    assert "ingen sådan kategori" in get(data(visits, "?Region=9")).json()["detail"]
    english = get(data(visits, "?Region=9&lang=en"))
    assert "no such category" in english.json()["detail"] and english["Content-Language"] == "en"
    assert get(LIST, **{"accept-language": "en-GB,sv;q=0.5"}).json()["datasets"][0]["title"] == "Visits"
    assert get(LIST, **{"accept-language": "de"}).json()["datasets"][0]["title"] == "Besök"


def test_too_many_figures_at_once_are_refused_with_the_bound(visits: Dataset, settings: Any) -> None:
    settings.API_CELLS = 10
    assert "10" in problem(get(data(visits)), 403)["detail"]
    assert get(data(visits, "?Region=00")).status_code == 200


def test_whoever_has_it_already_is_told_so_until_something_changes(world: World, visits: Dataset) -> None:
    first = get(data(visits))
    tag = first["ETag"]
    again = get(data(visits), **{"if-none-match": tag})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)
    assert get(data(visits), **{"if-none-match": f'"x", W/{tag}'}).status_code == 304
    for other in (data(visits, "?Region=00"), data(visits, form="csv"), data(visits, "?lang=en")):
        assert get(other)["ETag"] != tag
    with transaction.atomic(), scope(world.alvik.pk):
        dataset_describe(dataset=visits, by=world.adam, licence="CC BY 4.0")
    changed = get(data(visits), **{"if-none-match": tag})
    assert changed.status_code == 200, "the licence that goes with the figures is another"


def test_a_release_stays_and_what_follows_moves_on(world: World) -> None:
    dataset = opened_of(world.alvik, world, "Frånvaro", absence())
    frozen = f"{LIST}{dataset.pk}/releases/1/tables/main/data.json"
    before = get(frozen)
    publish(dataset, absence(last=99))
    assert get(frozen).content == before.content
    assert get(data(dataset)).json()["value"] != before.json()["value"]
    numbers = [release["number"] for release in get(f"{LIST}{dataset.pk}/releases/").json()["releases"]]
    assert numbers == [2, 1]
    assert problem(get(f"{LIST}{dataset.pk}/releases/3/"), 404)


def test_anyone_may_cache_and_any_page_may_ask(visits: Dataset) -> None:
    response = get(data(visits))
    assert "public" in response["Cache-Control"] and "max-age=300" in response["Cache-Control"]
    assert "Cookie" not in response["Vary"]
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response
    asked = Client().options(data(visits))
    assert asked.status_code == 204 and "Authorization" in asked["Access-Control-Allow-Headers"]
    assert "no-store" in get(data(visits, "?Region=9"))["Cache-Control"]


def test_a_session_opens_nothing_here_and_no_cookie_is_set(world: World) -> None:
    closed = published_dataset(world.alvik, "Inre")
    for who in ("adam", "dag", "rut"):
        client = client_of(world, who)
        assert client.get(f"{LIST}{closed.pk}/").status_code == 404
        response = client.get(LIST)
        assert response.json()["datasets"] == [] and not response.cookies


def test_addresses_are_the_sites_own_whatever_host_is_named(visits: Dataset) -> None:
    response = Client().get(LIST, headers={"host": "localhost"})
    assert "http://testserver/api/v1/" in response.content.decode()


def test_what_is_closed_withdrawn_or_unknown_looks_the_same(world: World, visits: Dataset) -> None:
    closed = published_dataset(world.alvik, "Inre")
    unknown = "00000000-0000-4000-8000-000000000000"
    said = {get(f"{LIST}{one}/").content for one in (closed.pk, unknown)}
    said |= {get(f"{LIST}{one}/tables/main/data.csv").content for one in (closed.pk, unknown)}
    assert len(said) == 1
    assert problem(get(f"{LIST}{visits.pk}/tables/nope/data.csv"), 404)
    assert problem(get("/api/v1/nowhere/"), 404)
    assert problem(get("/api/px/v2/nowhere"), 404)


def test_pages_of_a_list(world: World) -> None:
    for title in ("A", "B", "C"):
        opened_dataset(world, title)
    first = get(LIST + "?page_size=2").json()
    assert [d["title"] for d in first["datasets"]] == ["A", "B"] and first["page"]["pages"] == 2
    assert [d["title"] for d in get(LIST + "?page_size=2&page=2").json()["datasets"]] == ["C"]
    for query in ("?page=3&page_size=2", "?page=0", "?page=x", "?page_size=100000", "?page=٣"):
        assert get(LIST + query).status_code in (400, 404)
    assert len(get(LIST + "?publisher=alvik").json()["datasets"]) == 3
    assert get(LIST + "?publisher=bjorkvik").json()["datasets"] == []
    assert problem(get(LIST + "?measures=x"), 400)


def test_a_long_list_costs_no_more_questions_to_the_database(
    world: World, django_assert_max_num_queries: Any
) -> None:
    for number in range(6):
        opened_dataset(world, f"Nummer {number}")
    with django_assert_max_num_queries(6):
        assert len(get(LIST).json()["datasets"]) == 6


def test_who_asks_too_often_is_told_how_long_to_wait(visits: Dataset, settings: Any) -> None:
    settings.API_CALLS, settings.API_WINDOW = 3, 3600
    codes = [get(LIST).status_code for _ in range(5)]
    assert codes == [200, 200, 200, 429, 429]
    response = get(LIST)
    assert problem(response, 429)["title"] == "För många frågor"
    assert 1 <= int(response["Retry-After"]) <= 3600
    neighbour = Client(REMOTE_ADDR="127.0.0.99").get(LIST)
    stranger = Client(REMOTE_ADDR="192.0.2.7").get(LIST)
    assert (neighbour.status_code, stranger.status_code) == (429, 200)
    mapped = Client(REMOTE_ADDR="::ffff:127.0.0.5").get(LIST)
    assert mapped.status_code == 429, "the same network in its other writing"


@pytest.mark.parametrize(
    "accept, content_type",
    [
        ("", "application/json"),
        ("*/*", "application/json"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "application/json"),
        (
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
    ],
)
def test_the_form_is_what_accept_asks_for(visits: Dataset, accept: str, content_type: str) -> None:
    response = get(f"{LIST}{visits.pk}/tables/main/data/", accept=accept)
    assert (response.status_code, response["Content-Type"]) == (200, content_type)
    assert problem(get(f"{LIST}{visits.pk}/tables/main/data/", accept="image/png"), 406)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(visits: Dataset, method: str) -> None:
    for address in (LIST, f"{LIST}{visits.pk}/", data(visits)):
        problem(getattr(Client(), method)(address), 405)


def test_an_ending_that_there_is_not_is_not_found(visits: Dataset) -> None:
    for form in ("pdf", "docx"):
        assert get(data(visits, form=form)).status_code == 404
