"""Figures as files: what a reader may choose, what each file is, who may fetch it, and what the log says."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from typing import Any
from urllib.parse import urlencode

import openpyxl
import pytest
from django.db import transaction

from datasets.exports import FORMS
from datasets.services.registration import dataset_open_to_public
from portal.audit.models import AuditEvent
from portal.tenancy.scope import scope
from tests.pages.datasets.conftest import text_of, told
from tests.tables import absence, published_dataset
from tests.unit.datasets.exports.csvw_check import problems
from tests.world import World

SECRET = 3
VIEW = "?" + urlencode({"kind": "bar", "x": "Skola", "only": "År:2022"})
ALL = VIEW + "&omfang=hela"


@pytest.fixture
def dataset(world: World) -> Any:
    return published_dataset(
        world.alvik, "Frånvaro", cube=absence(SECRET), department=world.departments["Skola"], licence="CC BY 4.0"
    )


@pytest.fixture
def fetch(visit: Any, dataset: Any) -> Any:
    def get(form: str, query: str = VIEW, who: str | None = "vera", **headers: str) -> Any:
        name = "public-download-file" if who is None else "download-file"
        return visit(name, who, slug="alvik", dataset_id=dataset.pk, file_kind=form, query=query)

    return get


@pytest.fixture
def opened(world: World, dataset: Any) -> Any:
    with transaction.atomic(), scope(world.alvik.pk):
        return dataset_open_to_public(dataset=dataset, by=world.adam)


def events(world: World) -> list[AuditEvent]:
    with transaction.atomic(), scope(world.alvik.pk):
        return list(AuditEvent.objects.filter(verb="figures.downloaded"))


def test_the_page_tells_how_many_figures_there_are_and_what_goes_with_them(visit: Any, dataset: Any) -> None:
    page = text_of(visit("download-choose", "vera", slug="alvik", dataset_id=dataset.pk, query=VIEW))
    assert "4 siffror" in page
    assert "8 siffror" in page
    assert "visas inte: för få svar" in page
    assert "Källa: Skolans system, CC BY 4.0" in page
    assert told("These figures are not open to everyone, so the log notes who fetches them and when.") in page


def test_the_chart_leads_to_its_files_and_the_files_back_to_the_chart(
    visit: Any, dataset: Any, fetch: Any
) -> None:
    page = visit("chart-view", "vera", slug="alvik", dataset_id=dataset.pk, query=VIEW).content.decode()
    assert f"/k/alvik/data/{dataset.pk}/diagram/ladda-ner/?kind=bar&amp;x=Skola" in page
    link = json.loads(fetch("json").content)["link"]["alternate"][0]["href"]
    again = visit(link[link.index("/k/") :], "vera")
    assert again.status_code == 200


@pytest.mark.parametrize("query", [VIEW, ALL, ""])
@pytest.mark.parametrize("form", list(FORMS))
def test_every_file_comes_with_its_type_and_name_and_keeps_what_is_hidden(
    fetch: Any, form: str, query: str
) -> None:
    answer = fetch(form, query)
    if answer.status_code == 302:
        assert not FORMS[form].holds_tables
        return
    assert answer["Content-Type"] == FORMS[form].content_type
    assert answer["Content-Disposition"] == f'attachment; filename="franvaro.{FORMS[form].ending}"'
    assert answer["Cache-Control"] == "private, no-store"
    assert len(answer.content) > 200


def test_a_hidden_figure_is_words_in_a_workbook_and_nothing_in_rows(fetch: Any) -> None:
    figures = openpyxl.load_workbook(io.BytesIO(fetch("xlsx").content)).worksheets[0]
    assert {row[0].value: row[1].value for row in figures.iter_rows(min_row=2)}["Ek"] == "visas inte: för få svar"
    rows = list(csv.DictReader(io.StringIO(fetch("csv", ALL).content.decode("utf-8-sig")), delimiter=";"))
    assert next(row["Värde"] for row in rows if row["Skola"] == "Ek") == ""
    assert not any(row["Värde"] in ("3", "158") for row in rows)


def test_rows_say_where_their_description_stands_and_it_describes_them(fetch: Any, visit: Any) -> None:
    answer = fetch("csv")
    address = answer["Link"].partition(">")[0].removeprefix("<")
    described = json.loads(visit(address[address.index("/k/") :], "vera").content)
    assert problems(described, answer.content) == []
    assert described["url"].endswith("/ladda-ner/csv/?" + VIEW[1:].replace("%3A", ":"))
    with zipfile.ZipFile(io.BytesIO(fetch("zip").content)) as files:
        assert problems(json.loads(files.read("franvaro.csv-metadata.json")), files.read("franvaro.csv")) == []


def test_the_log_says_who_fetched_figures_that_are_not_for_everyone(world: World, fetch: Any) -> None:
    fetch("xlsx", ALL, "olle")
    (event,) = events(world)
    assert event.actor_id == world.people["olle"].pk
    assert event.details == {"release_number": 1, "form": "xlsx", "is_whole": True, "figures": 8}


def test_public_figures_are_fetched_without_a_trace_and_cached(world: World, fetch: Any, opened: Any) -> None:
    answer = fetch("csv", who=None)
    assert answer.status_code == 200
    assert answer["Cache-Control"].startswith("public")
    assert not answer.cookies
    assert events(world) == []
    fetch("csv", who="vera")
    assert events(world) == []


def test_what_has_not_changed_is_not_sent_again(client: Any, opened: Any) -> None:
    address = f"/o/alvik/data/{opened.pk}/ladda-ner/csv/{VIEW}"
    first = client.get(address)
    again = client.get(address, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(address + "&omfang=hela")["ETag"] != first["ETag"]
    assert client.get(address + "&lang=en")["ETag"] != first["ETag"]


def test_a_file_is_in_the_language_that_its_address_asks_for(fetch: Any) -> None:
    assert "not shown: too few answers" in fetch("csv", VIEW + "&lang=en").content.decode("utf-8-sig")
    assert "visas inte" in fetch("csv", VIEW + "&lang=xx").content.decode("utf-8-sig")


def test_nothing_is_public_before_it_is_opened(visit: Any, dataset: Any) -> None:
    for name, more in (("public-download-choose", {}), ("public-download-file", {"file_kind": "csv"})):
        assert visit(name, None, slug="alvik", dataset_id=dataset.pk, **more).status_code == 404


def test_a_kind_of_file_that_there_is_not_is_not_found(fetch: Any) -> None:
    assert fetch("exe").status_code == 404


def test_a_link_that_cannot_be_followed_leads_to_the_chart_that_says_why(
    fetch: Any, visit: Any, dataset: Any
) -> None:
    answer = fetch("xlsx", "?kind=pie&x=Skola")
    assert answer.status_code == 302
    assert visit(answer["Location"], "vera").status_code == 400
