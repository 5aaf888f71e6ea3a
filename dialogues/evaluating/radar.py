"""A radar as geometry: one axis a dimension, one line a time. Plain Python; a table beside it says the same."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

MIDDLE, REACH, FROM_MIDDLE = 200.0, 120.0, 146.0
"""The drawing is 400 by 400: how far the axes reach, and where their names stand."""

HIGHEST = 5
SHADES = 5
"""Lines are told apart by colour and dashes; the newest is always the first of them, unbroken and filled."""


@dataclass(frozen=True)
class Name:
    """An axis' name, where it stands, and which end of it is there."""

    text: str
    x: str
    y: str
    anchor: str


@dataclass(frozen=True)
class Line:
    """One time: its corners, and its place among the lines counted from the newest."""

    label: str
    points: str
    corners: tuple[tuple[str, str], ...]
    shade: int


@dataclass(frozen=True)
class Radar:
    """Everything to draw: rings from 1 to 5, axes, and lines from the oldest to the newest."""

    rings: tuple[str, ...]
    axes: tuple[tuple[str, str], ...]
    names: tuple[Name, ...]
    lines: tuple[Line, ...]


def radar_of(names: Sequence[str], times: Sequence[tuple[str, Sequence[float | None]]]) -> Radar:
    """The radar of some times, oldest first. One with a mean that is not shown has no line."""
    count = len(names)
    whole = [(label, [float(value) for value in values if value is not None]) for label, values in times]
    drawn = [(label, values) for label, values in whole if len(values) == count][-SHADES:]
    return Radar(
        rings=tuple(_points([float(ring)] * count) for ring in range(1, HIGHEST + 1)),
        axes=tuple(_at(place, count, REACH) for place in range(count)),
        names=tuple(_name(text, place, count) for place, text in enumerate(names)),
        lines=tuple(
            Line(
                label,
                _points(values),
                tuple(_at(place, count, REACH * value / HIGHEST) for place, value in enumerate(values)),
                len(drawn) - 1 - place,
            )
            for place, (label, values) in enumerate(drawn)
        ),
    )


def _at(place: int, count: int, far: float) -> tuple[str, str]:
    angle = 2 * math.pi * place / count - math.pi / 2
    return f"{MIDDLE + far * math.cos(angle):.1f}", f"{MIDDLE + far * math.sin(angle):.1f}"


def _points(values: Sequence[float]) -> str:
    count = len(values)
    return " ".join(",".join(_at(place, count, REACH * value / HIGHEST)) for place, value in enumerate(values))


def _name(text: str, place: int, count: int) -> Name:
    x, y = _at(place, count, FROM_MIDDLE)
    side = float(x) - MIDDLE
    return Name(text, x, y, "middle" if abs(side) < 1 else "start" if side > 0 else "end")
