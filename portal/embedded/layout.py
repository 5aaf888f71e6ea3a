"""Where everything that ``make run`` keeps is kept: one folder, ``var/``, moved by ``VAXTKRAFT_VAR``."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]

_OWNER_ONLY = 0o700
_ENTERED_BY_OTHERS = 0o711  # the data servers may run as another account than the one that starts them


@dataclass(frozen=True)
class Var:
    """The folder of one installation's data, secrets, keys and logs.

    Nothing outside it is written by a running Växtkraft, so removing it starts over.
    """

    root: Path

    @classmethod
    def from_environment(cls) -> Var:
        """The folder that ``VAXTKRAFT_VAR`` names, else ``var/`` in the repository."""
        named = os.environ.get("VAXTKRAFT_VAR")
        return cls(Path(named).expanduser().resolve() if named else REPOSITORY / "var")

    @property
    def postgres(self) -> Path:
        """PostgreSQL's data; the major version is in the name, so an upgrade never opens old files."""
        return self.root / "postgres-18"

    @property
    def valkey(self) -> Path:
        return self.root / "valkey"

    @property
    def secrets(self) -> Path:
        """Passwords and the signing key, a file each, readable by the one who starts Växtkraft."""
        return self.root / "secrets"

    @property
    def keys(self) -> Path:
        """Private keys of survey rounds: handed to the worker alone, and in no backup."""
        return self.root / "keys"

    @property
    def logs(self) -> Path:
        return self.root / "log"

    @property
    def run(self) -> Path:
        """What is only true while something runs: the lock, ports in use, processes started."""
        return self.root / "run"

    @property
    def cache(self) -> Path:
        return self.root / "cache"

    @property
    def everything(self) -> tuple[Path, ...]:
        """All that this package and the set-up put here, and nothing that a person may have put beside it."""
        made = (self.secrets, self.keys, self.logs, self.run, self.cache, self.postgres, self.valkey)
        return (*made, self.postgres.with_suffix(".new"), self.root / "static", self.root / "static.stamp")

    def create(self) -> None:
        """Make the folders, private to the account that starts Växtkraft."""
        self.root.mkdir(parents=True, exist_ok=True)
        if self.root.stat().st_uid == os.geteuid():
            self.root.chmod(_ENTERED_BY_OTHERS)
        for folder in (self.secrets, self.keys, self.logs, self.run, self.cache):
            folder.mkdir(mode=_OWNER_ONLY, exist_ok=True)
