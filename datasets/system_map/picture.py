"""The map as a picture: a column a layer, from the person to society, and curves for influences.

Only geometry, in the units of the picture's view box; the template draws it, and the stylesheet gives it colour.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from datasets.content import layers
from datasets.cubes import pick
from datasets.system_map.model import MapFactor, MapInfluence, SystemMap

BOX_WIDTH, BOX_HEIGHT = 204, 46
COLUMN_GAP, ROW = 136, 64
MARGIN, TOP = 12, 48
LINE_OF_LABEL = 25
"""How many letters fit beside one another in a box."""
SWEEPS = 12


@dataclass(frozen=True)
class Box:
    """A factor's place: the corner of its box, and its label in one line or two."""

    key: str
    x: int
    y: int
    lines: tuple[tuple[int, str], ...]
    column: int

    @property
    def middle(self) -> int:
        """Where labels are centred."""
        return self.x + BOX_WIDTH // 2


@dataclass(frozen=True)
class Line:
    """An influence's curve, as the path of an SVG."""

    source: str
    target: str
    is_strengthening: bool
    path: str


@dataclass(frozen=True)
class Heading:
    """A layer's name over its column."""

    label: str
    middle: int


@dataclass(frozen=True)
class Picture:
    """Everything that is drawn. Boxes stand in reading order: layer by layer, each from top to bottom."""

    width: int
    height: int
    headings: tuple[Heading, ...]
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    box_width: int = BOX_WIDTH
    box_height: int = BOX_HEIGHT


def picture_of(shown: SystemMap, lang: str) -> Picture:
    """Lay out a map that has been freed of what is hidden."""
    columns = [column for layer in layers() if (column := shown.in_layer(layer.key))]
    order = _ordered(columns, shown.influences)
    rows = max((len(column) for column in columns), default=1)
    labels = {layer.key: pick(layer.label, lang) for layer in layers()}
    boxes: list[Box] = []
    headings = []
    for number, column in enumerate(columns):
        x = MARGIN + number * (BOX_WIDTH + COLUMN_GAP)
        headings.append(Heading(labels[column[0].layer], x + BOX_WIDTH // 2))
        step = rows * ROW / len(column)
        for place, factor in enumerate(sorted(column, key=lambda one: order[one.key])):
            y = round(TOP + (place + 0.5) * step - BOX_HEIGHT / 2)
            boxes.append(Box(factor.key, x, y, _lines(pick(factor.label, lang), y), number))
    placed = {box.key: box for box in boxes}
    lines = tuple(
        Line(one.source, one.target, one.is_strengthening, _path(placed[one.source], placed[one.target], columns))
        for one in shown.influences
    )
    width = 2 * MARGIN + max(len(columns), 1) * (BOX_WIDTH + COLUMN_GAP) - COLUMN_GAP
    return Picture(width, TOP + rows * ROW, tuple(headings), tuple(boxes), lines)


def _ordered(columns: Sequence[tuple[MapFactor, ...]], influences: Sequence[MapInfluence]) -> Mapping[str, float]:
    """A height for each factor between 0 and 1, near those it is joined with: fewer curves cross.

    The barycentre method of Sugiyama, Tagawa and Toda (1981), a fixed number of sweeps.
    """
    joined: dict[str, list[str]] = {factor.key: [] for column in columns for factor in column}
    for one in influences:
        joined[one.source].append(one.target)
        joined[one.target].append(one.source)
    place: dict[str, float] = {}
    for column in columns:
        place |= {factor.key: (n + 0.5) / len(column) for n, factor in enumerate(column)}
    for _sweep in range(SWEEPS):
        for column in columns:
            pull = {
                factor.key: sum(place[key] for key in joined[factor.key]) / len(joined[factor.key])
                if joined[factor.key]
                else place[factor.key]
                for factor in column
            }
            for n, key in enumerate(sorted(pull, key=lambda key: (pull[key], place[key]))):
                place[key] = (n + 0.5) / len(column)
    return place


def _lines(label: str, y: int) -> tuple[tuple[int, str], ...]:
    """The label in one line or two, each with its base line."""
    if len(label) <= LINE_OF_LABEL or " " not in label:
        return ((y + BOX_HEIGHT // 2 + 5, label),)
    words = label.split()
    cut = min(range(1, len(words)), key=lambda n: abs(len(" ".join(words[:n])) - len(" ".join(words[n:]))))
    return (
        (y + BOX_HEIGHT // 2 - 4, " ".join(words[:cut])),
        (y + BOX_HEIGHT // 2 + 15, " ".join(words[cut:])),
    )


def _path(source: Box, target: Box, columns: Sequence[object]) -> str:
    """From the side of one box to the facing side of the other; within a column out and back in."""
    y_from, y_to = source.y + BOX_HEIGHT // 2, target.y + BOX_HEIGHT // 2
    if source.column == target.column:
        is_last = source.column == len(columns) - 1
        x = source.x if is_last else source.x + BOX_WIDTH
        bend = min(40 + abs(y_to - y_from) // 6, COLUMN_GAP - 24) * (-1 if is_last else 1)
        return f"M{x} {y_from}C{x + bend} {y_from} {x + bend} {y_to} {x} {y_to}"
    is_outward = source.column < target.column
    x_from = source.x + (BOX_WIDTH if is_outward else 0)
    x_to = target.x + (0 if is_outward else BOX_WIDTH)
    half = (x_from + x_to) // 2
    return f"M{x_from} {y_from}C{half} {y_from} {half} {y_to} {x_to} {y_to}"
