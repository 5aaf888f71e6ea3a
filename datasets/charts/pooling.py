"""Putting years together, as a proposal: when counts are small, with its effect told before anybody takes it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from datasets.cubes import Role
from datasets.disclosure import ProtectedCube
from datasets.statistics import proposed_size

from .about import About
from .breaks import cuts_of, pooled
from .errors import SelectionError
from .figures import figures_of
from .resolve import View, check_counts, resolve
from .select import Kind, Selection


@dataclass(frozen=True)
class PoolOffer:
    """The view with ``size`` years a step. ``before`` and ``after`` are the smallest counts behind a figure shown.

    ``steps`` is how many steps are left of the years there were.
    """

    selection: Selection
    size: int
    before: int
    after: int
    steps: int


def pool_offer(cube: ProtectedCube, selection: Selection, about: About) -> PoolOffer | None:
    """The proposal for a view over time whose counts are small; None where there is nothing to gain, or no way.

    Made of published figures alone: a step with a hidden year in it is hidden.
    """
    if selection.pool or selection.kind not in (Kind.LINE, Kind.BAR):
        return None
    try:
        view = resolve(selection, cube.cube)
        if view.x.role is not Role.TIME:
            return None
        size = proposed_size(figures_of(cube.cube, view, about).counts)
        if size is None:
            return None
        wanted = replace(view, pool=size)
        check_counts(cube.cube, wanted)
        groups, _ = pooled(len(view.x_codes), size, cuts_of(cube.cube, view, about, "en"))
        before, after = _smallest(cube, view, about), _smallest(cube, wanted, about, groups)
    except SelectionError:
        return None
    if before is None or after is None or after <= before or len(groups) < 2:
        return None
    return PoolOffer(replace(selection, pool=size), size, before, after, len(groups))


def _smallest(
    cube: ProtectedCube, view: View, about: About, groups: tuple[tuple[int, ...], ...] = ()
) -> int | None:
    counts = figures_of(cube.cube, view, about, groups).counts
    shown = counts[~np.isnan(counts)]
    return round(float(shown.min())) if len(shown) else None
