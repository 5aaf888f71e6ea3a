"""Which figures the rule itself hides: small counts, shares of few people, and groups that are all alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .model import Bools, Ints
from .refusal import RefusedToPublish, Why
from .rule import AggregationRule, Zeros
from .table import Prepared


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


def primary_cells(prepared: Prepared, rule: AggregationRule) -> Primary:
    """The cells and virtual figures of a table that the rule protects.

    Raises RefusedToPublish when shares are to be shown over a dimension without a total.
    """
    small = prepared.counts < rule.k
    if rule.zeros is not Zeros.SENSITIVE:
        small &= prepared.counts > 0
    if prepared.table.over is None:
        return Primary(small & prepared.shown, ())
    answers = _Answers(prepared)
    shares, bases = answers.small_bases(rule.share_base)
    if rule.zeros is Zeros.SHOWN:
        shares &= prepared.counts > 0
    groups = tuple(answers.alike(rule.tau)) if rule.tau else ()
    return Primary((small & prepared.shown) | shares, (*bases, *groups))


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

    def small_bases(self, limit: int) -> tuple[Bools, list[Virtual]]:
        """Every cell of a group whose base is under the limit but not nobody, and such bases themselves."""
        small = (self._base > 0) & (self._base < limit)
        marked = np.zeros(self._counts.shape, dtype=np.bool_)
        marked[:] = small
        cells = np.moveaxis(marked, 0, self._place)
        if not self._table.leave_out or not small.any():
            return cells, []
        signs = np.array([1, *[-1] * len(self._table.leave_out)], dtype=np.int64)
        return cells, [Virtual("base", self._places(self._base_codes, small), signs)]

    def alike(self, tau: int) -> Iterator[Virtual]:
        """Groups where hardly anyone, or all but hardly anyone, has a sensitive answer: both sides."""
        for answers in sorted(sorted(group) for group in self._table.sensitive):
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

    def _sum(self, codes: tuple[str, ...], signs: tuple[int, ...] | list[int]) -> Ints:
        rows = [self._axis.positions[code] for code in codes]
        return np.asarray(np.tensordot(np.array(signs, dtype=np.int64), self._counts[rows], axes=1))

    def _places(self, codes: tuple[str, ...], where: NDArray[np.bool_]) -> Ints:
        """Groups × codes: the places of the cells, for the groups marked."""
        rows = [self._axis.positions[code] for code in codes]
        return np.asarray(self._cells[rows][:, where].T, dtype=np.int64)
