"""Why a figure is missing or altered, and the sign by which its source says so.

The same sign means opposite things at different sources: ``-`` is a zero in PC-Axis and a missing value in
Kolada. So a cube never keeps a bare sign: it keeps a reason, and beside it the source's own sign and text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from .text import LocalText


class Reason(IntEnum):
    """What stands beside a value. The numbers are stored with releases and never change meaning."""

    NONE = 0
    NIL = 1
    NOT_APPLICABLE = 2
    NOT_AVAILABLE = 3
    CONFIDENTIAL = 4
    TOO_UNCERTAIN = 5
    DROPPED_OUT = 6
    NOT_YET_PUBLISHED = 7
    SUPPRESSED = 8
    ROUNDED = 9

    @property
    def token(self) -> str:
        """The reason as a word for files and interfaces: ``not_available``."""
        return self.name.lower()

    @property
    def is_missing(self) -> bool:
        """Whether a cell with this reason has no value."""
        return self in MISSING


MISSING = (
    Reason.SUPPRESSED,
    Reason.CONFIDENTIAL,
    Reason.NOT_YET_PUBLISHED,
    Reason.TOO_UNCERTAIN,
    Reason.DROPPED_OUT,
    Reason.NOT_AVAILABLE,
    Reason.NOT_APPLICABLE,
)
"""Reasons of cells without a value, the one that a sum of several takes over first."""

_IS_MISSING = np.zeros(256, dtype=bool)
_IS_MISSING[list(MISSING)] = True


@dataclass(frozen=True)
class SourceSymbol:
    """A sign that a source prints in or beside a cell, with the source's own words for it.

    ``reason`` is NONE for a sign beside a value that stands, such as "e" for estimated.
    """

    symbol: str
    text: LocalText = field(default_factory=dict)
    reason: Reason = Reason.NOT_AVAILABLE


def missing_mask(statuses: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """True for every cell whose reason says that it has no value."""
    return _IS_MISSING[statuses]


def reason_from_token(token: str) -> Reason | None:
    """The reason that a word stands for, or None where it is not one of ours."""
    return Reason.__members__.get(token.upper()) if token.islower() else None


def combine(statuses: NDArray[np.uint8], axis: int) -> NDArray[np.uint8]:
    """The reason of each sum along an axis: missing if any part is, and then for the gravest reason.

    A sum of nothing but nils is nil; a sum with a rounded part is rounded.
    """
    result = np.zeros(np.delete(statuses.shape, axis), dtype=np.uint8)
    if statuses.shape[axis]:
        result[(statuses == Reason.NIL).all(axis=axis)] = Reason.NIL
    result[(statuses == Reason.ROUNDED).any(axis=axis)] = Reason.ROUNDED
    for reason in reversed(MISSING):
        result[(statuses == reason).any(axis=axis)] = reason
    return result
