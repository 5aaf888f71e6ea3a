"""What a table tells of its cells: a new one the counts themselves, a released one what anybody can read in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product

import numpy as np
from numpy.typing import NDArray

from datasets.cubes import Category, Cube, Dimension, Reason

from ..model import Bools
from ..protected import ProtectedCube
from ..rule import Zeros
from ..tables.axes import Axis
from ..tables.table import CountTable, Prepared, arrange

Floats = NDArray[np.float64]
Bounds = tuple[float, float]
COUNTED = ("", "selection")
"""What a table of counts says of how it was derived: not at all, or as readers get it."""

REST = "\x01rest"
"""The category of those who gave no answer to a question; no table shows it. No NUL: reports hold it as JSON."""


@dataclass(frozen=True, eq=False)
class Stated:
    """A table in canonical order. Arrays have its shape.

    Each cell is known to lie between ``low`` and ``high`` (nought and infinity where nothing is told), and
    ``table.given`` marks those that are known exactly. ``secret`` cells must not be worked out; where they are
    not ``sure``, only what is hidden is known, and it is all taken to be secret. ``part`` names the category of
    each dimension that is never summed, in one ``of`` so many parts of a ``whole`` table.
    """

    table: Prepared
    low: Floats
    high: Floats
    secret: Bools
    release: str = ""
    sure: bool = True
    part: tuple[str, ...] = ()
    whole: Stated | None = None
    of: int = 1

    @cached_property
    def told(self) -> dict[str, Bounds]:
        """By key, the bounds of every cell of which something is told."""
        low, high = self.low.ravel(), self.high.ravel()
        found = np.flatnonzero((low > 0) | np.isfinite(high)).tolist()
        return {self.table.keys[cell]: (float(low[cell]), float(high[cell])) for cell in found}


def stated_now(table: Prepared) -> Stated:
    """A table that is about to be protected: its counts are known to us."""
    counts = table.counts.astype(np.float64)
    return Stated(table, counts, counts, np.zeros(table.counts.shape, dtype=np.bool_))


def stated_then(protected: ProtectedCube, release: str, axes: Mapping[str, Axis]) -> Stated | None:
    """A released table as anybody reads it, with what it protects; None when its figures are no counts.

    ``axes``: those of other tables by code, for sums that do not show where cells are hidden. A rounded figure
    tells between which two it lies.
    """
    values = protected.values
    known = values[~np.isnan(values)]
    is_counted = (known >= 0).all() and (known == np.rint(known)).all()
    if not is_counted or protected.report.derived not in COUNTED:
        return None
    hidden = protected.statuses == Reason.SUPPRESSED
    sure = bool(protected.report.table) or not hidden.any()
    secret = protected.report.protected_cells(values.shape) if sure else hidden
    table = arrange(_as_asked(protected, axes), axes)
    secret = table.from_cube_order(_beside(secret, table))
    counts, shown = table.counts.astype(np.float64), table.given
    base = max(1, int(protected.report.rule.get("rounding", 0)))
    # Where zeros are always shown, a hidden count is at least one.
    zeros_shown = protected.report.rule.get("zeros") == Zeros.SHOWN
    floor = np.where(table.from_cube_order(_beside(hidden, table)) & zeros_shown, 1.0, 0.0)
    return Stated(
        table=replace(table, given=shown if base == 1 else np.zeros_like(shown)),
        low=np.where(shown, np.maximum(counts - base // 2, 0), floor),
        high=np.where(shown, counts + (base - 1) // 2, np.inf),
        secret=secret,
        release=release,
        sure=sure,
    )


def _as_asked(protected: ProtectedCube, axes: Mapping[str, Axis]) -> CountTable:
    """The released cube as it was given; a survey's question with those who gave no answer, uncounted."""
    about, cube = protected.report.table, protected.cube
    over, rest = about.get("over"), about.get("rest")
    if over and rest == REST:
        cube = _with_rest(cube, over)
    return CountTable(
        cube,
        over=over,
        leave_out=tuple(code for code in about.get("leave_out", ()) if code in cube.dimension(over or "").codes)
        if over
        else (),
        repeats=tuple(about.get("repeats", ())),
        rest=rest,
        groups={
            dimension.code: _groups_like(axes.get(dimension.code), dimension)
            | dict(about.get("groups", {}).get(dimension.code, {}))
            for dimension in cube.dimensions
        },
    )


def _groups_like(axis: Axis | None, dimension: Dimension) -> dict[str, list[str]]:
    """The sums of a dimension as another table has them, where this one has other categories too."""
    if axis is None:
        return {}
    declared = {category.parent for category in dimension.categories} | {dimension.total}
    sums = {
        code: members
        for code, members in zip(axis.codes, axis.members, strict=True)
        if len(members) > 1 and code in dimension.codes and code not in declared
    }
    lowest = [code for code in dimension.codes if code not in sums and code not in declared]
    found = {
        code: [part for part in lowest if part in members or members == frozenset(axis.leaves)]
        for code, members in sums.items()
    }
    return {code: parts for code, parts in found.items() if len(parts) > 1}


def _with_rest(cube: Cube, over: str) -> Cube:
    dimension, axis = cube.dimension(over), cube.axis(over)
    categories = [
        replace(category, parent=dimension.total)
        if category.parent is None and category.code != dimension.total
        else category
        for category in dimension.categories
    ]
    asked = replace(dimension, categories=(*categories, Category(REST, {})), total=None, summable=True)
    unknown = np.full([1 if place == axis else size for place, size in enumerate(cube.shape)], np.nan)
    dimensions = tuple(asked if own.code == over else own for own in cube.dimensions)
    return Cube.of_values(dimensions, np.concatenate([cube.values, unknown], axis=axis))


def _beside(mask: Bools, table: Prepared) -> Bools:
    """A mask of the released cube in the shape of the cube that was asked, where nothing more is marked."""
    wider = [(0, new - old) for old, new in zip(mask.shape, table.table.cube.shape, strict=True)]
    return np.pad(mask, wider)


def never_summed(tables: Iterable[Prepared]) -> frozenset[str]:
    """Dimensions whose categories no table sums: years, as a rule. Each category stands for itself."""
    summed, found = set[str](), set[str]()
    for table in tables:
        for axis in table.axes:
            alone = not axis.everyone and all(len(members) == 1 for members in axis.members)
            (found if alone else summed).add(axis.code)
    return frozenset(found - summed)


def slices(stated: Stated, apart: frozenset[str]) -> list[Stated]:
    """The parts of a table that no sum connects; the table itself where it is in one piece."""
    axes = stated.table.axes
    own = [place for place, axis in enumerate(axes) if axis.code in apart]
    cells = list(product(*(range(len(axes[place].codes)) for place in own)))
    parts = [part_of(stated, dict(zip(own, cell, strict=True))) for cell in cells]
    return [replace(part, whole=stated, of=len(parts)) for part in parts]


def part_of(stated: Stated, at: Mapping[int, int]) -> Stated:
    """A table cut down to one category of some of its dimensions."""
    table = stated.table
    everything = slice(None)
    cut = tuple(slice(at[place], at[place] + 1) if place in at else everything for place in range(len(table.axes)))
    axes = []
    for place, axis in enumerate(table.axes):
        if place in at:
            code, name = axis.codes[at[place]], axis.names[at[place]]
            members = axis.members[at[place]]
            axis = replace(axis, codes=(code,), leaves=(code,), members=(members,), places=(0,), names=(name,))
        axes.append(axis)
    smaller = Prepared(table.table, tuple(axes), table.counts[cut], table.given[cut], table.shown[cut])
    return replace(
        stated,
        table=smaller,
        low=stated.low[cut],
        high=stated.high[cut],
        secret=stated.secret[cut],
        part=tuple(f"{table.axes[place].code}={table.axes[place].codes[code]}" for place, code in at.items()),
    )
