"""Which account the data servers run as: PostgreSQL refuses to be root.

An ordinary user simply is the account. Root hands the servers to another number; where that number may
not enter the tree (a home folder closed to others), they stay root outside a user namespace and are nobody
inside it.
"""

from __future__ import annotations

import os
import pwd
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
                os.chown(Path(folder) / name, self.uid, self.uid, follow_symlinks=False)
            os.chown(folder, self.uid, self.uid)
        if path.is_file():
            os.chown(path, self.uid, self.uid)


def server_account(program: Path, folder: Path) -> Account:
    """Choose the account for ``program`` working in ``folder``, by trying.

    Raises StepFailed, with what to do, when root can neither change account nor make a user namespace here.
    """
    if os.geteuid() != 0:
        return Account(os.geteuid())
    candidates = (_other(SERVER_UID), _in_namespace(0))
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


def account_with_a_name(account: Account) -> Account:
    """``account``, or, if its number is not in /etc/passwd, one that initdb will accept in its place.

    initdb asks for the name of whoever runs it. What the stand-in writes is to be given to ``account``.
    """
    try:
        pwd.getpwuid(account.uid)
    except KeyError:
        return _other(_ordinary_uid()) if os.geteuid() == 0 else _in_namespace(account.uid)
    return account


def _other(uid: int) -> Account:
    return Account(uid, ("--uid", str(uid)))


def _in_namespace(outer: int) -> Account:
    return Account(outer, ("--namespace", str(_ordinary_uid())))


def _ordinary_uid() -> int:
    """The number of nobody, or of anyone in /etc/passwd but root."""
    named = {entry.pw_name: entry.pw_uid for entry in pwd.getpwall() if entry.pw_uid != 0}
    if not named:
        raise StepFailed(
            "choose an account for PostgreSQL",
            "PostgreSQL will not run as root, and this machine knows no other account.",
            "Add one (for example `nobody`) to /etc/passwd.",
        )
    return named.get("nobody", next(iter(named.values())))


def launch_command(
    program: list[str],
    account: Account | None,
    *,
    death_signal: int,
    directory: Path | None = None,
    guard: bool = False,
) -> list[str]:
    """The command line that runs ``program`` through the launcher, as a child of this process."""
    command = [sys.executable, "-I", "-S", str(LAUNCHER)]
    command += ["--parent", str(os.getpid()), "--death-signal", str(int(death_signal))]
    command += account.launch_options if account else ()
    command += ["--directory", str(directory)] if directory else []
    command += ["--guard"] if guard else []
    return [*command, "--", *program]
