"""The page that grows: what was found, what is wrong, what is protected, and the registration."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.utils.html import escape

from datasets.models import Dataset, Release, ReleaseTable, Upload
from datasets.services import publishing
from datasets.services.releases import release_publish
from portal.jobs.models import Job
from portal.tenancy.scope import scope
from tests.pages.datasets.conftest import CSV, PX, text_of, told
from tests.world import World

NO_SUCH_PLACE = "The cell in “%(name)s” is no municipality, county or country that we know."


def again(world: World, upload: Upload) -> Upload:
    with transaction.atomic(), scope(world.alvik.pk):
        upload.refresh_from_db()
    return upload


@pytest.fixture
def see(visit: Any) -> Callable[..., str]:
    def look(upload: Upload, who: str = "dag") -> str:
        page = visit("upload-detail", who, slug="alvik", upload_id=upload.pk)
        assert page.status_code == 200
        return text_of(page)

    return look


def test_the_first_rows_stand_under_what_each_column_is_taken_for(
    world: World, bring_in: Any, run_jobs: Any, see: Any
) -> None:
    upload = bring_in("skolor.csv", CSV)
    assert "Ek" not in see(upload)
    run_jobs()
    page = see(upload)
    assert "<td>Ek</td>" in page
    assert '<option value="measure" selected>' in page
    assert '<option value="time" selected>' in page


def test_small_groups_are_hatched_in_the_preview_and_their_figures_are_not_in_it(
    world: World, bring_in: Any, run_jobs: Any
) -> None:
    upload = bring_in("skolor.csv", CSV)
    run_jobs()
    protected = again(world, upload).preview["protected"]
    assert protected["hidden"] > 0
    cells = [cell for row in protected["rows"] for cell in row["cells"]]
    assert all(cell["text"] == "" for cell in cells if cell["status"] == "suppressed")


def test_a_column_taken_for_another_thing_is_read_again(
    world: World, bring_in: Any, register: Any, run_jobs: Any
) -> None:
    upload = bring_in("skolor.csv", CSV)
    run_jobs()
    register(upload, deed="look", **{"c-2-role": "left_out"})
    assert again(world, upload).state == "received"
    run_jobs()
    # Girls and boys of the same school are now two rows about the same thing.
    assert any(problem["code"] == "csv_duplicate" for problem in again(world, upload).problems)
    assert register(upload).status_code == 302
    run_jobs()
    with transaction.atomic(), scope(world.alvik.pk):
        assert not Dataset.objects.exists(), "nothing comes in before it has been previewed"


def test_leaving_and_coming_back_loses_nothing(
    world: World, bring_in: Any, register: Any, run_jobs: Any, see: Any
) -> None:
    upload = bring_in("skolor.csv", CSV)
    run_jobs()
    register(upload, deed="look", title="Frånvaro i våra skolor", source="", how_to_read="Läs så här.")
    run_jobs()
    page = see(upload)
    assert 'value="Frånvaro i våra skolor"' in page
    assert "Läs så här." in page


def test_what_is_missing_is_asked_for_and_nothing_filled_in_is_lost(
    world: World, bring_in: Any, register: Any, run_jobs: Any, see: Any
) -> None:
    upload = bring_in("skolor.csv", CSV)
    run_jobs()
    answer = register(upload, title="t" * 10_000, sensitivity="internal")
    assert answer.status_code == 422
    assert 'class="error-summary"' in text_of(answer)
    assert again(world, upload).state == "read"
    assert "t" * 200 in see(upload)


def test_sensitive_data_needs_its_department(world: World, bring_in: Any, register: Any, run_jobs: Any) -> None:
    upload = bring_in("skolor.csv", CSV, who="adam")
    run_jobs()
    answer = register(upload, who="adam", sensitivity="sensitive", department="")
    assert answer.status_code == 422
    assert told("Sensitive data belongs to a department: say which one answers for it.") in text_of(answer)


def test_two_windows_that_confirm_bring_the_file_in_once(
    world: World, bring_in: Any, register: Any, run_jobs: Any, visit: Any
) -> None:
    upload = bring_in("invanare.px", PX)
    run_jobs()
    assert register(upload).status_code == 302
    second = register(upload)
    assert second.status_code == 302
    assert run_jobs() == ["datasets.import_upload"]
    with transaction.atomic(), scope(world.alvik.pk):
        assert Release.objects.count() == 1


def test_a_stricter_choice_is_previewed_before_it_is_brought_in(
    world: World, bring_in: Any, register: Any, run_jobs: Any
) -> None:
    upload = bring_in("skolor.csv", CSV)
    run_jobs()
    register(upload, sensitivity="internal", k="20")
    assert run_jobs() == ["datasets.read_upload"]
    assert again(world, upload).preview["protected"]["rule"]["k"] == 20
    register(upload, sensitivity="internal", k="20")
    assert run_jobs() == ["datasets.import_upload"]
    with transaction.atomic(), scope(world.alvik.pk):
        assert Dataset.objects.get().rule["k"] == 20
        assert all(value is None or value >= 20 for value in ReleaseTable.objects.get().values)


@pytest.mark.parametrize(
    ("name", "content", "message", "line"),
    [
        ("blandat.csv", "Skola;Antal\nÅsen;4\n".encode() + "Ängen;7\n".encode("cp1252"), "", 3),
        ("utan.px", PX.partition("DATA=")[0], "", 1),
        ("personer.csv", "Namn;Personnummer\nA;19811218-9876\nB;19121212-1212\n", "", None),
        ("avklippt.csv", 'Skola;Antal\n"Åsen;4\nÄngen;7\n', "", 2),
    ],
)
def test_a_file_that_cannot_be_used_is_erased_and_its_report_kept(
    world: World, bring_in: Any, run_jobs: Any, see: Any, name: str, content: Any, message: str, line: int | None
) -> None:
    upload = bring_in(name, content)
    assert run_jobs() == ["datasets.read_upload"]
    upload = again(world, upload)
    assert upload.state == "refused"
    assert bytes(upload.content) == b""
    assert upload.preview == {}
    page = see(upload)
    problem = upload.problems[0]
    assert told(problem["message"], **problem["params"]) in page
    if line is not None:
        assert problem["line"] >= line
        assert told("Line %(line)s", line=problem["line"]) in page
    assert "19811218" not in page


def test_a_code_that_is_no_municipality_is_named_with_its_line_and_can_be_kept(
    world: World, bring_in: Any, register: Any, run_jobs: Any, see: Any
) -> None:
    upload = bring_in(
        "kommuner.csv", "Kommun;År;Antal\n0186;2023;1200\n0192;2023;800\n9999;2023;700\n0180;2023;9000\n"
    )
    run_jobs()
    page = see(upload)
    assert told(NO_SUCH_PLACE, name="Kommun") in page
    assert told("Line %(line)s, column %(column)s", line=4, column=1) in page
    assert told("Bring it in") not in page

    register(
        upload, deed="look", **{"c-1-role": "geo", "c-1-keep": "on", "c-2-role": "time", "c-3-role": "measure"}
    )
    run_jobs()
    assert told("Bring it in") in see(upload)


def test_a_demo_municipality_is_known_though_it_is_on_no_official_list(
    world: World, bring_in: Any, run_jobs: Any
) -> None:
    upload = bring_in(
        "kommuner.csv", "Kommun;År;Antal\n0186;2023;1200\n9701;2023;800\n9702;2023;700\n0180;2023;9000\n"
    )
    run_jobs()
    assert again(world, upload).problems == []


def test_a_stopped_job_leaves_the_file_and_can_be_started_again(
    world: World, bring_in: Any, visit: Any, run_jobs: Any, see: Any
) -> None:
    upload = bring_in("skolor.csv", CSV)
    with transaction.atomic(), scope(world.alvik.pk):
        job = Job.objects.get(subject_id=upload.pk)
    visit("job-cancel", "dag", data={}, slug="alvik", job_id=job.pk)
    assert told("The work was stopped half-way") in see(upload)
    visit("upload-resume", "dag", data={}, slug="alvik", upload_id=upload.pk)
    assert run_jobs() == ["datasets.read_upload"]
    assert again(world, upload).state == "read"


def test_a_machine_that_stops_half_way_leaves_nothing_and_the_next_attempt_all(
    world: World, bring_in: Any, register: Any, run_jobs: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload = bring_in("invanare.px", PX)
    run_jobs()
    register(upload)
    attempts = []

    def stop_once(**given: Any) -> Release:
        release = release_publish(**given)
        attempts.append(release.pk)
        if len(attempts) == 1:
            raise OSError("the machine stopped")
        return release

    monkeypatch.setattr(publishing, "release_publish", stop_once)
    assert run_jobs() == ["datasets.import_upload: put back", "datasets.import_upload"]
    with transaction.atomic(), scope(world.alvik.pk):
        assert Dataset.objects.count() == 1
        assert [release.pk for release in Release.objects.all()] == attempts[1:]
    assert again(world, upload).state == "imported"


def test_what_protection_refuses_is_said_with_a_remedy(
    world: World, bring_in: Any, register: Any, run_jobs: Any, see: Any
) -> None:
    """Shares cannot be checked person by person: they are not published as if they were numbers of people."""
    upload = bring_in("andelar.csv", "Skola;År;Andel\nEk;2023;12,5\nAlm;2023;33,3\n")
    run_jobs()
    page = see(upload)
    assert (
        told(
            "Numbers of people are whole. Leave out the column with the word above it: shares can be shown of the "
            "numbers themselves. Or say that the data is open."
        )
        in page
    )
    assert told("Bring it in") not in page


def test_another_tenants_file_does_not_exist(world: World, bring_in: Any, visit: Any) -> None:
    upload = bring_in("skolor.csv", CSV)
    assert visit("upload-detail", "bo", slug="bjorkvik", upload_id=upload.pk).status_code == 404
    assert visit("upload-withdraw", "bo", data={}, slug="bjorkvik", upload_id=upload.pk).status_code == 404
    assert again(world, upload).state == "received"


def test_words_of_a_file_are_text_and_never_markup(world: World, bring_in: Any, run_jobs: Any, see: Any) -> None:
    nasty = "<script>alert(1)</script>"
    upload = bring_in("skolor.csv", f"Skola;År;Antal\n{nasty};2023;40\nAlm;2023;50\n")
    run_jobs()
    page = see(upload)
    assert nasty not in page
    assert escape(nasty) in page


def test_a_unit_after_every_figure_is_said_over_its_column(
    world: World, bring_in: Any, run_jobs: Any, see: Any
) -> None:
    rows = "".join(f"{school};{year};{1000 + year} kr\n" for school in ("Ek", "Alm") for year in range(2019, 2024))
    upload = bring_in("kostnad.csv", f"Skola;År;Kostnad\n{rows}".encode())
    run_jobs()
    page = see(upload)
    assert "Alla siffror i ”Kostnad” har ”kr” efter sig" in page
    assert '<option value="measure" selected>' in page and "i kr" in page
