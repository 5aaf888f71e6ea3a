"""Breaks in a series: from where on figures are not comparable with those before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from datasets.cubes import Cube, Role, pick
from datasets.statistics import groups_of

from .about import About
from .language import say
from .resolve import View

_TELLS = re.compile(
    r"tidsseriebrott|brott i (tids)?serien|serien (är )?brut|inte jämförbar|ej jämförbar|"
    r"break in (the )?(time )?series|series break|not comparable",
    re.IGNORECASE,
)
_UNSAID = {
    "sv": "Från {period} räknas det på ett annat sätt.",
    "en": "From {period} it is counted in another way.",
}


@dataclass(frozen=True)
class Cut:
    """The line is cut before the step at ``place``, which is the first of the new way of counting."""

    place: int
    text: str


def cuts_of(cube: Cube, view: View, about: About, lang: str) -> tuple[Cut, ...]:
    """Where the axis is cut: at the breaks that were marked, and at those that a time's own footnote tells of."""
    if view.x.role is not Role.TIME:
        return ()
    said = {one.period: pick(one.text, lang) for one in about.breaks}
    for note in cube.notes:
        period = note.at.get(view.x.code)
        text = pick(note.text, lang)
        if period is not None and len(note.at) == 1 and _TELLS.search(text):
            said.setdefault(period, text)
    found: dict[int, str] = {}
    for period in sorted(said):
        place = next((n for n, code in enumerate(view.x_codes) if code[: len(period)] >= period), 0)
        if place:
            found[place] = said[period] or say(_UNSAID, lang, period=period)
    return tuple(Cut(place, text) for place, text in sorted(found.items()))


def pooled(count: int, size: int, cuts: Sequence[Cut]) -> tuple[tuple[tuple[int, ...], ...], tuple[Cut, ...]]:
    """The times in groups of ``size`` of which none crosses a break, and the breaks at their new places."""
    if not size:
        return (), tuple(cuts)
    ends = [0, *(cut.place for cut in cuts), count]
    groups: list[tuple[int, ...]] = []
    moved = []
    for part, (start, end) in enumerate(pairwise(ends)):
        if part and groups:
            moved.append(Cut(len(groups), cuts[part - 1].text))
        groups += [tuple(start + place for place in group) for group in groups_of(end - start, size)]
    kept = {cut.place: cut for cut in moved if cut.place < len(groups)}
    return tuple(groups), tuple(kept.values())
