"""A real worker and a real beat, a Valkey that stops and forgets, a worker that is killed: every job runs once."""

from __future__ import annotations

import email
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from redis import Redis

from accounts.services.invitations import invitation_send
from portal.audit.models import AuditEvent
from portal.embedded import programs
from portal.embedded.environment import process_environment
from portal.embedded.layout import REPOSITORY, Var
from portal.embedded.processes import end_group, wait_until
from portal.embedded.servers import redis_url
from portal.embedded.valkey import ValkeyServer
from portal.jobs.models import Job
from portal.jobs.outbox import enqueue
from portal.tenancy.scope import scope
from tests.conftest import working_as
from tests.faults.impatient import COUNTED, SECRET
from tests.plugins.database import role_url
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


@dataclass
class Plant:
    """What does the work: Valkey, worker and beat, on this test's database."""

    var: Var
    valkey: ValkeyServer
    worker: programs.Program
    beat: programs.Program
    mails: Path

    @property
    def broker(self) -> str:
        return redis_url(self.valkey.var, self.valkey.port)

    def call(self, code: str) -> None:
        """Run something in a process of its own, with the worker's rights."""
        start = "import django; django.setup(); import portal.celery as c; c.app.loader.import_default_modules()"
        command = [sys.executable, "-c", f"{start}\n{code}"]
        subprocess.run(command, env=self.worker.environment, cwd=REPOSITORY, check=True)

    def log(self) -> str:
        return (self.var.logs / "worker.log").read_text()


@pytest.fixture
def plant(tmp_path_factory: pytest.TempPathFactory, committed: World) -> Iterator[Plant]:
    root, postgres, _ = os.environ["VAXTKRAFT_TEST_RUN"].rsplit(":", 2)
    var = Var(tmp_path_factory.mktemp("plant"))
    # Valkey may run as another account than this one.
    for folder in (var.root, *list(var.root.parents)[:2]):
        folder.chmod(0o711)
    var.create()
    valkey = ValkeyServer(var)
    valkey.start()
    mails = tmp_path_factory.mktemp("mails")
    environment = process_environment(
        Var(Path(root)), "worker", ports=(int(postgres), 0), base_url="http://testserver"
    ) | {
        "DATABASE_URL": role_url("worker"),
        "REDIS_URL": redis_url(var, valkey.port),
        "EMAIL_URL": f"filemail:///{mails}",
        "VAXTKRAFT_DEMO": "0",
    }  # fmt: skip
    worker, beat = programs.worker(var, environment), programs.beat(var, environment)
    made = Plant(var, valkey, impatient(worker), impatient(beat), mails)
    try:
        made.worker.start()
        made.beat.start()
        yield made
    finally:
        for each in (made.beat, made.worker, valkey):
            each.stop()


def impatient(program: programs.Program) -> programs.Program:
    """The same process, but that it misses a lost job after seconds."""
    arguments = program.command[program.command.index("celery") + 1 :]
    return replace(program, command=[sys.executable, "-m", "tests.faults.impatient", *arguments], grace=5.0)


def invite(world: World, *names: str) -> None:
    for name in names:
        with transaction.atomic(), scope(world.alvik.pk):
            invitation_send(
                email=f"{name}@example.org", name=name, role="viewer", department=None, by=world.alma
            )  # fmt: skip


def jobs(**wanted: Any) -> list[Job]:
    with working_as("worker"), transaction.atomic():
        return list(Job._base_manager.filter(**wanted))


def all_done() -> bool:
    return {job.state for job in jobs()} == {"done"}


def wait_for(is_so: Callable[[], bool], plant: Plant, seconds: float = 60) -> None:
    assert wait_until(is_so, seconds), (
        [(j.task, j.state, j.attempts) for j in jobs()], plant.log()[-3000:]
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
    assert str(COUNTED) not in plant.log()
