"""Whether figures of two data sets measure the same in the same unit, so that they may be looked at together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from datasets.cubes import Dimension, Role

_PER_CENT = frozenset({"procent", "%", "andel (%)", "per cent", "percent"})
_PEOPLE = re.compile(
    r"\b(elev|ungdom|unga\b|barn|person|invånare|befolkning|människor|väljare|student|flick|pojk|kvinn|män\b)|åring",
    re.IGNORECASE,
)
"""Words that say that people are counted, and not homes or money."""


@dataclass(frozen=True)
class Measured:
    """What some figures measure: the names of it, its unit, and whether it is a share of people in per cent."""

    names: frozenset[str]
    unit: str
    is_share_of_people: bool

    def is_like(self, other: Measured) -> bool:
        """The same measure in the same unit, or both shares of people in per cent."""
        if self.is_share_of_people and other.is_share_of_people:
            return True
        return bool(self.unit) and self.unit == other.unit and bool(self.names & other.names)


def measured(names: Iterable[str], unit: str, said: str) -> Measured:
    """What figures measure, from their names and unit and all that is `said` of what they count."""
    plain = unit.strip().casefold()
    own = frozenset(name.strip().casefold() for name in names if name.strip())
    is_share = plain in _PER_CENT and _PEOPLE.search(f"{said} {' '.join(own)}") is not None
    return Measured(own, plain, is_share)


def lone_measure(dimensions: Sequence[Dimension], unit: str) -> tuple[str, str] | None:
    """Name and unit of the one measure of a table, the name empty where the table names none; None of several."""
    metric = next((one for one in dimensions if one.role is Role.METRIC), None)
    if metric is None:
        return "", unit
    if len(metric) > 1:
        return None
    (only,) = metric.categories
    return only.label.get("sv", ""), only.unit.label.get("sv", unit) if only.unit is not None else unit
