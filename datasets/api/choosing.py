"""What of a table a call asks for, before any figure is read; the same rules for both interfaces."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from datasets.api.expressions import BadExpression, UnknownValue, expand, split
from datasets.cubes import Role
from portal.api.problems import Problem

KIND = "Parameter error"
_VALUE_CODES = re.compile(r"valuecodes\[(?P<code>.+)\]", re.IGNORECASE)
MOST_EXPRESSIONS = 2_000


@dataclass(frozen=True)
class Axis:
    """A dimension of a stored table, as far as a choice needs to know it."""

    code: str
    codes: tuple[str, ...]
    is_time: bool
    is_metric: bool
    total: str | None


Choice = dict[str, list[str]]
"""Dimension code to category codes, in the order asked for; a dimension left out is wanted whole."""


def axes_of(structure: Mapping[str, Any]) -> tuple[Axis, ...]:
    """The dimensions of a stored table, from its structure alone."""
    return tuple(
        Axis(
            code=dimension["code"],
            codes=tuple(category["code"] for category in dimension["categories"]),
            is_time=dimension["role"] == Role.TIME,
            is_metric=dimension["role"] == Role.METRIC,
            total=dimension["total"],
        )
        for dimension in structure["dimensions"]
    )


def axis_named(name: str, axes: Iterable[Axis]) -> Axis:
    """The dimension of a code, written in any case. A Problem where there is none."""
    for axis in axes:
        if axis.code == name:
            return axis
    for axis in axes:
        if axis.code.casefold() == name.casefold():
            return axis
    raise Problem(
        400,
        "Non-existent variable",
        _("The table has no such dimension. It has: %(names)s.") % {"names": ", ".join(a.code for a in axes)},
        kind=KIND,
    )


def asked_in_query(query: Any, axes: Sequence[Axis], *, own: frozenset[str], only_coded: bool) -> Choice:
    """What a query asks for: `valueCodes[Region]=…` and, unless `only_coded`, `region=…`.

    `own` are the parameters that are not about dimensions, in small letters.
    """
    chosen: dict[str, list[str]] = {}
    for name, values in query.lists():
        coded = _VALUE_CODES.fullmatch(name)
        if coded is None and (only_coded or name.lower() in own):
            continue
        axis = axis_named(coded["code"] if coded else name, axes)
        known = {code: place for place, code in enumerate(axis.codes)}
        chosen.setdefault(axis.code, []).extend(part for value in values for part in split(value, known))
    by_code = {axis.code: axis for axis in axes}
    return {code: chosen_codes(by_code[code], parts) for code, parts in chosen.items()}


def chosen_codes(axis: Axis, expressions: Sequence[str]) -> list[str]:
    """The categories that some expressions mean. A Problem where one means nothing."""
    if len(expressions) > MOST_EXPRESSIONS:
        raise _bad_expression()
    try:
        found = expand(expressions, axis.codes, newest_last=axis.is_time)
    except UnknownValue:
        raise _no_such_value(axis) from None
    except BadExpression:
        raise _bad_expression() from None
    if not found:
        raise _no_such_value(axis)
    return found


def check_size(choice: Choice, axes: Iterable[Axis]) -> int:
    """How many cells a choice has; a Problem for more than one answer holds."""
    cells = prod(len(choice.get(axis.code, axis.codes)) for axis in axes)
    if cells > settings.API_CELLS:
        raise Problem(
            403,
            "Too many cells selected",
            _("%(cells)s figures were asked for, and one answer holds %(most)s. Ask for a part at a time.")
            % {"cells": cells, "most": settings.API_CELLS},
            kind=KIND,
        )
    return cells


def _no_such_value(axis: Axis) -> Problem:
    return Problem(
        400,
        "Non-existent value",
        _("%(name)s has no such category. The table's description lists them all.") % {"name": axis.code},
        kind=KIND,
    )


def _bad_expression() -> Problem:
    return Problem(
        400,
        "Illegal selection expression",
        _("Write codes, or *, ?, TOP(n), BOTTOM(n), RANGE(a,b), FROM(a) or TO(a)."),
        kind=KIND,
    )
