"""Figures that a new release cannot show again: what an earlier one showed stands, and the table says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from datasets.cubes import Cube, Note, Reason, pick

from ..protected import ProtectedCube, seal
from .recalling import ReleasedTable

_INTRO = {
    "sv": "De här siffrorna visas inte på nytt, så att ingen kan räkna ut vad som har ändrats. "
    "I en tidigare utgåva var de:",
    "en": "These figures are not shown again, so that nobody can work out what has changed. "
    "In an earlier release they were:",
}
_MORE = {"sv": "och {count} till", "en": "and {count} more"}
_MOST_NAMED = 12


def with_former_figures(table: ProtectedCube, earlier: Sequence[ReleasedTable]) -> ProtectedCube:
    """A table with a note of what earlier releases, the latest first, showed where it shows nothing.

    Every hidden figure that was shown before is treated alike, whatever it is hidden for, so that the note tells
    nothing but what both releases tell already. The cells themselves stay hidden: a former figure is never
    added up, or made a share of, with present ones.
    """
    found: dict[tuple[str, ...], float] = {}
    hidden = [
        tuple(dimension.codes[place] for dimension, place in zip(table.dimensions, cell, strict=True))
        for cell in np.argwhere(table.statuses == Reason.SUPPRESSED).tolist()
    ]
    names = [dimension.code for dimension in table.dimensions]
    for released in reversed(earlier):
        former = released.protected
        if {dimension.code for dimension in former.dimensions} != set(names) or former.report.derived:
            continue
        order = [names.index(dimension.code) for dimension in former.dimensions]
        for cell in hidden:
            value = _value(former, [cell[place] for place in order])
            if value is not None and cell not in found:
                found[cell] = value
    return (
        seal(replace(table.cube, notes=(*table.notes, _note(table.cube, found))), table.report) if found else table
    )


def _value(former: ProtectedCube, codes: Sequence[str]) -> float | None:
    """The figure of a cell, where the table has the cell and shows it."""
    places = [dimension.positions.get(code, -1) for dimension, code in zip(former.dimensions, codes, strict=True)]
    value = float(former.values[tuple(places)]) if min(places) >= 0 else float("nan")
    return None if np.isnan(value) else value


def _note(cube: Cube, found: dict[tuple[str, ...], float]) -> Note:
    return Note({lang: f"{intro} {_listed(cube, found, lang)}." for lang, intro in _INTRO.items()}, mandatory=True)


def _listed(cube: Cube, found: dict[tuple[str, ...], float], lang: str) -> str:
    named = []
    for cell, value in list(found.items())[:_MOST_NAMED]:
        words = [
            pick(dimension.categories[dimension.positions[code]].label, lang) or code
            for dimension, code in zip(cube.dimensions, cell, strict=True)
        ]
        named.append(f"{', '.join(words)}: {value:g}")
    more = len(found) - _MOST_NAMED
    return "; ".join(named) + (f"; {_MORE[lang].format(count=more)}" if more > 0 else "")
