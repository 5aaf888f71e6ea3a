"""The same colour for the same thing through a whole deck of charts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from .spec import ChartSpec

COLOURS = 8
"""How many colours the palette has, each with a pattern of its own."""


def share_colours(specs: Sequence[ChartSpec]) -> tuple[ChartSpec, ...]:
    """The charts with the colour slots dealt anew, so that a key has one slot in all of them where possible.

    The keys that most charts share are dealt first. Within one chart no slot is used twice: with more things
    than colours, a thing that would clash takes a free colour in that chart alone.
    """
    seen = Counter(series.key for spec in specs for series in spec.series)
    dealt = {key: place % COLOURS for place, (key, _) in enumerate(seen.most_common())}
    return tuple(_dealt(spec, dealt) for spec in specs)


def _dealt(spec: ChartSpec, dealt: dict[str, int]) -> ChartSpec:
    taken: set[int] = set()
    coloured = []
    for series in spec.series:
        slot = dealt[series.key]
        if slot in taken:
            slot = next(free for free in range(COLOURS) if free not in taken)
        taken.add(slot)
        coloured.append(replace(series, slot=slot))
    return replace(spec, series=tuple(coloured))
