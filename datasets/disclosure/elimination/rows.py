"""Compiled work on single rows: the row in hand, and its rest put in place of a column in others.

Nothing here makes room: where there is none for a row it is left as it was, and False is the answer.
"""

from __future__ import annotations

from .arithmetic import centred, inverse, times
from .compiling import inner
from .layout import COLUMN, FREE_LINK, LENGTH, LINK_END, POOL_END, ROWS, Flags, Store


@inner
def clear(store: Store) -> None:
    """Put the row in hand away."""
    for place in range(store.at[LENGTH]):
        column = store.support[place]
        store.total[column] = store.mark[column] = 0
    store.at[LENGTH] = 0


@inner
def _add_to(store: Store, column: int, value: int) -> None:
    if store.mark[column] == 0:
        store.mark[column] = 1
        store.support[store.at[LENGTH]] = column
        store.at[LENGTH] += 1
    store.total[column] = centred(store.total[column] + value)


@inner
def add(store: Store, column: int, value: int) -> None:
    """Add to the row in hand a multiple of a column: of what follows for it from what is published."""
    row = store.row_of[column]
    if row < 0:
        _add_to(store, column, value)
        return
    for entry in range(store.start[row], store.start[row] + store.size[row]):
        _add_to(store, store.columns[entry], -times(value, store.values[entry]))


@inner
def drop_noughts(store: Store) -> None:
    """Leave in the row in hand the columns that it has."""
    kept = 0
    for place in range(store.at[LENGTH]):
        column = store.support[place]
        if store.total[column]:
            store.support[kept] = column
            kept += 1
        else:
            store.mark[column] = 0
    store.at[LENGTH] = kept


@inner
def column_to_settle(store: Store, zero: Flags) -> int:
    """A column that counts somebody, if any, and that few rows have; the first of those. The row is 1 there."""
    best = store.support[0]
    for place in range(1, store.at[LENGTH]):
        column = store.support[place]
        if zero[column] != zero[best]:
            better = zero[best]
        elif store.uses[column] != store.uses[best]:
            better = store.uses[column] < store.uses[best]
        else:
            better = column < best
        if better:
            best = column
    own = inverse(store.total[best])
    if own != 1:
        for place in range(store.at[LENGTH]):
            column = store.support[place]
            store.total[column] = times(store.total[column], own)
    return int(best)


@inner
def is_multiple(store: Store, row: int, column: int) -> bool:
    """Whether a row is a multiple of the row in hand, which is 1 in the column."""
    if store.size[row] != store.at[LENGTH]:
        return False
    start, end, factor = store.start[row], store.start[row] + store.size[row], 0
    for entry in range(start, end):
        if store.columns[entry] == column:
            factor = store.values[entry]
    for entry in range(start, end):
        other = store.columns[entry]
        if store.mark[other] == 0 or store.values[entry] != times(factor, store.total[other]):
            return False
    return True


@inner
def begin_to_settle(store: Store, column: int) -> None:
    """Leave in hand the rest of the row beside the column that it will settle."""
    at = store.at
    for place in range(at[LENGTH]):
        if store.support[place] == column:
            at[LENGTH] -= 1
            store.support[place] = store.support[at[LENGTH]]
            break
    store.total[column] = store.mark[column] = 0
    at[COLUMN] = column


@inner
def settle(store: Store, zero: Flags) -> bool:
    """Put the rest in place of the column in every row that has it, and keep it as the column's own row."""
    at, column, length = store.at, store.at[COLUMN], store.at[LENGTH]
    while store.chain[column] >= 0:
        link = store.chain[column]
        if len(store.link_row) - at[LINK_END] < length or not _replace(store, store.link_row[link], column):
            return False
        store.chain[column] = store.link_next[link]
        store.link_next[link] = at[FREE_LINK]
        at[FREE_LINK] = link
    if store.left[column] or zero[column]:
        if len(store.link_row) - at[LINK_END] < length or len(store.columns) - at[POOL_END] < length:
            return False
        row, end = at[ROWS], at[POOL_END]
        store.start[row], store.size[row], store.room[row], store.row_of[column] = end, length, length, row
        for place in range(length):
            other = store.support[place]
            store.columns[end + place], store.values[end + place] = other, store.total[other]
            link_to(store, row, other)
        at[ROWS] += 1
        at[POOL_END] += length
    at[COLUMN] = -1
    clear(store)
    return True


@inner
def _replace(store: Store, row: int, column: int) -> bool:
    """Put the row in hand in place of a column in a row."""
    size = store.size[row]
    entry, last = store.start[row], store.start[row] + size - 1
    while entry <= last and store.columns[entry] != column:
        entry += 1
    if entry > last:
        return True  # the row has lost the column since it was linked
    if size + store.at[LENGTH] > store.room[row] + 1:
        if not _move(store, row, size + store.at[LENGTH]):
            return False
        entry += store.start[row] + size - 1 - last
        last = store.start[row] + size - 1
    factor = store.values[entry]
    store.columns[entry], store.values[entry] = store.columns[last], store.values[last]
    store.uses[column] -= 1
    end = store.start[row]
    for entry in range(store.start[row], last):
        other, value = store.columns[entry], store.values[entry]
        if store.mark[other]:
            store.mark[other] = row + 2
            value = centred(value - times(factor, store.total[other]))
            if value == 0:
                store.uses[other] -= 1
                continue
        store.columns[end], store.values[end] = other, value
        end += 1
    for place in range(store.at[LENGTH]):
        other = store.support[place]
        if store.mark[other] != row + 2:
            store.columns[end], store.values[end] = other, -times(factor, store.total[other])
            end += 1
            link_to(store, row, other)
    store.size[row] = end - store.start[row]
    return True


@inner
def _move(store: Store, row: int, room: int) -> bool:
    """Move a row to the end of the pool, where there is more room for it."""
    start, end = store.start[row], store.at[POOL_END]
    if end + room > len(store.columns):
        return False
    for place in range(store.size[row]):
        store.columns[end + place] = store.columns[start + place]
        store.values[end + place] = store.values[start + place]
    store.start[row], store.room[row] = end, room
    store.at[POOL_END] += room
    return True


@inner
def link_to(store: Store, row: int, column: int) -> None:
    """Let a column know that a row has it."""
    at = store.at
    link = at[FREE_LINK]
    if link >= 0:
        at[FREE_LINK] = store.link_next[link]
    else:
        link = at[LINK_END]
        at[LINK_END] += 1
    store.link_row[link] = row
    store.link_next[link] = store.chain[column]
    store.chain[column] = link
    store.uses[column] += 1


@inner
def drop(store: Store, column: int) -> None:
    """Forget the published row that settles a column: no later row has it."""
    row = store.row_of[column]
    for entry in range(store.start[row], store.start[row] + store.size[row]):
        store.uses[store.columns[entry]] -= 1
    store.size[row] = 0
    store.row_of[column] = -1
