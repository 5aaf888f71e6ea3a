"""The form of an agenda: as many points as one likes, each with its minutes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from datasets.cubes import pick
from dialogues.content import AgendaItem
from dialogues.models import Note
from dialogues.preparing.agendas import MOST_MINUTES, MOST_POINTS

KINDS = {*Note.Kind.values, "next_step"}
LONGEST_TITLE = 100
LONGEST_HINT = 300


@dataclass(frozen=True)
class Row:
    """A point as it was typed."""

    key: str
    title: str
    hint: str
    minutes: str
    notes: str


def rows_of(items: tuple[AgendaItem, ...], lang: str) -> list[Row]:
    """An agenda as rows to change, in the reader's language."""
    return [
        Row(one.key, pick(one.title, lang), pick(one.hint, lang), str(one.minutes), ",".join(one.notes))
        for one in items
    ]


def rows_in(posted: QueryDict) -> list[Row]:
    """What was sent, without rows that are empty."""
    columns = [posted.getlist(name)[: MOST_POINTS + 5] for name in ("key", "title", "hint", "minutes", "notes")]
    rows = [Row(*(one.strip() for one in row)) for row in zip(*columns, strict=False)]
    return [row for row in rows if row.title or row.minutes]


def problem_of(rows: list[Row]) -> str:
    """Why an agenda cannot be held, in words; nothing for one that can."""
    if not rows:
        return _("An agenda needs at least one point with a name and its minutes.")
    if len(rows) > MOST_POINTS:
        return _("An agenda can have %(most)s points. Put some of them together.") % {"most": MOST_POINTS}
    for number, row in enumerate(rows, start=1):
        if not row.title:
            return _("Point %(number)s needs a name.") % {"number": number}
        if not (row.minutes.isdecimal() and len(row.minutes) < 4 and 0 < int(row.minutes) <= MOST_MINUTES):
            return _("Point %(number)s needs its minutes, as a whole number.") % {"number": number}
    if sum(int(row.minutes) for row in rows) > MOST_MINUTES:
        return _("The points are more than four hours together. Make two meetings of them, some days apart.")
    return ""


def points_of(rows: list[Row]) -> list[dict[str, Any]]:
    """The rows as they are stored, of an agenda without a problem."""
    return [
        {
            "key": row.key[:20] if row.key.replace("_", "").isalnum() else f"point_{number}",
            "title": row.title[:LONGEST_TITLE],
            "hint": row.hint[:LONGEST_HINT],
            "minutes": int(row.minutes),
            "notes": [kind for kind in row.notes.split(",") if kind in KINDS],
        }
        for number, row in enumerate(rows, start=1)
    ]
