"""The read side of PxWebApi 2, as its specification and its server have it."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from django.test import Client

from datasets.api.pcaxis.keyed import px_id, read_px_id
from datasets.cubes import Reason
from datasets.importers.px import read_px
from datasets.models import Dataset
from tests.api.opened import opened_dataset, opened_of, visitors
from tests.shared_data import shared_data
from tests.tables import absence, publish
from tests.world import World

BASE = "/api/px/v2"


@pytest.fixture
def table(world: World) -> str:
    world.more["dataset"] = opened_dataset(world, "Besök", title_en="Visits")
    return px_id(world.more["dataset"].pk, "main")


def get(address: str, **headers: str) -> Any:
    return Client().get(BASE + address, headers=headers)


def post(address: str, body: Any) -> Any:
    content = body if isinstance(body, str) else json.dumps(body)
    return Client().post(BASE + address, content, content_type="application/json")


def test_the_config_has_what_the_servers_own_has(db: None) -> None:
    theirs = json.loads(shared_data("statistics/jsonstat/pxwebapi/GetApiConfiguration.json").read_text())
    assert set(theirs) <= set(get("/config").json())


def test_a_table_is_listed_as_theirs_are(table: str) -> None:
    theirs = json.loads(shared_data("statistics/jsonstat/pxwebapi/ListAllTables.json").read_text())
    listed = get("/tables").json()
    assert set(theirs) <= set(listed)
    assert set(theirs["tables"][0]) <= set(listed["tables"][0])
    assert set(theirs["page"]) <= set(listed["page"])
    for link in listed["tables"][0]["links"]:
        assert Client().get(link["href"].removeprefix("http://testserver")).status_code == 200


def test_metadata_has_the_shape_of_theirs_and_no_figure(table: str) -> None:
    theirs = json.loads(shared_data("statistics/jsonstat/pxwebapi/MetadataById_tab003_js2.json").read_text())
    ours = get(f"/tables/{table}/metadata").json()
    assert set(theirs) - {"note"} <= set(ours)
    assert ours["value"] == [] and "status" not in ours
    assert set(theirs["extension"]["px"]) - {"infofile", "nextUpdate", "survey", "link", "updateFrequency"} <= set(
        ours["extension"]["px"]
    )
    assert ours["id"] == ["Region", "Kon", "ContentsCode", "Tid"]
    assert ours["role"] == {"geo": ["Region"], "metric": ["ContentsCode"], "time": ["Tid"]}
    assert ours["dimension"]["Kon"]["extension"]["eliminationValueCode"] == "T"
    assert ours["dimension"]["ContentsCode"]["category"]["unit"] == {"value": {"base": "besök", "decimals": 0}}


def test_get_and_post_give_the_same(table: str) -> None:
    by_get = get(f"/tables/{table}/data?valueCodes[Region]=01??&valuecodes[tid]=[top(2)]&outputFormat=json-stat2")
    selection = [
        {"variableCode": "Region", "valueCodes": ["01??"]},
        {"variableCode": "Tid", "valueCodes": ["TOP(2)"]},
    ]
    by_post = post(f"/tables/{table}/data", {"selection": selection})
    assert by_get.status_code == by_post.status_code == 200
    assert by_get.json() == by_post.json()
    assert by_get.json()["value"] == [82, 84, 162, 164]


def test_nothing_is_ever_added_up(world: World) -> None:
    """Left out, a dimension without a total is asked for: a sum beside hidden parts would tell them."""
    dataset = opened_of(world.alvik, world, "Frånvaro", absence(), sensitivity="internal")
    table = px_id(dataset.pk, "main")
    assert get(f"/tables/{table}/metadata").json()["dimension"]["Skola"]["extension"]["elimination"] is False
    refused = get(f"/tables/{table}/data?valueCodes[År]=2022")
    assert refused.status_code == 400
    assert refused.json()["title"] == "Missing selection for mandantory variable"
    assert refused.json()["type"] == "Parameter error"


def test_a_hidden_figure_has_no_value_in_any_form(world: World) -> None:
    dataset = opened_of(world.alvik, world, "Frånvaro", absence(), sensitivity="internal")
    where = f"/tables/{px_id(dataset.pk, 'main')}/data?valueCodes[Skola]=Ek&valueCodes[År]=*&outputFormat="
    document = get(where + "json-stat2").json()
    assert document["value"] == [None, 31] and document["status"] == {"0": "suppressed"}
    assert document["extension"]["vaxtkraft"]["protection"]["hidden"] == 1
    assert get(where + "csv").content.decode("utf-8-sig").splitlines()[1] == "Ek,visas inte: för få svar,31"
    cube = read_px(get(where + "px").content).cube
    assert cube is not None and np.isnan(cube.values).tolist() == [[[True, False]]]
    assert get(where + "xlsx").content.startswith(b"PK")


@pytest.mark.parametrize(
    "query, status, title",
    [
        ("valueCodes[Nope]=1", 400, "Non-existent variable"),
        ("valueCodes[Region]=99", 400, "Non-existent value"),
        ("valueCodes[Region]=TOP(x)", 400, "Illegal selection expression"),
        ("codelist[Region]=vs_nope", 404, "Non-existent codelist"),
        ("outputFormat=html", 400, "Unsupported output format"),
        ("outputFormatParams=Nope", 400, "Unsupported output format"),
        ("heading=Tid&stub=Tid", 400, "Illegal placement selection"),
    ],
)
def test_errors_have_the_titles_that_clients_know(table: str, query: str, status: int, title: str) -> None:
    response = get(f"/tables/{table}/data?{query}")
    assert (response.status_code, response.json()["title"]) == (status, title)
    assert response["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    "body",
    [
        "{", "[]", '"x"', "null", '{"selection": {}}', '{"selection": [1]}', '{"selection": [{"valueCodes": []}]}',
        '{"selection": [{"variableCode": "Tid", "valueCodes": [1]}]}',
        '{"selection": [{"variableCode": "Tid", "valueCodes": "2021"}]}',
        '{"selection": [], "placement": {"stub": [1]}}', '{"selection": [], "placement": [1]}',
        '{"selection": [], "placement": {"stub": 5}}',
        '{"selection": [], "placement": {"stub": "Tid"}}',
    ],
)  # fmt: skip
def test_what_is_no_selection_is_refused_in_words(table: str, body: str) -> None:
    response = post(f"/tables/{table}/data", body)
    assert response.status_code == 400 and response["Content-Type"] == "application/problem+json"


def test_more_than_one_answer_holds_is_403(table: str, settings: Any) -> None:
    settings.API_CELLS = 5
    refused = get(f"/tables/{table}/data?valueCodes[Region]=*&valueCodes[Kon]=*&valueCodes[Tid]=*")
    assert (refused.status_code, refused.json()["title"]) == (403, "Too many cells selected")
    assert get(f"/tables/{table}/data").status_code == 200, "what nobody chose fits by itself"


def test_the_default_selection_is_what_is_given_without_one(table: str) -> None:
    chosen = get(f"/tables/{table}/defaultselection").json()["selection"]
    assert {one["variableCode"]: one["valueCodes"] for one in chosen}["Kon"] == ["T"]
    assert post(f"/tables/{table}/data", {"selection": chosen}).json() == get(f"/tables/{table}/data").json()


def test_levels_of_places_are_codelists(table: str) -> None:
    named = get(f"/tables/{table}/metadata").json()["dimension"]["Region"]["extension"]["codelists"]
    assert [one["type"] for one in named] == ["Valueset"] * 3
    codelist = get(f"/codelists/{named[2]['id']}").json()
    assert [value["code"] for value in codelist["values"]] == ["0186", "0188"]
    chosen = get(
        f"/tables/{table}/data?codelist[Region]={named[2]['id']}&valueCodes[Region]=*&valueCodes[Tid]=2021"
    )
    assert chosen.json()["value"] == [80, 160]
    # What the codelist leaves out can't be chosen through it.
    outside = get(
        f"/tables/{table}/data?codelist[Region]={named[2]['id']}&valueCodes[Region]=00&valueCodes[Tid]=*"
    )
    assert outside.json()["title"] == "Non-existent value"


def test_dimensions_stand_where_they_are_asked_to(table: str) -> None:
    document = get(f"/tables/{table}/data?valueCodes[Region]=00&valueCodes[Tid]=*&heading=Kon&stub=Tid").json()
    assert document["id"] == ["Tid", "Region", "ContentsCode", "Kon"]
    text = get(
        f"/tables/{table}/data?valueCodes[Region]=*&valueCodes[Tid]=2021&outputFormat=csv"
        "&outputFormatParams=UseCodes,SeparatorSemicolon,IncludeTitle&heading=Region"
    ).content.decode("utf-8-sig")
    assert text.splitlines()[0] == "Besök"
    assert text.splitlines()[1] == "kön;tabellinnehåll;år;00;01;0186;0188"
    assert text.splitlines()[2] == "T;value;2021;2240;240;80;160"


def test_a_px_file_comes_home_as_it_was(table: str) -> None:
    content = get(
        f"/tables/{table}/data?valueCodes[Region]=*&valueCodes[Kon]=*&valueCodes[Tid]=*&outputFormat=px"
    ).content
    found = read_px(content)
    assert found.problems == ()
    home, away = visitors(), found.cube
    assert away is not None
    assert [d.code for d in away.dimensions] == ["Region", "Kon", "ContentsCode", "Tid"]
    assert np.array_equal(away.values.squeeze(axis=2), home.values)
    back = [dimension for dimension in away.dimensions if dimension.code != "ContentsCode"]
    for before, after in zip(home.dimensions, back, strict=True):
        assert (before.codes, before.role) == (after.codes, after.role)
        assert [c.parent for c in before.categories] == [c.parent for c in after.categories]
    assert back[1].total == "T"
    assert not (away.statuses != Reason.NONE).any()


def test_words_find_tables_and_days_narrow_them(world: World, table: str) -> None:
    opened_of(world.alvik, world, "Bibliotekslån", absence())
    assert get("/tables?query=besök").json()["page"]["totalElements"] == 1
    assert get("/tables?query=%00").status_code == 400
    assert get("/tables?pastDays=1").json()["page"]["totalElements"] == 2
    assert get("/tables?pastDays=x").status_code == 400
    page = get("/tables?pageSize=1&pageNumber=2").json()
    assert len(page["tables"]) == 1 and page["page"]["links"][-1]["rel"] == "previous"
    assert get("/tables?pageNumber=9").json()["title"] == "Non-existent page"


def test_an_id_stays_over_releases(world: World) -> None:
    dataset: Dataset = opened_of(world.alvik, world, "Frånvaro", absence())
    table = px_id(dataset.pk, "main")
    before = get(f"/tables/{table}").json()
    publish(dataset, absence(last=99))
    after = get(f"/tables/{table}").json()
    assert before["id"] == after["id"] == table and before["updated"] <= after["updated"]
    assert get(f"/tables/{table.lower()}").status_code == 200


@pytest.mark.parametrize(
    "strange", ["VK", "VK00000000000g", "TAB001", "VK000000000000.x", "VK000000000000", "%27", "VK" + "0" * 40]
)
def test_what_is_no_table_is_not_there(db: None, strange: str) -> None:
    assert get(f"/tables/{strange}").json()["title"] == "Non-existent table"


def test_ids_are_read_back(world: World) -> None:
    dataset = opened_dataset(world)
    least, greatest, code = read_px_id(px_id(dataset.pk, "meaning.gender")) or (None, None, None)
    assert least is not None and greatest is not None
    assert least <= dataset.pk <= greatest and code == "meaning.gender"


def test_whoever_has_it_already_is_told_so(table: str) -> None:
    for part in ("", "/metadata", "/defaultselection", "/data", "/data?outputFormat=csv"):
        first = get(f"/tables/{table}{part}")
        assert get(f"/tables/{table}{part}", **{"if-none-match": first["ETag"]}).status_code == 304, part
