"""The preview: another rule tried, advice taken and taken back, and what becomes of both at import."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse

from datasets.disclosure.advice.reshaping import Step
from datasets.models import Dataset, Release, ReleaseTable, Upload
from portal.tenancy.scope import scope
from tests.conftest import client_of
from tests.pages.datasets.conftest import CSV, text_of, told
from tests.tables import waiting_upload
from tests.world import World

INTERNAL = {"sensitivity": "internal"}
SCHOOLS = ("Ek", "Alm", "Bok", "Lind", "Asp")


def visits(small: int = 2) -> str:
    """Visits by school and year, with their sums; the first two schools are small."""
    counts = [(small, 3), (4, 31), (40, 42), (55, 57), (60, 61)]
    sums = [sum(school[place] for school in counts) for place in (0, 1)]
    rows = [
        f"{school};{year};{figures[place]}"
        for school, figures in zip((*SCHOOLS, "Samtliga"), (*counts, sums), strict=True)
        for place, year in enumerate((2022, 2023))
    ]
    return "Skola;År;Antal\n" + "\n".join(rows) + "\n"


@pytest.fixture
def read(bring_in: Any, run_jobs: Any) -> Callable[..., Upload]:
    def bring(content: str = "", who: str = "dag", query: str = "") -> Upload:
        upload: Upload = bring_in("besok.csv", content or visits(), who, query)
        run_jobs()
        return upload

    return bring


def again(world: World, upload: Upload) -> Upload:
    with transaction.atomic(), scope(world.alvik.pk):
        upload.refresh_from_db()
    return upload


def protected(world: World, upload: Upload) -> dict[str, Any]:
    found: dict[str, Any] = again(world, upload).preview["protected"]
    return found


def try_rule(world: World, upload: Upload, who: str = "dag", *, in_place: bool = True, **rule: Any) -> Any:
    given = {"k": "5", "zeros": "secondary", "guard": "readers", "share_base": "10", **INTERNAL, **rule}
    headers = {"HX-Request": "true"} if in_place else {}
    return client_of(world, who).post(reverse("upload-try", args=["alvik", upload.pk]), given, headers=headers)


def kind_of(advice: dict[str, Any]) -> set[str]:
    return {step["kind"] for step in advice["steps"]}


def take(world: World, upload: Upload, register: Any, run_jobs: Any, kind: str) -> None:
    """Press the button of the first advice of a kind."""
    advice = next(one for one in protected(world, upload)["advice"] if kind_of(one) == {kind})
    assert register(upload, deed=f"take:{advice['key']}", **INTERNAL).status_code == 302
    assert run_jobs() == ["datasets.read_upload"]


def test_the_steward_is_told_which_hidden_figures_are_small_and_none_of_the_figures(
    world: World, read: Any, visit: Any
) -> None:
    upload = read()
    cells = [cell for row in protected(world, upload)["rows"] for cell in row["cells"]]
    hidden = [cell for cell in cells if cell["status"] == "suppressed"]
    assert {cell["why"] for cell in hidden} == {"primary", "secondary"}
    assert all(cell["text"] == "" for cell in hidden)
    page = text_of(visit("upload-detail", "dag", slug="alvik", upload_id=upload.pk))
    assert told("not shown: too few") in page
    assert told("not shown: hidden for another") in page
    assert told("What would be lost") in page


def test_a_stricter_rule_is_tried_in_place_and_nothing_is_kept(world: World, read: Any) -> None:
    upload = read()
    before = again(world, upload).preview
    part = text_of(try_rule(world, upload, k="45"))
    assert "<html" not in part
    assert told("You are trying another rule.") in part
    assert part.count("is-hatched") > text_of(try_rule(world, upload)).count("is-hatched")
    assert again(world, upload).preview == before
    assert "k" not in upload.registration
    assert upload.state == "read"


def test_without_script_the_whole_page_comes_back_with_what_was_written(world: World, read: Any) -> None:
    upload = read()
    page = text_of(try_rule(world, upload, in_place=False, k="20", title="Besök hos oss"))
    assert "<html" in page
    assert told("You are trying another rule.") in page
    assert "Besök hos oss" in page
    assert 'class="error-summary"' not in page


@pytest.mark.parametrize(
    "rule", [{"k": "3"}, {"k": "x"}, {"zeros": "shown"}, {"share_base": "2"}, {"guard": "none"}]
)
def test_a_looser_or_senseless_rule_is_not_tried(world: World, read: Any, rule: dict[str, str]) -> None:
    part = text_of(try_rule(world, read(), **rule))
    assert told("The rule cannot be tried as it is filled in.") in part
    assert told("You are trying another rule.") not in part


def test_a_new_release_can_be_stricter_than_its_data_set_and_never_looser(
    world: World, read: Any, published: Any, register: Any, run_jobs: Any
) -> None:
    dataset = published("besok.csv", visits(), **INTERNAL, k="8")
    upload = read(visits(small=3), query=f"?datamangd={dataset.pk}")
    assert told("The rule cannot be tried as it is filled in.") in text_of(try_rule(world, upload, k="5"))
    assert told("You are trying another rule.") in text_of(try_rule(world, upload, k="12"))
    register(upload, deed="look", k="12", changes="")
    run_jobs()
    register(upload, k="12", changes="")
    run_jobs()
    with transaction.atomic(), scope(world.alvik.pk):
        assert Dataset.objects.get().rule["k"] == 12
        assert Release.objects.order_by("-number")[0].rule["k"] == 12


def test_a_large_table_is_not_tried_while_one_waits(world: World, read: Any, visit: Any) -> None:
    upload = read()
    with transaction.atomic(), scope(world.alvik.pk):
        upload.refresh_from_db()
        upload.preview["protected"]["is_small"] = False
        upload.save(update_fields=["preview"])
    assert try_rule(world, upload).status_code == 302
    page = text_of(visit("upload-detail", "dag", slug="alvik", upload_id=upload.pk))
    assert "hx-post" not in page
    assert told("Use this rule and look again") in page


def test_advice_is_taken_and_taken_back_with_one_click_each(
    world: World, read: Any, register: Any, run_jobs: Any, visit: Any
) -> None:
    upload = read()
    before = protected(world, upload)
    take(world, upload, register, run_jobs, "merge")
    after = protected(world, upload)
    assert after["hidden"] < before["hidden"]
    assert after["cells"] < before["cells"]
    page = text_of(visit("upload-detail", "dag", slug="alvik", upload_id=upload.pk))
    assert told("Changes that you have taken") in page
    key = page.partition('value="undo:')[2].partition('"')[0]
    register(upload, deed=f"undo:{key}", **INTERNAL)
    run_jobs()
    assert protected(world, upload)["rows"] == before["rows"]
    assert again(world, upload).registration["steps"] == []


def test_what_was_advised_is_what_comes_out(world: World, read: Any, register: Any, run_jobs: Any) -> None:
    upload = read()
    for advice in protected(world, upload)["advice"]:
        register(upload, deed=f"take:{advice['key']}", **INTERNAL)
        run_jobs()
        found = protected(world, upload)
        assert (found["cells"], found["hidden"]) == (advice["cells"], advice["hidden"])
        for step in again(world, upload).registration["steps"]:
            register(upload, deed=f"undo:{Step.from_json(step).key}", **INTERNAL)
            run_jobs()


def test_taking_advice_keeps_what_was_written(world: World, read: Any, register: Any, run_jobs: Any) -> None:
    upload = read()
    advice = protected(world, upload)["advice"][0]
    register(upload, deed=f"take:{advice['key']}", title="Besök hos oss", **INTERNAL)
    assert again(world, upload).registration["title"] == "Besök hos oss"


def test_advice_of_an_older_preview_changes_nothing(world: World, read: Any, register: Any) -> None:
    upload = read()
    assert register(upload, deed="take:0123456789ab", **INTERNAL).status_code == 302
    assert again(world, upload).state == "read"
    assert upload.registration["steps"] == []


def test_a_change_is_applied_at_import_told_to_readers_and_done_again_next_year(
    world: World, read: Any, register: Any, run_jobs: Any, visit: Any
) -> None:
    upload = read()
    take(world, upload, register, run_jobs, "merge")
    register(upload, **INTERNAL)
    run_jobs()
    with transaction.atomic(), scope(world.alvik.pk):
        release, table, dataset = Release.objects.get(), ReleaseTable.objects.get(), Dataset.objects.get()
        schools = next(d for d in table.structure["dimensions"] if d["code"] == "Skola")
        assert any("+" in category["code"] for category in schools["categories"])
        texts = [note["text"] for note in table.structure["notes"]]
    assert "Skola" in release.changes
    assert any("Sammanslaget i Skola" in text["sv"] and "Taken together in Skola" in text["en"] for text in texts)
    following = read(visits(small=3), query=f"?datamangd={dataset.pk}")
    assert again(world, following).registration["steps"] == again(world, upload).registration["steps"]
    assert protected(world, following)["steps"] == again(world, upload).registration["steps"]


def test_nothing_is_brought_in_with_a_change_that_was_not_previewed(
    world: World, read: Any, register: Any, run_jobs: Any
) -> None:
    upload = read()
    advice = protected(world, upload)["advice"][0]
    with transaction.atomic(), scope(world.alvik.pk):
        upload.registration["steps"] = advice["steps"]
        upload.save(update_fields=["registration"])
    register(upload, **INTERNAL)
    assert run_jobs() == ["datasets.read_upload"]


def test_a_change_that_does_not_fit_the_file_is_said_and_harmless(
    world: World, read: Any, register: Any, run_jobs: Any, visit: Any
) -> None:
    upload = read()
    step = {"kind": "drop", "dimension": "Kön", "name": {"sv": "Kön"}, "groups": []}
    with transaction.atomic(), scope(world.alvik.pk):
        upload.registration["steps"] = [step]
        upload.save(update_fields=["registration"])
    register(upload, deed="look", **INTERNAL)
    run_jobs()
    page = text_of(visit("upload-detail", "dag", slug="alvik", upload_id=upload.pk))
    assert told("It does not fit this file and does nothing.") in page


def test_a_table_that_is_refused_gets_advice_and_can_be_saved_by_it(
    world: World, read: Any, register: Any, run_jobs: Any, visit: Any
) -> None:
    """Five breakdowns, of which the rule lets four be crossed."""
    rows = [
        f"{school};{sex};{age};{group};{place};{20 + at}"
        for at, school in enumerate(("Ek", "Alm"))
        for sex in ("flickor", "pojkar")
        for age in ("yngre", "äldre")
        for group in ("a", "b")
        for place in ("inne", "ute")
    ]
    upload = read("Skola;Kön;Ålder;Grupp;Ställe;Antal\n" + "\n".join(rows) + "\n")
    found = protected(world, upload)
    assert [refusal["why"] for refusal in found["refusals"]] == ["too_many_dimensions"]
    assert found["advice"]
    page = text_of(visit("upload-detail", "dag", slug="alvik", upload_id=upload.pk))
    assert told("What would let more be shown") in page
    take(world, upload, register, run_jobs, "drop")
    assert protected(world, upload)["refusals"] == []


def test_secrecy_runs_between_departments_here_too(world: World) -> None:
    upload = waiting_upload(world, department="Fritid", state="read")
    assert try_rule(world, upload).status_code == 404
    assert client_of(world, "dag").get(reverse("upload-try", args=["alvik", upload.pk])).status_code == 404
    assert client_of(world, "bo").post(reverse("upload-try", args=["bjorkvik", upload.pk]), {}).status_code == 404


def test_open_figures_have_no_rule_to_try(
    world: World, read: Any, register: Any, run_jobs: Any, visit: Any
) -> None:
    upload = read(CSV)
    register(upload, deed="look", sensitivity="open")
    run_jobs()
    page = text_of(visit("upload-detail", "dag", slug="alvik", upload_id=upload.pk))
    assert told("Try another rule") not in page
    assert try_rule(world, upload, k="20").status_code == 302
