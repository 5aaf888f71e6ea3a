"""Plain numbers parted by spaces, many at a time: eight digits are turned into a number by three products.

For each number its digits are taken as one word of eight bytes and added up in pairs, fours and eights (Lemire,
"Quickly parsing eight digits", 2018). A whole number of at most 15 digits and a power of ten are both exact, so
that one division gives the very number that reading it digit by digit would.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_ALLOWED = b"0123456789.- \t\r\n"
_EIGHT, _MOST_DIGITS = 8, 15
_SPACE, _MINUS, _POINT = 32, 45, 46
_TENS = 10.0 ** np.arange(_MOST_DIGITS + 2)
_ZEROS = np.uint64(0x3030303030303030)
_KEPT = np.array([0, *(2**64 - 2 ** (8 * (8 - digits)) for digits in range(1, 9))], dtype=np.uint64)
"""The bytes of a word that belong to a number of so many digits: those at its end."""

Places = NDArray[np.int64]


def numbers(piece: bytes) -> tuple[NDArray[np.float64], Places] | None:
    """Every number of a piece and where each begins; None where something in it is no plain number.

    Plain are whole and decimal numbers with or without a minus, of at most 15 digits.
    """
    if piece.translate(None, _ALLOWED):
        return None
    letters = np.frombuffer(piece + b" ", dtype=np.uint8)
    begins, ends = _words(letters)
    if not len(ends):
        return np.empty(0), begins
    decimals, minus = _marks(letters, _POINT, ends), _marks(letters, _MINUS, ends)
    if decimals is None or minus is None or not _is_first(minus, begins):
        return None
    bare = letters[(letters != _POINT) & (letters != _MINUS)] if len(decimals[0]) or len(minus[0]) else letters
    first, last = (begins, ends) if bare is letters else _words(bare)
    digits = last - first
    if len(digits) != len(begins) or digits.max() > _MOST_DIGITS:
        return None
    values = _whole(bare, digits, last)
    word, at = decimals
    values[word] /= _TENS[ends[word] - at - 1]
    values[minus[0]] *= -1
    return values, begins


def _words(letters: NDArray[np.uint8]) -> tuple[Places, Places]:
    """Where each word begins, and where it ends."""
    ends = np.flatnonzero(letters <= _SPACE)
    begins = np.empty_like(ends)
    begins[0] = 0
    np.add(ends[:-1], 1, out=begins[1:])
    there = ends > begins
    return (begins, ends) if there.all() else (begins[there], ends[there])


def _marks(letters: NDArray[np.uint8], mark: int, ends: Places) -> tuple[Places, Places] | None:
    """The words that have a mark, and where it stands; None where one has two."""
    at = np.flatnonzero(letters == mark)
    word = np.searchsorted(ends, at)
    return None if (np.diff(word) == 0).any() else (word, at)


def _is_first(minus: tuple[Places, Places], begins: Places) -> bool:
    word, at = minus
    return bool((begins[word] == at).all())


def _whole(letters: NDArray[np.uint8], digits: Places, ends: Places) -> NDArray[np.float64]:
    """The whole numbers of at most 15 digits that end at these places."""
    padded = np.concatenate((np.zeros(2 * _EIGHT, dtype=np.uint8), letters))
    # A word of eight bytes at every byte; the one that ends where a number does lies eight before.
    windows: NDArray[np.uint64] = np.ndarray((len(padded) - 7,), dtype="<u8", buffer=padded, strides=(1,))
    values = _eight(windows[ends + _EIGHT], np.minimum(digits, _EIGHT)).astype(np.float64)
    long = np.flatnonzero(digits > _EIGHT)
    if len(long):
        values[long] += 1e8 * _eight(windows[ends[long]], digits[long] - _EIGHT).astype(np.float64)
    return values


def _eight(words: NDArray[np.uint64], digits: Places) -> NDArray[np.uint64]:
    """The numbers whose last digits are these bytes, of which so many belong to them."""
    words = (words ^ _ZEROS) & _KEPT[digits]
    words = words * np.uint64(10) + (words >> np.uint64(8))
    pairs = np.uint64(0x000000FF000000FF)
    upper = (words & pairs) * np.uint64(0x000F424000000064)
    lower = ((words >> np.uint64(16)) & pairs) * np.uint64(0x0000271000000001)
    return (upper + lower) >> np.uint64(32)
