"""Chance and time that come again: two portals made one after the other get the same numbers and moments.

What then differs between them differs because of what was planted. Objects' numbers, forms' tokens, rounds' links
and all other random numbers of Python come from one stream of bytes, which begins anew under a name; the time is
counted from one moment, a little further at each look.
"""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta, tzinfo

TICK = timedelta(microseconds=20)


class Repeating:
    """The stream and the clock."""

    def __init__(self) -> None:
        self.first = datetime.now(UTC).replace(microsecond=0)
        self.begin("")

    def begin(self, name: str) -> None:
        """From here on everything is as it was after the last `begin` of that name."""
        self._random, self._looks = random.Random(name), 0

    def bytes(self, size: int) -> bytes:
        return self._random.randbytes(size)

    def now(self, zone: tzinfo | None = None) -> datetime:
        self._looks += 1
        return (self.first + self._looks * TICK).astimezone(zone)
