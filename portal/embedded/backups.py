"""A dump of the database, made by the one role that reads everything, and its way back."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import psycopg

from portal.embedded.errors import StepFailed
from portal.embedded.layout import Var
from portal.embedded.passwords import secret
from portal.embedded.postgres import binary
from portal.embedded.roles import DATABASE, OWNER, database_url


def backup(var: Var, port: int, target: Path, *, name: str = DATABASE) -> None:
    """Write all of the database to ``target``, a file that must not exist yet and that only its owner may read.

    Survey rounds' private keys are not in it, so nobody can open with it what was still sealed when it was
    made. Raises StepFailed.
    """
    try:
        target.touch(mode=0o600, exist_ok=False)
    except OSError as error:
        raise StepFailed(
            "write the backup",
            f"{target}: {error.strerror}.",
            "Name a file that does not exist, in a folder that does.",
        ) from None
    options = ["--format=custom", "--no-owner", f"--file={target}"]
    _run("write the backup", "pg_dump", options, var, port, "vaxtkraft_backup", name)


def restore(var: Var, port: int, source: Path, *, name: str = DATABASE) -> None:
    """Fill an empty database from a backup: all of it, or nothing. Raises StepFailed."""
    with psycopg.connect(database_url(var, port, "migrator", name=name)) as database:
        tables = database.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
    if tables != (0,):
        raise StepFailed(
            "restore the backup",
            "the database is not empty, and a backup never overwrites.",
            "Stop Växtkraft, `make reset`, then `make servers` here and `make restore` in another terminal.",
        )
    if not source.is_file():
        raise StepFailed("restore the backup", f"there is no file {source}.", "Name a file made by `make backup`.")
    options = ["--no-owner", f"--role={OWNER}", "--single-transaction", "--exit-on-error", str(source)]
    _run("restore the backup", "pg_restore", options, var, port, "vaxtkraft_migrator", name)


def _run(step: str, program: str, options: list[str], var: Var, port: int, role: str, name: str) -> None:
    address = ["--host=127.0.0.1", f"--port={port}", f"--username={role}", f"--dbname={name}", "--no-password"]
    done = subprocess.run(
        [str(binary(program)), *address, *options],
        env={"PATH": os.defpath, "LC_ALL": "C", "PGPASSWORD": secret(var.secrets, role)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        said = done.stderr.strip().splitlines()
        # The first line only: what follows quotes the statement, and with it the row.
        raise StepFailed(
            step, said[0] if said else f"{program} ended with {done.returncode}.", "Mend that, then again."
        )
