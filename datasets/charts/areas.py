"""Which of a dimension's places are municipalities, and which county and country they lie in.

A dimension says so by its parents where it has any; else the codes do, as SCB (``00``, ``01``, ``0192``) and
Kolada (``0000``, ``0001``, ``0192``) write them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from datasets.cubes import Dimension

_COUNTRY = ("00", "0000", "SE")
_LARGER = re.compile(r"\d\d|00\d\d|SE")
_MUNICIPALITY = re.compile(r"(?!00)\d{4}")


def country_of(dimension: Dimension) -> str | None:
    """The code of the whole country, where the dimension has it."""
    return next((code for code in _COUNTRY if code in dimension.positions), None)


def county_of(dimension: Dimension, place: str) -> str | None:
    """The code of the county that a municipality lies in, where the dimension has it."""
    if place in dimension.positions:
        for above in dimension.ancestors(place):
            if above not in _COUNTRY and above != dimension.total:
                return above
    codes = (place[:2], f"00{place[:2]}") if _MUNICIPALITY.fullmatch(place) else ()
    return next((code for code in codes if code in dimension.positions), None)


def larger_areas(dimension: Dimension, place: str) -> tuple[str, ...]:
    """The county and the country of a place, those that the dimension has."""
    found = (county_of(dimension, place), country_of(dimension))
    return tuple(dict.fromkeys(code for code in found if code is not None and code != place))


def municipalities(dimension: Dimension) -> tuple[str, ...]:
    """The finest places: municipalities where there are any, else whatever holds no other place."""
    leaves: Sequence[str] = [code for code in dimension.codes if code in set(dimension.leaves)]
    if any(_MUNICIPALITY.fullmatch(code) for code in leaves):
        leaves = [code for code in leaves if not _LARGER.fullmatch(code)]
    return tuple(leaves)
