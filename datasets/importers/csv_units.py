"""Units that stand after each figure of a column, such as kr: told from words that name a category."""

from __future__ import annotations

import re

_UNITS = (
    r"kr|kronor|sek|kkr|tkr|mkr|mnkr|mdkr|:-|öre|euro?|usd|[€$£]|st|stycken|procent|procentenheter"
    r"|pct|promille|‰|%"
)
_FIGURE = re.compile(
    rf"([+−–-]?\d[\d \u00a0\u202f\u2009.,]*?)[ \u00a0\u202f\u2009]?((?:{_UNITS})\.?)", re.IGNORECASE
)


def figure_and_unit(cell: str) -> tuple[str, str] | None:
    """The figure of a cell and the unit after it, as written; None where it is no figure with a known unit.

    Years, months and grades are no units here: "15 år" is an age, which figures are broken down by.
    """
    found = _FIGURE.fullmatch(cell.strip())
    return (found[1], found[2]) if found else None


def without_unit(cell: str, unit: str) -> str:
    """A cell without the unit after its figure, where it is this one."""
    found = figure_and_unit(cell)
    return found[0] if found is not None and same_unit(found[1], unit) else cell


def same_unit(one: str, other: str) -> bool:
    """Whether two units are the same, written with or without a full stop and capitals."""
    return one.casefold().rstrip(".") == other.casefold().rstrip(".")
