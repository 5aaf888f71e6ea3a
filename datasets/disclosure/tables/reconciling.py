"""Tables of the same people under common groupings: each with the sums of its cells that another one shows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from datasets.cubes import Role

from .axes import Axis
from .groupings import common_axes
from .table import Prepared

Reduce = Callable[[NDArray[Any]], NDArray[Any]]
"""What becomes of the cells that are added up, first axis over the parts: their sum, whether all are marked."""


def reconciled(tables: Sequence[Prepared]) -> list[Prepared]:
    """The tables so that cells of equal keys count the same people, however each groups them.

    What codes tell of themselves (15-19, 01 over 0114) counts only where the figures agree. Raises
    RefusedToPublish when two groupings of the same people stand to each other in a way that is not told.
    """
    found = reconciled_by(tables, guess=True)
    if found is None or not _contradict(found):
        return list(tables) if found is None else found
    found = reconciled_by(tables, guess=False)
    return list(tables) if found is None else found


def reconciled_by(tables: Sequence[Prepared], *, guess: bool) -> list[Prepared] | None:
    """The tables under common groupings; None when they are so already."""
    axes = common_groupings(tables, guess=guess)
    return None if axes is None else [regrouped(table, own) for table, own in zip(tables, axes, strict=True)]


def common_groupings(tables: Sequence[Prepared], *, guess: bool) -> list[tuple[Axis, ...]] | None:
    """For each table its axes under common groupings; None when all have them already."""
    axes = [list(table.axes) for table in tables]
    changed = False
    for code in sorted({axis.code for own in axes for axis in own}):
        places = [
            (at, place) for at, own in enumerate(axes) for place, axis in enumerate(own) if axis.code == code
        ]
        before = [axes[at][place] for at, place in places]
        is_place = any(tables[at].table.cube.dimension(code).role is Role.GEO for at, _ in places)
        after = common_axes(before, guess=guess, is_place=is_place)
        for (at, place), axis in zip(places, after, strict=True):
            changed |= axis != axes[at][place]
            axes[at][place] = axis
    return [tuple(own) for own in axes] if changed else None


def regrouped(table: Prepared, axes: Sequence[Axis]) -> Prepared:
    """The table over axes that have further codes. Sums of its cells are given where those are."""
    given = relaid(table.given, table.axes, axes, nothing=False, reduce=_all)
    counts = relaid(table.counts, table.axes, axes, nothing=0, reduce=summed)
    shown = relaid(table.shown, table.axes, axes, nothing=False)
    return replace(table, axes=tuple(axes), counts=np.where(given, counts, 0), given=given, shown=shown)


def relaid(
    array: NDArray[Any], old: Sequence[Axis], new: Sequence[Axis], *, nothing: Any, reduce: Reduce | None = None
) -> NDArray[Any]:
    """An array over some axes, laid out over others with further codes.

    A new cell that is a sum of old ones is what ``reduce`` makes of those; else, and without it, ``nothing``.
    """
    for place, (before, after) in enumerate(zip(old, new, strict=True)):
        if before.codes == after.codes:
            continue
        fronted = np.moveaxis(array, place, 0)
        empty = np.full(fronted.shape[1:], nothing, dtype=array.dtype)
        rows = []
        for code, parts in zip(after.codes, after.members, strict=True):
            if code in before.positions:
                rows.append(fronted[before.positions[code]])
            elif reduce is not None and parts <= set(before.leaves):
                rows.append(
                    reduce(fronted[[before.positions[leaf] for leaf in sorted(parts)]]).astype(array.dtype)
                )
            else:
                rows.append(empty)
        array = np.moveaxis(np.stack(rows), 0, place)
    return np.ascontiguousarray(array)


def summed(parts: NDArray[Any]) -> NDArray[Any]:
    """The sum of some parts, cell by cell."""
    return np.asarray(parts.sum(axis=0))


def _all(parts: NDArray[Any]) -> NDArray[Any]:
    return np.asarray(parts.all(axis=0))


def _contradict(tables: Sequence[Prepared]) -> bool:
    """Whether two tables give different counts for the same people."""
    told: dict[str, int] = {}
    for table in tables:
        cells = np.flatnonzero(table.given.ravel())
        counts = table.counts.ravel()[cells].tolist()
        if any(
            told.setdefault(table.keys[cell], count) != count
            for cell, count in zip(cells.tolist(), counts, strict=True)
        ):
            return True
    return False
