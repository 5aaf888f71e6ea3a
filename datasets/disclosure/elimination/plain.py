"""Elimination in plain Python: needs nothing to be compiled, and says what the compiled form must do."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

import numpy as np

from ..model import Matrix
from ..refusal import RefusedToPublish, Why
from .task import Found, Task

Vector = dict[int, int]
ENTRY = 300
"""About how many bytes an entry of a row takes, in the row and in the column's set of rows."""


def eliminate(task: Task, *, prime: int, most_bytes: int) -> Found:
    """Take in what is known and publish what can be published. Raises RefusedToPublish beyond the memory given."""
    elimination = Elimination(task, prime=prime, most_bytes=most_bytes)
    steps = vectors(task.steps)
    for vector in steps[: task.known]:
        elimination.take(vector)
    revealed = elimination.revealed
    hidden = [not elimination.publish(vector) for vector in steps[task.known :]]
    return Found(np.array(revealed, dtype=np.bool_), np.array(hidden, dtype=np.bool_))


def vectors(matrix: Matrix) -> list[Vector]:
    """The rows of a sparse matrix of whole numbers as dictionaries."""
    pointers, columns, values = matrix.indptr.tolist(), matrix.indices.tolist(), matrix.data.tolist()
    return [dict(zip(columns[start:end], values[start:end], strict=True)) for start, end in pairwise(pointers)]


class Elimination:
    """What is published so far in reduced echelon form, and what remains unknown of each protected row.

    Every published row settles a column: its own vector is the rest, in columns that are not settled. Protected
    rows, numbered from 0, and published ones, numbered from their count up by the column they settle, are kept
    free of settled columns. Numbers are modulo the prime, between minus half of it and half of it.
    """

    def __init__(self, task: Task, *, prime: int, most_bytes: int) -> None:
        self._prime, self._half = prime, prime // 2
        self._protected = task.protected.shape[0]
        self._rows = dict(enumerate(vectors(task.protected)))
        self._settled: dict[int, Vector | None] = {}  # None: no later row has the column
        self._having: dict[int, set[int]] = {}
        for row, vector in self._rows.items():
            for column in vector:
                self._having.setdefault(column, set()).add(row)
        self._told = [bool(vector) for vector in self._rows.values()]
        self._zero = set(np.flatnonzero(task.zero).tolist())
        self._empty: set[int] = set()  # zero columns known to be zero
        self._left = np.bincount(task.steps.indices, minlength=task.steps.shape[1]).tolist()
        self._sides = [frozenset(vector) for vector in vectors(task.twins)]
        self._sides_of: dict[int, list[int]] = {}
        for side, columns in enumerate(self._sides):
            for column in columns:
                self._sides_of.setdefault(column, []).append(side)
        self._entries, self._most_bytes = int(task.protected.nnz), most_bytes

    @property
    def revealed(self) -> list[bool]:
        """Whether each protected row is known by now; a row of nothing has nothing to reveal."""
        return [told and not self._rows[row] for row, told in enumerate(self._told)]

    def take(self, vector: Vector) -> None:
        """Take in a row that is known whatever it gives away."""
        self._keep(self._reduced(vector))
        self._forget(vector)

    def publish(self, vector: Vector) -> bool:
        """Publish a row unless that would give a protected row away; whether it was published."""
        published = self._publish(vector)
        self._forget(vector)
        return published

    def _publish(self, vector: Vector) -> bool:
        if vector.keys() <= self._zero:
            return self._empty_out(vector)
        residual = self._reduced(vector)
        if residual.keys() <= self._zero:
            return self._empty_out(residual)
        column = self._to_settle(residual)
        if any(self._is_multiple(row, residual, column) for row in self._having.get(column, ())):
            return False
        self._settle(residual, column)
        return True

    def _keep(self, residual: Vector) -> None:
        if residual:
            self._settle(residual, self._to_settle(residual))

    def _reduced(self, vector: Vector) -> Vector:
        """What a row adds to what is published."""
        total: Vector = {}
        for column, value in vector.items():
            rest = self._settled.get(column, {column: -1})
            for other, part in (rest or {}).items():
                total[other] = total.get(other, 0) - value * part
        return {column: number for column, value in total.items() if (number := self._number(value))}

    def _number(self, value: int) -> int:
        return value if -self._half <= value <= self._half else (value + self._half) % self._prime - self._half

    def _to_settle(self, residual: Vector) -> int:
        """A column that counts somebody, if any, and that few rows have; the first of those."""
        having, zero = self._having, self._zero
        return min(residual, key=lambda column: (column in zero, len(having.get(column, ())), column))

    def _is_multiple(self, row: int, residual: Vector, column: int) -> bool:
        """Whether what is left of a protected row is a multiple of a residual that has the column, as it has."""
        vector = self._rows[row]
        if row >= self._protected or len(vector) != len(residual):
            return False
        ours, theirs = vector[column], residual[column]
        return all(self._number(theirs * vector.get(c, 0) - ours * v) == 0 for c, v in residual.items())

    def _settle(self, residual: Vector, column: int) -> None:
        """Publish a residual: the column follows from the rest of it, and no row keeps it."""
        own = pow(residual.pop(column), -1, self._prime)
        rest = {other: self._number(value * own) for other, value in residual.items()}
        for row in self._having.pop(column, ()):
            self._replace(row, column, rest)
        if self._left[column] or column in self._zero:
            row = self._protected + column
            self._settled[column] = self._rows[row] = rest
            for other in rest:
                self._having.setdefault(other, set()).add(row)
            self._entries += len(rest)
        else:
            self._settled[column] = None
        if self._entries * ENTRY > self._most_bytes:
            raise RefusedToPublish.because(Why.TOO_TANGLED)

    def _replace(self, row: int, column: int, rest: Vector) -> None:
        """Put the rest in place of a column in a row."""
        half, prime, vector, having = self._half, self._prime, self._rows[row], self._having
        before = len(vector)
        factor = vector.pop(column)
        for other, value in rest.items():
            old = vector.get(other)
            new = (old or 0) - factor * value
            if not -half <= new <= half:
                new = (new + half) % prime - half
            if new:
                vector[other] = new
                if old is None:
                    having.setdefault(other, set()).add(row)
            elif old is not None:
                del vector[other]
                having[other].discard(row)
        self._entries += len(vector) - before

    def _forget(self, vector: Vector) -> None:
        """Drop published rows whose columns no later row has; zero columns may still follow from twins."""
        for column in vector:
            self._left[column] -= 1
            if self._left[column] == 0 and column not in self._zero and self._settled.get(column) is not None:
                self._settled[column] = None
                for other in self._rows.pop(self._protected + column):
                    self._having[other].discard(self._protected + column)
                    self._entries -= 1

    def _empty_out(self, columns: Iterable[int]) -> bool:
        """Publish that some columns count nobody, and with them those that follow, unless that reveals a row.

        The sum of some zero columns tells that each of them is zero.
        """
        found = self._emptied(columns)
        near = {row for column in found for row in self._having.get(column, ()) if row < self._protected}
        if any(self._rows[row].keys() <= found for row in near):
            return False
        fresh = sorted(found - self._empty)
        self._empty |= found
        for column in fresh:
            self._keep(self._reduced({column: 1}))
        return True

    def _emptied(self, columns: Iterable[int]) -> set[int]:
        """The columns that are known to count nobody once some are: the other side of a twin follows from one."""
        found = set(columns)
        waiting = list(found)
        while waiting:
            for side in self._sides_of.get(waiting.pop(), ()):
                for one in (side, side ^ 1):
                    if self._sides[one] <= found | self._empty:
                        fresh = self._sides[one ^ 1] - found
                        found |= fresh
                        waiting.extend(fresh)
        return found
