"""What protection would do to a table, shown to its steward before anything is published."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import numpy as np

from datasets.cubes import Cube, Dimension, Reason, pick, revisions
from datasets.disclosure import (
    AggregationRule,
    CountTable,
    Effect,
    ProtectedCube,
    Refusal,
    RefusedToPublish,
    ReleasedTable,
    Step,
    Why,
    advise,
    fitting,
    merged_groups,
    pass_through,
    protect_linked,
    reshape,
    without_a_dimension,
)
from datasets.services.fingerprints import input_key

MOST_CELLS = 40_000
"""A larger table is protected when it is imported, without a preview: a person should not wait for it."""

LIVE_CELLS = 2_000
"""Up to here, earlier releases included, a table is protected while a person waits: in less than two seconds."""

COARSER_MAY_HELP = frozenset({Why.NOTHING_LEFT, Why.NOT_CLEAN, Why.TOO_MANY_DIMENSIONS, Why.EARLIER_REVEALS})
"""Refusals that a coarser table may not meet; all others are about the figures themselves."""

_MOST_COLUMNS = 8
_MOST_ROWS = 24
_MOST_WORST = 3


@dataclass(frozen=True)
class Trial:
    """A table on its way in: its figures as read, what was decided to be merged or left out, and its rule.

    `former` is the table that its data set's last release shows.
    """

    cube: Cube
    rule: AggregationRule
    earlier: Sequence[ReleasedTable] = ()
    steps: Sequence[Step] = field(default=())
    former: ProtectedCube | None = field(default=None, kw_only=True)

    @property
    def table(self) -> Cube:
        """The table that would be published, before protection."""
        return reshape(self.cube, self.steps)

    def protect(self, cube: Cube, further: Sequence[Step] = ()) -> ProtectedCube:
        """A cube protected as the release would be; `further` made it of `table`. Raises RefusedToPublish."""
        if self.rule.hides_nothing:
            return pass_through(cube, self.rule)
        # What merged categories are made of: releases before or after may show the parts.
        table = CountTable(cube, groups=merged_groups(self.cube, (*self.steps, *further)))
        return protect_linked([table], self.rule, earlier=self.earlier, input_key=input_key())[0]


def preview(trial: Trial, lang: str) -> dict[str, Any]:
    """How many figures would be hidden, where and for what, and the part of the table where they are.

    Plain JSON without any hidden figure. `refusals` says why nothing could be published under the rule,
    `is_too_large` that this was not tried, `is_small` that another rule can be tried while one waits.
    """
    cube, rule = trial.table, trial.rule
    about: dict[str, Any] = {
        "rule": rule.to_json(),
        "steps": [step.to_json() for step in trial.steps],
        "unfit": [step.key for step in trial.steps if step not in fitting(trial.cube, trial.steps)],
        "cells": cube.size,
        "refusals": [],
        "is_too_large": False,
        "is_small": cube.size * (1 + len(trial.earlier)) <= LIVE_CELLS,
    }
    if cube.size > MOST_CELLS and not rule.hides_nothing:
        return about | {"is_too_large": True}
    try:
        table = trial.protect(cube)
    except RefusedToPublish as refused:
        return about | {"refusals": [refusal_json(reason) for reason in refused.reasons]}
    report = table.report
    about |= {
        "cells": report.cells,
        "hidden": report.hidden,
        "primary": report.primary,
        "secondary": report.secondary,
    }
    about |= {"revisions": revised(trial, table)}
    lost = {"people_percent": _people_seen(cube, table), "dimensions": lost_by_dimension(table, lang)}
    return about | {"lost": lost} | part_of(table, lang)


def revised(trial: Trial, table: ProtectedCube) -> dict[str, Any]:
    """What a protected table says otherwise than the last release; plain JSON, empty for a first release."""
    return {} if trial.former is None else revisions(trial.former, table).to_json()


def advice(trial: Trial, shown: dict[str, Any]) -> list[dict[str, Any]]:
    """Changes that would let more of a previewed table be shown, each with its effect; plain JSON.

    Nothing where nothing is hidden, or where the table was refused for what no change can mend.
    """
    why = {Why(refusal["why"]): refusal["about"] for refusal in shown["refusals"]}
    if shown["is_too_large"] or not (shown.get("hidden") or set(why) & COARSER_MAY_HELP):
        return []
    before = None if why else Effect(shown["cells"], shown["hidden"])
    crossed = why.get(Why.TOO_MANY_DIMENSIONS, {})
    too_many = int(crossed.get("crossed", 0)) - int(crossed.get("allowed", 0))
    found = advise(trial.table, trial.rule.k, trial.protect, before, why=why, too_many=too_many)
    return [
        {
            "key": one.key,
            "steps": [step.to_json() for step in one.steps],
            "cells": one.effect.cells,
            "hidden": one.effect.hidden,
        }
        for one in found
    ]


def comparison(trial: Trial, table: ProtectedCube) -> dict[str, Any]:
    """What would be hidden of a protected table with one dimension less, as its report keeps it; maybe nothing."""
    if not table.report.hidden:
        return {}
    less = without_a_dimension(trial.table, trial.protect)
    if less is None:
        return {}
    return {"dimension": dict(less.steps[0].name), "cells": less.effect.cells, "hidden": less.effect.hidden}


def refusal_json(reason: Refusal) -> dict[str, Any]:
    """Why nothing is published, as it is kept with its upload."""
    return {
        "why": str(reason.why),
        "cells": list(reason.cells),
        "about": {k: str(v) for k, v in reason.about.items()},
    }


def lost_by_dimension(table: ProtectedCube, lang: str) -> list[dict[str, Any]]:
    """The categories of each dimension that lose most, and how much; plain JSON."""
    hidden = table.statuses == Reason.SUPPRESSED
    found = []
    for axis, dimension in enumerate(table.dimensions):
        lost = np.moveaxis(hidden, axis, 0).reshape(len(dimension), -1).sum(axis=1)
        worst = [place for place in np.argsort(-lost, kind="stable").tolist() if lost[place]]
        if len(dimension) > 1 and worst:
            cells = hidden.size // len(dimension)
            found.append({
                "name": pick(dimension.label, lang) or dimension.code,
                "worst": [
                    {"label": _label(dimension, place, lang), "hidden": int(lost[place]), "cells": cells}
                    for place in worst[:_MOST_WORST]
                ],
            })  # fmt: skip
    return found


def _people_seen(cube: Cube, table: ProtectedCube) -> int:
    """The part of the people whose finest figure is shown, in whole per cent, rounded down."""
    finest = np.ix_(*([dimension.position(code) for code in dimension.leaves] for dimension in cube.dimensions))
    people, seen = np.nan_to_num(cube.values[finest]), table.statuses[finest] != Reason.SUPPRESSED
    everyone = people.sum()
    return int(100 * people[seen].sum() // everyone) if everyone > 0 else 100


def part_of(table: ProtectedCube, lang: str) -> dict[str, Any]:
    """Rows of a table, those with hidden figures first, with the last dimension as columns; plain JSON.

    For its steward: of a hidden figure it says whether the rule asks for it, or the keeping of another one.
    """
    cube = table.cube
    *down, across = [dimension for dimension in cube.dimensions if len(dimension) > 1] or cube.dimensions
    places = _columns(table, across)
    axes = [cube.axis(dimension.code) for dimension in (*down, across)]
    rest = tuple(axis for axis in range(len(cube.dimensions)) if axis not in axes)
    order = (*axes, *rest)
    shape = [len(d) for d in (*down, across)]
    statuses = cube.statuses.transpose(order).reshape(shape)
    values = cube.values.transpose(order).reshape(shape)
    small = table.report.protected_cells(cube.shape).transpose(order).reshape(shape)
    has_hidden = (statuses == Reason.SUPPRESSED).any(axis=-1)
    rows = [*map(tuple, np.argwhere(has_hidden).tolist()), *map(tuple, np.argwhere(~has_hidden).tolist())]
    return {
        "corner": [pick(dimension.label, lang) or dimension.code for dimension in down],
        "columns": [_label(across, place, lang) for place in places],
        "rows": [
            {
                "header": [_label(dimension, place, lang) for dimension, place in zip(down, row, strict=True)],
                "cells": [
                    _cell(values[(*row, place)], int(statuses[(*row, place)]), bool(small[(*row, place)]))
                    for place in places
                ],
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


def _cell(value: float, status: int, is_small: bool) -> dict[str, Any]:
    """A figure as text, or why it is none; of a hidden one whether the rule or another figure asks for it."""
    reason = Reason(status)
    if reason is Reason.SUPPRESSED:
        return {"text": "", "status": reason.token, "why": "primary" if is_small else "secondary"}
    if reason.is_missing:
        return {"text": "", "status": reason.token}
    return {"text": f"{value:g}" if value != round(value) else f"{value:.0f}", "status": reason.token}


def _label(dimension: Dimension, place: int, lang: str) -> str:
    category = dimension.categories[place]
    return pick(category.label, lang) or category.code
