"""Clients that others wrote read our tables from a running server: pxstatspy and pyjstat."""

from __future__ import annotations

import json
from typing import Any
from urllib.request import urlopen

import pytest
from pxstatspy import OutputFormat, PxAPI, PxAPIConfig
from pxstatspy.pxapi import PxAPIError
from pyjstat import pyjstat

from datasets.api.pcaxis.keyed import px_id
from datasets.importers.px import read_px
from tests.api.opened import opened_dataset
from tests.tables import published_dataset
from tests.world import World


@pytest.fixture
def client(site: str, committed: World) -> PxAPI:
    """Statistics Sweden's kind of client, told nothing but the address."""
    committed.more["dataset"] = opened_dataset(committed)
    committed.more["closed"] = published_dataset(committed.alvik, "Frånvaro")
    return PxAPI(PxAPIConfig(base_url=f"{site}/api/px/v2", language="sv"))


def test_pxstatspy_reads_limits_tables_and_figures(client: PxAPI, committed: World) -> None:
    assert (client.max_data_cells, client.rate_limiter.max_calls, client.rate_limiter.time_window) == (
        150_000,
        30,
        10,
    )
    found = client.find_tables(query="besök", display=False)["tables"]
    table_id = px_id(committed.more["dataset"].pk, "main")
    assert [table["id"] for table in found] == [table_id]
    assert (found[0]["firstPeriod"], found[0]["lastPeriod"], found[0]["timeUnit"]) == ("2021", "2023", "Annual")
    frame = client.get_data_as_dataframe(table_id, {"Region": ["0186", "0188"], "Tid": ["2023"]})
    assert list(frame["region"]) == ["Alvik", "Björkvik"]
    # Gender may be left out since the table has a total: nothing is added up for it.
    assert list(frame["Besök på fritidsgården"]) == [84.0, 164.0]
    chosen = client.get_table_data(table_id, {"Region": ["01*"], "Kon": ["K", "M"], "Tid": ["2021"]})
    assert chosen["size"] == [3, 2, 1, 1]
    assert chosen["value"] == [100, 140, 30, 50, 70, 90]


def test_pxstatspy_is_told_what_it_can_mend(client: PxAPI, committed: World) -> None:
    table_id = px_id(committed.more["dataset"].pk, "main")
    with pytest.raises(PxAPIError, match="API error"):
        client._make_request("GET", f"/tables/{table_id}/data", params={"valueCodes[Region]": "9999"})
    with pytest.raises(PxAPIError):
        client.get_table_by_id(px_id(committed.more["closed"].pk, "main"))
    assert client.find_tables(query="frånvaro", display=False)["tables"] == []


def test_pxstatspy_reads_csv_and_our_reader_the_px_file(client: PxAPI, committed: World) -> None:
    table_id = px_id(committed.more["dataset"].pk, "main")
    text = client.get_table_data(
        table_id, {"Region": ["0186"], "Tid": ["2021", "2022"]}, output_format=OutputFormat.CSV
    )
    lines = text.lstrip("\ufeff").splitlines()
    assert lines[0] == "region,kön,Besök på fritidsgården 2021,Besök på fritidsgården 2022"
    assert lines[1] == "Alvik,Alla,80,82"
    packed = client.get_table_data(table_id, output_format=OutputFormat.PX)
    cube = read_px(packed.encode()).cube
    assert cube is not None
    assert cube.dimension("Region").codes == ("00", "01", "0186", "0188")


def test_pyjstat_reads_both_interfaces(client: PxAPI, site: str, committed: World) -> None:
    dataset = committed.more["dataset"]
    for address in (
        f"{site}/api/v1/datasets/{dataset.pk}/tables/main/data.json?Region=0186",
        f"{site}/api/px/v2/tables/{px_id(dataset.pk, 'main')}/data?valueCodes[Region]=0186&valueCodes[Tid]=*",
    ):
        with urlopen(address) as response:
            frame = pyjstat.Dataset.read(response.read().decode()).write("dataframe")
        assert set(frame["region"]) == {"Alvik"}
        assert 80.0 in set(frame["value"])


def test_the_description_of_the_interface_is_openapi(site: str, committed: World) -> None:
    with urlopen(f"{site}/api/v1/schema/") as response:
        document: dict[str, Any] = json.load(response)
    assert document["openapi"].startswith("3.")
    assert "/api/v1/datasets/{dataset_id}/tables/{table_code}/data/" in document["paths"]
    assert not [path for path in document["paths"] if "px" in path]
