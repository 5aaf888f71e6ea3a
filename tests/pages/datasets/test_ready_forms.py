"""Starting from a ready form: the list, one form, its empty file, a registration filled in."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
from django.db import transaction

from datasets.content.ready_forms import find_ready_form, ready_forms
from datasets.models import Dataset
from portal.tenancy.scope import scope
from tests.pages.datasets.conftest import text_of, told
from tests.world import World


def test_the_list_leads_to_each(visit: Any) -> None:
    page = visit("ready-form-list", "dag", slug="alvik").content.decode()
    for form in ready_forms():
        assert f'href="/k/alvik/data/formular/{form.key}/"' in page
        one = text_of(visit("ready-form-detail", "dag", slug="alvik", key=form.key))
        assert form.title["sv"] in one
        assert form.framing["sv"] in one


def test_its_empty_files_have_the_columns_and_no_figures(visit: Any) -> None:
    headings = ["Läsår", "Skolform", "Kön", "Frånvaro", "Elever"]
    csv = visit("ready-form-template", "dag", slug="alvik", key="absence", kind="csv")
    assert csv.content.decode("utf-8-sig").strip() == ";".join(headings)
    assert csv["Content-Disposition"] == 'attachment; filename="absence.csv"'
    book = openpyxl.load_workbook(
        io.BytesIO(visit("ready-form-template", "dag", slug="alvik", key="absence", kind="xlsx").content)
    )
    assert [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()] == [headings]
    assert len(list(book.worksheets[1].iter_rows())) == 1 + len(headings)


@pytest.mark.parametrize(("key", "kind"), [("nothing", "csv"), ("absence", "exe")])
def test_there_is_no_other_form_or_file(visit: Any, key: str, kind: str) -> None:
    assert visit("ready-form-template", "dag", slug="alvik", key=key, kind=kind).status_code == 404


def test_a_registration_begins_filled_in_and_keeps_the_form_and_its_rule(world: World, visit: Any) -> None:
    page = visit("dataset-register", "dag", slug="alvik", query="?formular=concern_reports")
    assert told("Begun from the form “%(name)s”", name="Orosanmälningar") in text_of(page)
    html = page.content.decode()
    assert 'value="Orosanmälningar"' in html
    assert "minst en orosanmälan" in html
    with transaction.atomic(), scope(world.alvik.pk):
        department = str(world.departments["Skola"].pk)
    given = {
        "title": "Orosanmälningar", "source": "Socialtjänsten", "sensitivity": "sensitive", "fit_for": ["2"],
        "measures": "risk", "polarity": "none", "department": department, "ready_form": "concern_reports",
    }  # fmt: skip
    visit("dataset-register", "dag", data=given, slug="alvik")
    with transaction.atomic(), scope(world.alvik.pk):
        dataset = Dataset.objects.get()
        assert dataset.ready_form == "concern_reports"
        assert dataset.rule["k"] == 10
        assert dataset.framing["sv"].startswith("En anmälan är någon som bryr sig.")


def file_like(key: str) -> str:
    form = find_ready_form(key)
    assert form is not None
    headings = [column.name for column in form.columns]
    return "\n".join(";".join(row) for row in (headings, *form.rows)) + "\n"


def test_a_file_with_its_columns_is_recognised_and_comes_in_as_its_form_says(
    world: World, visit: Any, bring_in: Any, run_jobs: Any
) -> None:
    upload = bring_in("export.csv", file_like("concern_reports"))
    run_jobs()
    page = visit("upload-detail", "dag", slug="alvik", upload_id=upload.pk)
    assert told("The file looks like “%(name)s”", name="Orosanmälningar") in text_of(page)
    html = page.content.decode()
    assert 'value="Orosanmälningar"' in html
    assert 'name="ready_form" value="concern_reports"' in html
    with transaction.atomic(), scope(world.alvik.pk):
        upload.refresh_from_db()
    assert upload.registration["sensitivity"] == "sensitive"
    assert upload.preview["protected"]["rule"]["k"] == 10


def test_where_several_fit_a_person_chooses(world: World, visit: Any, bring_in: Any, run_jobs: Any) -> None:
    upload = bring_in("enkat.csv", file_like("lupp"))
    run_jobs()
    page = visit("upload-detail", "dag", slug="alvik", upload_id=upload.pk).content.decode()
    assert "/data/formular/lupp/" in page and "/data/formular/stockholmsenkaten/" in page
    with transaction.atomic(), scope(world.alvik.pk):
        upload.refresh_from_db()
    assert "ready_form" not in upload.registration


def test_a_form_that_is_nobodys_is_left_aside(world: World, visit: Any) -> None:
    assert visit("dataset-register", "dag", slug="alvik", query="?formular=../../x").status_code == 200
    given = {
        "title": "Böcker", "source": "Biblioteket", "sensitivity": "open", "fit_for": ["2"], "measures": "context",
        "polarity": "none", "ready_form": "nothing", "department": str(world.departments["Skola"].pk),
    }  # fmt: skip
    assert visit("dataset-register", "dag", data=given, slug="alvik").status_code == 302
    with transaction.atomic(), scope(world.alvik.pk):
        assert Dataset.objects.get().ready_form == ""
