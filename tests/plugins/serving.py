"""A real web process before this run's database: granian as `make run` starts it, with its two database roles."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from portal.embedded import programs
from portal.embedded.environment import process_environment
from portal.embedded.installing import collect_static_files, one_at_a_time
from portal.embedded.layout import Var
from portal.embedded.ports import free_port
from portal.embedded.processes import wait_until
from portal.embedded.supervisor import serves

APPLICATION = "portal.wsgi:application"
_START_SECONDS = 30.0


class DidNotStart(Exception):
    """The web process ended, or never answered. Says what stands in its log."""


class Server:
    """A web process that can be stopped and started again at its address."""

    def __init__(self, web: programs.Program, address: str, port: int) -> None:
        self.address, self._web, self._port = address, web, port

    def start(self) -> None:
        """Start it, and wait until it serves. Raises DidNotStart with its log."""
        self._web.start()
        came = wait_until(lambda: serves(self._port) or not self._web.is_alive(), _START_SECONDS)
        if not came or not self._web.is_alive():
            raise DidNotStart((self._web.var.logs / "web.log").read_text())

    def stop(self) -> None:
        """End it, whatever it is doing."""
        self._web.stop()


@contextmanager
def served(folder: Path, application: str = APPLICATION, **more: str) -> Iterator[str]:
    """The address of a web process that lives as long as the block, static files collected.

    `more` is added to its environment. Raises DidNotStart.
    """
    with serving(folder, application, **more) as server:
        yield server.address


@contextmanager
def serving(folder: Path, application: str = APPLICATION, **more: str) -> Iterator[Server]:
    """The same, for a test that stops the process and starts it again."""
    from tests.plugins.database import role_url

    with one_at_a_time():
        collect_static_files()
    root, postgres, valkey = os.environ["VAXTKRAFT_TEST_RUN"].rsplit(":", 2)
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    environment = process_environment(
        Var(Path(root)), "web", ports=(int(postgres), int(valkey)), base_url=address
    ) | {
        "DATABASE_URL": role_url("web"),
        "SURVEY_DATABASE_URL": role_url("survey"),
        "REDIS_URL": os.environ["REDIS_URL"],
        **more,
    }
    own = Var(folder)
    own.create()
    web = programs.web(own, environment, port)
    web = replace(web, command=[application if part == APPLICATION else part for part in web.command])
    server = Server(web, address, port)
    try:
        server.start()
        yield server
    finally:
        server.stop()
