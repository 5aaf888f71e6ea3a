"""What a table tells of its cells: a new one the counts themselves, a released one what anybody can read in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from datasets.cubes import Category, Cube, Dimension, Reason, Role

from .axes import IMPLIED, Axis
from .model import Bools
from .protected import ProtectedCube
from .rule import Zeros
from .table import CountTable, Prepared, arrange

Floats = NDArray[np.float64]
Bounds = tuple[float, float]
REST = "\x01rest"
"""The category of those who gave no answer to a question; no table shows it. No NUL: reports hold it as JSON."""

_SPAN = re.compile(r"(\d+)\s*[-–]\s*(\d+)")
_COUNTY, _MUNICIPALITY = re.compile(r"\d{2}"), re.compile(r"\d{4}")


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
    if protected.report.derived or (~np.isnan(values) & ((values < 0) | (values != np.rint(values)))).any():
        return None
    hidden = protected.statuses == Reason.SUPPRESSED
    sure = bool(protected.report.table) or not hidden.any()
    secret = protected.report.protected_cells(values.shape) if sure else hidden
    table = arrange(_as_asked(protected, axes), axes)
    secret = table.from_cube_order(_beside(secret, table))
    counts, shown = table.counts.astype(np.float64), table.given
    base = max(1, int(protected.report.rule.get("rounding", 0)))
    # Where zeros are always shown, a hidden count is at least one.
    is_counted = protected.report.rule.get("zeros") == Zeros.SHOWN
    floor = np.where(table.from_cube_order(_beside(hidden, table)) & is_counted, 1.0, 0.0)
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
            dimension.code: _groups_like(axes.get(dimension.code), dimension) for dimension in cube.dimensions
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
    parts = [_part(stated, dict(zip(own, cell, strict=True))) for cell in cells]
    return [replace(part, whole=stated, of=len(parts)) for part in parts]


def _part(stated: Stated, at: Mapping[int, int]) -> Stated:
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


def with_common_sums(tables: Sequence[Stated]) -> list[Stated]:
    """Each table with the sums of its own categories that another table has as categories.

    Nobody declares that a county is the sum of its municipalities in another file, that 2021-2023 is three
    years, or that 15-24 is 15-19 and 20-24; but anybody can add up. Where it is not so, the figures differ and
    nothing is concluded.
    """
    codes: dict[str, set[str]] = {}
    for stated in tables:
        for axis in stated.table.axes:
            codes.setdefault(axis.code, set()).update(axis.codes)
    return [_with_sums(stated, codes) for stated in tables]


def _with_sums(stated: Stated, codes: Mapping[str, set[str]]) -> Stated:
    for place, axis in enumerate(stated.table.axes):
        roles = {dimension.code: dimension.role for dimension in stated.table.table.cube.dimensions}
        for code in sorted(codes[axis.code] - set(axis.codes) - {IMPLIED}):
            parts = _parts(code, axis.leaves, is_place=roles[axis.code] is Role.GEO)
            if parts and parts not in stated.table.axes[place].members:
                stated = _with_sum(stated, place, code, parts)
    return stated


def _parts(code: str, leaves: Sequence[str], *, is_place: bool) -> frozenset[str]:
    """The leaf categories that make up a code of another table; nothing where they do not."""
    if is_place:
        inside = [leaf for leaf in leaves if leaf.startswith(code) and _MUNICIPALITY.fullmatch(leaf)]
        return frozenset(inside) if _COUNTY.fullmatch(code) and len(inside) > 1 else frozenset()
    span = _span(code)
    if span is None:
        return frozenset()
    found = sorted(
        (own, leaf) for leaf in leaves if (own := _span(leaf)) and span[0] <= own[0] and own[1] <= span[1]
    )
    next_ = span[0]
    for (start, end), _leaf in found:
        if start != next_:
            return frozenset()
        next_ = end + 1
    return frozenset(leaf for _own, leaf in found) if next_ == span[1] + 1 and len(found) > 1 else frozenset()


def _span(code: str) -> tuple[int, int] | None:
    """From and to of ``15-24``; a single number is a span of one."""
    if code.isdigit():
        return int(code), int(code)
    found = _SPAN.fullmatch(code)
    return (int(found[1]), int(found[2])) if found else None


def _with_sum(stated: Stated, place: int, code: str, parts: frozenset[str]) -> Stated:
    """A table with one more row of sums, shown by nobody and known as far as its parts are."""
    table, axis = stated.table, stated.table.axes[place]
    rows = [axis.positions[leaf] for leaf in sorted(parts)]

    def added(array: NDArray[Any], row: NDArray[Any]) -> NDArray[Any]:
        return np.concatenate([array, np.expand_dims(row, place)], axis=place)

    def summed(array: NDArray[Any]) -> NDArray[Any]:
        return np.asarray(np.take(array, rows, axis=place).sum(axis=place))

    nothing = np.zeros_like(np.take(table.given, 0, axis=place))
    whole = np.asarray(np.take(table.given, rows, axis=place).all(axis=place))
    axes = list(table.axes)
    axes[place] = replace(
        axis,
        codes=(*axis.codes, code),
        members=(*axis.members, parts),
        places=(*axis.places, -1),
        names=(*axis.names, code),
    )
    wider = Prepared(
        table.table,
        tuple(axes),
        added(table.counts, summed(table.counts)),
        added(table.given, whole),
        added(table.shown, nothing),
    )
    return replace(
        stated,
        table=wider,
        low=added(stated.low, summed(stated.low)),
        high=added(stated.high, summed(stated.high)),
        secret=added(stated.secret, nothing),
    )
