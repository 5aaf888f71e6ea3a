"""Which further cells must be hidden so that no sum or difference of published ones gives a primary away.

Gaussian elimination over the model matrix, in arithmetic modulo a prime: exact, with no rounding to trust.
Cells are tried for publication one by one; a cell whose publication would make a protected row a combination
of published rows becomes a secondary suppression. The method is Langsrud's (GaussSuppression); the
arithmetic, the reduced form kept throughout and the treatment of zeros are our own.

There are two forms that find the same cells: plain Python, and machine code made with numba. The environment
variable VAXTKRAFT_CORE chooses ``python`` or ``compiled``; without it large systems are left to the compiled
form where numba is installed.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from enum import StrEnum
from importlib.util import find_spec

import numpy as np

from ..elimination import plain
from ..model import Bools, Ints, System, loss, publication_order
from .task import PRIME, Found, Task, knowing, publishing

MOST_BYTES = 2**31
"""The memory that elimination may take for its rows, unless told otherwise."""
WORTH_COMPILING = 20_000
"""Smaller systems, by entries of their rows, are done in plain Python before machine code is even loaded."""
WORTH_TRYING = 500_000
"""In larger systems, by entries of their rows, one order of candidates is tried and no other."""
NEARNESSES = (0, 4, 1)
"""The orders of candidates that are tried, see publication_order."""


class Core(StrEnum):
    """The forms of elimination."""

    PYTHON = "python"
    COMPILED = "compiled"


class AlreadyRevealed(Exception):
    """What was published before, or is known anyway, already gives protected rows away: ``rows``."""

    def __init__(self, rows: Iterable[int]) -> None:
        self.rows = tuple(sorted(rows))
        super().__init__(f"{len(self.rows)} protected figures follow from what is known already.")


def secondary_suppression(
    system: System,
    order: Ints,
    *,
    prime: int = PRIME,
    core: Core | None = None,
    most_bytes: int = MOST_BYTES,
) -> Bools:
    """The rows to hide beside the protected ones, when the others are published in ``order``.

    Raises AlreadyRevealed when relations and forced rows by themselves reveal a protected row, and
    RefusedToPublish when the work would need more than ``most_bytes`` of memory. The result depends on the order
    of candidates only, never on the order of rows or columns. Primes but the default are for plain Python.
    """
    found = _eliminated(publishing(system, order), prime, core, most_bytes)
    if found.revealed.any():
        raise AlreadyRevealed(_revealed_rows(system, found))
    secondary = np.zeros(len(system.names), dtype=np.bool_)
    secondary[order] = found.hidden
    return secondary


def least_suppression(
    system: System, *, zeros_first: bool, core: Core | None = None, most_bytes: int = MOST_BYTES
) -> Bools:
    """The rows to hide beside the protected ones, by that of some orders with which readers lose the least.

    Larger counts first is the first order, and the only one where systems are very large. Others let a hidden
    cell serve several protected ones. Each is safe by itself. Raises as secondary_suppression does.
    """
    tries = NEARNESSES if system.matrix.nnz <= WORTH_TRYING else NEARNESSES[:1]
    orders = [publication_order(system, zeros_first=zeros_first, nearness=nearness) for nearness in tries]
    found = [secondary_suppression(system, order, core=core, most_bytes=most_bytes) for order in orders]
    return min(found, key=lambda secondary: loss(system, secondary))


def linearly_revealed(
    system: System, hidden: Bools, *, prime: int = PRIME, core: Core | None = None
) -> tuple[int, ...]:
    """The protected rows that are sums and differences of what is known once ``hidden`` is hidden."""
    return _revealed_rows(system, _eliminated(knowing(system, hidden), prime, core, MOST_BYTES))


def _revealed_rows(system: System, found: Found) -> tuple[int, ...]:
    return tuple(np.flatnonzero(system.protected)[found.revealed].tolist())


def _eliminated(task: Task, prime: int, core: Core | None, most_bytes: int) -> Found:
    if prime == PRIME and (core or _core_for(task)) is Core.COMPILED:
        from ..elimination import compiled

        return compiled.eliminate(task, most_bytes=most_bytes)
    return plain.eliminate(task, prime=prime, most_bytes=most_bytes)


def _core_for(task: Task) -> Core:
    """The form that the environment names, else the one that is sooner done."""
    named = os.environ.get("VAXTKRAFT_CORE")
    if named:
        return Core(named)
    large = task.steps.nnz + task.protected.nnz > WORTH_COMPILING
    return Core.COMPILED if large and find_spec("numba") is not None else Core.PYTHON
