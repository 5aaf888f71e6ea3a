"""What protection would do to a table, shown to its steward before anything is published."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Any

import numpy as np

from datasets.cubes import Cube, Dimension, Reason, pick
from datasets.disclosure import (
    AggregationRule,
    ProtectedCube,
    Refusal,
    RefusedToPublish,
    ReleasedTable,
    pass_through,
    protect,
)
from datasets.services.fingerprints import input_key

MOST_CELLS = 40_000
"""A larger table is protected when it is imported, without a preview: a person should not wait for it."""

_MOST_COLUMNS = 8
_MOST_ROWS = 24


def protected(cube: Cube, rule: AggregationRule, earlier: Sequence[ReleasedTable]) -> ProtectedCube:
    """A table under its rule, protected against all that the data set has released. Raises RefusedToPublish."""
    if rule.hides_nothing:
        return pass_through(cube, rule)
    return protect(cube, rule, earlier=earlier, input_key=input_key())


def preview(cube: Cube, rule: AggregationRule, earlier: Sequence[ReleasedTable], lang: str) -> dict[str, Any]:
    """How many figures would be hidden, and the part of the table where they are; plain JSON without them.

    `refusals` says why nothing could be published under the rule, and `is_too_large` that this was not tried.
    """
    about: dict[str, Any] = {"rule": rule.to_json(), "cells": cube.size, "refusals": [], "is_too_large": False}
    if cube.size > MOST_CELLS and not rule.hides_nothing:
        return about | {"is_too_large": True}
    try:
        table = protected(cube, rule, earlier)
    except RefusedToPublish as refused:
        return about | {"refusals": [refusal_json(reason) for reason in refused.reasons]}
    return about | {"hidden": table.report.hidden} | _part(table, lang)


def refusal_json(reason: Refusal) -> dict[str, Any]:
    """Why nothing is published, as it is kept with its upload."""
    return {
        "why": str(reason.why),
        "cells": list(reason.cells),
        "about": {k: str(v) for k, v in reason.about.items()},
    }


def _part(table: ProtectedCube, lang: str) -> dict[str, Any]:
    """Rows of the table, those with hidden figures first, with the last dimension as columns."""
    cube = table.cube
    *down, across = [dimension for dimension in cube.dimensions if len(dimension) > 1] or cube.dimensions
    places = _columns(table, across)
    axes = [cube.axis(dimension.code) for dimension in (*down, across)]
    rest = tuple(axis for axis in range(len(cube.dimensions)) if axis not in axes)
    order = (*axes, *rest)
    statuses = cube.statuses.transpose(order).reshape([len(d) for d in (*down, across)])
    values = cube.values.transpose(order).reshape(statuses.shape)
    has_hidden = (statuses == Reason.SUPPRESSED).any(axis=-1)
    rows = [*map(tuple, np.argwhere(has_hidden).tolist()), *map(tuple, np.argwhere(~has_hidden).tolist())]
    return {
        "corner": [pick(dimension.label, lang) or dimension.code for dimension in down],
        "columns": [_label(across, place, lang) for place in places],
        "rows": [
            {
                "header": [_label(dimension, place, lang) for dimension, place in zip(down, row, strict=True)],
                "cells": [_cell(values[(*row, place)], int(statuses[(*row, place)])) for place in places],
            }
            for row in islice(rows, _MOST_ROWS)
        ],
        "is_cut": len(rows) > _MOST_ROWS or len(places) < len(across),
    }


def _columns(table: ProtectedCube, across: Dimension) -> list[int]:
    """The columns to show: as many as fit, those with hidden figures before others, in the table's order."""
    axis = table.axis(across.code)
    hidden = np.moveaxis(table.statuses == Reason.SUPPRESSED, axis, 0).reshape(len(across), -1).any(axis=1)
    chosen = sorted(range(len(across)), key=lambda place: (not hidden[place], place))[:_MOST_COLUMNS]
    return sorted(chosen)


def _cell(value: float, status: int) -> dict[str, Any]:
    reason = Reason(status)
    if reason.is_missing:
        return {"text": "", "status": reason.token}
    return {"text": f"{value:g}" if value != round(value) else f"{value:.0f}", "status": reason.token}


def _label(dimension: Dimension, place: int, lang: str) -> str:
    category = dimension.categories[place]
    return pick(category.label, lang) or category.code
