"""What is told about a protection: the steward's report, and the part of it that anyone may read."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

METHOD = "elimination, audit, repair"
VERSION = "2"
"""Changes whenever the same input may be protected differently."""


@dataclass(frozen=True)
class Report:
    """How a table was protected. ``primary``, ``secondary`` and ``protected`` are for its steward only.

    ``rule`` and ``table`` are what was asked for, ``audit`` is the certificate of the last audit, and
    ``input_hash`` names the counts that went in, by a key that the database does not hold: by an open hash
    anyone could try which hidden counts fit. ``protected`` are the cells that must stay secret, as packed bits
    in hexadecimal, row-major: a later release needs to know them. ``derived`` says what was worked out from
    published figures alone, for a table that is not counts.
    """

    rule: Mapping[str, Any]
    table: Mapping[str, Any] = field(default_factory=dict)
    input_hash: str = ""
    cells: int = 0
    hidden: int = 0
    primary: int = 0
    secondary: int = 0
    protected: str = ""
    audit: Mapping[str, Any] = field(default_factory=dict)
    derived: str = ""
    method: str = METHOD
    version: str = VERSION

    def to_json(self) -> dict[str, Any]:
        """The whole report as plain JSON."""
        return asdict(self)

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Report:
        """The report again; ValueError when a field is missing or unknown."""
        names = {item.name for item in fields(cls)}
        if set(stored) != names:
            raise ValueError(f"This is not a protection report: {', '.join(sorted(names ^ set(stored)))}.")
        return cls(**stored)

    def for_readers(self) -> dict[str, Any]:
        """What may be shown to anyone: one count of hidden cells, whatever hid them."""
        return {
            "method": self.method,
            "version": self.version,
            "cells": self.cells,
            "hidden": self.hidden,
        }

    def protected_cells(self, shape: tuple[int, ...]) -> NDArray[np.bool_]:
        """The mask of cells that must stay secret, in the cube's own order."""
        bits = np.unpackbits(np.frombuffer(bytes.fromhex(self.protected), dtype=np.uint8))
        size = int(np.prod(shape))
        return bits[:size].astype(np.bool_).reshape(shape) if len(bits) else np.zeros(shape, dtype=np.bool_)


def packed(mask: NDArray[np.bool_]) -> str:
    """A mask as packed bits in hexadecimal; nothing for a mask of nothing."""
    return np.packbits(mask.ravel()).tobytes().hex() if mask.any() else ""


def keyed_digest(key: bytes, *parts: object) -> str:
    """A digest that only the holder of a key can make or try; nothing where there is no key."""
    return hmac.new(key, bytes.fromhex(digest(*parts)), hashlib.sha256).hexdigest() if key else ""


def digest(*parts: object) -> str:
    """A SHA-256 of plain JSON and bytes, the same on every machine."""
    summed = hashlib.sha256()
    for part in parts:
        raw = part if isinstance(part, bytes) else canonical_json(part)
        summed.update(len(raw).to_bytes(8, "big") + raw)
    return summed.hexdigest()


def canonical_json(value: object) -> bytes:
    """Plain JSON with sorted keys and no spaces."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
