"""Passwords made by the machine and read by machines: one a file, in ``var/secrets``."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

_BYTES = 32


def secret(folder: Path, name: str) -> str:
    """The secret called ``name``, made the first time that it is asked for.

    Letters, digits, ``-`` and ``_`` only, so that it stands in a URL unescaped.
    """
    path = secret_file(folder, name)
    return path.read_text(encoding="ascii")


def secret_file(folder: Path, name: str) -> Path:
    """The file (mode 0600) that holds the secret called ``name``, made the first time."""
    path = folder / name
    if not path.exists():
        # Written aside and moved in: a start killed half-way leaves no empty password behind.
        aside = folder / f".{name}.{os.getpid()}"
        aside.touch(mode=0o600)
        aside.write_text(secrets.token_urlsafe(_BYTES), encoding="ascii")
        aside.rename(path)
    return path
