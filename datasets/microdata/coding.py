"""A column that was read in pieces becomes one: its different cells, and which of them each row has."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

MANY = 100_000
_GROUPS = 16


def joined(parts: list[pa.DictionaryArray]) -> tuple[pa.StringArray, NDArray[np.int32]]:
    """The cells of all pieces, which are let go, and each row's place among them."""
    if not parts:
        return pa.array([], pa.string()), np.empty(0, dtype=np.int32)
    if sum(len(part.dictionary) for part in parts) > MANY:
        return _in_groups(parts)
    whole = pa.chunked_array(parts).unify_dictionaries()
    parts.clear()
    return whole.chunk(0).dictionary, np.concatenate([part.indices.to_numpy() for part in whole.chunks])


def _in_groups(parts: list[pa.DictionaryArray]) -> tuple[pa.StringArray, NDArray[np.int32]]:
    """The same for very many different cells, some at a time: finding equal ones takes many times their size."""
    plain = []
    while parts:
        plain.append(parts.pop(0).dictionary_decode())
    cells = pa.concat_arrays(plain)
    plain.clear()
    pa.default_memory_pool().release_unused()
    group = _last_letters(cells) % _GROUPS
    places = np.empty(len(cells), dtype=np.int32)
    found, known = [], 0
    for number in range(_GROUPS):
        rows = np.flatnonzero(group == number).astype(np.int32)
        coded = cells.take(pa.array(rows)).dictionary_encode()
        places[rows] = coded.indices.to_numpy() + known
        found.append(coded.dictionary)
        known += len(coded.dictionary)
    return pa.concat_arrays(found), places


def _last_letters(cells: pa.StringArray) -> NDArray[np.uint8]:
    """The last byte of every cell, nought of an empty one: equal cells have the same."""
    _valid, offsets, letters = cells.buffers()
    ends = np.frombuffer(offsets, dtype=np.int32, count=len(cells) + 1, offset=4 * cells.offset)
    if not letters:
        return np.zeros(len(cells), dtype=np.uint8)
    last = np.frombuffer(letters, dtype=np.uint8)[np.maximum(ends[1:], 1) - 1]
    return np.where(ends[1:] > ends[:-1], last, 0).astype(np.uint8)
