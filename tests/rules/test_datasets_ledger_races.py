"""Two jobs that publish about the same people at once: the second notices and protects its figures anew."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest
from celery import current_app
from django.db import connection, transaction

from datasets.models import Dataset, Release, ReleaseReport, Upload
from datasets.selectors import cube_of
from datasets.services import importing, publishing
from datasets.services.releases import release_publish
from datasets.services.uploads import upload_confirm, upload_describe, upload_receive
from portal.jobs.models import Job
from portal.tenancy.scope import scope
from tests.conftest import working_as
from tests.tables import published_dataset
from tests.world import World

pytestmark = pytest.mark.committed
FIRST = "Skola;År;Antal\nEk;2022;2\nAlm;2022;40\nBok;2022;55\nLind;2022;60\n"
BY_GENDER = "Kön;År;Antal\nK;2022;72\nM;2022;85\n"


def brought_in(world: World, dataset: Dataset | None, *contents: str, run: Callable[[], Any]) -> list[Upload]:
    """Files that have been received and read."""
    with transaction.atomic(), scope(world.alvik.pk):
        found = [
            upload_receive(
                name="fil.csv",
                content=content.encode(),
                department=world.departments["Skola"],
                by=world.dag,
                dataset=dataset,
            )
            for content in contents
        ]
    run()
    return found


def confirmed(world: World, upload: Upload, **said: Any) -> Job:
    """The job that is to bring a file in that has been read."""
    with transaction.atomic(), scope(world.alvik.pk):
        upload.refresh_from_db()
        assert upload.state == "read", upload.problems
        given = {
            "title": "Samma elever", "source": "Skolan", "sensitivity": "internal", "fit_for": [2],
            "department": str(world.departments["Skola"].pk), "lang": "sv", **said,
        }  # fmt: skip
        upload = upload_describe(upload=upload, mapping=upload.mapping, registration=given)
        upload_confirm(upload=upload, by=world.dag)
        job: Job = Job.objects.get(subject_id=upload.pk, state="waiting")
        return job


def perform(job: Job) -> str:
    try:
        with working_as("worker"):
            return str(current_app.tasks[job.task](job_id=str(job.pk), tenant_id=str(job.tenant_id)))
    finally:
        connection.close()


@pytest.fixture
def both_at_once(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The first two that have their figures protected go on together; gives the ledgers they publish with."""
    line, protected, tries = threading.Barrier(2, timeout=60), [], []
    comparison = importing.comparison

    def meet(trial: Any, table: Any) -> Any:
        protected.append(table)
        if len(protected) <= 2:
            line.wait()
        return comparison(trial, table)

    def publish(**given: Any) -> Release:
        tries.append(given["ledger"])
        return release_publish(**given)

    monkeypatch.setattr(importing, "comparison", meet)
    monkeypatch.setattr(publishing, "release_publish", publish)
    return tries


def published(world: World) -> list[Release]:
    with transaction.atomic(), scope(world.alvik.pk):
        return list(Release.objects.order_by("published_at").select_related("dataset"))


def values(release: Release) -> list[Any]:
    with transaction.atomic(), scope(release.tenant_id):
        found: list[Any] = np.isnan(cube_of(release.tables.get()).values).ravel().tolist()
        return found


def test_of_two_that_publish_about_the_same_people_the_second_starts_over(
    committed: World, run_jobs: Any, both_at_once: list[Any]
) -> None:
    """By themselves neither table gives anything away: together the one would give the other's school."""
    seed = published_dataset(committed.alvik, "Elever", sensitivity="internal")
    contents = [content.replace("2022", "2019") for content in (FIRST, BY_GENDER)]
    uploads = brought_in(committed, None, *contents, run=run_jobs)
    jobs = [confirmed(committed, upload, same_people_as=str(seed.pk)) for upload in uploads]
    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(perform, jobs)) == ["done", "done"]
    _seed, first, second = published(committed)
    with transaction.atomic(), scope(committed.alvik.pk):
        against = ReleaseReport.objects.get(release=second).against
        assert first.pk in against
        assert {upload.state for upload in Upload.in_scope()} == {"imported"}
    assert len(both_at_once) == 3, "the second came to publishing twice"
    schools, genders = sorted((values(first), values(second)), key=len, reverse=True)
    assert sum(schools) + sum(genders) >= 2, "one hidden school beside both genders would be known"


def test_two_files_for_one_data_set_become_two_releases_one_after_the_other(
    committed: World, run_jobs: Any, both_at_once: list[Any]
) -> None:
    dataset = published_dataset(committed.alvik, "Elever", sensitivity="internal")
    later = FIRST.replace("2022", "2024")
    uploads = brought_in(committed, dataset, later, later.replace(";40", ";42"), run=run_jobs)
    jobs = [confirmed(committed, upload) for upload in uploads]
    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(perform, jobs)) == ["done", "done"]
    found = published(committed)
    assert [release.number for release in found] == [1, 2, 3]
    hidden = [values(release) for release in found[1:]]
    alm = 1
    assert hidden[1][alm] or hidden[0][alm], "40 and 42 both shown would tell that two more came"


def test_one_who_never_gets_to_publish_is_told_so(
    committed: World, run_jobs: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from datasets.errors import LedgerMoved

    dataset = published_dataset(committed.alvik, "Elever", sensitivity="internal")
    (upload,) = brought_in(committed, dataset, FIRST.replace("2022", "2024"), run=run_jobs)
    job = confirmed(committed, upload)

    def moved(**given: Any) -> Release:
        release_publish(**given)
        raise LedgerMoved("something else was published")

    monkeypatch.setattr(publishing, "release_publish", moved)
    assert perform(job) == "failed"
    assert len(published(committed)) == 1, "nothing half-published"
    with transaction.atomic(), scope(committed.alvik.pk):
        assert "publicerades" in Job.objects.get(pk=job.pk).problem
        upload = Upload.in_scope().get()
        assert upload.state == "importing" and bytes(upload.content)
