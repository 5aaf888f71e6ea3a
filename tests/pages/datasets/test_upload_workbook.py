"""A spreadsheet is brought in as it is: its sheet is chosen on the page, and its figures become a release."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction

from datasets.models import ReleaseTable, Upload
from portal.tenancy.scope import scope
from tests.pages.datasets.conftest import text_of, told
from tests.unit.datasets.importers.sheet_files import Rows, ods, xlsx
from tests.world import World

SCHOOLS: Rows = [
    ("Skola", "Kön", "År", "Antal"), ("Ek", "Flickor", 2023, 40), ("Ek", "Pojkar", 2023, 31),
    ("Alm", "Flickor", 2023, 2), ("Alm", "Pojkar", 2023, 25), ("Bok", "Flickor", 2023, 18),
    ("Bok", "Pojkar", 2023, 22),
]  # fmt: skip
OTHER: Rows = [("Förvaltning", "Antal"), ("Vård", 120), ("Skola", 140)]


def again(world: World, upload: Upload) -> Upload:
    with transaction.atomic(), scope(world.alvik.pk):
        upload.refresh_from_db()
    return upload


@pytest.mark.parametrize(
    ("make", "name", "kind"), [(xlsx, "a.xlsx", "Excel (XLSX)"), (ods, "a.ods", "OpenDocument")]
)
def test_a_spreadsheet_becomes_a_release(
    world: World, bring_in: Any, register: Any, run_jobs: Any, visit: Any, make: Any, name: str, kind: str
) -> None:
    upload = bring_in(name, make({"Data": SCHOOLS, "Annat": OTHER}))
    run_jobs()
    page = text_of(visit("upload-detail", "dag", slug="alvik", upload_id=upload.pk))
    assert kind in page
    assert "<td>Ek</td>" in page
    register(upload, deed="look", sensitivity="internal")
    run_jobs()
    register(upload, sensitivity="internal")
    run_jobs()
    assert again(world, upload).state == "imported"
    assert bytes(upload.content) == b""
    with transaction.atomic(), scope(world.alvik.pk):
        values = ReleaseTable.objects.get().values
    assert 40 in values and 2 not in values


def test_another_sheet_is_chosen_on_the_page_and_looked_at_anew(
    world: World, bring_in: Any, register: Any, run_jobs: Any, visit: Any
) -> None:
    upload = bring_in("a.xlsx", xlsx({"Data": SCHOOLS, "Annat": OTHER}))
    run_jobs()
    assert again(world, upload).mapping["sheet"] == "Data"
    # Confirming with another sheet chosen brings nothing in: what was previewed is another table.
    register(upload, sheet="Annat")
    assert run_jobs() == ["datasets.read_upload"]
    upload = again(world, upload)
    assert (upload.state, upload.mapping["sheet"]) == ("read", "Annat")
    page = text_of(visit("upload-detail", "dag", slug="alvik", upload_id=upload.pk))
    assert "<td>Vård</td>" in page
    assert '<option value="Annat" selected>' in page


def test_the_sign_between_columns_is_chosen_on_the_page(
    world: World, bring_in: Any, register: Any, run_jobs: Any, visit: Any
) -> None:
    # Either sign parts every line into as many columns.
    rows = [f"{name},{year};{2 * year},5" for name in ("Ek", "Alm", "Bok") for year in (2021, 2022)]
    upload = bring_in("a.csv", "\n".join(["Skola,År;Antal,Del", *rows, ""]))
    run_jobs()
    read = again(world, upload).mapping["separator"]
    other = "," if read == ";" else ";"
    register(upload, separator=other)
    assert run_jobs() == ["datasets.read_upload"]
    upload = again(world, upload)
    assert (upload.state, upload.mapping["separator"]) == ("read", other)
    page = text_of(visit("upload-detail", "dag", slug="alvik", upload_id=upload.pk))
    assert f'<option value="{other}" selected>' in page
    # What is in the file nowhere changes nothing, and is told.
    register(upload, separator="|", deed="look")
    run_jobs()
    assert again(world, upload).mapping["separator"] in ",;"
    page = text_of(visit("upload-detail", "dag", slug="alvik", upload_id=upload.pk))
    assert (
        told("The sign that was chosen between columns is nowhere in the file. The one that was found was kept.")
        in page
    )


def test_a_locked_workbook_is_refused_with_its_remedy(
    world: World, bring_in: Any, run_jobs: Any, visit: Any
) -> None:
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
    upload = bring_in("hemlig.xlsx", locked)
    run_jobs()
    assert again(world, upload).state == "refused"
    page = text_of(visit("upload-detail", "dag", slug="alvik", upload_id=upload.pk))
    assert told("The workbook is locked with a password.") in page


def test_the_page_says_that_spreadsheets_are_welcome(visit: Any) -> None:
    assert ".xlsx,.ods" in text_of(visit("upload-create", "dag", slug="alvik"))
