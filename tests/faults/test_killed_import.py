"""A process killed between elimination and audit: nothing is stored, and the next attempt does it all."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from celery import current_app
from django.db import transaction
from django.utils import timezone

from datasets.models import Dataset, LedgerAlarm, Release, ReleaseReport, ReleaseTable, Upload
from portal.embedded.environment import process_environment
from portal.embedded.layout import REPOSITORY, Var
from portal.embedded.processes import wait_until
from portal.jobs.models import Job
from portal.jobs.outbox import LOST_AFTER
from portal.tenancy.scope import scope
from tests.conftest import working_as
from tests.plugins.database import role_url
from tests.rules.test_datasets_ledger_races import FIRST, brought_in, confirmed
from tests.world import World

HANG = """
import sys, time, pathlib, django
django.setup()
import portal.celery
portal.celery.app.loader.import_default_modules()
from datasets.disclosure import engine

def hang(*given, **named):
    pathlib.Path(sys.argv[1]).touch()
    time.sleep(600)

engine.audit = hang
portal.celery.app.tasks["datasets.import_upload"](job_id=sys.argv[2], tenant_id=sys.argv[3])
"""


def worker_environment() -> dict[str, str]:
    root, postgres, _ = os.environ["VAXTKRAFT_TEST_RUN"].rsplit(":", 2)
    made: dict[str, str] = process_environment(
        Var(Path(root)), "worker", ports=(int(postgres), 0), base_url="http://testserver"
    )
    return made | {"DATABASE_URL": role_url("worker"), "VAXTKRAFT_DEMO": "0"}


@pytest.mark.committed
def test_killed_between_elimination_and_audit(committed: World, run_jobs: Any, tmp_path: Path) -> None:
    (upload,) = brought_in(committed, None, FIRST, run=run_jobs)
    job = confirmed(committed, upload)
    reached = tmp_path / "reached"
    process = subprocess.Popen(
        [sys.executable, "-c", HANG, str(reached), str(job.pk), str(committed.alvik.pk)],
        cwd=REPOSITORY,
        env=worker_environment(),
        start_new_session=True,
    )
    try:
        assert wait_until(reached.exists, 60)
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    with working_as("worker"), transaction.atomic(), scope(committed.alvik.pk):
        for model in (Dataset, Release, ReleaseTable, ReleaseReport, LedgerAlarm):
            assert not model.objects.exists(), model
        kept = Upload.in_scope().get()
        assert kept.state == "importing" and bytes(kept.content) == FIRST.encode()
        # What the relay sees after a while without a sign of life.
        Job._base_manager.filter(pk=job.pk).update(
            beaten_at=timezone.now() - 2 * LOST_AFTER - timedelta(seconds=1)
        )
    with working_as("worker"):
        task = current_app.tasks["datasets.import_upload"]
        assert task(job_id=str(job.pk), tenant_id=str(committed.alvik.pk)) == "done"
    with transaction.atomic(), scope(committed.alvik.pk):
        assert Release.objects.get().number == 1
        assert Upload.in_scope().get().state == "imported"
        assert Job.objects.get(pk=job.pk).attempts == 2
