"""Shares with intervals, worked out from published counts alone: they can tell nothing that those do not."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from datasets.cubes import Category, Cube, CubeError, Dimension, Reason, Role, Unit
from datasets.statistics import wilson

from ..protected import ProtectedCube, seal

SHARE, LOW, HIGH, BASE = "share", "low", "high", "base"
_PER_CENT = Unit({"sv": "procent", "en": "per cent"}, 1)
PEOPLE = Unit({"sv": "personer", "en": "people"}, 0)
MEASURES = (
    Category(SHARE, {"sv": "Andel", "en": "Share"}, unit=_PER_CENT),
    Category(LOW, {"sv": "Intervallets nedre gräns", "en": "Lower bound"}, unit=_PER_CENT),
    Category(HIGH, {"sv": "Intervallets övre gräns", "en": "Upper bound"}, unit=_PER_CENT),
    Category(BASE, {"sv": "Antal svar", "en": "Answers"}, unit=PEOPLE),
)


def shares(protected: ProtectedCube, over: str, *, leave_out: Collection[str] = ()) -> ProtectedCube:
    """Shares of a dimension's total in per cent, with Wilson's interval and the base.

    ``leave_out``: categories that are not in the base. The result has a last dimension ``measure`` (share,
    low, high, base) and no total over ``over``. A share is hidden when its count, its base or a part left out
    is hidden or the base is under the rule's limit, and not applicable when nobody is in the base. Raises
    CubeError when the dimension has no total.
    """
    cube = protected.cube
    dimension = cube.dimension(over)
    if dimension.total is None:
        raise CubeError(f"Shares over {over!r} need its total.")
    kept = [code for code in dimension.codes if code != dimension.total and code not in leave_out]
    axis = cube.axis(over)
    base = _at(cube, axis, dimension.position(dimension.total))
    for code in sorted(leave_out):
        base = base - _at(cube, axis, dimension.position(code))
    counts = cube.select({over: kept}).values
    base = np.broadcast_to(np.expand_dims(base, axis), counts.shape)
    limit = int(protected.report.rule.get("share_base", 0))
    nobody = base <= 0
    baseless = np.isnan(base) | ((base < limit) & ~nobody)
    hidden = ~nobody & (np.isnan(counts) | baseless)
    known = np.where(hidden | nobody, 0, base)
    # Counts rounded one by one can make a part look larger than its whole; a base of nobody gives NaN.
    interval = wilson(np.where(hidden | nobody, 0, np.minimum(counts, known)), known)
    own_reasons = _reasons(cube.select({over: kept}).statuses)
    of_share = np.where(hidden, own_reasons, np.where(nobody, Reason.NOT_APPLICABLE, Reason.NONE))
    of_base = np.where(baseless, Reason.SUPPRESSED, Reason.NONE)
    made = Cube(
        dimensions=(*_with_codes(cube.dimensions, axis, kept), _measures()),
        values=np.stack([*(100 * figures for figures in interval), np.where(baseless, np.nan, base)], axis=-1),
        statuses=np.stack([of_share, of_share, of_share, of_base], axis=-1).astype(np.uint8),
        title=cube.title,
        source=cube.source,
        updated=cube.updated,
    )
    report = replace(protected.without_secrets(), derived="shares")
    return seal(made, replace(report, cells=made.size, hidden=int((made.statuses == Reason.SUPPRESSED).sum())))


def _at(cube: Cube, axis: int, place: int) -> NDArray[np.float64]:
    return np.asarray(np.take(cube.values, place, axis=axis), dtype=np.float64)


def _reasons(statuses: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The count's own reason where it is missing, else that its base is hidden."""
    told = (statuses != Reason.NONE) & (statuses != Reason.NIL) & (statuses != Reason.ROUNDED)
    return np.where(told, statuses, np.uint8(Reason.SUPPRESSED)).astype(np.uint8)


def _with_codes(dimensions: tuple[Dimension, ...], axis: int, kept: list[str]) -> tuple[Dimension, ...]:
    """The dimensions with some categories of one; shares are never added, whatever the counts allow."""
    chosen = dimensions[axis].keep(kept)
    changed = [chosen if place == axis else dimension for place, dimension in enumerate(dimensions)]
    return tuple(replace(dimension, summable=False) for dimension in changed)


def _measures() -> Dimension:
    return Dimension("measure", {"sv": "Mått", "en": "Measure"}, MEASURES, role=Role.METRIC)
