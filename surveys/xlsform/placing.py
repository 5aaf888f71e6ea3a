"""Where what is worked out stands: after all that it reads, and before all that reads it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..questionnaire.expressions import Expression, names
from .structure import Item, Structure
from .types import Sort


def placed(
    structure: Structure,
    kept: set[str],
    conditions: Mapping[str, Sequence[Expression | None]],
    calculations: Mapping[str, Expression | None],
) -> dict[str, list[Item]]:
    """The kept questions of each part, by the part's code.

    XLSForm lets a calculation stand anywhere. One that is read before its place, or that stands in a part without
    a question, moves to right after the last question that it reads.
    """
    parts = {part.code: [item for item in part.items if item.code in kept] for part in structure.parts}
    moving = {item.code: item for item in _misplaced(parts, conditions, calculations)}
    if not moving:
        return parts
    for items in parts.values():
        items[:] = [item for item in items if item.code not in moving]
    reads = {code: _names(calculations.get(code)) for code in moving}
    known = {item.code for items in parts.values() for item in items}
    return _put_in(parts, moving, {code: read & (known | moving.keys()) for code, read in reads.items()})


def _names(expression: Expression | None) -> frozenset[str]:
    return names(expression) if expression is not None else frozenset()


def _misplaced(
    parts: Mapping[str, list[Item]],
    conditions: Mapping[str, Sequence[Expression | None]],
    calculations: Mapping[str, Expression | None],
) -> list[Item]:
    read: set[str] = set()
    found = []
    for items in parts.values():
        has_question = any(item.sort is not Sort.CALCULATE for item in items)
        for item in items:
            if item.sort is Sort.CALCULATE and (item.code in read or not has_question):
                found.append(item)
            for expression in (*conditions.get(item.code, ()), calculations.get(item.code)):
                read |= _names(expression)
    return found


def _put_in(
    parts: dict[str, list[Item]], moving: Mapping[str, Item], reads: Mapping[str, frozenset[str]]
) -> dict[str, list[Item]]:
    """The parts with the moving ones put in as soon as all that they read stands there."""
    waiting = dict(moving)
    standing: set[str] = set()
    made: dict[str, list[Item]] = {}
    is_begun = False
    for code, items in parts.items():
        made[code] = []
        if items and not is_begun:
            is_begun = True
            made[code] += _ready(waiting, standing, reads)
        for item in items:
            made[code].append(item)
            standing.add(item.code)
            if waiting:
                made[code] += _ready(waiting, standing, reads)
    return made


def _ready(waiting: dict[str, Item], standing: set[str], reads: Mapping[str, frozenset[str]]) -> list[Item]:
    """Those whose inputs all stand there now, taken from the waiting ones."""
    found: list[Item] = []
    while ready := [item for code, item in waiting.items() if reads[code] <= standing]:
        for item in ready:
            del waiting[item.code]
            standing.add(item.code)
        found += ready
    return found
