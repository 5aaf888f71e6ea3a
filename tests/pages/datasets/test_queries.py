"""At most twelve questions to the database a page, however much there is to show."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.conftest import client_of, do_waiting_jobs
from tests.pages.datasets.conftest import CSV, choose_file
from tests.tables import published_dataset, saved_chart
from tests.world import World

MOST = 12


@pytest.fixture(scope="module")
def full(standing: World) -> dict[str, Any]:
    """Twelve data sets, a few charts and files: enough for a page that asks once a row to be caught."""
    world = standing
    datasets = [
        published_dataset(
            world.alvik,
            f"Data {n}",
            sensitivity="open",
            department=world.departments["Skola"],
            factors=["leisure"],
        )
        for n in range(12)
    ]
    charts = [saved_chart(world, dataset) for dataset in datasets[:6]]
    uploads = [choose_file(world, f"{n}.csv", CSV) for n in range(4)]
    do_waiting_jobs()
    return {"dataset_id": datasets[0].pk, "chart_id": charts[0].pk, "upload_id": uploads[0].pk}


PAGES = {
    "explore": (),
    "dataset-list": (),
    "dataset-detail": ("dataset_id",),
    "dataset-edit": ("dataset_id",),
    "dataset-rule": ("dataset_id",),
    "dataset-register": (),
    "upload-list": (),
    "upload-create": (),
    "upload-detail": ("upload_id",),
    "chart-view": ("dataset_id",),
    "chart-csv": ("dataset_id",),
    "chart-list": (),
    "chart-detail": ("chart_id",),
}


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_page_asks_at_most_twelve_times(name: str, standing: World, full: dict[str, Any], db: None) -> None:
    client = client_of(standing, "dag")
    address = reverse(name, kwargs={"slug": "alvik", **{key: full[key] for key in PAGES[name]}})
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    # Opening the transaction and the scope, and keeping the session alive, read no table.
    asked = [query["sql"] for query in captured if " FROM " in query["sql"]]
    assert len(asked) <= MOST, "\n".join(asked)
