"""The agenda of one dialogue: of its format, or as it was changed."""

from __future__ import annotations

from typing import Any

from dialogues.content import LENGTHS, AgendaItem
from dialogues.content.formats import format_agenda
from dialogues.models import Dialogue

LONGEST_TALK = 90
"""Minutes after which people lose hold of the thread: better to meet twice, some days apart."""

MOST_POINTS = 15
MOST_MINUTES = 240


def agenda_of(dialogue: Dialogue) -> tuple[AgendaItem, ...]:
    """The points of the meeting in order. Words that somebody wrote are in the one language they wrote in."""
    if dialogue.agenda:
        return tuple(item_of(point) for point in dialogue.agenda)
    return format_agenda(dialogue.format, dialogue.minutes if dialogue.minutes in LENGTHS else LENGTHS[-1])


def item_of(point: dict[str, Any]) -> AgendaItem:
    """A point as it is stored."""
    return AgendaItem(
        key=point["key"],
        title={"sv": point["title"]},
        hint={"sv": point["hint"]},
        minutes=point["minutes"],
        notes=tuple(point["notes"]),
    )
