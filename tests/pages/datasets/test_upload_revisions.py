"""What next year's file revises is on its page before it is published, and with the release afterwards."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction

from datasets.models import Upload
from portal.tenancy.scope import scope
from tests.pages.datasets.conftest import CSV, PX, text_of, told
from tests.world import World


@pytest.fixture
def again(world: World, bring_in: Any, run_jobs: Any) -> Any:
    """Bring in a further file for a data set, and have it read."""

    def bring(dataset: Any, name: str, content: str) -> Upload:
        upload = bring_in(name, content, query=f"?datamangd={dataset.pk}")
        run_jobs()
        with transaction.atomic(), scope(world.alvik.pk):
            upload.refresh_from_db()
        return upload

    return bring


def test_a_first_file_revises_nothing_and_says_nothing_of_it(bring_in: Any, run_jobs: Any, visit: Any) -> None:
    upload = bring_in("invanare.px", PX)
    run_jobs()
    page = text_of(visit("upload-detail", "dag", slug="alvik", upload_id=upload.pk))
    assert told("What is revised since the last release") not in page


def test_revised_figures_are_shown_before_publishing_and_told_with_the_release(
    published: Any, again: Any, register: Any, run_jobs: Any, visit: Any, newest_release: Any
) -> None:
    dataset = published()
    newer = (
        PX.replace("1200 1210", "1200 1250")
        .replace("2300 2310", "2301 2310")
        .replace("Invånare efter", "Folk efter")
    )
    upload = again(dataset, "nya.px", newer)
    page = text_of(visit("upload-detail", "dag", slug="alvik", upload_id=upload.pk))
    assert told("What is revised since the last release") in page
    assert "2 av 16 siffror" in page
    assert "1 210 till 1 250" in page
    register(upload, changes="Rättade siffror.")
    run_jobs()
    changes = newest_release(dataset).changes
    assert changes.startswith("Rättade siffror.")
    assert "2 av 16 siffror" in changes
    assert "Folk efter" in changes


def test_a_file_with_the_same_figures_says_that_nothing_is_revised(published: Any, again: Any, visit: Any) -> None:
    upload = again(published(), "samma.px", PX)
    page = text_of(visit("upload-detail", "dag", slug="alvik", upload_id=upload.pk))
    assert told("Nothing was revised: every figure that both show is the same.") in page


def test_a_figure_that_is_hidden_has_no_part_in_what_is_told(published: Any, again: Any, visit: Any) -> None:
    """Two files that differ under the hatching alone are told of alike."""
    dataset = published("skolor.csv", CSV, sensitivity="internal")
    upload = again(dataset, "nya.csv", CSV.replace("Alm;Flickor;2023;2", "Alm;Flickor;2023;3"))
    assert upload.preview["protected"]["revisions"]["revised"] == 0
    page = text_of(visit("upload-detail", "dag", slug="alvik", upload_id=upload.pk))
    assert told("Nothing was revised: every figure that both show is the same.") in page


def test_a_new_year_and_a_category_that_went_are_named(published: Any, again: Any, visit: Any) -> None:
    dataset = published("skolor.csv", CSV, sensitivity="open")
    newer = CSV.replace("2023", "2024").replace("Bok", "Gran")
    page = text_of(visit("upload-detail", "dag", slug="alvik", upload_id=again(dataset, "nya.csv", newer).pk))
    assert "Gran" in page and "Bok" in page
    assert told("No point in time is in both, so nothing shows how they meet.") in page
