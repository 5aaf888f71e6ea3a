"""The agenda of one dialogue: of its format, or as it was changed."""

from __future__ import annotations

from typing import Any

from dialogues.content import LENGTHS, AgendaItem
from dialogues.content.formats import format_agenda, shown_at
from dialogues.models import Dialogue, Note

LONGEST_TALK = 90
"""Minutes after which people lose hold of the thread: better to meet twice, some days apart."""

MOST_POINTS = 15
MOST_MINUTES = 240


def agenda_of(dialogue: Dialogue) -> tuple[AgendaItem, ...]:
    """The points of the meeting in order. Words that somebody wrote are in the one language they wrote in."""
    if dialogue.agenda:
        return tuple(item_of(point, dialogue.format) for point in dialogue.agenda)
    return format_agenda(dialogue.format, dialogue.minutes if dialogue.minutes in LENGTHS else LENGTHS[-1])


def item_of(point: dict[str, Any], format_key: str = "") -> AgendaItem:
    """A point as it is stored."""
    return AgendaItem(
        key=point["key"],
        title={"sv": point["title"]},
        hint={"sv": point["hint"]},
        minutes=point["minutes"],
        notes=tuple(point["notes"]),
        shows=shown_at(format_key, point["key"]),
    )


def kinds_of(dialogue: Dialogue) -> list[tuple[str, str]]:
    """The kinds of note that can be taken, with their names: those of a standing meeting where it has them."""
    asked = {kind for item in agenda_of(dialogue) for kind in item.notes}
    return [
        (kind.value, str(kind.label)) for kind in Note.Kind if kind not in Note.OF_MEETINGS or kind.value in asked
    ]
