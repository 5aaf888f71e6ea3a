"""Files with a row for each person: columns are seen, what identifies must go, and only figures come out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import numpy as np
import pytest
import redis
from django.conf import settings
from django.core import mail
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import Membership
from datasets import tasks
from datasets.models import Approval, Dataset, Release, Upload
from datasets.selectors import latest_release, load_table
from datasets.services import sealed
from portal.tenancy.scope import scope
from tests.conftest import client_of
from tests.pages.datasets.conftest import told
from tests.people_files import again, bring_people, page_of, people_file_of, publish_people, send
from tests.unit.datasets.microdata.people import csv_of, people, xlsx_of
from tests.world import World

Jobs = Callable[[], list[str]]
WITH_NUMBERS = ("Personnummer", "Kön", "Ålder")


def numbered(count: int = 60) -> bytes:
    return csv_of([("20080229-2384", row[0], row[1]) for row in people(count)], WITH_NUMBERS)


def test_a_file_becomes_a_protected_release_and_is_gone(world: World, run_jobs: Jobs) -> None:
    upload = publish_people(world, run_jobs, csv_of(people(300)))
    assert upload.state == "imported", (upload.state, upload.problems)
    assert bytes(upload.content) == b""
    assert told("The file is gone, and no row of it is left anywhere.") in page_of(world, upload)
    with transaction.atomic(), scope(world.alvik.pk):
        dataset = Dataset.objects.get(pk=upload.dataset_id)
        table = load_table(latest_release(dataset), "main")  # type: ignore[arg-type]
    shown = table.values[~np.isnan(table.values)]
    assert not ((shown > 0) & (shown < 5)).any()


def test_a_spreadsheet_comes_in_alike(world: World, run_jobs: Jobs) -> None:
    upload = publish_people(world, run_jobs, xlsx_of(people(300)))
    assert upload.state == "imported", upload.problems


def test_the_page_tells_of_columns_and_shows_no_row(world: World, run_jobs: Jobs) -> None:
    rows = [*people(100), ("flicka", 17, "Hemligskolan", "1,0")]
    upload = people_file_of(world, bring_people(world, csv_of(rows)))
    run_jobs()
    page = page_of(world, upload)
    assert "Skola" in page and "Alm" in page
    assert "Hemligskolan" not in page
    assert "elever.csv" not in page


def test_a_column_of_personal_numbers_stops_the_file_until_it_goes(world: World, run_jobs: Jobs) -> None:
    upload = people_file_of(world, bring_people(world, numbered()))
    run_jobs()
    page = page_of(world, upload)
    assert told("It must go before anything can be counted. Choose “Must go” for it.") in page
    assert "20080229" not in page and "2384" not in page
    send(world, upload, "confirm")
    run_jobs()
    assert again(world, upload).state == "read"
    send(world, upload, "look", c_0_use="drop")
    run_jobs()
    assert again(world, upload).problems == []
    send(world, upload, "confirm", c_0_use="drop")
    run_jobs()
    assert again(world, upload).state == "imported"


def test_nobody_can_say_that_personal_numbers_are_groups(world: World, run_jobs: Jobs) -> None:
    upload = people_file_of(world, bring_people(world, numbered()))
    run_jobs()
    for use in ("dimension", "person", "time"):
        send(world, upload, "look", c_0_use=use)
        run_jobs()
        assert again(world, upload).preview == {}
        assert again(world, upload).problems[0]["code"] == "identifier"


def test_rows_of_people_are_never_open(world: World, run_jobs: Jobs) -> None:
    upload = people_file_of(world, bring_people(world, csv_of(people(60))))
    run_jobs()
    for deed in ("look", "confirm"):
        send(world, upload, deed, sensitivity="open")
        run_jobs()
    assert again(world, upload).state == "read"
    assert 'value="open"' not in page_of(world, upload)
    with transaction.atomic(), scope(world.alvik.pk):
        assert not Release.objects.exists()


def test_small_groups_are_hatched_in_the_preview(world: World, run_jobs: Jobs) -> None:
    upload = people_file_of(world, bring_people(world, csv_of(people(60))))
    run_jobs()
    protected = again(world, upload).preview["protected"]
    assert protected["hidden"] > 0
    cells = [cell for row in protected["rows"] for cell in row["cells"]]
    assert all(cell["text"] == "" for cell in cells if cell["status"] == "suppressed")
    assert "is-hatched" in page_of(world, upload)


def test_means_are_published_with_what_they_rest_on(world: World, run_jobs: Jobs) -> None:
    said = {"figure": "mean", "c_2_use": "drop", "c_3_use": "measure", "unit": "timmar", "sensitivity": "internal"}
    upload = publish_people(world, run_jobs, csv_of(people(400)), **said)
    assert upload.state == "imported", upload.problems
    with transaction.atomic(), scope(world.alvik.pk):
        release = latest_release(Dataset.objects.get(pk=upload.dataset_id))
        means = load_table(release, "means")  # type: ignore[arg-type]
    assert means.dimension("measure").codes[0] == "mean"
    assert not np.isnan(means.select({"measure": ["mean"]}).values).all()


def test_sums_are_published_with_whom_they_are_of(world: World, run_jobs: Jobs) -> None:
    said = {"figure": "sum", "c_2_use": "drop", "c_3_use": "measure", "unit": "timmar", "sensitivity": "internal"}
    upload = publish_people(world, run_jobs, csv_of(people(400)), **said)
    assert upload.state == "imported", upload.problems
    with transaction.atomic(), scope(world.alvik.pk):
        release = latest_release(Dataset.objects.get(pk=upload.dataset_id))
        sums = load_table(release, "sums")  # type: ignore[arg-type]
    assert sums.dimension("measure").codes == ("sum", "base")
    assert not np.isnan(sums.select({"measure": ["sum"]}).values).all()


def test_next_years_file_needs_no_word_about_its_columns(world: World, run_jobs: Jobs) -> None:
    said = {"c_0_name": "Kön enligt folkbokföringen", "c_2_use": "drop"}
    first = publish_people(world, run_jobs, csv_of(people(300)), **said)
    query = f"?datamangd={first.dataset_id}"
    page = client_of(world, "dag").get(reverse("dataset-detail", args=["alvik", first.dataset_id]))
    assert reverse("people-file-create", args=["alvik"]) + query in page.content.decode()
    response = bring_people(world, csv_of(people(300, seed=2)), query=query)
    second = people_file_of(world, response)
    run_jobs()
    columns = again(world, second).mapping["columns"]
    assert columns[0]["name"] == "Kön enligt folkbokföringen"
    assert columns[2]["use"] == "drop" and columns[2]["shown"] == []
    assert second.dataset_id == first.dataset_id


def test_categories_are_merged_as_was_said(world: World, run_jobs: Jobs) -> None:
    said = {"c_2_use": "dimension", "c_2_0_as": "Stor", "c_2_1_as": "Stor", "c_2_2_as": "Liten", "c_1_use": "drop"}
    upload = publish_people(world, run_jobs, csv_of(people(300)), **said)
    with transaction.atomic(), scope(world.alvik.pk):
        release = latest_release(Dataset.objects.get(pk=upload.dataset_id))
        table = load_table(release, "main")  # type: ignore[arg-type]
    assert table.dimension("Skola").codes == ("Stor", "Liten", "total")


@pytest.mark.parametrize("content", [csv_of(people(20)).partition(b"\r\n")[2], b"\x00\x01\x02", b"PK\x03\x04x"])
def test_what_is_no_table_is_refused_and_gone(world: World, run_jobs: Jobs, content: bytes) -> None:
    upload = people_file_of(world, bring_people(world, content))
    run_jobs()
    upload = again(world, upload)
    assert upload.state == "refused" and bytes(upload.content) == b""
    assert told("Nothing was published, and the file is gone") in page_of(world, upload)


def test_when_the_hour_is_out_what_was_said_is_kept_for_the_same_file_again(world: World, run_jobs: Jobs) -> None:
    upload = people_file_of(world, bring_people(world, csv_of(people(300))))
    run_jobs()
    send(world, upload, "look", c_0_name="Könet", title="Minns titeln")
    run_jobs()
    sealed.file_forget(upload.pk)
    send(world, upload, "confirm", c_0_name="Könet", title="Minns titeln")
    run_jobs()
    assert again(world, upload).state == "refused"
    assert told("The hour in which the file could be opened is over, and it has been erased.") in page_of(
        world, upload
    )
    second = people_file_of(world, bring_people(world, csv_of(people(300)), query=f"?igen={upload.pk}"))
    run_jobs()
    second = again(world, second)
    assert second.registration["title"] == "Minns titeln"
    assert second.mapping["columns"][0]["name"] == "Könet"


@pytest.fixture
def keeping_server() -> Any:
    """A Valkey that would write what it holds to a disk."""
    client = redis.Redis.from_url(settings.REDIS_URL)
    client.config_set("save", "3600 1")
    yield
    client.config_set("save", "")


def test_where_keys_would_be_written_to_a_disk_no_file_is_taken_in(world: World, keeping_server: None) -> None:
    response = bring_people(world, csv_of(people(20)))
    assert response.status_code == 503
    page = response.content.decode()
    assert "appendonly no" in page
    with transaction.atomic(), scope(world.alvik.pk):
        assert not Dataset.objects.exists()


def test_another_department_and_municipality_find_no_such_file(world: World, run_jobs: Jobs) -> None:
    upload = people_file_of(world, bring_people(world, csv_of(people(60))))
    run_jobs()
    with transaction.atomic(), scope(world.alvik.pk):
        Membership.objects.filter(user=world.dag).update(department=world.departments["Fritid"])
    for who in ("dag", "olle", "vera", "bo", "rut", "cleo"):
        address = reverse("people-file-detail", args=["alvik", upload.pk])
        assert client_of(world, who).get(address).status_code == 404
        assert client_of(world, who).get(reverse("upload-detail", args=["alvik", upload.pk])).status_code == 404


def test_a_file_whose_hour_is_out_is_erased_by_the_clock(world: World, run_jobs: Jobs, as_role: Any) -> None:
    read = people_file_of(world, bring_people(world, csv_of(people(60))))
    run_jobs()
    fresh = people_file_of(world, bring_people(world, csv_of(people(60))))
    run_jobs()
    confirmed = people_file_of(world, bring_people(world, csv_of(people(60))))
    run_jobs()
    send(world, confirmed, "look")
    run_jobs()
    send(world, confirmed, "confirm")
    with transaction.atomic(), scope(world.alvik.pk):
        Upload.in_scope().filter(pk__in=[read.pk, confirmed.pk]).update(
            uploaded_at=timezone.now() - sealed.LIFETIME - timedelta(minutes=1)
        )
    with as_role("worker"):
        tasks.expire_people_files()
    assert (again(world, read).state, bytes(again(world, read).content)) == ("refused", b"")
    assert (again(world, confirmed).state, bytes(again(world, confirmed).content)) == ("refused", b"")
    assert again(world, fresh).state == "read" and again(world, fresh).content
    assert sealed.file_open(fresh.pk, bytes(again(world, fresh).content)) is not None
    assert sealed.file_open(read.pk, bytes(again(world, fresh).content)) is None


def test_everybody_is_told_how_long_it_waits_and_when_it_has_ended(
    world: World, run_jobs: Jobs, as_role: Any
) -> None:
    upload = people_file_of(world, bring_people(world, csv_of(people(60))))
    run_jobs()
    said = {"c_2_use": "drop", "sensitivity": "sensitive"}
    for deed in ("look", "confirm"):
        send(world, upload, deed, **said)
        run_jobs()
    assert again(world, upload).state == "waiting"
    time = timezone.localtime(again(world, upload).uploaded_at + sealed.LIFETIME).strftime("%H:%M")
    with transaction.atomic(), scope(world.alvik.pk):
        approval = Approval.objects.get(upload=upload)
    address = reverse("approval-detail", args=["alvik", approval.pk])
    assert time in client_of(world, "alma").get(address).content.decode()
    assert time in page_of(world, upload)
    with transaction.atomic(), scope(world.alvik.pk):
        gone = timezone.now() - sealed.LIFETIME - timedelta(minutes=1)
        Upload.in_scope().filter(pk=upload.pk).update(uploaded_at=gone)
    mail.outbox.clear()
    with as_role("worker"):
        tasks.expire_people_files()
    run_jobs()
    assert sorted(one.to[0] for one in mail.outbox) == ["adam@example.org", "alma@example.org", "dag@example.org"]
    assert again(world, upload).state == "refused"
