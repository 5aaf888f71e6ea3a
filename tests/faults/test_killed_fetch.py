"""A worker killed in the middle of a fetch: what had come is kept, and the next attempt asks for the rest."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import timedelta
from typing import Any

import pytest
from celery import current_app
from django.db import transaction
from django.utils import timezone

from datasets.models import Release, SourcePiece, SourceSubscription
from datasets.services.sources import source_choose, source_look_up
from portal.embedded.layout import REPOSITORY
from portal.embedded.processes import wait_until
from portal.jobs.models import Job
from portal.jobs.outbox import LOST_AFTER
from portal.tenancy.scope import scope
from tests.conftest import working_as
from tests.faults.test_killed_import import worker_environment
from tests.sources.kolada import ROOT, KoladaSource
from tests.sources.server import Asked, Reply, serving
from tests.world import World

WORK = """
import sys, django
django.setup()
import portal.celery
portal.celery.app.loader.import_default_modules()
portal.celery.app.tasks["datasets.refresh_source"](job_id=sys.argv[1], tenant_id=sys.argv[2])
"""
CHOICE = {"municipality": ("9701", "97", "00"), "period": ("from(1994)",)}


@pytest.mark.committed
def test_killed_between_two_pieces(committed: World, run_jobs: Any, settings: Any) -> None:
    kolada = KoladaSource(years=range(1994, 2024))
    with serving(kolada) as server:
        address = server.url + ROOT
        settings.SOURCES = {**settings.SOURCES, "kolada": address}
        with transaction.atomic(), scope(committed.alvik.pk):
            found = source_look_up(kind="kolada", source_id="N02906", by=committed.alma)
        run_jobs()
        with transaction.atomic(), scope(committed.alvik.pk):
            found = SourceSubscription.objects.get(pk=found.pk)
            source_choose(subscription=found, choice=CHOICE, by=committed.alma)
            job = Job.in_scope().get(task="datasets.refresh_source")
        well, second = server.answer, False

        def hangs_at_the_second(asked: Asked) -> Reply:
            nonlocal second
            if "/data/" in asked.path and len(server.paths("/data/")) == 2:
                second = True
                return Reply(raw=b" " * 10_000, drip=0.05)
            return well(asked)

        server.answer = hangs_at_the_second
        process = subprocess.Popen(
            [sys.executable, "-c", WORK, str(job.pk), str(committed.alvik.pk)],
            cwd=REPOSITORY,
            env=worker_environment() | {"VAXTKRAFT_KOLADA_URL": address},
            start_new_session=True,
        )
        try:
            assert wait_until(lambda: second, 60)
        finally:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        with working_as("worker"), transaction.atomic(), scope(committed.alvik.pk):
            assert SourcePiece.objects.count() == 1 and not Release.objects.exists()
            # What the relay sees after a while without a sign of life.
            long_ago = timezone.now() - 2 * LOST_AFTER - timedelta(seconds=1)
            Job._base_manager.filter(pk=job.pk).update(beaten_at=long_ago)
        server.answer = well
        server.asked.clear()
        with working_as("worker"):
            task = current_app.tasks["datasets.refresh_source"]
            assert task(job_id=str(job.pk), tenant_id=str(committed.alvik.pk)) == "done"
        assert len(server.paths("/data/")) == 1
        with working_as("worker"), transaction.atomic(), scope(committed.alvik.pk):
            assert Release.objects.get().number == 1 and not SourcePiece.objects.exists()
