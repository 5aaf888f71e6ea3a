"""Worker processes that start at once: one that has read the portal's code makes a copy of itself for each job.

A job has a process and a session of its own, which can be killed without the next one noticing.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from portal.embedded.environment import process_environment
from portal.embedded.layout import REPOSITORY, Var
from portal.embedded.processes import wait_until
from tests.plugins.database import role_url

_COPYING = """
import atexit, json, os, pathlib, sys, tempfile, time, traceback, django
django.setup()
import portal.celery
portal.celery.app.loader.import_default_modules()
from importlib import import_module

def work(task, job, tenant, reached, hang_in):
    def hang(*given, **named):
        pathlib.Path(reached).touch()
        time.sleep(600)
    if hang_in:
        module, _, name = hang_in.rpartition(".")
        module = import_module(f"datasets.services.{module or 'people_importing'}")
        assert hasattr(module, name)
        setattr(module, name, hang)
    portal.celery.app.tasks[task](job_id=job, tenant_id=tenant)

for line in sys.stdin:
    asked = json.loads(line)
    copy = os.fork()
    if not copy:
        os.setsid()
        log = os.open(asked["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0), os.dup2(log, 1), os.dup2(log, 2)
        os.environ["TMPDIR"], tempfile.tempdir = asked["temporary"], None
        code = 1
        try:
            work(*asked["given"])
            code = 0
        except BaseException:
            traceback.print_exc()
        finally:
            atexit._run_exitfuncs()
            sys.stdout.flush(), sys.stderr.flush()
            os._exit(code)
    print(copy, flush=True)
    print(os.waitstatus_to_exitcode(os.waitpid(copy, 0)[1]), flush=True)
"""


class Workshop:
    """Asks for copies, one after the other."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def work(self, *given: str, temporary: Path, log: Path) -> None:
        """Do a job to its end."""
        self._ask(given, temporary, log)
        assert self._answer() == 0, log.read_text()

    def killed_at(self, reached: Path, *given: str, temporary: Path, log: Path) -> None:
        """Begin a job that hangs somewhere, and end it there with signal 9."""
        copy = self._ask(given, temporary, log)
        try:
            assert wait_until(reached.exists, 60), log.read_text()
        finally:
            os.killpg(copy, signal.SIGKILL)
            assert self._answer() == -signal.SIGKILL

    def _ask(self, given: tuple[str, ...], temporary: Path, log: Path) -> int:
        assert self._process.stdin
        self._process.stdin.write(
            json.dumps({"given": given, "temporary": str(temporary), "log": str(log)}) + "\n"
        )
        self._process.stdin.flush()
        return self._answer()

    def _answer(self) -> int:
        assert self._process.stdout
        return int(self._process.stdout.readline())


@contextmanager
def open_workshop() -> Iterator[Workshop]:
    """With the environment and the login of the worker, on this process's database."""
    root, postgres, _ = os.environ["VAXTKRAFT_TEST_RUN"].rsplit(":", 2)
    environment = process_environment(
        Var(Path(root)), "worker", ports=(int(postgres), 0), base_url="http://testserver"
    )
    environment |= {"DATABASE_URL": role_url("worker"), "REDIS_URL": settings.REDIS_URL, "VAXTKRAFT_DEMO": "0"}
    process = subprocess.Popen(
        [sys.executable, "-c", _COPYING], cwd=REPOSITORY, env=environment, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    try:
        yield Workshop(process)
    finally:
        process.communicate()
