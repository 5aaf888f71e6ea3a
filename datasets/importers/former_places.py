"""Municipalities whose code has changed, with the years in which each code was in use.

From Statistics Sweden's list of municipalities: Heby moved from the county of Västmanland to that of Uppsala in
2007, and Knivsta was parted from Uppsala in 2003.
"""

from __future__ import annotations

from typing import NamedTuple


class Former(NamedTuple):
    """A code that was given up: the place's present code, and the last year in which the old one was in use."""

    present: str
    until: int


FORMER = {"1917": Former("0331", 2006)}
FOUNDED = {"0330": 2003}
"""The first year of a municipality that was parted from another one."""
