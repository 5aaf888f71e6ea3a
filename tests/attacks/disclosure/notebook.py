"""What somebody can say of unknown whole numbers, none under nought, of which they know sums and bounds.

Written apart from the engine: scipy's own routines, nothing of `datasets.disclosure`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import scipy.sparse as sp
from scipy.linalg import null_space

from tests.attacks.disclosure.facts import NEARLY, Facts, Floats

SMALL = 700
"""As many unknowns as a dense null space is worked out for."""


@dataclass(frozen=True)
class Range:
    """The least and the greatest value that a figure can have."""

    low: float
    high: float

    @property
    def is_exact(self) -> bool:
        return self.high <= self.low

    @property
    def width(self) -> float:
        return self.high - self.low


class Notebook:
    """Rows over the unknowns, each with what it is at least and at most."""

    def __init__(self, unknowns: int) -> None:
        self.unknowns = unknowns
        self._rows: list[Any] = []
        self._low: list[Floats] = []
        self._high: list[Floats] = []
        self._directions: dict[bool, Floats] = {}

    def copy(self) -> Notebook:
        """Another one that begins with all that is in this."""
        other = Notebook(self.unknowns)
        other._rows, other._low, other._high = list(self._rows), list(self._low), list(self._high)
        return other

    def exactly(self, rows: Any, values: Iterable[float]) -> None:
        """Sums that are known."""
        found = np.fromiter(values, dtype=np.float64)
        self.between(rows, found, found)

    def between(self, rows: Any, low: Any, high: Any) -> None:
        """Sums that are known to lie between two figures each."""
        matrix = sp.csr_matrix(rows, dtype=np.float64)
        if matrix.shape[0]:
            self._rows.append(matrix)
            self._low.append(np.broadcast_to(np.asarray(low, dtype=np.float64), matrix.shape[0]))
            self._high.append(np.broadcast_to(np.asarray(high, dtype=np.float64), matrix.shape[0]))
        self.__dict__.pop("_facts", None)
        self._directions.clear()

    def at_least(self, rows: Any, low: Any) -> None:
        """Sums that are known not to be less."""
        self.between(rows, low, np.inf)

    def share(self, part: Any, whole: Any, per_cent: float, decimals: int) -> None:
        """A share that is told in per cent with so many decimals: the part lies near that of the whole."""
        slack = 0.5 * 10.0**-decimals
        self.at_least(sp.csr_matrix(part) * 100.0 - sp.csr_matrix(whole) * (per_cent - slack), -NEARLY)
        self.at_least(sp.csr_matrix(whole) * (per_cent + slack) - sp.csr_matrix(part) * 100.0, -NEARLY)

    def range_of(self, row: Any) -> Range:
        """By linear programs, rounded inwards; infinite where nothing bounds the figure."""
        facts, target = self._facts, _flat(row)
        fixed = float(target[facts.settled] @ facts.values[facts.settled])
        bounds = [facts.bound(target, sign) for sign in (1.0, -1.0)]
        return Range(fixed + np.ceil(bounds[0] - NEARLY), fixed + np.floor(bounds[1] + NEARLY))

    def follows(self, row: Any, *, empty_are_known: bool = True) -> bool:
        """Whether the figure is a sum and difference of what is known.

        `empty_are_known`: sums of nobody are taken apart first, each part being nobody.
        """
        loose = ~self._facts.settled if empty_are_known else np.ones(self.unknowns, dtype=np.bool_)
        rest = _flat(row)[loose]
        if not rest.any():
            return True
        if len(rest) > SMALL:
            raise ValueError("Too many unknowns for this; ask for the range.")
        return bool(np.abs(rest @ self._free(empty_are_known)).max(initial=0) < 1e-7)

    def pinned(self, rows: Any, *, most_searches: int | None = None) -> list[int]:
        """The places of those rows that have one single value in every whole table that fits.

        Every table that a search finds clears each row that differs in it. `most_searches`: after so many
        whole-number programs what is left is judged by linear programs.
        """
        targets, facts = sp.csr_matrix(rows, dtype=np.float64), self._facts
        first = facts.whole(np.zeros(self.unknowns))
        if first is None:
            raise AssertionError("Nothing fits what was published: the attacker or the tables are wrong.")
        base = targets @ first
        open_rows = set(range(targets.shape[0]))
        found: list[int] = []
        random = np.random.default_rng(1)
        for _ in range(6):
            some = [place for place in sorted(open_rows) if random.random() < 0.7]
            weights = np.asarray(random.choice([-1.0, 1.0], len(some)) @ targets[some]) if some else None
            if weights is not None:
                open_rows -= _moved(targets, facts.whole(weights), base)
        searches = 0
        for place in range(targets.shape[0]):
            if place not in open_rows:
                continue
            target = _flat(targets[place])
            if most_searches is not None and searches >= most_searches:
                if self.range_of(target).is_exact:
                    found.append(place)
                continue
            for sign in (1.0, -1.0):
                if place in open_rows:
                    searches += 1
                    open_rows -= _moved(targets, facts.whole(sign * target), base)
            if place in open_rows:
                found.append(place)
        return found

    def narrow(self, rows: Any, *, random_rounds: int = 20) -> list[int]:
        """The places of those rows, nought apart, that linear programs alone pin to one whole number.

        For many rows over many unknowns: first programs that push many rows at once, then one by one.
        """
        targets, facts = sp.csr_matrix(rows, dtype=np.float64), self._facts
        low, high = np.full(targets.shape[0], np.inf), np.full(targets.shape[0], -np.inf)
        random = np.random.default_rng(1)

        def learn(weights: Floats) -> None:
            found = targets @ facts.table(weights)
            np.minimum(low, found, out=low)
            np.maximum(high, found, out=high)

        for turn in range(random_rounds):
            waiting = np.flatnonzero(high - low < 1 + NEARLY)
            if not len(waiting):
                return []
            some = waiting if turn < 2 else waiting[random.random(len(waiting)) < 0.5]
            push = np.asarray(targets[some].sum(axis=0), dtype=np.float64).ravel()
            learn(push if turn % 2 else -push)
        pinned = []
        for place in np.flatnonzero(high - low < 1 + NEARLY).tolist():
            found = self.range_of(targets[place])
            if found.is_exact and found.high > 0:
                pinned.append(place)
        return pinned

    @cached_property
    def _facts(self) -> Facts:
        matrix = sp.vstack(self._rows, format="csr") if self._rows else sp.csr_matrix((0, self.unknowns))
        low = np.concatenate([np.zeros(0), *self._low])
        return Facts(matrix, low, np.concatenate([np.zeros(0), *self._high]))

    def _free(self, empty_are_known: bool) -> Floats:
        """The directions in which the unknowns may move while all that is known stays."""
        if empty_are_known not in self._directions:
            facts = self._facts
            loose = ~facts.settled if empty_are_known else np.ones(self.unknowns, dtype=np.bool_)
            known = facts.matrix[facts.low == facts.high][:, loose].toarray()
            self._directions[empty_are_known] = null_space(known) if len(known) else np.eye(int(loose.sum()))
        return self._directions[empty_are_known]


def _moved(targets: Any, table: Floats | None, base: Floats) -> set[int]:
    return set() if table is None else set(np.flatnonzero(np.abs(targets @ table - base) > 0.5).tolist())


def _flat(row: Any) -> Floats:
    found = row.toarray() if sp.issparse(row) else np.asarray(row, dtype=np.float64)
    return np.asarray(found, dtype=np.float64).ravel()
