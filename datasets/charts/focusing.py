"""A first view turned to one group: the young people that somebody looks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from datasets.cubes import Dimension

from .propose import BrokenDown, propose
from .select import Selection


def propose_for(cube: BrokenDown, group: Mapping[str, Sequence[str]], *, place: str | None = None) -> Selection:
    """The first view of a cube, of one group alone: `group` maps dimensions to categories.

    What the cube does not have is left aside. Several categories are added together where they may be, else they
    stand side by side.
    """
    view = propose(cube, place=place)
    for dimension in cube.dimensions:
        held = tuple(code for code in group.get(dimension.code, ()) if code in dimension.positions)
        if held:
            view = _held(view, dimension, held)
    return view


def _held(view: Selection, dimension: Dimension, codes: tuple[str, ...]) -> Selection:
    if view.x == dimension.code:
        return replace(view, x_only=codes)
    if view.series == dimension.code:
        return replace(view, series_only=codes)
    if len(codes) > 1 and not dimension.summable:
        fixed = {code: kept for code, kept in view.fixed.items() if code != dimension.code}
        return replace(view, series=dimension.code, series_only=codes, fixed=fixed)
    return replace(view, fixed={**view.fixed, dimension.code: codes})
