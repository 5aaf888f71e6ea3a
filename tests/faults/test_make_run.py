"""`make run` itself, from nothing: started, a process killed, killed hard, started again, stopped.

Without its demo, which has tests of its own and takes most of a first start's time.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from portal.embedded.layout import REPOSITORY, Var
from portal.embedded.passwords import secret
from portal.embedded.ports import free_port, port_in_use
from portal.embedded.processes import command_of, wait_until
from portal.embedded.supervisor import serves

pytestmark = pytest.mark.slow

FIRST_START = 120  # seconds, on a machine that runs other tests meanwhile
SECOND_START = 20  # under 10 where nothing else runs


class Run:
    """What `make run` starts, in its own `var`, with what it says in a file."""

    def __init__(self, var: Var, port: int, says: Path) -> None:
        self.port, self.says = port, says
        with says.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "portal.embedded", "run"],
                cwd=REPOSITORY,
                # As from a shell: nothing of this test process's own settings.
                env={
                    "PATH": os.environ["PATH"],
                    "HOME": os.environ.get("HOME", "/"),
                    "VAXTKRAFT_VAR": str(var.root),
                    "VAXTKRAFT_DEMO": "0",
                    "PORT": str(port),
                },
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    def said(self) -> str:
        return self.says.read_text(encoding="utf-8")

    def wait_for(self, text: str, seconds: float) -> float:
        """How long it took until it said so."""
        begun = time.monotonic()
        ended = not wait_until(lambda: text in self.said() or self.process.poll() is not None, seconds)
        assert not ended, f"It did not say {text!r} in {seconds} s, but:\n{self.said()}"
        assert text in self.said(), self.said()
        return time.monotonic() - begun

    def family(self) -> dict[int, str]:
        """Every living process that it started, and that those started: number and command line."""
        found: dict[int, str] = {}
        waiting = [self.process.pid]
        while waiting:
            for task in Path(f"/proc/{waiting.pop()}/task").glob("*/children"):
                with contextlib.suppress(OSError):
                    children = [int(number) for number in task.read_text().split()]
                    # One that ends while we look has no command line, as it has none ever after.
                    found |= {child: line for child in children if (line := " ".join(command_of(child)))}
                    waiting += children
        return found

    def child(self, part: str) -> int:
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return next(int(child) for child in children if part in " ".join(command_of(int(child))))


@pytest.fixture
def var() -> Iterator[Var]:
    with tempfile.TemporaryDirectory(prefix="vk-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o711)
        yield Var(Path(folder) / "var")


def all_gone(family: dict[int, str]) -> bool:
    return wait_until(lambda: not any(" ".join(command_of(pid)) == line for pid, line in family.items()), 20)


def connect(var: Var) -> psycopg.Connection[tuple[object, ...]]:
    password = secret(var.secrets, "postgres")
    port = port_in_use(var, "postgres")
    return psycopg.connect(
        host="127.0.0.1", port=port, dbname="vaxtkraft", user="postgres", password=password, autocommit=True
    )


def test_from_nothing_through_a_hard_kill_to_an_orderly_stop(var: Var, tmp_path: Path) -> None:
    port = free_port()
    first = Run(var, port, tmp_path / "first.txt")
    try:
        first.wait_for("Ctrl-C stops", FIRST_START)
        assert f"Växtkraft is ready at http://127.0.0.1:{port}\n" in first.said()
        assert serves(port)
        family = first.family()
        _each_knows_its_own_secrets(var, first)
        with connect(var) as database:
            database.execute("CREATE TABLE written_before AS SELECT 'kept' AS what")

        os.kill(first.child("granian"), signal.SIGKILL)
        first.wait_for("web ended by itself", 10)
        assert wait_until(lambda: serves(port), 30), "The web process did not come back."
        family |= first.family()
    finally:
        first.process.kill()
        first.process.wait()

    second = Run(var, port, tmp_path / "second.txt")
    try:
        assert second.wait_for("is ready at", SECOND_START + 20) < SECOND_START
        assert all_gone(family), "A process outlived the run that was killed."
        with connect(var) as database:
            assert database.execute("SELECT what FROM written_before").fetchone() == ("kept",)
        second.wait_for("Ctrl-C stops", 30)
        family = second.family()
        second.process.send_signal(signal.SIGTERM)
        assert second.process.wait(60) == 0
        assert second.said().endswith("Everything has stopped; what was entered is kept.\n")
        assert all_gone(family)
    finally:
        second.process.kill()
        second.process.wait()


def _each_knows_its_own_secrets(var: Var, run: Run) -> None:
    """Look where an intruder would: the environment of each living process."""
    roles = ("postgres", *(f"vaxtkraft_{role}" for role in ("migrator", "web", "survey", "worker", "backup")))
    passwords = {role: secret(var.secrets, role) for role in roles}
    expected = {
        "granian": {"vaxtkraft_web", "vaxtkraft_survey"},
        "portal.celery worker": {"vaxtkraft_worker"},
        "portal.celery beat": {"vaxtkraft_worker"},
    }
    for part, own in expected.items():
        environment = Path(f"/proc/{run.child(part)}/environ").read_bytes().decode()
        assert {role for role, password in passwords.items() if password in environment} == own, part
        assert (str(var.keys) in environment) == (part == "portal.celery worker"), part
