"""Grouping files: checked against a data set's categories, kept, and used by its next release."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse

from datasets.models import CategoryGrouping, Dataset
from datasets.selectors import load_table
from portal.tenancy.scope import scope
from tests.conftest import client_of
from tests.pages.datasets.conftest import CSV, text_of, told
from tests.world import World

AGG = """[Aggreg]
Name=Norr och söder
Valueset=Skolor
1=N
2=S
[Aggtext]
1=Norr
2=Söder
N=Norr
S=Söder
[N]
1=Ek
2=Alm
[S]
1=Bok
2=Gran
"""
SUMMED = {"c-0-sum": "on", "c-1-sum": "on", "sensitivity": "internal"}


def bring(world: World, dataset: Dataset, files: dict[str, str], dimension: str = "Skola") -> Any:
    given = [SimpleUploadedFile(name, text.encode()) for name, text in files.items()]
    address = reverse("category-grouping-list", args=["alvik", dataset.pk])
    return client_of(world, "dag").post(address, {"dimension": dimension, "grouping": given}, follow=True)


def test_a_grouping_is_checked_and_unknown_codes_are_told(world: World, published: Callable[..., Dataset]) -> None:
    dataset = published("skolor.csv", CSV, **SUMMED)
    page = text_of(bring(world, dataset, {"delar.agg": AGG}))
    assert "Norr och söder" in page and "Gran" in page
    with transaction.atomic(), scope(world.alvik.pk):
        kept = CategoryGrouping.in_scope().get()
    assert [group["code"] for group in kept.groups] == ["N", "S"]


def test_the_next_file_comes_with_the_groups_that_can_be_formed(
    world: World,
    published: Callable[..., Dataset],
    bring_in: Any,
    register: Any,
    run_jobs: Any,
    newest_release: Any,
) -> None:
    dataset = published("skolor.csv", CSV, **SUMMED)
    bring(world, dataset, {"delar.agg": AGG})
    upload = bring_in("skolor.csv", CSV.replace("2023", "2024"), query=f"?datamangd={dataset.pk}")
    run_jobs()
    register(upload, **SUMMED, changes="")
    run_jobs()
    with transaction.atomic(), scope(world.alvik.pk):
        table = load_table(newest_release(dataset), "main")
    schools = table.dimension("Skola")
    assert "N" in schools.codes and "S" not in schools.codes, "a group that lacks a member would be too low"
    assert schools.category("Ek").parent == "N"


def test_files_that_fit_nothing_are_refused_with_words(world: World, published: Callable[..., Dataset]) -> None:
    dataset = published("skolor.csv", CSV, **SUMMED)
    page = text_of(bring(world, dataset, {"delar.agg": AGG.replace("Ek", "Ask")}))
    assert "Ask, Gran" in page
    page = text_of(bring(world, dataset, {"tomt.agg": "hej"}))
    assert told("The files hold no grouping. Choose an .agg file, and the .vs file that names it.") in page
    with transaction.atomic(), scope(world.alvik.pk):
        assert not CategoryGrouping.in_scope().exists()


def test_a_grouping_is_taken_away(world: World, published: Callable[..., Dataset]) -> None:
    dataset = published("skolor.csv", CSV, **SUMMED)
    bring(world, dataset, {"delar.agg": AGG})
    with transaction.atomic(), scope(world.alvik.pk):
        kept = CategoryGrouping.in_scope().get()
    address = reverse("category-grouping-remove", args=["alvik", dataset.pk, kept.pk])
    assert client_of(world, "dag").post(address).status_code == 302
    with transaction.atomic(), scope(world.alvik.pk):
        assert not CategoryGrouping.in_scope().exists()
