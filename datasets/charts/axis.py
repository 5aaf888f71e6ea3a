"""A scale for the figures shown: round steps, and zero where it belongs."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

_STEPS = 5
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


def scale(shown: Sequence[float], *, from_zero: bool, whole: bool, ceiling: float | None = None) -> Scale:
    """A scale that holds every figure shown; hidden ones must not be among them.

    ``whole`` keeps the steps to whole numbers, ``ceiling`` is a highest value that cannot be passed (100 %).
    Without ``from_zero`` a scale may start above zero when the figures lie close together far from it.
    """
    if not shown:
        top = ceiling if ceiling is not None else 1.0
        return Scale(0.0, top, top / _STEPS if ceiling else 1.0, 0)
    low, high = min(shown), max(shown)
    if from_zero or low <= _NEAR * high:
        low, high = min(low, 0.0), max(high, 0.0)
    if low == high:
        low, high = (min(low, 0.0), max(high, 0.0)) if low else (0.0, 1.0)
    step = _round_step((high - low) / _STEPS, whole)
    bottom, top = math.floor(low / step + 1e-9) * step, math.ceil(high / step - 1e-9) * step
    if ceiling is not None and high <= ceiling:
        top = min(top, ceiling)
        while round((top - bottom) / step, 9) % 1:
            step = step / 2 if round(step / 2, 9) == round(step / 2) or not whole else step / 5
    decimals = max(0, -math.floor(math.log10(step) + 1e-9))
    if round(step, decimals) != round(step, 12):
        decimals += 1
    return Scale(round(bottom, 12), round(top, 12), round(step, 12), decimals)


def _round_step(rough: float, whole: bool) -> float:
    power = float(10.0 ** math.floor(math.log10(rough)))
    step = next(power * lead for lead in (1, 2, 5, 10) if power * lead >= rough * (1 - 1e-9))
    return max(step, 1.0) if whole else step
