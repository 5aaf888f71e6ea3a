"""The processes of Växtkraft itself: web, worker and beat, each as its own database role."""

from __future__ import annotations

import signal
import subprocess
import sys
from dataclasses import dataclass, field

from portal.embedded.layout import REPOSITORY, Var
from portal.embedded.leftovers import remember_process
from portal.embedded.processes import last_words, spawn, stop

# Eight connections serve pages; a stream of live notes holds a thread and no connection (DESIGN: live pages).
CONNECTIONS = 8
MOST_STREAMS = 256
_JOB_GRACE = 20.0  # seconds that a running job gets to finish when everything stops


@dataclass
class Program:
    """One process: how it is started, and how it is asked to end."""

    name: str
    command: list[str]
    environment: dict[str, str]
    var: Var
    signals: tuple[int, ...] = (signal.SIGTERM,)
    grace: float = 10.0
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    def start(self) -> None:
        """Start it, after ending what a predecessor that died hard may have left in its group."""
        self.stop()
        self.process = spawn(
            self.command,
            log=self.var.logs / f"{self.name}.log",
            environment=self.environment,
            directory=REPOSITORY,
            guard=True,
        )
        remember_process(self.var, self.name, self.process.pid, self.command)

    def stop(self) -> None:
        if self.process is not None:
            stop(self.process, *self.signals, grace=self.grace)
            self.process = None

    def is_alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def last_words(self) -> str:
        return last_words(self.var.logs / f"{self.name}.log")


def web(var: Var, environment: dict[str, str], port: int) -> Program:
    """Pages and answers. No access log: it would tell who answered, and when."""
    options = {
        "--interface": "wsgi",
        "--host": "127.0.0.1",
        "--port": str(port),
        "--http": "1",
        "--workers": "1",
        "--blocking-threads": str(CONNECTIONS + MOST_STREAMS),
        "--workers-kill-timeout": "8",
        "--log-level": "warning",
    }
    command = [sys.executable, "-m", "granian", *(part for option in options.items() for part in option)]
    command += ["--no-ws", "--no-access-log", "portal.wsgi:application"]
    return Program("web", command, environment | {"DATABASE_POOL": str(CONNECTIONS)}, var)


def worker(var: Var, environment: dict[str, str]) -> Program:
    """Jobs. A job cut off is begun anew by the next worker: it is acknowledged when done, not when taken."""
    command = [
        *_celery("worker"),
        "--loglevel",
        "INFO",
        "--concurrency",
        "2",
        "--without-gossip",
        "--without-mingle",
    ]
    return Program("worker", command, environment, var, (signal.SIGTERM, signal.SIGQUIT), _JOB_GRACE)


def beat(var: Var, environment: dict[str, str]) -> Program:
    """The clock that starts what recurs."""
    return Program("beat", [*_celery("beat"), "--loglevel", "WARNING", "--pidfile", ""], environment, var)


def _celery(part: str) -> list[str]:
    return [sys.executable, "-m", "celery", "-A", "portal.celery", part]
