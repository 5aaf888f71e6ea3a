"""What the compiled functions work on: arrays only, made and widened outside of them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Flags = NDArray[np.bool_]
Places = NDArray[np.int32]
Numbers = NDArray[np.int64]

# Places of Store.at.
STEP, FORGOTTEN, COLUMN, LENGTH, WAITING, POOL_END, LINK_END, FREE_LINK, ROWS, COUNTERS = range(10)


class Steps(NamedTuple):
    """What does not change: the rows to take in one after another, zero columns, and twins.

    Steps from ``known`` on are published or hidden. ``side_*`` are the twins' sides, two a twin, over columns;
    ``sides_of_*`` for each column the sides that have it.
    """

    pointers: Numbers
    columns: Places
    values: Numbers
    known: int
    zero: Flags
    side_pointers: Numbers
    side_columns: Places
    sides_of_pointers: Numbers
    sides_of: Numbers


class Store(NamedTuple):
    """What is published and what remains of protected rows, as in plain Python.

    Rows lie in a pool of ``columns`` and ``values``, each from its ``start`` with ``size`` entries and ``room``
    for some more; protected rows first. Each column has a ``chain`` of links to the rows that have it, or have
    had it, and ``uses`` counts those that do. ``row_of``: the published row that settles a column, else -1.
    ``left``: how many later steps have a column. The row in hand is spread over ``total``, with its columns in
    ``support``, each with a ``mark``. ``empty``, ``waiting``, ``found``, ``is_found``: zero columns known to be
    zero, waiting to be taken in, and under examination. ``hidden``: the result, by step. ``at``: counters.
    """

    columns: Places
    values: Numbers
    start: Numbers
    size: Places
    room: Places
    chain: Places
    link_row: Places
    link_next: Places
    uses: Places
    row_of: Places
    left: Places
    total: Numbers
    support: Places
    mark: Places
    empty: Flags
    waiting: Places
    found: Places
    is_found: Flags
    hidden: Flags
    at: Numbers
