"""Which places are like one another: a distance over stated variables with visible weights."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

MOST_KNOWN = 0.5
"""A place must be known for at least this part of the weights, or nothing is said of it."""
FEWEST_PLACES = 8
"""A variable that fewer places have says nothing of how they spread, and is left out."""
_LIKE = ((0.35, "very_like"), (0.7, "like"), (1.2, "rather_like"))

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Variable:
    """What places are compared by. ``is_log`` is for what spans powers of ten, such as inhabitants."""

    key: str
    weight: float
    is_log: bool = False


@dataclass(frozen=True)
class Neighbour:
    """A place and how far it is, in standard deviations; ``gaps`` are its differences (theirs − ours) by variable.

    ``word`` is very_like, like, rather_like or unlike. ``missing`` are variables that it or we lack.
    """

    place: int
    distance: float
    word: str
    gaps: tuple[tuple[str, float], ...]
    missing: tuple[str, ...]

    @property
    def nearest(self) -> tuple[str, ...]:
        """The variables in which it is most like, the nearest first."""
        return tuple(key for key, gap in sorted(self.gaps, key=lambda pair: abs(pair[1])) if abs(gap) < 0.5)

    @property
    def furthest(self) -> tuple[str, float] | None:
        """The variable in which it differs most, where that is worth telling."""
        key, gap = max(self.gaps, key=lambda pair: abs(pair[1]), default=("", 0.0))
        return (key, gap) if abs(gap) >= 0.5 else None


@dataclass(frozen=True)
class Likeness:
    """The places most like one; ``left_out`` variables could not be used, ``unknown`` places not be set."""

    neighbours: tuple[Neighbour, ...]
    left_out: tuple[str, ...]
    unknown: tuple[int, ...]


def similar_places(values: Floats, variables: Sequence[Variable], place: int, *, most: int = 7) -> Likeness:
    """The places most like one place, the nearest first; ties by their order.

    ``values`` is (places, variables), NaN where a figure is missing or hidden. Each variable is put in standard
    deviations of all the places that have it, so that none weighs by its unit. The distance is the root of the
    weighted mean square over the variables that both have: a missing one neither adds nor hides distance.
    """
    used = [n for n, variable in enumerate(variables) if _says_something(values, n, variable, place)]
    left_out = tuple(variable.key for n, variable in enumerate(variables) if variable.weight > 0 and n not in used)
    if not used:
        return Likeness((), left_out, ())
    scores = np.stack([_standard(values[:, n], variables[n].is_log) for n in used], axis=1)
    weights = np.array([variables[n].weight for n in used])
    gaps = scores - scores[place]
    known = ~np.isnan(gaps)
    weight_known = (known * weights).sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        squares = (np.where(known, gaps, 0.0) ** 2 * weights).sum(axis=1)
        distance = np.sqrt(squares / weight_known)
    enough = weight_known >= MOST_KNOWN * weights.sum()
    others = [n for n in np.argsort(np.where(enough, distance, np.inf), kind="stable") if n != place and enough[n]]
    keys = [variables[n].key for n in used]
    return Likeness(
        tuple(_neighbour(int(n), float(distance[n]), keys, gaps[n]) for n in others[:most]),
        left_out,
        tuple(int(n) for n in np.flatnonzero(~enough) if n != place),
    )


def _says_something(values: Floats, column: int, variable: Variable, place: int) -> bool:
    shown = values[~np.isnan(values[:, column]), column]
    usable = shown[shown > 0] if variable.is_log else shown
    return (
        variable.weight > 0
        and not np.isnan(values[place, column])
        and (not variable.is_log or values[place, column] > 0)
        and len(usable) >= FEWEST_PLACES
        and usable.max() > usable.min()
    )


def _standard(column: Floats, is_log: bool) -> Floats:
    scale = column
    if is_log:
        with np.errstate(invalid="ignore", divide="ignore"):
            scale = np.where(column > 0, np.log(column), np.nan)
    return np.asarray((scale - np.nanmean(scale)) / np.nanstd(scale))


def _neighbour(place: int, distance: float, keys: Sequence[str], gaps: Floats) -> Neighbour:
    return Neighbour(
        place,
        distance,
        next((word for limit, word in _LIKE if distance < limit), "unlike"),
        tuple((key, float(gap)) for key, gap in zip(keys, gaps, strict=True) if not np.isnan(gap)),
        tuple(key for key, gap in zip(keys, gaps, strict=True) if np.isnan(gap)),
    )
