"""Next year's file comes in as this year's did, and a file that looks like one is recognised."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction

from datasets.models import Upload
from portal.tenancy.scope import scope
from tests.pages.datasets.conftest import CSV, text_of, told
from tests.unit.datasets.importers.sheet_files import xlsx
from tests.world import World

OPEN = {"sensitivity": "open", "c-2-role": "dimension", "c-2-sum": "on", "c-2-name": "Könet"}
NEXT = CSV.replace("2023", "2024")


@pytest.fixture
def read(world: World, bring_in: Any, run_jobs: Any) -> Any:
    def bring(content: bytes | str, query: str = "", name: str = "nya.csv") -> Upload:
        upload = bring_in(name, content, query=query)
        run_jobs()
        with transaction.atomic(), scope(world.alvik.pk):
            upload.refresh_from_db()
        return upload  # type: ignore[no-any-return]

    return bring


def sheet_of(text: str) -> bytes:
    rows = [line.split(";") for line in text.splitlines()]
    return xlsx([rows[0], *([*row[:3], int(row[3])] for row in rows[1:])])


@pytest.mark.parametrize("content", [NEXT.encode("cp1252"), NEXT.encode("utf-16"), sheet_of(NEXT)])
def test_what_was_said_of_the_columns_holds_for_a_file_written_otherwise(
    published: Any, read: Any, content: bytes
) -> None:
    dataset = published("skolor.csv", CSV, **OPEN)
    upload = read(content, f"?datamangd={dataset.pk}")
    assert upload.preview["protected"]["cells"] == 6
    assert [column["name"] for column in upload.mapping["columns"]][1] == "Könet"


def test_other_columns_than_last_time_are_looked_at_anew_and_said_to_be(
    published: Any, read: Any, visit: Any
) -> None:
    dataset = published("skolor.csv", CSV, **OPEN)
    upload = read(NEXT.replace("Skola;", "Enhet;"), f"?datamangd={dataset.pk}")
    page = text_of(visit("upload-detail", "dag", slug="alvik", upload_id=upload.pk))
    assert told("The columns are not those of the last file, so what was said of them then does not hold.") in page
    assert upload.preview["protected"]["cells"] == 6


def test_a_file_with_known_columns_is_recognised_and_joined_with_one_click(
    world: World, published: Any, read: Any, register: Any, run_jobs: Any, visit: Any, newest_release: Any
) -> None:
    dataset = published("skolor.csv", CSV, **OPEN)
    upload = read(NEXT)
    page = text_of(visit("upload-detail", "dag", slug="alvik", upload_id=upload.pk))
    assert told("We know these columns") in page
    assert 'value="Könet"' in page
    register(upload, deed="join")
    run_jobs()
    with transaction.atomic(), scope(world.alvik.pk):
        upload.refresh_from_db()
    assert upload.dataset_id == dataset.pk
    register(upload)
    run_jobs()
    assert newest_release(dataset).number == 2


def test_a_file_of_another_departments_columns_is_not_said_to_be_known(
    world: World, published: Any, read: Any, visit: Any
) -> None:
    published("skolor.csv", CSV, **OPEN)
    with transaction.atomic(), scope(world.alvik.pk):
        Upload.objects.update(department=world.departments["Fritid"])
    upload = read(NEXT)
    assert "like" not in upload.guess
    page = text_of(visit("upload-detail", "dag", slug="alvik", upload_id=upload.pk))
    assert told("We know these columns") not in page
