"""Recognises columns of personal identity numbers, which no table of figures may bring in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

_FORM = re.compile(r"(?P<century>19|20)?(?P<year>\d\d)(?P<month>\d\d)(?P<day>\d\d)[-+ ]?(?P<last>\d{4})")
_SHARE = 0.2


def holds_identity_numbers(cells: Iterable[str]) -> bool:
    """Whether a fair share of the different cells are valid Swedish personal or coordination numbers."""
    different = {cell.strip() for cell in cells if cell.strip()}
    hits = sum(is_identity_number(cell) for cell in different)
    return hits > 0 and hits >= _SHARE * len(different)


def is_identity_number(cell: str) -> bool:
    """Whether a cell has the form, a possible date of birth and the check digit of an identity number."""
    if not 10 <= len(cell) <= 13:
        return False
    found = _FORM.fullmatch(cell)
    if found is None:
        return False
    day = int(found["day"])
    try:
        # A coordination number has 60 added to its day; the leap year 2000 admits every day of the year.
        date(2000, int(found["month"]), day - 60 if day > 60 else day)
    except ValueError:
        return False
    digits = found["year"] + found["month"] + found["day"] + found["last"]
    doubled = (int(digit) * (2 - place % 2) for place, digit in enumerate(digits))
    return sum(value // 10 + value % 10 for value in doubled) % 10 == 0
