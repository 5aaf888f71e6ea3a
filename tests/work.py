"""Proofs of work as a browser makes them, for tests that send many forms."""

from __future__ import annotations

from itertools import count
from uuid import UUID


def work_for(number: UUID, bits: int) -> str:
    """The first proof that is one: with few bits found at once, with thirteen in half a second."""
    from surveys.ways_in.work import is_proven

    return next(str(guess) for guess in count() if is_proven(number, str(guess), bits))
