"""A cube of counts made ready for disclosure control: checked, in canonical order, each cell with its key.

Canonical order means that the same counts give the same result whatever order they came in. The key of a
cell names its group of people; equal keys in two tables are the same figure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product

import numpy as np
from numpy.typing import NDArray

from datasets.cubes import Cube, Role

from .axes import IMPLIED, Axis, axis_like, axis_of, crossing
from .model import Bools, Ints
from .refusal import RefusedToPublish, Why

MOST_CELLS = 1_000_000
_BETWEEN, _IS = "\x1f", "\x1e"


@dataclass(frozen=True)
class CountTable:
    """A cube of counts of people, and what about it decides which cells must be hidden.

    ``over``: the dimension of answers, over which shares are shown. ``leave_out``: its categories that are
    not in the base of shares. ``sensitive``: answers, or combinations of them, that a whole group must not be
    seen to have. ``repeats``: dimensions such as the options of a multiple choice, where each category asks
    the same people again. ``published``: which dimensions are crossed with each other at most, as sets of
    codes; None publishes every cell. ``rest``: the category of ``over`` for those who gave no answer, the
    same people whichever category of ``repeats`` is looked at.
    """

    cube: Cube
    over: str | None = None
    leave_out: tuple[str, ...] = ()
    sensitive: tuple[frozenset[str], ...] = ()
    repeats: tuple[str, ...] = ()
    published: tuple[frozenset[str], ...] | None = None
    rest: str | None = None


@dataclass(frozen=True, eq=False)
class Prepared:
    """A table in canonical order. Arrays have the axes' sizes as shape.

    ``counts`` are exact where ``given``; ``shown`` cells are those that the table would publish.
    """

    table: CountTable
    axes: tuple[Axis, ...]
    counts: Ints
    given: Bools
    shown: Bools

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The key of every cell, row-major."""
        return tuple(_keys(self.axes, self.table))

    @cached_property
    def leaf_counts(self) -> Ints:
        """The counts of the leaf cells, row-major; of use where they are given."""
        return self.counts[self._leaf_places].ravel()

    @cached_property
    def leaves_given(self) -> bool:
        """Whether every leaf cell is given, so that the table is whole by itself."""
        return bool(self.given[self._leaf_places].all())

    def axis(self, code: str) -> int:
        """The place of a dimension in canonical order."""
        return next(place for place, axis in enumerate(self.axes) if axis.code == code)

    def to_cube_order(self, canonical: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """A mask in canonical order, as the cube orders its dimensions and categories."""
        cube = self.table.cube
        result = np.zeros([len(cube.dimension(axis.code)) for axis in self.axes], dtype=np.bool_)
        kept = [[i for i, place in enumerate(axis.places) if place >= 0] for axis in self.axes]
        places = [[place for place in axis.places if place >= 0] for axis in self.axes]
        result[np.ix_(*places)] = canonical[np.ix_(*kept)]
        own = [self.axis(dimension.code) for dimension in cube.dimensions]
        return np.ascontiguousarray(result.transpose(own))

    def from_cube_order(self, mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """A mask as the cube orders it, in canonical order; nothing is marked in implied totals."""
        turned = mask.transpose([self.table.cube.axis(axis.code) for axis in self.axes])
        places = np.ix_(*([max(place, 0) for place in axis.places] for axis in self.axes))
        return turned[places] & _real(self)

    @cached_property
    def _leaf_places(self) -> tuple[NDArray[np.int64], ...]:
        return np.ix_(*([axis.positions[leaf] for leaf in axis.leaves] for axis in self.axes))


def prepare(table: CountTable) -> Prepared:
    """The table checked and in canonical order. Raises RefusedToPublish.

    A missing count is taken as nobody, where the sums agree that it is.
    """
    prepared = arrange(table)
    cube = table.cube
    odd = ~np.isnan(cube.values) & ((cube.values < 0) | (cube.values != np.rint(cube.values)))
    if odd.any():
        raise RefusedToPublish.because(Why.NOT_COUNTS, name_cells(cube, odd))
    whole = crossing(prepared.axes) @ prepared.leaf_counts
    counts = whole.reshape(prepared.counts.shape)
    wrong = prepared.given & (counts != prepared.counts)
    if wrong.any():
        if not prepared.leaves_given:
            missing = _real(prepared) & ~prepared.given
            raise RefusedToPublish.because(Why.MISSING_COUNTS, name_cells(cube, prepared.to_cube_order(missing)))
        raise RefusedToPublish.because(Why.MARGINS_DIFFER, name_cells(cube, prepared.to_cube_order(wrong)))
    complete = np.ones(counts.shape, dtype=np.bool_)
    return Prepared(table, prepared.axes, counts, complete, prepared.shown)


def arrange(table: CountTable, like: Mapping[str, Axis] | None = None) -> Prepared:
    """The table in canonical order as it is, with unknown counts where it has no value.

    ``like``: for a table with hidden cells, the axes of other tables, by code, whose sums it has too.
    """
    cube = table.cube
    if cube.size > MOST_CELLS:
        raise RefusedToPublish.because(Why.TOO_LARGE, size=cube.size, most=MOST_CELLS)
    _check_names(table)
    dimensions = sorted(cube.dimensions, key=lambda dimension: dimension.code)
    axes = tuple(
        axis_of(cube, dimension) if like is None else axis_like(like.get(dimension.code), cube, dimension)
        for dimension in dimensions
    )
    values = cube.values.transpose([cube.axis(axis.code) for axis in axes])
    places = np.ix_(*([max(place, 0) for place in axis.places] for axis in axes))
    taken = values[places]
    real = _cross_mask(axes, lambda axis: [code != IMPLIED for code in axis.codes])
    given = ~np.isnan(taken) & real
    counts = np.where(given, np.rint(np.nan_to_num(taken)), 0).astype(np.int64)
    shown = given & _declared(table, axes)
    return Prepared(table, axes, counts, given, shown)


def name_cells(cube: Cube, mask: Bools) -> list[str]:
    """Marked cells of a cube in words of their codes: ``age=15-17, region=0186``."""
    found = np.argwhere(mask)[:50]
    return [
        ", ".join(
            f"{dimension.code}={dimension.codes[place]}"
            for dimension, place in zip(cube.dimensions, cell, strict=True)
        )
        for cell in found.tolist()
    ]


def words(key: str) -> str:
    """A cell's key in words of its codes."""
    return key.replace(_BETWEEN, ", ").replace(_IS, "=").replace(IMPLIED, "everyone") or "everyone"


def _keys(axes: Sequence[Axis], table: CountTable) -> Iterable[str]:
    parts = [
        [None if code in axis.everyone else f"{axis.code}{_IS}{code}" for code in axis.codes] for axis in axes
    ]
    repeated = [axis.code in table.repeats for axis in axes]
    answer = next((place for place, axis in enumerate(axes) if axis.code == table.over), None)
    alike = frozenset() if answer is None else _asked_alike(axes[answer], table.rest)
    for cell in product(
        *(list(zip(part, axis.codes, strict=True)) for part, axis in zip(parts, axes, strict=True))
    ):
        asks_again = answer is not None and cell[answer][1] in alike
        yield _BETWEEN.join(
            part
            for (part, _), again in zip(cell, repeated, strict=True)
            if part is not None and not (again and asks_again)
        )


def _asked_alike(axis: Axis, rest: str | None) -> frozenset[str]:
    """The categories of answers that hold the same people in every repeat: everyone, who answered, the rest."""
    answered = frozenset(axis.leaves) - {rest}
    return axis.everyone | {
        code
        for code, members in zip(axis.codes, axis.members, strict=True)
        if rest is not None and (code == rest or members == answered)
    }


def _declared(table: CountTable, axes: Sequence[Axis]) -> Bools:
    """Which cells the declared tables contain: those that cross no more than one of them allows."""
    shape = tuple(len(axis.codes) for axis in axes)
    if table.published is None:
        return np.ones(shape, dtype=np.bool_)
    shown = np.zeros(shape, dtype=np.bool_)
    for crossed in table.published:
        shown |= _cross_mask(
            axes,
            lambda axis, crossed=crossed: [
                axis.code in crossed or not axis.crossed or code in axis.everyone for code in axis.codes
            ],
        )
    return shown


def _cross_mask(axes: Sequence[Axis], marks: object) -> Bools:
    assert callable(marks)
    mask = np.ones((), dtype=np.bool_)
    for axis in axes:
        mask = np.logical_and.outer(mask, np.array(marks(axis), dtype=np.bool_))
    return np.asarray(mask, dtype=np.bool_)


def _real(prepared: Prepared) -> Bools:
    return _cross_mask(prepared.axes, lambda axis: [code != IMPLIED for code in axis.codes])


def _check_names(table: CountTable) -> None:
    codes = {dimension.code: dimension for dimension in table.cube.dimensions}
    crossed = {code for group in table.published or () for code in group}
    for name in sorted({*table.repeats, *crossed, *([table.over] if table.over else [])} - set(codes)):
        raise RefusedToPublish.because(Why.UNKNOWN_DIMENSION, name=name)
    asked = {*table.leave_out, *(code for group in table.sensitive for code in group)}
    known = set(codes[table.over].codes) if table.over else set()
    for name in sorted(asked - known):
        raise RefusedToPublish.because(Why.UNKNOWN_DIMENSION, name=name)


def crossed_dimensions(prepared: Prepared) -> int:
    """How many dimensions split people at once, in the cells that would be shown; time is not one of them."""
    roles = {dimension.code: dimension.role for dimension in prepared.table.cube.dimensions}
    splits = [
        axis.code for axis in prepared.axes if axis.crossed and roles[axis.code] not in (Role.TIME, Role.METRIC)
    ]
    if prepared.table.published is None:
        return len(splits)
    return max((len(set(splits) & crossed) for crossed in prepared.table.published), default=0)
