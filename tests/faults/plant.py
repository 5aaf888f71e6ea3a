"""What does the work, as real processes: Valkey, worker and beat, on this test's database."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from portal.embedded import programs
from portal.embedded.environment import process_environment
from portal.embedded.layout import REPOSITORY, Var
from portal.embedded.processes import wait_until
from portal.embedded.servers import redis_url
from portal.embedded.valkey import ValkeyServer
from portal.jobs.models import Job
from tests.conftest import working_as
from tests.plugins.database import role_url
from tests.world import World


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


def jobs(**wanted: Any) -> list[Job]:
    with working_as("worker"), transaction.atomic():
        return list(Job._base_manager.filter(**wanted))


def all_done() -> bool:
    return {job.state for job in jobs()} == {"done"}


def wait_for(is_so: Callable[[], bool], plant: Plant, seconds: float = 60) -> None:
    assert wait_until(is_so, seconds), (
        [(j.task, j.state, j.attempts) for j in jobs()], plant.log()[-3000:]
    )  # fmt: skip
