"""Figures as people write them: decimal comma or point, spaces between thousands, a per cent sign after."""

from __future__ import annotations

import re
from enum import Enum
from math import isfinite

_SPACES = " \u00a0\u202f\u2009"
_MINUS = str.maketrans({"−": "-", "\u2013": "-"})
_WHOLE = rf"[+−–-]?(?:\d{{1,3}}(?:[{_SPACES}]\d{{3}})+|\d+)"
_LONGEST = 300
_AFTER = rf"[{_SPACES}]?%?"


class Shape(Enum):
    """How a cell looks, where it looks like a figure; the first that fits."""

    WHOLE = _WHOLE
    COMMA_OR_THOUSAND = r"[+−–-]?[1-9]\d{0,2},\d{3}"
    POINT_OR_THOUSAND = r"[+−–-]?[1-9]\d{0,2}\.\d{3}"
    COMMA = _WHOLE + r",\d+"
    POINT = _WHOLE + r"\.\d+"
    POINT_THEN_COMMA = r"[+−–-]?\d{1,3}(?:(?:\.\d{3})+,\d+|(?:\.\d{3}){2,})"
    COMMA_THEN_POINT = r"[+−–-]?\d{1,3}(?:(?:,\d{3})+\.\d+|(?:,\d{3}){2,})"


_FORMS = tuple((shape, re.compile(shape.value + _AFTER)) for shape in Shape)


def shape(cell: str) -> Shape | None:
    """What a cell looks like, or None when it is no figure."""
    text = cell.strip()
    if text.isascii() and text.isdigit():
        return Shape.WHOLE
    return next((shape for shape, form in _FORMS if form.fullmatch(text)), None)


class NumberReader:
    """Reads cells as figures, given the decimal sign and what may stand between thousands.

    ``decimals`` is the most decimals that any of them had.
    """

    def __init__(self, decimal: str, thousands: str) -> None:
        group = rf"[{_SPACES}]" if thousands == " " else re.escape(thousands)
        whole = rf"(?:\d{{1,3}}(?:{group}\d{{3}})+|\d+)" if thousands else r"\d+"
        self.decimals = 0
        self._form = re.compile(rf"([+−–-]?{whole})(?:{re.escape(decimal)}(\d+))?[{_SPACES}]?%?")

    def read(self, cell: str) -> float | None:
        """The figure, or None when the cell is none."""
        if cell.isascii() and cell.isdigit():
            return float(cell) if len(cell) < _LONGEST else None
        found = self._form.fullmatch(cell.strip())
        if found is None:
            return None
        self.decimals = max(self.decimals, len(found[2] or ""))
        whole = re.sub(r"[^\d+-]", "", found[1].translate(_MINUS))
        number = float(f"{whole}.{found[2] or 0}")
        return number if isfinite(number) else None
