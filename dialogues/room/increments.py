"""What is new in a log, made once for all the screens that ask for it within the same moment.

Ten screens of a room are told of a note at once and ask for the same. Each request is let in by itself and reads
where the dialogue stands; only what comes after that is shared: the same for everyone who may read the log, and
silent on whose device wrote what. It stays in the memory of this process for a few seconds.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from uuid import UUID

from dialogues.room.payload import Increment

LASTS = 10.0
"""Seconds: the screens of a room ask within one or two."""

PATIENCE = 2.0
"""Seconds that a request waits for another that reads the same, before it reads for itself."""

Key = tuple[UUID, str, int, str]
"""The dialogue, its mark, the change after which, and the language."""


class _Making:
    """An increment that one request reads, and others wait for."""

    def __init__(self) -> None:
        self.ends_at = time.monotonic() + LASTS
        self.is_over = threading.Event()
        self.made: Increment | None = None


_lock = threading.Lock()
_kept: dict[Key, _Making] = {}


def increment_of(key: Key, read: Callable[[], Increment]) -> Increment:
    """The increment of a dialogue at a mark; `read` reads it, where no request has just done so.

    The mark is part of the key and comes from the caller's own transaction: nobody gets what an older mark said.
    """
    with _lock:
        _drop_old()
        known = _kept.get(key)
        if known is None:
            own = _kept[key] = _Making()
    if known is not None:
        known.is_over.wait(PATIENCE)
        return known.made or read()
    try:
        own.made = read()
        return own.made
    finally:
        own.is_over.set()
        if own.made is None:
            with _lock:
                _kept.pop(key, None)


def _drop_old() -> None:
    now = time.monotonic()
    for key in [key for key, making in _kept.items() if making.ends_at < now]:
        del _kept[key]
