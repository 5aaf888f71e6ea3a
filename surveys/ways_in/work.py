"""A small proof of work on the open link: a machine that fills in forms pays for each, and nobody else notices.

While somebody answers, their browser looks for a number whose PBKDF2-HMAC-SHA-256 (RFC 8018) over the page's own
number begins with so many zero bits. One computation checks it, and nothing is remembered for that: a proof fits
one page's number, which is good for one envelope. So it is spent by the very rule that lets a page count once.

Without script no proof can be made. So many forms without one are let through at once for each round, and then so
many a minute, whoever sends them. That is counted in this process's memory: no address, and nothing of a form.
"""

from __future__ import annotations

import hashlib
import threading
import time
from uuid import UUID

ITERATIONS = 100
"""So many rounds a try: then most of a browser's time goes into the same hashing as an attacker's."""
MOST_DIGITS = 9

AT_ONCE = 40
"""A class without script, behind one address or many."""
A_MINUTE = 4.0
MOST_KEPT = 1000


def is_proven(number: UUID, proof: str, bits: int) -> bool:
    """Whether somebody has worked for the page of this number. Each bit more doubles the work."""
    if not proof.isascii() or not proof.isdigit() or len(proof) > MOST_DIGITS:
        return False
    found = hashlib.pbkdf2_hmac("sha256", str(number).encode(), proof.encode(), ITERATIONS, 4)
    return int.from_bytes(found, "big") >> (32 - bits) == 0


class Doors:
    """For each round, how many forms without a proof may still come in; it fills again with time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._rooms: dict[UUID, tuple[float, float]] = {}

    def lets_in(self, round_id: UUID) -> bool:
        """Whether there is room for one more without a proof, which is then taken."""
        now = time.monotonic()
        with self._lock:
            if len(self._rooms) >= MOST_KEPT:
                self._rooms.clear()
            at, room = self._rooms.get(round_id, (now, float(AT_ONCE)))
            room = min(float(AT_ONCE), room + (now - at) * A_MINUTE / 60)
            is_in = room >= 1
            self._rooms[round_id] = (now, room - 1 if is_in else room)
        return is_in

    def forget(self) -> None:
        """Begin anew: for tests, and for nothing else."""
        with self._lock:
            self._rooms.clear()


doors = Doors()
