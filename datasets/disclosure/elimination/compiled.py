"""Elimination as machine code: makes the arrays that it works on, and widens them when they are full."""

from __future__ import annotations

import numpy as np

from ..refusal import RefusedToPublish, Why
from .kernel import advance, link_all, pack
from .layout import COLUMN, COUNTERS, FREE_LINK, LENGTH, POOL_END, ROWS, Steps, Store
from .task import Found, Task

ENTRY = 32
"""Bytes for an entry of a row: column and value, once more while the pool is copied, and a link."""
LEAST = 2**20
"""Entries that there is room for from the start: memory is taken only as it is used."""


def eliminate(task: Task, *, most_bytes: int) -> Found:
    """Take in what is known and publish what can be published. Raises RefusedToPublish beyond the memory given."""
    steps, pool = _steps(task), _Pool(task, most_bytes)
    pool.advance(steps, task.known)
    revealed = (np.diff(task.protected.indptr) > 0) & (pool.store.size[: task.protected.shape[0]] == 0)
    pool.advance(steps, task.steps.shape[0])
    return Found(revealed, pool.store.hidden)


def _steps(task: Task) -> Steps:
    sides, sides_of = task.twins, task.twins.T.tocsr()
    return Steps(
        pointers=task.steps.indptr.astype(np.int64),
        columns=task.steps.indices.astype(np.int32),
        values=task.steps.data.astype(np.int64),
        known=task.known,
        zero=task.zero,
        side_pointers=sides.indptr.astype(np.int64),
        side_columns=sides.indices.astype(np.int32),
        sides_of_pointers=sides_of.indptr.astype(np.int64),
        sides_of=sides_of.indices.astype(np.int64),
    )


class _Pool:
    """The store, which is widened as it is needed and as far as the memory given allows."""

    def __init__(self, task: Task, most_bytes: int) -> None:
        self._most = most_bytes // ENTRY
        rows, columns = task.protected.shape
        sizes = np.zeros(rows + columns, dtype=np.int32)
        sizes[:rows] = np.diff(task.protected.indptr)
        starts = np.zeros(rows + columns, dtype=np.int64)
        starts[:rows] = task.protected.indptr[:-1]
        at = np.zeros(COUNTERS, dtype=np.int64)
        at[[COLUMN, FREE_LINK, ROWS, POOL_END]] = -1, -1, rows, task.protected.nnz

        def places() -> np.ndarray[tuple[int], np.dtype[np.int32]]:
            return np.zeros(columns, dtype=np.int32)

        def flags(size: int) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
            return np.zeros(size, dtype=np.bool_)

        self.store = Store(
            columns=task.protected.indices.astype(np.int32),
            values=task.protected.data.astype(np.int64),
            start=starts,
            size=sizes,
            room=sizes.copy(),
            chain=places(),
            link_row=places(),
            link_next=places(),
            uses=places(),
            row_of=places() - np.int32(1),
            left=np.bincount(task.steps.indices, minlength=columns).astype(np.int32),
            total=np.zeros(columns, dtype=np.int64),
            support=places(),
            mark=places(),
            empty=flags(columns),
            waiting=places(),
            found=places(),
            is_found=flags(columns),
            hidden=flags(task.steps.shape[0] - task.known),
            at=at,
        )
        self._widen()

    def advance(self, steps: Steps, until: int) -> None:
        """Take in steps until one of them."""
        while not advance(self.store, steps, until):
            self._widen()

    def _widen(self) -> None:
        """Pack the rows into a pool with half as much room again, or as much as is allowed."""
        store = self.store
        live, spare = int(store.size.sum()), 4 * int(store.size.max(initial=0) + store.at[LENGTH])
        room = min(max(LEAST, live + live // 2 + spare), self._most)
        if room < live + live // 10 + spare:
            raise RefusedToPublish.because(Why.TOO_TANGLED)
        none = np.zeros(0, dtype=np.int32)
        self.store = store = store._replace(link_row=none, link_next=none)
        columns, values = np.empty(room, dtype=np.int32), np.empty(room, dtype=np.int64)
        store.at[POOL_END] = pack(store, columns, values)
        self.store = store = store._replace(columns=columns, values=values)
        links = np.empty(room, dtype=np.int32), np.empty(room, dtype=np.int32)
        self.store = store._replace(link_row=links[0], link_next=links[1])
        link_all(self.store)
