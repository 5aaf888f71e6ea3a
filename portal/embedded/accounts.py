"""Which account the data servers run as: PostgreSQL refuses to be root.

An ordinary user simply is the account. Root hands the servers to another number; where that number may not
enter the tree (a home folder closed to others), they stay root outside a user namespace and are nobody inside.
"""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from portal.embedded.errors import StepFailed

LAUNCHER = Path(__file__).with_name("launch.py")

# Belongs to no person and no package; inside the 65536 numbers that a container usually has.
SERVER_UID = 61432


@dataclass(frozen=True)
class Account:
    """Who the data servers are, and thus who owns their files."""

    uid: int
    launch_options: tuple[str, ...] = ()

    def own(self, path: Path) -> None:
        """Give ``path``, and everything in it, to this account (only root has anything to do here)."""
        if os.geteuid() != 0 or path.stat().st_uid == self.uid:
            return
        for folder, _, files in os.walk(path, topdown=False):
            for name in files:
                os.chown(os.path.join(folder, name), self.uid, self.uid, follow_symlinks=False)
            os.chown(folder, self.uid, self.uid)
        if path.is_file():
            os.chown(path, self.uid, self.uid)


def server_account(program: Path, folder: Path) -> Account:
    """Choose the account for ``program`` working in ``folder``, by trying.

    Raises StepFailed, with what to do, when root can neither change account nor make a user namespace here.
    """
    if os.geteuid() != 0:
        return Account(os.geteuid())
    candidates = (
        Account(SERVER_UID, ("--uid", str(SERVER_UID))),
        Account(0, ("--namespace",)),
    )
    said = []
    for account in candidates:
        trial = subprocess.run(
            launch_command([str(program), "--version"], account, death_signal=9, directory=folder),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        if trial.returncode == 0:
            return account
        said.append(trial.stderr.strip())
    raise StepFailed(
        "choose an account for PostgreSQL",
        f"PostgreSQL will not run as root, and no other account may open {folder} ({'; '.join(said)}).",
        "Start as an ordinary user, or move the folder to where others may enter it (for example /srv).",
    )


def launch_command(
    program: list[str], account: Account | None, *, death_signal: int, directory: Path | None = None
) -> list[str]:
    """The command line that runs ``program`` through the launcher, as a child of this process."""
    command = [sys.executable, "-I", "-S", str(LAUNCHER)]
    command += ["--parent", str(os.getpid()), "--death-signal", str(int(death_signal))]
    command += account.launch_options if account else ()
    command += ["--directory", str(directory)] if directory else []
    return [*command, "--", *program]
