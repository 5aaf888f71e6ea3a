"""A scale for the figures shown: round steps, and zero where it belongs."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

_STEPS = 6
_NEAR = 0.6
"""A line whose lowest figure is above this part of its highest is drawn without zero."""


@dataclass(frozen=True)
class Scale:
    """From ``minimum`` to ``maximum`` in round steps; ``decimals`` is what the steps need to be written."""

    minimum: float
    maximum: float
    step: float
    decimals: int

    @property
    def ticks(self) -> tuple[float, ...]:
        """Every mark on the scale."""
        count = round((self.maximum - self.minimum) / self.step)
        return tuple(round(self.minimum + place * self.step, 12) for place in range(count + 1))


def scale(shown: Sequence[float], *, from_zero: bool, whole: bool, when_empty: float = 1.0) -> Scale:
    """A scale that holds every figure shown; hidden ones must not be among them.

    ``whole`` keeps the steps to whole numbers, ``when_empty`` is the top of a chart without figures. Without
    ``from_zero`` a scale may start above zero when the figures lie close together far from it.
    """
    low, high = (min(shown), max(shown)) if shown else (0.0, when_empty)
    if from_zero or low <= _NEAR * high or low == high:
        low, high = min(low, 0.0), max(high, 0.0)
    if low == high:
        high = when_empty
    step, decimals = _round_step((high - low) / _STEPS, whole)
    bottom, top = math.floor(low / step + 1e-9) * step, math.ceil(high / step - 1e-9) * step
    return Scale(round(bottom, 12), round(top, 12), step, decimals)


def _round_step(rough: float, whole: bool) -> tuple[float, int]:
    """A step of 1, 2 or 5 times a power of ten, not smaller than ``rough``, and the decimals it needs."""
    power = math.floor(math.log10(rough))
    lead = next(lead for lead in (1, 2, 5, 10) if lead * 10.0**power >= rough * (1 - 1e-9))
    if lead == 10:
        lead, power = 1, power + 1
    if whole and power < 0:
        lead, power = 1, 0
    return (lead * 10.0**power if power >= 0 else lead / 10.0**-power), max(0, -power)
