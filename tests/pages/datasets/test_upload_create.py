"""Choosing a file: what is turned away at once, and what is taken in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse

from datasets.models import Upload
from portal.tenancy.scope import scope
from tests.conftest import client_of
from tests.pages.datasets.conftest import CSV, told
from tests.tables import published_dataset
from tests.world import World

MEGABYTE = 1024 * 1024
EMPTY = "The file is empty. Export it again and look at its size before you bring it in."
OFFICE = "This is a Word document, a presentation or a zip file, not %(wanted)s."
WEB_PAGE = "This is a web page, not a file of figures: perhaps an error message was saved instead of the table."


@pytest.fixture
def send(world: World) -> Callable[..., Any]:
    def choose(name: str, content: bytes, who: str = "dag", query: str = "") -> Any:
        with transaction.atomic(), scope(world.alvik.pk):
            department = str(world.departments["Skola"].pk)
        given = {"file": SimpleUploadedFile(name, content), "department": department}
        return client_of(world, who).post(reverse("upload-create", args=["alvik"]) + query, given)

    return choose


def uploads(world: World) -> list[Upload]:
    with transaction.atomic(), scope(world.alvik.pk):
        return list(Upload.objects.all())


def test_a_file_is_taken_in_and_read(world: World, send: Any, run_jobs: Any) -> None:
    assert send("Frånvaro.csv", CSV.encode()).status_code == 302
    assert [upload.state for upload in uploads(world)] == ["received"]
    assert run_jobs() == ["datasets.read_upload"]
    assert [upload.state for upload in uploads(world)] == ["read"]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("tom.csv", b"", told(EMPTY)),
        ("blank.csv", b" \n\n", told("The file is empty.")),
        ("bild.csv", b"\x89PNG\r\n\x1a\n" + b"\0" * 200, told("This is a picture, not %(wanted)s.", wanted="CSV")),
        ("bok.px", b"PK\x03\x04" + b"\0" * 200, told(OFFICE, wanted="PC-Axis")),
        ("sida.px", b"<!DOCTYPE html><html><body>Fel</body></html>", told(WEB_PAGE)),
    ],
)
def test_what_is_no_table_is_turned_away_at_once(
    world: World, send: Any, name: str, content: bytes, says: str
) -> None:
    answer = send(name, content)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert uploads(world) == []


def test_a_file_of_200_megabytes_is_turned_away_in_words(world: World, send: Any) -> None:
    answer = send("stor.csv", b"a;b\n1;2\n" * (200 * MEGABYTE // 8))
    assert answer.status_code == 413
    assert "50 MB" in answer.content.decode()
    assert uploads(world) == []


def test_a_file_of_exactly_what_is_allowed_is_taken_in(world: World, send: Any) -> None:
    room_for_the_form = 4096
    content = b"a;b\n" + b"1;2\n" * ((settings.FILE_UPLOAD_LIMIT - room_for_the_form) // 4 - 1)
    assert send("stor.csv", content).status_code == 302


def test_no_file_at_all(world: World, visit: Any) -> None:
    answer = visit("upload-create", "dag", data={"department": ""}, slug="alvik")
    assert answer.status_code == 422
    assert uploads(world) == []


def test_a_name_of_ten_thousand_characters_is_cut_and_its_ending_kept(world: World, send: Any) -> None:
    assert send("x" * 10_000 + ".csv", CSV.encode()).status_code == 302
    (upload,) = uploads(world)
    assert len(upload.name) <= 200
    assert upload.name.endswith(".csv")


def test_a_steward_brings_in_for_their_own_department_alone(world: World, visit: Any) -> None:
    with transaction.atomic(), scope(world.alvik.pk):
        other = str(world.departments["Fritid"].pk)
    given = {"file": SimpleUploadedFile("a.csv", CSV.encode()), "department": other}
    assert visit("upload-create", "dag", data=given, slug="alvik").status_code == 422
    given["file"].seek(0)
    assert visit("upload-create", "adam", data=given, slug="alvik").status_code == 302


def test_the_next_release_is_brought_in_for_the_same_data_set(world: World, send: Any) -> None:
    dataset = published_dataset(world.alvik)
    assert send("2024.csv", CSV.encode(), query=f"?datamangd={dataset.pk}").status_code == 302
    assert uploads(world)[0].dataset_id == dataset.pk


@pytest.mark.parametrize("given", ["nonsense", "00000000-0000-4000-8000-00000000abcd"])
def test_a_data_set_that_is_none_of_ours_is_none(world: World, send: Any, given: str) -> None:
    assert send("2024.csv", CSV.encode(), query=f"?datamangd={given}").status_code in (302, 404)
    assert all(upload.dataset_id is None for upload in uploads(world))
