"""A cube of counts made ready for disclosure control: checked, in canonical order, each cell with its key.

Canonical order means that the same counts give the same result whatever order they came in. The key of a
cell names its group of people; equal keys in two tables are the same figure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from datasets.cubes import Cube, Role

from ..model import Bools, Ints
from ..refusal import RefusedToPublish, Why
from .axes import IMPLIED, Axis, axis_like, axis_of, crossing
from .hierarchy import Groups

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

    ``groups``: by dimension, codes and the codes that they count, beside the cube's own parents. So a dimension
    has several hierarchies (regions in counties and in cost groups), and a table can tell how its categories
    stand to those of other tables of the same people: a code need not be in this one. ``margins``: the tables
    that are published, each as codes by dimension, where whole dimensions (``published``) say too much.
    ``priority``: by dimension and code, what is tried first for publication (above nought) or hidden first
    (under it); a cell has the sum of its codes'. ``look``: whether sums that nobody declared are looked for in
    the figures.
    """

    cube: Cube
    over: str | None = None
    leave_out: tuple[str, ...] = ()
    sensitive: tuple[frozenset[str], ...] = ()
    repeats: tuple[str, ...] = ()
    published: tuple[frozenset[str], ...] | None = None
    rest: str | None = None
    groups: Mapping[str, Groups] = field(default_factory=dict, hash=False)
    margins: tuple[Mapping[str, frozenset[str]], ...] | None = field(default=None, hash=False)
    priority: Mapping[str, Mapping[str, int]] = field(default_factory=dict, hash=False)
    look: bool = True


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
        return _keys(self.axes, self.table)

    @cached_property
    def priority(self) -> Ints:
        """How early each cell is tried for publication: the sum of what its codes are given."""
        total = np.zeros((), dtype=np.int64)
        for axis in self.axes:
            own = self.table.priority.get(axis.code, {})
            total = np.add.outer(total, np.array([own.get(code, 0) for code in axis.codes], dtype=np.int64))
        return np.asarray(total, dtype=np.int64)

    @cached_property
    def real(self) -> Bools:
        """The cells that the cube shows, rather than sums that anyone can form."""
        return cross_mask([axis.real for axis in self.axes])

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
        return turned[places] & self.real

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
            missing = prepared.real & ~prepared.given
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
        axis_of(cube, dimension, table.groups.get(dimension.code), look=table.look)
        if like is None
        else axis_like(like.get(dimension.code), cube, dimension, table.groups.get(dimension.code))
        for dimension in dimensions
    )
    values = cube.values.transpose([cube.axis(axis.code) for axis in axes])
    places = np.ix_(*([max(place, 0) for place in axis.places] for axis in axes))
    taken = values[places]
    given = ~np.isnan(taken) & cross_mask([axis.real for axis in axes])
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


def _keys(axes: Sequence[Axis], table: CountTable) -> tuple[str, ...]:
    """Each cell's names, dimension by dimension; what is everyone is left out."""
    every, once = np.array([""], dtype=object), np.array([""], dtype=object)
    for axis in axes:
        parts = np.array(
            [f"{axis.code}{_IS}{name}{_BETWEEN}" if name else "" for name in axis.names], dtype=object
        )
        every = np.add.outer(every, parts).ravel()
        if axis.code in table.repeats:
            parts = np.full_like(parts, "")
        once = np.add.outer(once, parts).ravel()
    answer = next((axis for axis in axes if axis.code == table.over), None)
    if answer is not None and table.repeats:
        alike = _asked_alike(answer, table.rest)
        asked = [[axis is answer and code in alike for code in axis.codes] for axis in axes]
        again = cross_mask(
            [marks if axis is answer else [True] * len(marks) for axis, marks in zip(axes, asked, strict=True)]
        )
        every = np.where(again.ravel(), once, every)
    return tuple(key[:-1] for key in every.tolist())


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
    if table.published is None and table.margins is None:
        return np.ones(shape, dtype=np.bool_)
    shown = np.zeros(shape, dtype=np.bool_)
    for crossed in table.published or ():
        shown |= cross_mask(
            [
                [axis.code in crossed or not axis.crossed or code in axis.everyone for code in axis.codes]
                for axis in axes
            ]
        )
    for margin in table.margins or ():
        shown |= cross_mask(
            [[code in margin.get(axis.code, axis.everyone) for code in axis.codes] for axis in axes]
        )
    return shown


def cross_mask(marks: Sequence[Sequence[bool] | Bools]) -> Bools:
    """The cells whose every code is marked; one sequence of marks an axis."""
    mask = np.ones((), dtype=np.bool_)
    for own in marks:
        mask = np.logical_and.outer(mask, np.asarray(own, dtype=np.bool_))
    return np.asarray(mask, dtype=np.bool_)


def _check_names(table: CountTable) -> None:
    codes = {dimension.code: dimension for dimension in table.cube.dimensions}
    crossed = {code for group in (*(table.published or ()), *(table.margins or ())) for code in group}
    crossed |= {*table.repeats, *table.priority, *([table.over] if table.over else [])}
    for name in sorted(crossed - set(codes)):
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
    table = prepared.table
    if table.published is None and table.margins is None:
        return len(splits)
    everyone = {axis.code: axis.everyone for axis in prepared.axes}
    margins = [{code for code in margin if not margin[code] <= everyone[code]} for margin in table.margins or ()]
    return max((len(set(splits) & crossed) for crossed in (*(table.published or ()), *margins)), default=0)
