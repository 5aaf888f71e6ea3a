"""The compiled elimination, step by step as in plain Python."""

from __future__ import annotations

from .compiling import entry, inner
from .layout import (
    COLUMN,
    FORGOTTEN,
    FREE_LINK,
    LENGTH,
    LINK_END,
    ROWS,
    STEP,
    WAITING,
    Numbers,
    Places,
    Steps,
    Store,
)
from .rows import (
    add,
    begin_to_settle,
    clear,
    column_to_settle,
    drop,
    drop_noughts,
    is_multiple,
    link_to,
    settle,
)


@entry
def advance(store: Store, steps: Steps, until: int) -> bool:
    """Take in steps until one of them; False: the store must be widened first, and this called again."""
    at = store.at
    while True:
        if at[COLUMN] >= 0:
            if not settle(store, steps.zero):
                return False
        elif at[WAITING] > 0:
            at[WAITING] -= 1
            add(store, store.waiting[at[WAITING]], 1)
            _take_in_hand(store, steps)
        elif at[FORGOTTEN] < at[STEP]:
            _forget(store, steps, at[FORGOTTEN])
            at[FORGOTTEN] += 1
        elif at[STEP] == until:
            return True
        else:
            step = at[STEP]
            at[STEP] += 1
            if step < steps.known:
                _reduce(store, steps, step)
                _take_in_hand(store, steps)
            else:
                store.hidden[step - steps.known] = not _publish(store, steps, step)


@entry
def pack(store: Store, columns: Places, values: Numbers) -> int:
    """Copy all rows into a new pool, without gaps; where it ends."""
    end = 0
    for row in range(store.at[ROWS]):
        start, size = store.start[row], store.size[row]
        for offset in range(size):
            columns[end + offset], values[end + offset] = (
                store.columns[start + offset],
                store.values[start + offset],
            )
        store.start[row], store.room[row] = end, size
        end += size
    return end


@entry
def link_all(store: Store) -> None:
    """Make the columns' chains anew."""
    store.at[LINK_END], store.at[FREE_LINK] = 0, -1
    store.chain[:] = -1
    store.uses[:] = 0
    for row in range(store.at[ROWS]):
        for place in range(store.start[row], store.start[row] + store.size[row]):
            link_to(store, row, store.columns[place])


@inner
def _reduce(store: Store, steps: Steps, step: int) -> None:
    for place in range(steps.pointers[step], steps.pointers[step + 1]):
        add(store, steps.columns[place], steps.values[place])


@inner
def _take_in_hand(store: Store, steps: Steps) -> None:
    """Let the row in hand be known, whatever it gives away."""
    drop_noughts(store)
    if store.at[LENGTH]:
        begin_to_settle(store, column_to_settle(store, steps.zero))


@inner
def _forget(store: Store, steps: Steps, step: int) -> None:
    """Drop published rows whose columns no later row has; zero columns may still follow from twins."""
    for place in range(steps.pointers[step], steps.pointers[step + 1]):
        column = steps.columns[place]
        store.left[column] -= 1
        if store.left[column] == 0 and not steps.zero[column] and store.row_of[column] >= 0:
            drop(store, column)


@inner
def _publish(store: Store, steps: Steps, step: int) -> bool:
    """Publish a row unless that would give a protected row away; whether it can be."""
    begin, end = steps.pointers[step], steps.pointers[step + 1]
    if _all_zero(steps, steps.columns[begin:end]):
        return _empty_out(store, steps, steps.columns[begin:end])
    _reduce(store, steps, step)
    drop_noughts(store)
    support = store.support[: store.at[LENGTH]]
    if _all_zero(steps, support):
        clear(store)
        return _empty_out(store, steps, support)
    column = column_to_settle(store, steps.zero)
    link = store.chain[column]
    while link >= 0:
        row = store.link_row[link]
        if row < _protected(store) and is_multiple(store, row, column):
            clear(store)
            return False
        link = store.link_next[link]
    begin_to_settle(store, column)
    return True


@inner
def _protected(store: Store) -> int:
    """How many protected rows there are: besides, there is a row for every column."""
    return len(store.start) - len(store.row_of)


@inner
def _all_zero(steps: Steps, columns: Places) -> bool:
    for place in range(len(columns)):  # noqa: SIM110 - machine code knows no generators
        if not steps.zero[columns[place]]:
            return False
    return True


@inner
def _empty_out(store: Store, steps: Steps, columns: Places) -> bool:
    """Publish that some columns, and those that follow, count nobody, unless that reveals something.

    The sum of some zero columns tells that each of them is zero. They wait in descending order.
    """
    count = 0
    for place in range(len(columns)):
        count = _find(store, count, columns[place])
    count = _follow_twins(store, steps, count)
    safe = not _nobody_reveals(store, count)
    waiting = 0
    for seen in range(count):
        column = store.found[seen]
        store.is_found[column] = False
        if safe and not store.empty[column]:
            store.empty[column] = True
            place = waiting
            while place > 0 and store.waiting[place - 1] < column:
                store.waiting[place] = store.waiting[place - 1]
                place -= 1
            store.waiting[place] = column
            waiting += 1
    store.at[WAITING] = waiting
    return safe


@inner
def _find(store: Store, count: int, column: int) -> int:
    if store.is_found[column]:
        return count
    store.is_found[column] = True
    store.found[count] = column
    return count + 1


@inner
def _follow_twins(store: Store, steps: Steps, count: int) -> int:
    """Find what is known to count nobody once the found columns are; how many are found then."""
    seen = 0
    while seen < count:
        column = store.found[seen]
        seen += 1
        for place in range(steps.sides_of_pointers[column], steps.sides_of_pointers[column + 1]):
            side = steps.sides_of[place]
            for one in (side, side ^ 1):
                if _side_known(store, steps, one):
                    for other in range(steps.side_pointers[one ^ 1], steps.side_pointers[(one ^ 1) + 1]):
                        count = _find(store, count, steps.side_columns[other])
    return count


@inner
def _side_known(store: Store, steps: Steps, side: int) -> bool:
    for place in range(steps.side_pointers[side], steps.side_pointers[side + 1]):
        column = steps.side_columns[place]
        if not store.is_found[column] and not store.empty[column]:
            return False
    return True


@inner
def _nobody_reveals(store: Store, count: int) -> bool:
    """Whether what is left of a protected row lies in the found columns alone."""
    for seen in range(count):
        link = store.chain[store.found[seen]]
        while link >= 0:
            row = store.link_row[link]
            link = store.link_next[link]
            if row < _protected(store) and store.size[row] and _lies_in_found(store, row):
                return True
    return False


@inner
def _lies_in_found(store: Store, row: int) -> bool:
    for place in range(store.start[row], store.start[row] + store.size[row]):
        if not store.is_found[store.columns[place]]:
            return False
    return True
