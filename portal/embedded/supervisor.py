"""``make run``: servers, schema, demo, then web, worker and beat, all kept alive until told to stop."""

from __future__ import annotations

import contextlib
import http.client
import os
import signal
import subprocess
import sys
import time
from types import FrameType

from portal.embedded import programs
from portal.embedded.environment import process_environment
from portal.embedded.errors import StepFailed
from portal.embedded.installing import INSTALLED
from portal.embedded.keeping import Keeper, Process
from portal.embedded.layout import REPOSITORY, Var
from portal.embedded.leftovers import end_leftovers
from portal.embedded.ports import free_port, is_free
from portal.embedded.processes import last_words, spawn, trim_logs
from portal.embedded.roles import applied_migrations
from portal.embedded.servers import Servers
from portal.embedded.stamps import files_state, is_stamped, stamp

USUAL_PORT = 8000
_PORT_PATIENCE = 5.0  # seconds: a former run may be letting go of it
_READY_SECONDS = 60.0
_TOLD_ENOUGH = 3  # deaths before the first page was served: it will not get better


class StopRequested(BaseException):
    """Someone wants Växtkraft to stop. Not an error, so nothing that handles errors may swallow it."""


class Supervisor:
    """One running Växtkraft."""

    def __init__(self, var: Var) -> None:
        self.var = var
        self.servers = Servers(var)
        self.port = 0
        self.keepers: list[Keeper] = []

    def run(self) -> None:
        """Start everything and keep it running until SIGINT, SIGTERM or SIGHUP. Raises StepFailed."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, _request_stop)
        try:
            self._start()
            self._watch()
        except StopRequested:
            say("Stopping …")
        finally:
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.signal(number, signal.SIG_IGN)
            self._stop()
        say("Everything has stopped; what was entered is kept.")

    def _start(self) -> None:
        is_first = not self.var.postgres.exists()
        say("Starting; the first time takes about a minute …" if is_first else "Starting …")
        self.servers.start(before=lambda: end_leftovers(self.var))
        self.port = choose_port(os.environ.get("PORT"))
        self._migrate()
        self._keep(self.servers.postgres, self.servers.valkey)
        self._start_and_keep(programs.web(self.var, self._environment("web"), self.port))
        if self._is_demo:
            self._create_demo()  # while web loads
        self._start_and_keep(programs.worker(self.var, self._environment("worker")))
        self._start_and_keep(programs.beat(self.var, self._environment("beat")))
        self._wait_until_served()
        say(f"Växtkraft is ready at {self.base_url}")
        if self._is_demo:
            self._manage("list the demo's people", "demo", "demo_people", "--skip-checks", is_shown=True)
        say(f"Logs are in {self.var.logs}. Ctrl-C stops.")

    @property
    def _is_demo(self) -> bool:
        return self._environment("web")["VAXTKRAFT_DEMO"] == "1"

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def _environment(self, purpose: str) -> dict[str, str]:
        ports = self.servers.postgres.port, self.servers.valkey.port
        return process_environment(self.var, purpose, ports=ports, base_url=self.base_url)

    def _migrate(self) -> None:
        """Update the tables, unless neither they nor the migrations have changed (which saves 2 s of a start)."""
        note = self.var.run / "migrated.stamp"
        folders = [*REPOSITORY.glob("*/migrations"), *REPOSITORY.glob("*/*/migrations")]
        state = files_state(*sorted(folders), INSTALLED)
        if is_stamped(note, f"{state} {self._applied}"):
            return
        self._manage("update the database's tables", "migrator", "migrate", "--noinput")
        stamp(note, f"{state} {self._applied}")

    def _create_demo(self) -> None:
        """Create the demo the first time; nothing but `make reset` takes it away."""
        note = self.var.run / "demo.stamp"
        if not is_stamped(note, "made"):
            self._manage("create the demo", "demo", "demo_create", "--if-empty")
            stamp(note, "made")

    @property
    def _applied(self) -> int:
        return applied_migrations(self.var, self.servers.postgres.port)

    def _manage(self, step: str, purpose: str, *arguments: str, is_shown: bool = False) -> None:
        """Run one of manage.py's commands to its end; what it says goes to a log, or is shown."""
        log, output = self.var.logs / "setup.log", self.var.run / "shown.txt"
        for path in (log, output):
            path.unlink(missing_ok=True)
        child = spawn(
            [sys.executable, str(REPOSITORY / "manage.py"), *arguments],
            log=log,
            output=output if is_shown else None,
            environment=self._environment(purpose),
            directory=REPOSITORY,
        )
        try:
            code = child.wait()
        finally:
            if child.poll() is None:
                child.kill()
        if code != 0:
            raise StepFailed(step, last_words(log), f"Read {log}, mend that, and start again.")
        if is_shown:
            say(output.read_text(encoding="utf-8").rstrip())

    def _keep(self, *processes: Process) -> None:
        self.keepers += [Keeper(process) for process in processes]

    def _start_and_keep(self, program: programs.Program) -> None:
        self._keep(program)
        program.start()

    def _look(self) -> None:
        for keeper in self.keepers:
            if news := keeper.look():
                say(news)

    def _wait_until_served(self) -> None:
        until = time.monotonic() + _READY_SECONDS
        while not serves(self.port):
            self._look()
            failing = [keeper.process for keeper in self.keepers if keeper.failures >= _TOLD_ENOUGH]
            if failing or time.monotonic() > until:
                name = failing[0].name if failing else "web"
                log = self.var.logs / f"{name}.log"
                raise StepFailed(f"start {name}", last_words(log), f"Read {log}, mend that, and start again.")
            time.sleep(0.1)

    def _watch(self) -> None:
        while True:
            self._look()
            trim_logs(self.var.logs)
            time.sleep(0.3)

    def _stop(self) -> None:
        for keeper in reversed(self.keepers):
            with contextlib.suppress(subprocess.SubprocessError):
                keeper.process.stop()
        self.servers.stop()


def choose_port(wished: str | None) -> int:
    """The port to serve on: the one wished for, or 8000, or where that is taken any free one.

    Raises StepFailed when the wish is no port or stays taken.
    """
    if not wished:
        if is_free(USUAL_PORT):
            return USUAL_PORT
        say(f"Port {USUAL_PORT} is taken by another program, so another one is used.")
        return free_port()
    if not wished.isdecimal() or not 0 < int(wished) < 65536:
        raise StepFailed(
            "choose a port", f"PORT is {wished!r}, which is no port.", "Set PORT to 1–65535, or unset it."
        )
    until = time.monotonic() + _PORT_PATIENCE
    while not is_free(int(wished)):
        if time.monotonic() > until:
            raise StepFailed(
                "choose a port",
                f"port {wished} may not be used: another program listens there, or it is below 1024.",
                "Set PORT to another, or unset it and a free one is found.",
            )
        time.sleep(0.1)
    return int(wished)


def serves(port: int) -> bool:
    """Whether the health page answers 200."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/halsa/")
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def say(text: str) -> None:
    """Print at once: whoever waits for the ready line may be a program."""
    print(text, flush=True)


def _request_stop(number: int, frame: FrameType | None) -> None:
    raise StopRequested
