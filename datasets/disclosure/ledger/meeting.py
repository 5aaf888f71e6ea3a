"""Where tables of other places and other groupings meet, so that cells of equal keys count the same people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from datasets.cubes import Category, Dimension, Role

from ..refusal import RefusedToPublish
from ..tables.axes import Axis
from ..tables.reconciling import common_groupings, regrouped, relaid, summed
from ..tables.table import Prepared
from .stated import Stated, part_of


def is_place(table: Prepared, axis: Axis) -> bool:
    """Whether a dimension of a table tells places."""
    return table.table.cube.dimension(axis.code).role is Role.GEO


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
    table, cube = stated.table, stated.table.table.cube
    at = sum(axis.code < dimension for axis in table.axes)
    axis = Axis(dimension, (code,), (code,), (frozenset([code]),), frozenset(), (0,), (name,))
    placed = Dimension(dimension, {}, (Category(code, {}),), role=Role.GEO)
    wider = replace(
        cube,
        dimensions=(*cube.dimensions, placed),
        values=np.expand_dims(cube.values, -1),
        statuses=np.expand_dims(cube.statuses, -1),
    )
    return replace(
        stated,
        table=Prepared(
            replace(table.table, cube=wider),
            (*table.axes[:at], axis, *table.axes[at:]),
            np.expand_dims(table.counts, at),
            np.expand_dims(table.given, at),
            np.expand_dims(table.shown, at),
        ),
        low=np.expand_dims(stated.low, at),
        high=np.expand_dims(stated.high, at),
        secret=np.expand_dims(stated.secret, at),
    )


def met(now: Sequence[Stated], then: Sequence[Stated]) -> tuple[list[Stated], list[Stated]]:
    """New and released tables, each with the sums of its categories that another one has as categories.

    What codes tell of themselves (15-19, 01 over 0114, 2021-2023) is taken to be so: where it is not, the figures
    differ, and the tables come to stand for two states of the people. A released table whose groups stand to
    those of the others in a way that nothing tells stays as it is: nobody else can relate them either.
    """
    chosen = list(then)
    try:
        axes = _groupings([*now, *chosen])
    except RefusedToPublish:
        chosen = []
        for stated in reversed(then):
            try:
                _groupings([*now, *chosen, stated])
            except RefusedToPublish:
                continue
            chosen.append(stated)
        axes = _groupings([*now, *chosen])
    laid = [_relaid(stated, own) for stated, own in zip([*now, *chosen], axes, strict=True)]
    by_table = {id(old): new for old, new in zip(chosen, laid[len(now) :], strict=True)}
    return laid[: len(now)], [by_table.get(id(stated), stated) for stated in then]


def _groupings(tables: Sequence[Stated]) -> Sequence[tuple[Axis, ...]]:
    own = [stated.table for stated in tables]
    return common_groupings(own, guess=True) or [table.axes for table in own]


def _relaid(stated: Stated, axes: tuple[Axis, ...]) -> Stated:
    old = stated.table.axes
    if axes == old:
        return stated
    return replace(
        stated,
        table=regrouped(stated.table, axes),
        low=relaid(stated.low, old, axes, nothing=0.0, reduce=summed),
        high=relaid(stated.high, old, axes, nothing=np.inf, reduce=summed),
        secret=relaid(stated.secret, old, axes, nothing=False),
    )
