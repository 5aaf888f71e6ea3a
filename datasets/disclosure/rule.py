"""The aggregation rule of a data set: from how few people a figure may be shown, and how it is broken down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from enum import IntEnum, StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray


class Sensitivity(IntEnum):
    """Who may see the figures that a data set is made of; the order is from open to sensitive."""

    OPEN = 0
    INTERNAL = 1
    SENSITIVE = 2


class Zeros(StrEnum):
    """What is done with a count of nobody, from the least to the most hidden.

    SHOWN: never hidden, so everyone knows that a hidden count is at least one. SECONDARY: no secret in
    itself, but hidden where it serves to keep another one. SENSITIVE: as secret as a count of one.
    """

    SHOWN = "shown"
    SECONDARY = "secondary"
    SENSITIVE = "sensitive"


_STRICTNESS = tuple(Zeros)
SMALLEST_THRESHOLD = 3
_ADDED: Mapping[str, Any] = {"insider": False, "interval": False, "deep_base": 0, "dominance": 0}
"""Fields that rules stored earlier lack, and what such a rule says about them: nothing."""


@dataclass(frozen=True)
class AggregationRule:
    """From how few people a figure may be shown. All limits count persons.

    ``k``: counts under it are hidden. ``share_base`` and ``mean_base``: a share or mean of fewer people is
    hidden, with its parts. ``tau``: where all but fewer than this many of a group have a declared sensitive
    answer, or fewer than this many have it, nought included, both sides are hidden (0: not used).
    ``max_dimensions``: how many dimensions may be crossed at once. ``rounding``: what is shown is rounded to
    this base (0 or 1: not). ``insider``: hidden figures are kept also from someone who took part and knows
    their own cell. ``interval``: what can be worked out about a hidden count is at least as wide as 1…k-1.
    ``deep_base``: a place crossed with two or more further dimensions is shown only where the group is at
    least this large (0: not used). ``dominance``: in per cent, how closely the two largest contributors to a
    mean may reckon the others, see ``magnitudes`` (0: not used). Raises ValueError on a rule that contradicts
    itself.
    """

    sensitivity: Sensitivity
    k: int = 5
    share_base: int = 10
    mean_base: int = 10
    zeros: Zeros = Zeros.SECONDARY
    tau: int = 0
    max_dimensions: int = 4
    rounding: int = 0
    insider: bool = False
    interval: bool = False
    deep_base: int = 0
    dominance: int = 0

    def __post_init__(self) -> None:
        for name in ("k", "share_base", "mean_base", "tau", "rounding", "deep_base"):
            if getattr(self, name) < 0:
                raise ValueError(f"{name} counts persons and cannot be negative.")
        if not 0 <= self.dominance <= 100:
            raise ValueError("dominance is in per cent, from 0 to 100.")
        if self.max_dimensions < 1:
            raise ValueError("max_dimensions must be at least 1.")
        if self.sensitivity is not Sensitivity.OPEN and self.k < SMALLEST_THRESHOLD:
            raise ValueError(f"k must be at least {SMALLEST_THRESHOLD} unless the data set is open.")

        if self.tau and self.zeros is Zeros.SHOWN:
            raise ValueError("Zeros cannot always be shown where a group without a sensitive answer is hidden.")

    @classmethod
    def default(cls, sensitivity: Sensitivity) -> AggregationRule:
        """The rule that a data set starts with, by its sensitivity."""
        return _DEFAULTS[sensitivity]

    @property
    def hides_nothing(self) -> bool:
        """Whether every count and share may be shown as it is."""
        return (
            self.k <= 1
            and self.share_base <= 1
            and self.tau == 0
            and self.deep_base <= 1
            and self.zeros is not Zeros.SENSITIVE
        )

    def stricter_or_equal(self, other: AggregationRule) -> bool:
        """Whether nothing that ``other`` hides would be shown: the only lawful change after a release."""
        return (
            self.sensitivity >= other.sensitivity
            and self.k >= other.k
            and self.share_base >= other.share_base
            and self.mean_base >= other.mean_base
            and self.tau >= other.tau
            and self.insider >= other.insider
            and self.interval >= other.interval
            and self.deep_base >= other.deep_base
            and self.dominance >= other.dominance
            and self.max_dimensions <= other.max_dimensions
            and _STRICTNESS.index(self.zeros) >= _STRICTNESS.index(other.zeros)
            and (other.rounding <= 1 or (self.rounding > 0 and self.rounding % other.rounding == 0))
        )

    def to_json(self) -> dict[str, Any]:
        """The rule as plain JSON."""
        return asdict(self) | {"sensitivity": self.sensitivity.name.lower(), "zeros": self.zeros.value}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> AggregationRule:
        """The rule again; ValueError when a field is unknown, or missing that every stored rule has had."""
        names = {field.name for field in fields(cls)}
        stored = {**_ADDED, **stored}
        if set(stored) != names:
            odd = ", ".join(sorted(names ^ set(stored)))
            raise ValueError(f"This is not an aggregation rule; look at: {odd}.")
        by_name = {sensitivity.name.lower(): sensitivity for sensitivity in Sensitivity}
        if stored["sensitivity"] not in by_name:
            raise ValueError(f"{stored['sensitivity']!r} is no sensitivity.")
        return cls(
            **{
                **stored,
                "sensitivity": by_name[stored["sensitivity"]],
                "zeros": Zeros(stored["zeros"]),
            }
        )


def rounded(counts: NDArray[np.float64], base: int) -> NDArray[np.float64]:
    """Counts to the nearest multiple of a base, halves upwards; as they are for a base of 0 or 1."""
    return np.floor(counts / base + 0.5) * base if base > 1 else counts


_DEFAULTS = {
    Sensitivity.OPEN: AggregationRule(Sensitivity.OPEN, k=0, share_base=0, mean_base=0, max_dimensions=99),
    Sensitivity.INTERNAL: AggregationRule(Sensitivity.INTERNAL, dominance=10),
    Sensitivity.SENSITIVE: AggregationRule(
        Sensitivity.SENSITIVE, tau=5, max_dimensions=3, insider=True, deep_base=30, dominance=10
    ),
}
