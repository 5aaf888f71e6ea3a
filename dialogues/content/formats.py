"""Kinds of meeting that a dialogue can be held in: its own, a standing meeting, a workshop with the young."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from datasets.cubes import LocalText
from dialogues.content import AgendaItem, agenda, content_of


@dataclass(frozen=True)
class Format:
    """A kind of meeting: its name, when it is the one to choose, and its agenda where it has one of its own."""

    key: str
    title: LocalText
    text: LocalText
    points: tuple[Mapping[str, Any], ...]


@cache
def formats() -> tuple[Format, ...]:
    """The formats that Växtkraft brings with it, the dialogue first."""
    return tuple(
        Format(one["key"], one["title"], one["text"], tuple(one.get("agenda", ())))
        for one in content_of("formats")["formats"]
    )


def find_format(key: str) -> Format:
    """The format with this key; the dialogue for one that is not known."""
    return next((one for one in formats() if one.key == key), formats()[0])


def shown_at(format_key: str, point_key: str) -> tuple[LocalText, ...]:
    """What a format shows on the wall at one of its points; nothing for a point that somebody made themselves."""
    points = find_format(format_key).points
    return next((tuple(one.get("shows", ())) for one in points if one["key"] == point_key), ())


def format_agenda(key: str, minutes: int) -> tuple[AgendaItem, ...]:
    """The agenda of a meeting of this format. Raises ValueError for a length that is not 75 or 90 minutes."""
    points = find_format(key).points
    if not points:
        return agenda(minutes)
    return tuple(
        AgendaItem(
            key=point["key"],
            title=point["title"],
            hint=point["hint"],
            minutes=point["minutes"][str(minutes)],
            notes=tuple(point["notes"]),
            shows=tuple(point.get("shows", ())),
        )
        for point in points
    )
