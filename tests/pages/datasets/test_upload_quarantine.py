"""Rows that do not fit are left out in the open: read, taken home, told of, and erased with the file."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from datasets.models import ReleaseTable, Upload
from portal.audit.models import AuditEvent
from portal.tenancy.scope import scope
from tests.pages.datasets.conftest import CSV, text_of, told
from tests.world import World

BAD = CSV + "Gran;Flickor;2023;=HYPERLINK(1)\nGran;Pojkar;2023\n"
WHOLE = "".join(f"Skola {n};{sex};2023;{20 + n}\n" for n in range(8) for sex in ("Flickor", "Pojkar"))


@pytest.fixture
def upload(world: World, bring_in: Any, run_jobs: Any) -> Upload:
    """A file of 24 rows, two of which do not fit."""
    found: Upload = bring_in("skolor.csv", BAD + WHOLE)
    run_jobs()
    return found


def again(world: World, upload: Upload) -> Upload:
    with transaction.atomic(), scope(world.alvik.pk):
        upload.refresh_from_db()
    return upload


def test_the_page_of_the_file_says_how_many_and_leads_to_them(upload: Upload, visit: Any) -> None:
    page = text_of(visit("upload-detail", "dag", slug="alvik", upload_id=upload.pk))
    assert "2 rader ligger i karantän" in page
    rows = text_of(visit("upload-quarantine", "dag", slug="alvik", upload_id=upload.pk))
    assert '<th scope="row">8</th>' in rows and '<th scope="row">9</th>' in rows
    assert "<td>=HYPERLINK(1)</td>" in rows
    assert told("The row has %(found)s columns where the headings have %(expected)s.", found=3, expected=4) in rows


def test_the_rows_are_taken_home_as_a_file_that_runs_nothing_and_the_log_says_so(
    world: World, upload: Upload, visit: Any
) -> None:
    answer = visit("upload-quarantine-csv", "dag", slug="alvik", upload_id=upload.pk)
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "Rad;Varför den inte är med;Skola;Kön;År;Antal"
    assert lines[1].startswith("8;") and lines[1].endswith(";Gran;Flickor;2023;'=HYPERLINK(1)")
    assert lines[2].endswith(";Gran;Pojkar;2023;")
    assert answer["Cache-Control"] == "no-store"
    with transaction.atomic(), scope(world.alvik.pk):
        assert AuditEvent.in_scope().filter(verb="upload.quarantine_taken").count() == 1


@pytest.mark.parametrize("name", ["upload-quarantine", "upload-quarantine-csv"])
def test_another_department_and_another_municipality_find_nothing(upload: Upload, visit: Any, name: str) -> None:
    assert visit(name, "olle", slug="alvik", upload_id=upload.pk).status_code == 404
    assert visit(name, "bo", slug="alvik", upload_id=upload.pk).status_code == 404
    assert visit(name, "bo", slug="bjorkvik", upload_id=upload.pk).status_code == 404


def test_the_release_says_how_many_rows_were_left_out_and_the_rows_are_erased(
    world: World, upload: Upload, register: Any, run_jobs: Any, visit: Any
) -> None:
    for deed in ("look", "confirm"):
        register(upload, deed=deed, sensitivity="open")
        run_jobs()
    upload = again(world, upload)
    assert (upload.state, upload.quarantine, bytes(upload.content)) == ("imported", [], b"")
    with transaction.atomic(), scope(world.alvik.pk):
        table = ReleaseTable.objects.get()
    notes = [note["text"]["sv"] for note in table.structure["notes"]]
    assert any(note.startswith("2 rader") for note in notes)
    assert "HYPERLINK" not in str(table.structure) + str(upload.problems)
    page = text_of(visit("upload-detail", "dag", slug="alvik", upload_id=upload.pk))
    assert "2 av 24 rader passar inte" in page
    empty = text_of(visit("upload-quarantine", "dag", slug="alvik", upload_id=upload.pk))
    assert told("No row lies here") in empty


def test_a_file_that_is_withdrawn_takes_its_rows_with_it(world: World, upload: Upload, visit: Any) -> None:
    visit("upload-withdraw", "dag", data={}, slug="alvik", upload_id=upload.pk)
    assert again(world, upload).quarantine == []


def test_the_database_keeps_no_rows_of_a_file_that_is_done(world: World, upload: Upload, visit: Any) -> None:
    visit("upload-withdraw", "dag", data={}, slug="alvik", upload_id=upload.pk)
    with pytest.raises(IntegrityError), transaction.atomic(), scope(world.alvik.pk):
        Upload.objects.filter(pk=upload.pk).update(quarantine=[{"line": 1}])


def test_a_file_of_which_too_much_does_not_fit_asks_for_another_word_about_its_columns(
    world: World, bring_in: Any, run_jobs: Any, visit: Any
) -> None:
    upload = bring_in("skolor.csv", CSV + "".join(f"Gran;Flickor;20{n};många\n" for n in range(10, 15)))
    run_jobs()
    assert again(world, upload).preview.get("protected") is None or upload.quarantine == []
