"""Whole numbers modulo 2⁶¹ − 1 between minus half of it and half of it, in 64 bits."""

from __future__ import annotations

from .compiling import inner
from .task import PRIME

_HALF = PRIME // 2
_SMALL = 2**30
_LOW_31, _LOW_30 = 2**31 - 1, 2**30 - 1


@inner
def centred(number: int) -> int:
    """A number less than once the prime out of range, brought back."""
    if number > _HALF:
        return number - PRIME
    if number < -_HALF:
        return number + PRIME
    return number


@inner
def times(one: int, two: int) -> int:
    """The product: nearly always of small numbers, else in parts of 30 and 31 bits (2⁶¹ is 1)."""
    if -_SMALL < one < _SMALL and -_SMALL < two < _SMALL:
        return centred(one * two)
    negative = (one < 0) != (two < 0)
    one, two = abs(one), abs(two)
    high_one, low_one, high_two, low_two = one >> 31, one & _LOW_31, two >> 31, two & _LOW_31
    middle = low_one * high_two + high_one * low_two
    product = 2 * high_one * high_two + (middle >> 30) + ((middle & _LOW_30) << 31) + low_one * low_two
    product = (product & PRIME) + (product >> 61)
    return centred(-product if negative else product)


@inner
def inverse(number: int) -> int:
    """What times the number is 1 (Fermat)."""
    if number in (1, -1):
        return number
    result, power, left = 1, number, PRIME - 2
    while left:
        if left & 1:
            result = times(result, power)
        power = times(power, power)
        left >>= 1
    return result
