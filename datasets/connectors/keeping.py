"""Fetching in pieces, each kept until all are there: a crash in the middle costs one piece."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

Told = Callable[[int, int], None]
"""Is told how many pieces of how many are there."""


class Kept(Protocol):
    """Where pieces are kept between tries."""

    def get(self, key: str) -> bytes | None:
        """The piece of that key, or None."""

    def put(self, key: str, content: bytes) -> None:
        """Keep a piece."""


class KeptInMemory:
    """Pieces that last as long as the process."""

    def __init__(self) -> None:
        self.pieces: dict[str, bytes] = {}

    def get(self, key: str) -> bytes | None:
        return self.pieces.get(key)

    def put(self, key: str, content: bytes) -> None:
        self.pieces[key] = content


@dataclass(frozen=True)
class Piece:
    """A part of what is wanted: a key that names exactly it, and how to ask for it."""

    key: str
    ask: Callable[[], bytes]


def key_of(*parts: object) -> str:
    """A name for a question, the same for the same question put to the same state of the source."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()


def collect(pieces: Iterable[Piece], kept: Kept, told: Told) -> Sequence[bytes]:
    """The content of every piece, in order; only those that are not kept already are asked for."""
    wanted, found = list(pieces), []
    for number, piece in enumerate(wanted, start=1):
        content = kept.get(piece.key)
        if content is None:
            content = piece.ask()
            kept.put(piece.key, content)
        found.append(content)
        told(number, len(wanted))
    return found
