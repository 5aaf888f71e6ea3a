"""Which further cells must be hidden so that no sum or difference of published ones gives a primary away.

Gaussian elimination over the model matrix, in arithmetic modulo a prime: exact, with no rounding to trust.
Cells are tried for publication one by one; a cell whose publication would make a protected row a combination
of published rows becomes a secondary suppression. The method is Langsrud's (GaussSuppression); the
arithmetic, the look-up by fingerprint and the treatment of zeros are our own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from heapq import heapify, heappop, heappush

import numpy as np
from numpy.typing import NDArray

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
    protected = np.flatnonzero(system.protected)
    zeros = (system.leaves == 0) & ~system.signed
    elimination = Elimination(
        dict(zip(protected.tolist(), vectors(system.matrix[protected], prime), strict=True)),
        zeros,
        prime=prime,
    )
    for vector in vectors(system.relations, prime):
        elimination.publish(elimination.reduce(vector))
    for vector in vectors(system.matrix[np.flatnonzero(system.forced)], prime):
        elimination.publish(elimination.reduce(vector))
    if elimination.revealed:
        raise AlreadyRevealed(elimination.revealed)
    secondary = np.zeros(len(system.names), dtype=np.bool_)
    for row, vector in zip(order.tolist(), vectors(system.matrix[order], prime), strict=True):
        residual = elimination.reduce(vector)
        if elimination.would_reveal(residual):
            secondary[row] = True
        else:
            elimination.publish(residual)
    return secondary


def linearly_revealed(system: System, hidden: Bools, *, prime: int = PRIME) -> tuple[int, ...]:
    """The protected rows that are sums and differences of what is known once ``hidden`` is hidden."""
    protected = np.flatnonzero(system.protected)
    elimination = Elimination(
        dict(zip(protected.tolist(), vectors(system.matrix[protected], prime), strict=True)), prime=prime
    )
    for vector in vectors(system.known(hidden), prime):
        elimination.publish(elimination.reduce(vector))
    return tuple(sorted(elimination.revealed))


def vectors(matrix: Matrix, prime: int = PRIME) -> list[Vector]:
    """The rows of a sparse matrix of whole numbers as dictionaries modulo the prime."""
    pointers = matrix.indptr.tolist()
    columns, values = matrix.indices.tolist(), (matrix.data % prime).tolist()
    return [
        dict(zip(columns[start:end], values[start:end], strict=True))
        for start, end in zip(pointers, pointers[1:], strict=False)
    ]


class Elimination:
    """What is published so far in echelon form, and what remains unknown of each protected row.

    ``protected`` maps a row's number to its vector. ``zeros`` marks the columns that count nobody: a
    published sum over such columns alone is a sum of nobody, and gives each of them away.
    """

    def __init__(
        self, protected: Mapping[int, Vector], zeros: Bools | None = None, *, prime: int = PRIME
    ) -> None:
        self.revealed: set[int] = set()
        self._prime = prime
        self._zero = set(np.flatnonzero(zeros).tolist()) if zeros is not None else set()
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

    def reduce(self, vector: Vector) -> Vector:
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

    def would_reveal(self, residual: Vector) -> bool:
        """Whether publishing a row with this residual would give a protected row away."""
        if not residual:
            return False
        if self._zero and self._zero.issuperset(residual):
            return self._zeros_would_reveal(residual)
        return bool(self._rows_with.get(_ratio(self._print(residual), self._prime)))

    def publish(self, residual: Vector) -> None:
        """Take a reduced row into what is known; protected rows it gives away are noted in ``revealed``."""
        if not residual:
            return
        if self._zero and self._zero.issuperset(residual):
            for column in sorted(residual):
                self._add_pivot(column, {column: 1})
            return
        touching = self._touching
        outside = [column for column in residual if column not in self._zero]
        column = min(outside, key=lambda c: (len(touching.get(c, ())), c))
        inverse = pow(residual[column], -1, self._prime)
        self._add_pivot(column, {c: v * inverse % self._prime for c, v in residual.items()})

    def _zeros_would_reveal(self, residual: Vector) -> bool:
        near = {row for column in residual for row in self._touching.get(column, ())}
        return any(self._unknown[row].keys() <= residual.keys() for row in near)

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


def as_mask(rows: Iterable[int], size: int) -> NDArray[np.bool_]:
    """Row numbers as a mask."""
    mask = np.zeros(size, dtype=np.bool_)
    mask[list(rows)] = True
    return mask
