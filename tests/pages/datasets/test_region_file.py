"""A region brings in one file; each municipality gets its part, and the neighbour never sees it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.urls import reverse

from datasets.models import Dataset, MunicipalityPart, Release, ReleaseTable, Upload
from datasets.selectors import latest_release, load_table
from portal.tenancy.scope import public_scope, scope
from tests.conftest import client_of
from tests.pages.datasets.conftest import text_of, told
from tests.texts import without_keys
from tests.world import World, make_tenant

HEADINGS = "Kommun;Kön;År;Elever"
FILE = f"""{HEADINGS}
Alvik;Flickor;2023;40
Alvik;Pojkar;2023;31
Björkvik;Flickor;2023;777
Björkvik;Pojkar;2023;2
Lidingö;Flickor;2023;12
Lidingö;Pojkar;2023;14
"""
REGION = "region-nordvik"
TITLE = "Elever i kulturskolan"
REGISTRATION = {
    "title": TITLE, "source": "Kulturskolorna", "sensitivity": "internal", "fit_for": ["2"], "measures": "context",
    "polarity": "none", "department": "",
}  # fmt: skip


@pytest.fixture
def divide(world: World, run_jobs: Callable[[], list[str]]) -> Callable[..., Upload]:
    """Bring a file in as rut, all the way."""

    def bring(content: str = FILE, query: str = "", **changed: Any) -> Upload:
        client = client_of(world, "rut")
        given = {"file": SimpleUploadedFile("kulturskolor.csv", content.encode())}
        response = client.post(reverse("region-file-list", args=[REGION]) + query, given)
        assert response.status_code == 302, text_of(response)
        upload_id = response["Location"].rstrip("/").rpartition("/")[2]
        run_jobs()
        address = reverse("upload-detail", args=[REGION, upload_id])
        keep = {"c-0-role": "geo"}
        for deed in ("look", "confirm"):
            assert client.post(address, {**REGISTRATION, **keep, "deed": deed, **changed}).status_code == 302
            run_jobs()
        with transaction.atomic(), scope(world.region.pk):
            return Upload.in_scope().get(pk=upload_id)

    return bring


def page(world: World, who: str, name: str, *args: Any) -> str:
    response = client_of(world, who).get(reverse(name, args=args))
    assert response.status_code == 200
    return text_of(response)


def own_part(world: World, tenant: Any) -> Dataset:
    with transaction.atomic(), scope(tenant.pk):
        return Dataset.objects.get(title=TITLE)


def test_each_municipality_gets_its_own_part_with_its_source(world: World, divide: Any) -> None:
    upload = divide()
    assert upload.state == "imported", upload.problems
    assert TITLE in page(world, "vera", "dataset-list", "alvik")
    part = own_part(world, world.alvik)
    shown = page(world, "vera", "dataset-detail", "alvik", part.pk)
    assert "Kulturskolorna" in shown and "Region Nordvik" in shown
    with transaction.atomic(), scope(world.alvik.pk):
        table = load_table(latest_release(part), "main")  # type: ignore[arg-type]
        assert table.dimension("Kommun").codes == ("9701",)
        assert table.select({"Kön": ["Flickor"]}).values.item() == 40
    assert part.tenant_id == world.region.pk and part.audience_id == world.alvik.pk


def test_small_groups_of_a_part_are_hidden_in_it(world: World, divide: Any) -> None:
    divide()
    part = own_part(world, world.bjorkvik)
    with transaction.atomic(), scope(world.bjorkvik.pk):
        table = load_table(latest_release(part), "main")  # type: ignore[arg-type]
        assert 2 not in table.values.ravel().tolist()


def test_the_neighbour_does_not_see_a_part_whatever_it_asks(world: World, divide: Any) -> None:
    divide()
    part = own_part(world, world.alvik)
    assert client_of(world, "bo").get(reverse("dataset-detail", args=["bjorkvik", part.pk])).status_code == 404
    with transaction.atomic(), scope(world.bjorkvik.pk):
        assert list(Dataset.objects.values_list("audience_id", flat=True)) == [world.bjorkvik.pk]
        # PostgreSQL itself, asked without any manager of ours.
        with connection.cursor() as cursor:
            for table in ("datasets_dataset", "datasets_release", "datasets_releasetable"):
                cursor.execute(f"SELECT count(*) FROM {table} WHERE audience_id = %s", [world.alvik.pk])
                assert cursor.fetchone() == (0,), table
            cursor.execute("SELECT count(*) FROM datasets_municipalitypart")
            assert cursor.fetchone() == (0,), "nor who else has a part"
    with transaction.atomic(), public_scope():
        assert not Dataset.objects.exists() and not ReleaseTable.objects.exists()


def test_the_region_is_told_who_is_missing_and_what_went_nowhere(world: World, divide: Any) -> None:
    with transaction.atomic():
        make_tenant("municipality", "9703", "Cedervik", world.region)
    upload = divide()
    shown = page(world, "rut", "region-file-detail", REGION, upload.pk)
    assert "Cedervik" in shown and told("Is not in the file") in shown
    assert "Lidingö" in shown
    assert "777" not in without_keys(shown), "the page tells who got what, and no figure"


def test_a_new_file_makes_new_releases_of_the_same_data_sets(world: World, divide: Any) -> None:
    first = divide()
    part = own_part(world, world.alvik)
    more = FILE.replace("2023;40", "2023;45") + "Alvik;Flickor;2024;50\nAlvik;Pojkar;2024;52\n"
    second = divide(more, query=f"?igen={first.pk}")
    assert second.state == "imported", second.problems
    assert own_part(world, world.alvik) == part
    with transaction.atomic(), scope(world.alvik.pk):
        assert sorted(Release.objects.filter(dataset=part).values_list("number", flat=True)) == [1, 2]


def test_a_municipality_that_is_gone_from_the_file_keeps_what_it_had(world: World, divide: Any) -> None:
    first = divide()
    second = divide(f"{HEADINGS}\nBjörkvik;Flickor;2024;80\nBjörkvik;Pojkar;2024;90\n", query=f"?igen={first.pk}")
    part = own_part(world, world.alvik)
    with transaction.atomic(), scope(world.alvik.pk):
        assert Release.objects.filter(dataset=part).count() == 1
    assert "Alvik" in page(world, "rut", "region-file-detail", REGION, second.pk)


def test_a_file_without_places_is_refused_with_words(world: World, divide: Any) -> None:
    upload = divide("Kön;År;Elever\nFlickor;2023;40\nPojkar;2023;31\n", **{"c-0-role": "dimension"})
    assert upload.state == "refused"
    shown = page(world, "rut", "region-file-detail", REGION, upload.pk)
    assert told("No column of the file names municipalities, so it cannot be divided among them.") in shown
    with transaction.atomic(), scope(world.region.pk):
        assert not MunicipalityPart.in_scope().filter(release__isnull=False).exists()


def test_a_municipality_has_no_such_page(world: World) -> None:
    for who in ("adam", "alma", "dag"):
        assert client_of(world, who).get(reverse("region-file-list", args=["alvik"])).status_code == 404
