"""Slowing down whoever tries codes, without anything being written down about anyone.

Counted are well-formed codes that no round has, per network and ten minutes, in the memory of this process and
nowhere else. The network is known by a keyed hash whose key is made when the process starts and changes daily. A
code that is mistyped fails its check sign and is not counted, so a class behind one address never comes near.
"""

from __future__ import annotations

import hmac
import secrets
import threading
import time

from portal.api.throttling import network_of

MOST_WRONG = 60
WINDOW = 600.0
DAY = 86_400.0
MOST_KEPT = 10_000


class _Memory:
    """The counts of the last ten minutes, and the key that the networks in them are hidden by."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.forget()

    def forget(self) -> None:
        """A new key, and no counts: nobody can tell what was counted before."""
        self.key, self.made_at = secrets.token_bytes(32), time.monotonic()
        self.counts: dict[bytes, tuple[float, int]] = {}


_memory = _Memory()


def neighbourhood_of(address: str) -> bytes:
    """The network of an address (/24 or /56) as a hash that means nothing outside this process, or tomorrow."""
    with _memory.lock:
        if time.monotonic() - _memory.made_at > DAY:
            _memory.forget()
        return hmac.digest(_memory.key, network_of(address).encode(), "sha256")[:12]


def is_guessing(neighbourhood: bytes) -> bool:
    """Whether so many wrong codes came from there lately that codes are not looked at for a while."""
    with _memory.lock:
        since, count = _memory.counts.get(neighbourhood, (0.0, 0))
        return count >= MOST_WRONG and time.monotonic() - since < WINDOW


def wrong_code_from(neighbourhood: bytes) -> None:
    """Count one wrong code."""
    now = time.monotonic()
    with _memory.lock:
        if len(_memory.counts) >= MOST_KEPT:
            _memory.counts.clear()
        since, count = _memory.counts.get(neighbourhood, (now, 0))
        fresh = now - since >= WINDOW
        _memory.counts[neighbourhood] = (now, 1) if fresh else (since, count + 1)


def forget_guesses() -> None:
    """Begin anew: for tests, and for nothing else."""
    with _memory.lock:
        _memory.forget()
