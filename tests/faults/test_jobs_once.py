"""A real worker and a real beat, a Valkey that stops and forgets, a worker that is killed: every job runs once."""

from __future__ import annotations

import email
import re
from collections import Counter
from pathlib import Path

import pytest
from django.db import transaction
from redis import Redis

from accounts.services.invitations import invitation_send
from portal.audit.models import AuditEvent
from portal.embedded.processes import end_group
from portal.jobs.outbox import enqueue
from portal.tenancy.scope import scope
from tests.faults.impatient import COUNTED, SECRET
from tests.faults.plant import Plant, all_done, jobs, wait_for
from tests.texts import without_keys
from tests.world import World

pytestmark = pytest.mark.slow
RELAY = "from portal.jobs.outbox import relay_waiting_jobs; relay_waiting_jobs()"
"""What beat asks the worker to do every other second, for while there is no worker."""

SEND_AGAIN = """
from portal.jobs.models import Job
from django.db import transaction
with transaction.atomic():
    for job in Job._base_manager.all():
        c.app.tasks[job.task].delay(job_id=str(job.pk), tenant_id=str(job.tenant_id))
"""


def invite(world: World, *names: str) -> None:
    for name in names:
        with transaction.atomic(), scope(world.alvik.pk):
            invitation_send(
                email=f"{name}@example.org", name=name, role="viewer", department=None, by=world.alma
            )  # fmt: skip


def recipients(plant: Plant) -> Counter[str]:
    """To whom mails were sent, and how many."""
    found: Counter[str] = Counter()
    for path in plant.mails.iterdir():
        found.update(str(part["To"]) for part in map(email.message_from_string, messages(path.read_text())))
    return found


def messages(text: str) -> list[str]:
    return [part.strip() for part in text.split("-" * 79) if part.strip()]


def test_a_broker_that_stops_and_forgets_loses_no_job_and_doubles_none(plant: Plant, committed: World) -> None:
    invite(committed, "before")
    wait_for(all_done, plant)

    plant.worker.stop()
    plant.valkey.stop()
    invite(committed, "stopped", "stopped-too")
    plant.valkey.start()
    invite(committed, "forgotten")
    plant.call(RELAY)
    assert len(jobs(state="waiting", sent_at__isnull=False)) == 3
    with Redis.from_url(plant.broker) as broker:
        assert broker.llen("celery") >= 3
        broker.flushall()
    invite(committed, "after")
    # The broker may also give a message twice: each does what is left of its job.
    plant.call(RELAY + SEND_AGAIN)
    plant.worker.start()

    wait_for(all_done, plant)
    names = ("before", "stopped", "stopped-too", "forgotten", "after")
    assert recipients(plant) == {f"{name}@example.org": 1 for name in names}
    assert {job.attempts for job in jobs()} == {1}


def test_a_killed_worker_leaves_its_job_to_the_next_and_no_secret_in_its_log(
    plant: Plant, committed: World, tmp_path: Path
) -> None:
    file = tmp_path / "file"
    with transaction.atomic(), scope(committed.alvik.pk):
        waiting = enqueue("tests.wait_for_file", path=str(file))
    wait_for(lambda: bool(jobs(state="running", percent=10)), plant)
    assert plant.worker.process is not None
    end_group(plant.worker.process.pid)

    with transaction.atomic(), scope(committed.alvik.pk):
        failing = enqueue("tests.fail_in_words")
    send = "c.app.send_task"
    plant.call(f"{send}('tests.fail_outside_jobs'); {send}('tests.count')")
    plant.worker.start()
    wait_for(lambda: bool(jobs(pk=waiting.pk, attempts=2)), plant)
    file.touch()
    wait_for(lambda: bool(jobs(pk=waiting.pk, state="done")), plant)
    with transaction.atomic(), scope(committed.alvik.pk):
        assert AuditEvent.objects.filter(verb="tests.file_found").count() == 1

    wait_for(lambda: bool(jobs(pk=failing.pk, state="failed")), plant)
    wait_for(lambda: "tests.fail_outside_jobs" in plant.log(), plant)
    plant.worker.stop()
    assert "RuntimeError" in plant.log()
    assert SECRET not in plant.log()
    assert not re.search(rf"(?<![\d.]){COUNTED}(?!\d)", without_keys(plant.log()))
