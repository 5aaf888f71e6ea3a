"""What was chosen in the form of a chart, read as the view that was meant.

It becomes a `Selection`, whose own link the reader is then taken to.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.http import QueryDict

from datasets.charts import Kind, Selection, ShareOf, few_series, fitting
from datasets.charts.propose import held
from datasets.cubes import Dimension, Role
from datasets.disclosure import ProtectedCube
from datasets.forms.selecting import LIKE_SIGN

POOLS = ("2", "3")
"""How many years may be put together, beside none."""

SENT = "f-x"
"""The field that is always there when the form was sent."""


def read_selection(data: QueryDict, cube: ProtectedCube, place: str) -> Selection:
    """The view that the form asks for. Whether the cube can show it is seen when the chart is built.

    The reader's own place comes first, then the finer before the coarser: the finding is about the first. Where
    the kind asked for does not fit, the one that fits best is taken; of more than six series six are shown. What
    runs along the axis is no series as well; several that can't be added become the series where there are none;
    and where something must be chosen and is not, it is the reader's own place, the newest or the first.
    """
    along, series, share_of = data.get(SENT, ""), data.get("f-series") or None, data.get("f-share", "")
    series = None if series == along else series
    codes = {d.code: _chosen(data, f"f-{place}", d) for place, d in enumerate(cube.dimensions)}
    wholes = {d.code: tuple(data.getlist(f"f-{place}-whole")) for place, d in enumerate(cube.dimensions)}
    share = None
    if share_of:
        parts = () if share_of in (along, series) else codes.get(share_of, ())
        share = ShareOf(share_of, parts, wholes.get(share_of, ()))
    if series is None:
        series = next(
            (code for code, chosen in codes.items() if _are_series(cube, code, chosen, along, share_of)), None
        )
    taken = {along, series, share_of}
    kind, pool = data.get("f-kind", Kind.LINE), data.get("f-pool", "")
    asked = Selection(
        x=along,
        kind=Kind(kind) if kind in tuple(Kind) else Kind.LINE,
        series=series,
        x_only=codes.get(along, ()),
        series_only=_series(cube, series, codes.get(series, ()), place) if series else (),
        fixed=_fixed(cube, codes, taken, place),
        share=share,
        pool=int(pool) if pool in POOLS and _is_time(cube, along) else 0,
    )
    fits = fitting(cube, asked, place)
    like = set(data.get("f-like", "").split(LIKE_SIGN))
    return replace(fits, is_like=like == set(fits.series_only or fits.x_only))


def _fixed(
    cube: ProtectedCube, codes: Mapping[str, tuple[str, ...]], taken: set[str | None], place: str
) -> dict[str, tuple[str, ...]]:
    """What every dimension that is not shown is held at, where that is not everybody."""
    fixed = {}
    for dimension in cube.dimensions:
        if dimension.code not in taken:
            default = held(dimension, place)
            chosen = codes[dimension.code] or (() if default is None else (default,))
            if chosen:
                fixed[dimension.code] = chosen
    return fixed


def _are_series(cube: ProtectedCube, code: str, chosen: Sequence[str], along: str, share_of: str) -> bool:
    """Whether several categories are chosen of what is neither axis nor share, and can't be added together."""
    dimension = next(d for d in cube.dimensions if d.code == code)
    adds = dimension.summable and dimension.role is not Role.METRIC
    return len(chosen) > 1 and code not in (along, share_of) and not adds


def _series(cube: ProtectedCube, code: str, chosen: Sequence[str], place: str) -> tuple[str, ...]:
    dimension = next((d for d in cube.dimensions if d.code == code), None)
    if dimension is None or not set(chosen) <= set(dimension.codes):
        return tuple(chosen)
    few = few_series(dimension, chosen, place)
    if dimension.role is not Role.GEO:
        return few
    return tuple(sorted(few, key=lambda one: (one != place, -len(dimension.ancestors(one)))))


def _is_time(cube: ProtectedCube, code: str) -> bool:
    return any(d.code == code and d.role is Role.TIME for d in cube.dimensions)


def _chosen(data: QueryDict, name: str, dimension: Dimension) -> tuple[str, ...]:
    """The ticked categories, or all from one to another where both ends were given; all of them is none."""
    first, last = data.get(f"{name}-from", ""), data.get(f"{name}-to", "")
    if first in dimension.positions and last in dimension.positions:
        ends = sorted((dimension.position(first), dimension.position(last)))
        return dimension.codes[ends[0] : ends[1] + 1]
    ticked = tuple(dict.fromkeys(data.getlist(name)))
    return () if set(ticked) == set(dimension.codes) else ticked
