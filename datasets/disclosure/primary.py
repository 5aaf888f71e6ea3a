"""Which figures the rule itself hides: small counts, few people behind, and groups that are all alike.

Group disclosure is the case that a threshold does not see: of forty in a group all forty, or none, gave a
sensitive answer, and so each one of them did. Hundepool et al., Handbook on Statistical Disclosure Control
(ESSnet SDC), calls it group disclosure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from datasets.cubes import Role

from .model import Bools, Ints
from .refusal import RefusedToPublish, Why
from .rule import AggregationRule, Zeros
from .tables.axes import Axis
from .tables.table import Prepared


@dataclass(frozen=True, eq=False)
class Virtual:
    """Figures that no table shows but anyone can form: sums and differences of cells of one table.

    ``cells`` (combinations × parts) are places in the table, row-major; ``signs`` (parts) +1 or -1.
    """

    name: str
    cells: Ints
    signs: Ints


@dataclass(frozen=True, eq=False)
class Primary:
    """What must not be worked out of one table: cells, and virtual figures beside them."""

    cells: Bools
    virtual: tuple[Virtual, ...]


def primary_cells(prepared: Prepared, rule: AggregationRule, also: Bools | None = None) -> Primary:
    """The cells and virtual figures of a table that the rule protects.

    ``also``: further cells to protect, as the table's cube orders them. Raises RefusedToPublish when shares are
    to be shown over a dimension without a total.
    """
    small = prepared.counts < rule.k
    if rule.zeros is not Zeros.SENSITIVE:
        small &= prepared.counts > 0
    deep = crosses_deeply(prepared)
    if prepared.table.over is None:
        fallen = deep & _on_few(_margins(prepared, deep), rule.deep_base)
        virtual: tuple[Virtual, ...] = ()
    else:
        answers = _Answers(prepared)
        shares, bases = answers.small_bases(rule.share_base)
        crossed, deep_bases = answers.small_bases(rule.deep_base, deep)
        fallen = shares | crossed
        virtual = (*bases, *deep_bases, *(answers.alike(rule.tau) if rule.tau else ()))
    if rule.zeros is Zeros.SHOWN:
        fallen &= prepared.counts > 0
    if also is not None:
        fallen |= prepared.from_cube_order(also)
    return Primary((small | fallen) & prepared.shown, virtual)


def crosses_deeply(prepared: Prepared) -> Bools:
    """The cells that cross a place with two or more further dimensions; time and measures are not counted.

    The shape is that of the table's axes. What counts everyone in a dimension does not cross it, and answers
    cross once, whatever the option of a multiple choice. A table of one single place crosses that place.
    """
    shape = prepared.counts.shape
    in_place, further = np.zeros(shape, dtype=np.bool_), np.zeros(shape, dtype=np.int64)
    roles = {dimension.code: dimension.role for dimension in prepared.table.cube.dimensions}
    for at, axis in enumerate(prepared.axes):
        place = [-1 if other == at else 1 for other in range(len(shape))]
        if roles[axis.code] is Role.GEO:
            splits = _splits(axis, ()) if axis.crossed else np.ones(len(axis.codes), dtype=np.bool_)
            in_place |= splits.reshape(place)
        elif roles[axis.code] is None and axis.code not in prepared.table.repeats:
            left_out = prepared.table.leave_out if axis.code == prepared.table.over else ()
            further += _splits(axis, left_out).reshape(place)
    return np.asarray(in_place & (further >= 2))


def _splits(axis: Axis, left_out: tuple[str, ...]) -> Bools:
    """Which of a dimension's categories count only a part of all (or of all that are not left out)."""
    apart = {leaf for code in left_out for leaf in axis.members[axis.positions[code]]}
    whole = frozenset(axis.leaves) - apart
    return np.array([not whole <= members for members in axis.members], dtype=np.bool_)


def _margins(prepared: Prepared, deep: Bools) -> Ints:
    """The smallest group that each cell is a part of, in a table without a dimension of answers.

    Any of its dimensions may then be read as the answers, and the others as the group: what a reader makes a
    share of is the sum over one of them. So each such sum must carry the cell, and the smallest decides.
    """
    smallest = np.full(prepared.counts.shape, np.iinfo(np.int64).max)
    if not deep.any():
        return smallest
    roles = {dimension.code: dimension.role for dimension in prepared.table.cube.dimensions}
    for at, axis in enumerate(prepared.axes):
        if roles[axis.code] is None and axis.crossed and axis.code not in prepared.table.repeats:
            leaves = [axis.positions[leaf] for leaf in axis.leaves]
            margin = np.take(prepared.counts, leaves, axis=at).sum(axis=at, keepdims=True)
            splits = _splits(axis, ()).reshape([-1 if other == at else 1 for other in range(deep.ndim)])
            smallest = np.where(splits, np.minimum(smallest, margin), smallest)
    return smallest


def _on_few(base: Ints, limit: int) -> Bools:
    """Where a base is under its limit, but not nobody."""
    return np.asarray((base > 0) & (base < limit))


class _Answers:
    """A table with its dimension of answers in front: the base and the answers of each group."""

    def __init__(self, prepared: Prepared) -> None:
        table = prepared.table
        assert table.over is not None
        place = prepared.axis(table.over)
        self._axis = prepared.axes[place]
        if self._axis.total is None:
            raise RefusedToPublish.because(Why.NO_TOTAL, name=table.over)
        self._table = table
        self._shape = prepared.counts.shape
        self._place = place
        self._counts = np.moveaxis(prepared.counts, place, 0)
        cells = np.arange(prepared.counts.size).reshape(prepared.counts.shape)
        self._cells = np.moveaxis(cells, place, 0)
        self._base_codes = (self._axis.total, *table.leave_out)
        self._base = self._sum(self._base_codes, (1, *[-1] * len(table.leave_out)))

    def small_bases(self, limit: int, among: Bools | None = None) -> tuple[Bools, list[Virtual]]:
        """Every cell of a group whose base is under the limit but not nobody, and such bases themselves.

        ``among``: the limit is for these cells only.
        """
        small = _on_few(self._base, limit)
        marked = np.zeros(self._counts.shape, dtype=np.bool_)
        marked[:] = small
        if among is not None:
            ahead = np.moveaxis(among, self._place, 0)
            marked &= ahead
            small &= ahead[self._axis.positions[self._base_codes[0]]]
        cells = np.moveaxis(marked, 0, self._place)
        if not self._table.leave_out or not small.any():
            return cells, []
        signs = np.array([1, *[-1] * len(self._table.leave_out)], dtype=np.int64)
        return cells, [Virtual("base", self._places(self._base_codes, small), signs)]

    def alike(self, tau: int) -> Iterator[Virtual]:
        """Groups where hardly anyone, or all but hardly anyone, has a sensitive answer: both sides."""
        for answers in sorted(filter(None, map(self._meaning, self._table.sensitive))):
            ones = np.ones(len(answers), dtype=np.int64)
            having = self._sum(tuple(answers), ones.tolist())
            lacking = self._base - having
            small = (self._base > 0) & ((having < tau) | (lacking < tau))
            if not small.any():
                continue
            named = "+".join(answers)
            yield Virtual(f"having {named}", self._places(tuple(answers), small), ones)
            signs = np.array([1, *[-1] * (len(self._base_codes) - 1 + len(answers))], dtype=np.int64)
            yield Virtual(f"lacking {named}", self._places((*self._base_codes, *answers), small), signs)

    def _meaning(self, combination: frozenset[str]) -> list[str]:
        """The answers that a declared combination stands for, among those in the base; none where it is all.

        They are leaf categories: a combination may name a category and a part of it. That everyone answered
        something is no secret.
        """

        def leaves(codes: Iterable[str]) -> set[str]:
            return {leaf for code in codes for leaf in self._axis.members[self._axis.positions[code]]}

        in_base = set(self._axis.leaves) - leaves(self._table.leave_out)
        meant = leaves(combination) & in_base
        return sorted(meant) if meant != in_base else []

    def _sum(self, codes: tuple[str, ...], signs: tuple[int, ...] | list[int]) -> Ints:
        rows = [self._axis.positions[code] for code in codes]
        return np.asarray(np.tensordot(np.array(signs, dtype=np.int64), self._counts[rows], axes=1))

    def _places(self, codes: tuple[str, ...], where: NDArray[np.bool_]) -> Ints:
        """Groups × codes: the places of the cells, for the groups marked."""
        rows = [self._axis.positions[code] for code in codes]
        return np.asarray(self._cells[rows][:, where].T, dtype=np.int64)
