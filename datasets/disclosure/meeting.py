"""Where tables of other places and other groupings meet: what anybody can add up, though nobody declared it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from datasets.cubes import Role

from .axes import IMPLIED, Axis
from .stated import Stated, part_of
from .table import Prepared

_SPAN = re.compile(r"(\d+)\s*[-–]\s*(\d+)")
_COUNTY, _MUNICIPALITY = re.compile(r"\d{2}"), re.compile(r"\d{4}")


def is_place(table: Prepared, axis: Axis) -> bool:
    """Whether a dimension of a table tells places."""
    return any(own.code == axis.code and own.role is Role.GEO for own in table.table.cube.dimensions)


def at_place(stated: Stated, place: str, here: str, places: Mapping[str, Axis]) -> Stated:
    """A table of the people of one place beside tables of another place, that of ``here``.

    ``places``: the dimensions of places that those tables have. Where they have one with this table's place, and
    the table none, it counts that one's people; where they have none, only this table's people of here count.
    """
    own = next((at for at, axis in enumerate(stated.table.axes) if is_place(stated.table, axis)), None)
    if own is None:
        for code, axis in sorted(places.items()):
            if place in axis.positions and axis.names[axis.positions[place]]:
                return _at(stated, code, place, axis.names[axis.positions[place]])
        return stated
    axis = stated.table.axes[own]
    if places or place == here or here not in axis.positions:
        return stated
    part = part_of(stated, {own: axis.positions[here]})
    everyone = replace(part.table.axes[own], everyone=frozenset([here]), names=("",))
    axes = (*part.table.axes[:own], everyone, *part.table.axes[own + 1 :])
    return replace(part, table=replace(part.table, axes=axes), part=())


def _at(stated: Stated, dimension: str, code: str, name: str) -> Stated:
    """A table with a dimension of one category more, in which all of its people are."""
    table = stated.table
    at = sum(axis.code < dimension for axis in table.axes)
    axis = Axis(dimension, (code,), (code,), (frozenset([code]),), frozenset(), (0,), (name,))
    wider = Prepared(
        table.table,
        (*table.axes[:at], axis, *table.axes[at:]),
        np.expand_dims(table.counts, at),
        np.expand_dims(table.given, at),
        np.expand_dims(table.shown, at),
    )
    return replace(
        stated,
        table=wider,
        low=np.expand_dims(stated.low, at),
        high=np.expand_dims(stated.high, at),
        secret=np.expand_dims(stated.secret, at),
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
        for code in sorted(codes[axis.code] - set(axis.codes) - {IMPLIED}):
            parts = _parts(code, axis.leaves, in_places=is_place(stated.table, axis))
            if parts and parts not in stated.table.axes[place].members:
                stated = _with_sum(stated, place, code, parts)
    return stated


def _parts(code: str, leaves: Sequence[str], *, in_places: bool) -> frozenset[str]:
    """The leaf categories that make up a code of another table; nothing where they do not."""
    if in_places:
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
