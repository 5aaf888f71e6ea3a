"""Which dimensions of an imported table may be added up, told from its words and its figures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from datasets.cubes import Dimension

from .places import with_levels
from .problems import Report

_RATE = re.compile(
    r"%|‰|\bprocent|\bper ?cent|\bandel|\bshares?\b|\bmedel|\bmean\b|\baverage|\bgenomsnitt|\bmedian|\bindex|"
    r"\bkvot|\bratio|\brates?\b|\bpromille|\bper (1|capita|person|invånare|inhabitant)|\bporcentaje|\bíndice|"
    r"\btasas?\b",
    re.IGNORECASE,
)
TOTALS = frozenset(
    (
        *("total", "totalt", "summa", "samtliga", "alla", "alla åldrar", "samtliga åldrar", "riket"),
        *("båda könen", "kvinnor och män", "män och kvinnor", "flickor och pojkar", "pojkar och flickor"),
        *("all", "all ages", "total, all ages", "both sexes", "women and men", "men and women"),
        *("girls and boys", "hela landet", "ambos sexos"),
    )
)
_MOST_TRIED = 10
_TOTAL_OPENINGS = ("total ", "total,", "totalt ", "totalt,", "samtliga ", "alla ", "summa ", "all ")


def is_rate(texts: Iterable[str]) -> bool:
    """Whether a unit or heading tells of shares, means, rates or indices, which never add up."""
    return any(_RATE.search(text) for text in texts)


def settle(dimensions: Sequence[Dimension], values: NDArray[np.float64], report: Report) -> tuple[Dimension, ...]:
    """The dimensions with their levels, their totals, and only those summable whose figures do add up."""
    return tuple(
        _settle_total(with_levels(dimension), axis, values, report) for axis, dimension in enumerate(dimensions)
    )


def _settle_total(dimension: Dimension, axis: int, values: NDArray[np.float64], report: Report) -> Dimension:
    total = dimension.total or _named_total(dimension, axis, values)
    if total is None:
        return dimension
    dimension = replace(dimension, total=total)
    if dimension.summable and _compare(dimension, axis, values) > 0:
        report.add("overlap", name=next(iter(dimension.label.values()), dimension.code))
        return replace(dimension, summable=False)
    return dimension


def _named_total(dimension: Dimension, axis: int, values: NDArray[np.float64]) -> str | None:
    """The category whose name says total; where the name leaves doubt, the figures decide."""
    if len(dimension) < 2:
        return None
    tried = 0
    for category in dimension.categories:
        names = {re.sub(r"^\S*\d\S*\s+", "", text).strip().casefold() for text in category.label.values()}
        if names & TOTALS:
            return category.code
        if tried < _MOST_TRIED and any(name.startswith(_TOTAL_OPENINGS) for name in names):
            tried += 1
            candidate = replace(dimension, total=category.code)
            if _compare(candidate, axis, values) == 0:
                return category.code
    return None


def _compare(dimension: Dimension, axis: int, values: NDArray[np.float64]) -> int:
    """1 where the parts together exceed the total somewhere, 0 where they equal it, -1 otherwise."""
    total = values.take(dimension.position(dimension.total or ""), axis=axis)
    places = [dimension.position(code) for code in dimension.leaves]
    if not places:
        return -1
    parts = np.zeros_like(total)
    for place in places:
        parts += values.take(place, axis=axis)
    slack = np.abs(total) * 0.001 + len(places) / 2
    known = ~(np.isnan(parts) | np.isnan(total))
    if not known.any():
        return -1
    difference = (parts - total)[known]
    if (difference > slack[known]).any():
        return 1
    return 0 if (np.abs(difference) <= slack[known]).all() else -1
