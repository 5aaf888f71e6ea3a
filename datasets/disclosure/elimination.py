"""Which further cells must be hidden so that no sum or difference of published ones gives a primary away.

Gaussian elimination over the model matrix, in arithmetic modulo a prime: exact, with no rounding to trust.
Cells are tried for publication one by one; a cell whose publication would make a protected row a combination
of published rows becomes a secondary suppression. The method is Langsrud's (GaussSuppression); the
arithmetic, the look-up by fingerprint and the treatment of zeros are our own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from heapq import heapify, heappop, heappush
from itertools import pairwise

import numpy as np

from .model import Bools, Ints, Matrix, System

PRIME = 2**61 - 1
Vector = dict[int, int]


class AlreadyRevealed(Exception):
    """What was published before, or is known anyway, already gives protected rows away: ``rows``."""

    def __init__(self, rows: Iterable[int]) -> None:
        self.rows = tuple(sorted(rows))
        super().__init__(f"{len(self.rows)} protected figures follow from what is known already.")


def secondary_suppression(system: System, order: Ints, *, prime: int = PRIME) -> Bools:
    """The rows to hide beside the protected ones, when the others are published in ``order``.

    Raises AlreadyRevealed when relations and forced rows by themselves reveal a protected row. The result
    depends on the order of candidates only, never on the order of rows or columns.
    """
    elimination = Elimination(_protected(system, prime), system.leaves == 0, prime=prime)
    for vector in vectors(system.relations, prime):
        elimination.tie(vector)
    for vector in vectors(system.matrix[np.flatnonzero(system.forced)], prime):
        elimination.take(vector)
    if elimination.revealed:
        raise AlreadyRevealed(elimination.revealed)
    secondary = np.zeros(len(system.names), dtype=np.bool_)
    for row, vector in zip(order.tolist(), vectors(system.matrix[order], prime), strict=True):
        secondary[row] = not elimination.publish(vector)
    return secondary


def linearly_revealed(system: System, hidden: Bools, *, prime: int = PRIME) -> tuple[int, ...]:
    """The protected rows that are sums and differences of what is known once ``hidden`` is hidden."""
    elimination = Elimination(_protected(system, prime), prime=prime)
    for vector in vectors(system.known(hidden), prime):
        elimination.take(vector)
    return tuple(sorted(elimination.revealed))


def _protected(system: System, prime: int) -> dict[int, Vector]:
    rows = np.flatnonzero(system.protected)
    return dict(zip(rows.tolist(), vectors(system.matrix[rows], prime), strict=True))


def vectors(matrix: Matrix, prime: int = PRIME) -> list[Vector]:
    """The rows of a sparse matrix of whole numbers as dictionaries modulo the prime."""
    pointers = matrix.indptr.tolist()
    columns, values = matrix.indices.tolist(), (matrix.data % prime).tolist()
    return [dict(zip(columns[start:end], values[start:end], strict=True)) for start, end in pairwise(pointers)]


class Elimination:
    """What is published so far in echelon form, and what remains unknown of each protected row.

    ``protected`` maps a row's number to its vector. ``zeros`` marks the columns that count nobody: a
    published sum over such columns alone is a sum of nobody, and gives each of them away.
    """

    def __init__(self, protected: Mapping[int, Vector], zeros: Bools | None = None, *, prime: int = PRIME) -> None:
        self.revealed: set[int] = set()
        self._prime = prime
        self._zero = set(np.flatnonzero(zeros).tolist()) if zeros is not None else set()
        self._empty: set[int] = set()  # zero columns known to be zero
        self._twins: dict[int, list[tuple[frozenset[int], frozenset[int]]]] = {}
        self._place: dict[int, int] = {}  # pivot column -> its place in the order of pivots
        self._pivots: list[tuple[int, list[tuple[int, int]]]] = []
        self._unknown = {row: dict(vector) for row, vector in protected.items()}
        self._touching: dict[int, set[int]] = {}
        self._prints: dict[int, tuple[int, int]] = {}
        self._rows_with: dict[int, set[int]] = {}
        self._weights: dict[int, tuple[int, int]] = {}
        for row, vector in self._unknown.items():
            for column in vector:
                self._touching.setdefault(column, set()).add(row)
            self._note_print(row, self._print(vector))

    def tie(self, relation: Vector) -> None:
        """Take in a relation that anyone knows: two sums of the same people."""
        if self._zero.issuperset(relation):
            plus = frozenset(c for c, value in relation.items() if value <= self._prime // 2)
            twin = (plus, frozenset(relation) - plus)
            for column in relation:
                self._twins.setdefault(column, []).append(twin)
        self.take(relation)

    def take(self, vector: Vector) -> None:
        """Take in a row that is known whatever it reveals; protected rows it gives away go to ``revealed``."""
        self._add(self._reduce(vector))

    def publish(self, vector: Vector) -> bool:
        """Publish a row unless that would give a protected row away; whether it was published."""
        nobody = self._zero.issuperset(vector)
        columns = self._emptied(vector) if nobody else frozenset()
        residual = self._reduce(vector)
        if not nobody and residual and self._zero.issuperset(residual):
            columns = self._emptied(residual)
        if columns:
            if self._zeros_would_reveal(columns):
                return False
            for column in sorted(columns - self._empty):
                self.take({column: 1})
            self._empty |= columns
        elif residual:
            if self._rows_with.get(_ratio(self._print(residual), self._prime)):
                return False
            self._add(residual)
        return True

    def _reduce(self, vector: Vector) -> Vector:
        """What a row adds to what is published: the row less its combination of earlier pivots."""
        prime, place, pivots = self._prime, self._place, self._pivots
        waiting = [place[column] for column in vector if column in place]
        heapify(waiting)
        while waiting:
            column, tail = pivots[heappop(waiting)]
            factor = vector.pop(column, 0)
            if not factor:
                continue
            for other, value in tail:
                old = vector.get(other)
                if old is None:
                    vector[other] = -factor * value % prime
                    if other in place:
                        heappush(waiting, place[other])
                    continue
                new = (old - factor * value) % prime
                if new:
                    vector[other] = new
                else:
                    del vector[other]
        return vector

    def _emptied(self, columns: Iterable[int]) -> frozenset[int]:
        """The columns that are known to count nobody once the sum of some such columns is published.

        Where they make up one side of a relation, the other side is a sum of nobody too.
        """
        found = set(columns)
        waiting = list(found)
        while waiting:
            for side, other in self._twins.get(waiting.pop(), ()):
                for one, two in ((side, other), (other, side)):
                    if one <= found | self._empty and not two <= found:
                        waiting.extend(two - found)
                        found |= two
        return frozenset(found)

    def _zeros_would_reveal(self, columns: frozenset[int]) -> bool:
        near = {row for column in columns for row in self._touching.get(column, ())}
        return any(self._unknown[row].keys() <= columns for row in near)

    def _add(self, residual: Vector) -> None:
        """Take a reduced row into what is known, at the column that touches the fewest protected rows."""
        if not residual:
            return
        touching = self._touching
        outside = [column for column in residual if column not in self._zero] or list(residual)
        column = min(outside, key=lambda c: (len(touching.get(c, ())), c))
        inverse = pow(residual[column], -1, self._prime)
        self._add_pivot(column, {c: v * inverse % self._prime for c, v in residual.items()})

    def _add_pivot(self, column: int, vector: Vector) -> None:
        print_ = self._print(vector)
        tail = [(c, v) for c, v in vector.items() if c != column]
        self._place[column] = len(self._pivots)
        self._pivots.append((column, tail))
        for row in sorted(self._touching.pop(column, ())):
            self._reduce_protected(row, column, tail, print_)

    def _reduce_protected(
        self, row: int, column: int, tail: list[tuple[int, int]], print_: tuple[int, int]
    ) -> None:
        prime, vector, touching = self._prime, self._unknown[row], self._touching
        factor = vector.pop(column)
        for other, value in tail:
            new = (vector.get(other, 0) - factor * value) % prime
            if new:
                if other not in vector:
                    touching.setdefault(other, set()).add(row)
                vector[other] = new
            else:
                del vector[other]
                touching[other].discard(row)
        before = self._prints[row]
        self._rows_with[_ratio(before, prime)].discard(row)
        if vector:
            self._note_print(
                row, ((before[0] - factor * print_[0]) % prime, (before[1] - factor * print_[1]) % prime)
            )
        else:
            self.revealed.add(row)

    def _note_print(self, row: int, print_: tuple[int, int]) -> None:
        self._prints[row] = print_
        self._rows_with.setdefault(_ratio(print_, self._prime), set()).add(row)

    def _print(self, vector: Vector) -> tuple[int, int]:
        """Two linear fingerprints; their ratio is the same for proportional vectors, and only by a chance
        of one in the prime for others: which would hide a cell too many, never one too few."""
        one = two = 0
        weights = self._weights
        for column, value in vector.items():
            weight = weights.get(column)
            if weight is None:
                weight = weights[column] = (_mix(2 * column + 1), _mix(2 * column + 2))
            one += value * weight[0]
            two += value * weight[1]
        return one % self._prime, two % self._prime


def _ratio(print_: tuple[int, int], prime: int) -> int:
    return print_[0] * pow(print_[1], -1, prime) % prime if print_[1] else -1


def _mix(number: int) -> int:
    """A fixed pseudo-random 64-bit number for a whole number (splitmix64)."""
    z = (number * 0x9E3779B97F4A7C15) & 0xFFFFFFFFFFFFFFFF
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & 0xFFFFFFFFFFFFFFFF
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & 0xFFFFFFFFFFFFFFFF
    return z ^ (z >> 31)
