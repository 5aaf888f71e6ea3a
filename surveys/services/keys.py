"""Private keys of rounds: one small file each, outside the database and in no backup.

Only the worker's account reads the folder. A key is made when its round opens and destroyed when the last
answers have been shuffled: after that nobody, with any dump or log, can open an envelope again.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from uuid import UUID

from django.conf import settings
from nacl.public import PrivateKey

KEY_SIZE = 32
SUFFIX = ".key"


class KeyMissing(Exception):
    """The private key of a round is not there. Its answers stay sealed until the file is back."""


def key_make(*, round_id: UUID) -> bytes:
    """Make the round's key, or find the one that an interrupted opening left; give the public half.

    Two workers at once end with one key: the file is written aside and linked into place, which succeeds once.
    It is on the disk before anyone can seal to it.
    """
    folder = _folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = _path(round_id)
    if not path.exists():
        draft = folder / f".{secrets.token_hex(8)}"
        try:
            descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(bytes(PrivateKey.generate()))
                file.flush()
                os.fsync(file.fileno())
            with suppress(FileExistsError):
                os.link(draft, path)
        finally:
            draft.unlink(missing_ok=True)
        _sync(folder)
    return bytes(PrivateKey(key_read(round_id=round_id)).public_key)


def key_read(*, round_id: UUID) -> bytes:
    """The private key; raises KeyMissing when there is none."""
    try:
        key = _path(round_id).read_bytes()
    except FileNotFoundError:
        raise KeyMissing(f"The key of round {round_id} is not in the keys folder.") from None
    if len(key) != KEY_SIZE:
        raise KeyMissing(f"The key file of round {round_id} is damaged.")
    return key


def key_destroy(*, round_id: UUID) -> bool:
    """Overwrite and remove the key; false when it was gone already."""
    path = _path(round_id)
    try:
        with path.open("r+b") as file:
            file.write(bytes(KEY_SIZE))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
    except FileNotFoundError:
        return False
    _sync(_folder())
    return True


def keys_held() -> Iterator[UUID]:
    """The rounds whose private key is there."""
    for path in sorted(_folder().glob(f"*{SUFFIX}")):
        yield UUID(path.stem)


def _folder() -> Path:
    return Path(settings.KEYS_DIR)


def _path(round_id: UUID) -> Path:
    return _folder() / f"{UUID(str(round_id))}{SUFFIX}"


def _sync(folder: Path) -> None:
    """Make what was linked or removed in the folder survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
