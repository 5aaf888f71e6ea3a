"""The first view of a data set, before anybody has chosen one."""

from __future__ import annotations

from datasets.cubes import Cube, Dimension, Role

from .resolve import MOST_PLACES, MOST_SERIES, measures
from .select import Kind, Selection

_MOST_BARS = 20


def propose(cube: Cube, *, place: str | None = None) -> Selection:
    """A view that shows something sensible: time as a line, else bars; the rest held at everybody.

    ``place`` is the code of the reader's own municipality: where the cube has it, that one is shown.
    The series are a small breakdown other than places, where the cube has one.
    """
    x = _axis(cube)
    series = next((d for d in cube.dimensions if d is not x and _is_breakdown(d)), None)
    codes = [code for code in measures(x) if code != x.total] or list(x.codes)
    most = MOST_PLACES if x.role is Role.TIME else _MOST_BARS
    shown = codes[-most:] if x.role is Role.TIME else codes[:most]
    return Selection(
        x=x.code,
        kind=Kind.LINE if x.role is Role.TIME and len(shown) > 1 else Kind.BAR,
        series=None if series is None else series.code,
        x_only=() if len(shown) == len(codes) == len(measures(x)) - (x.total is not None) else tuple(shown),
        fixed={
            d.code: held for d in cube.dimensions if d is not x and d is not series and (held := _held(d, place))
        },
    )


def _axis(cube: Cube) -> Dimension:
    """Time where there is any to follow, else the first breakdown that is neither places nor measures."""
    time = cube.with_role(Role.TIME)
    if time is not None and len(time) > 1:
        return time
    several = [d for d in cube.dimensions if len(d) > 1]
    plain = [d for d in several if d.role is None]
    places = [d for d in several if d.role is Role.GEO]
    return (plain or places or several or list(cube.dimensions))[0]


def _is_breakdown(dimension: Dimension) -> bool:
    parts = len(dimension) - (dimension.total is not None)
    return dimension.role is None and 2 <= parts <= MOST_SERIES


def _held(dimension: Dimension, place: str | None) -> tuple[str, ...]:
    """The reader's own place, else everybody (nothing need be said), else the latest or the first there is."""
    if dimension.role is Role.GEO and place is not None and place in dimension.positions:
        return (place,)
    if dimension.total is not None or (dimension.summable and dimension.role is None):
        return ()
    if dimension.role is Role.TIME:
        return (max(dimension.codes) if len({map(len, dimension.codes)}) == 1 else dimension.codes[-1],)
    return (measures(dimension)[0],)
