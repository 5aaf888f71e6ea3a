"""The log of a dialogue as it stands, and what happened to it since somebody looked."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from dialogues.models import Dialogue, NextStep, Note
from portal.tenancy.scope import check_in_transaction, current


def notes_of(dialogue: Dialogue) -> QuerySet[Note]:
    """The log in the order in which it was written, each note with its chart; what was removed is left out."""
    return all_notes_of(dialogue).filter(is_removed=False)


def all_notes_of(dialogue: Dialogue) -> QuerySet[Note]:
    """The same, with what was removed."""
    return Note.in_scope().filter(dialogue=dialogue).select_related("slide__chart", "cluster").order_by("number")


@dataclass(frozen=True)
class Standing:
    """Where a dialogue stands: what every open page of it is told with each answer.

    `change` numbers the last change of a note; `steps` names the next steps and how they go.
    """

    dialogue_id: UUID
    change: int
    state: str
    began_at: datetime | None
    screen: int
    talk: str
    talk_ends_at: datetime | None
    has_code: bool
    steps: str

    @property
    def mark(self) -> str:
        """A word that changes whenever anything in the log does: a note, a next step, what is shown, the state.

        It begins with the number of the last change of a note, so that a page can ask for what came after.
        """
        shown = (self.state, self.began_at, self.screen, self.talk, self.talk_ends_at, self.has_code, self.steps)
        return f"{self.change}.{zlib.crc32(repr(shown).encode())}"


def standing_of(dialogue: Dialogue) -> Standing:
    """Where a dialogue stands that was fetched already."""
    steps = NextStep.in_scope().filter(dialogue=dialogue).values_list("pk", "state", "due_on")
    return _standing(dialogue, steps)


def mark_of(dialogue: Dialogue, steps: Iterable[NextStep]) -> str:
    """The mark of what a page shows, which has fetched the steps too."""
    return _standing(dialogue, ((step.pk, step.state, step.due_on) for step in steps)).mark


def _standing(dialogue: Dialogue, steps: Iterable[tuple[UUID, str, date | None]]) -> Standing:
    known = (f"{pk} {state} {due_on}" if due_on else f"{pk} {state}" for pk, state, due_on in steps)
    return Standing(
        dialogue_id=dialogue.pk,
        change=dialogue.last_change,
        state=dialogue.state,
        began_at=dialogue.began_at,
        screen=dialogue.screen,
        talk=dialogue.talk,
        talk_ends_at=dialogue.talk_ends_at,
        has_code=bool(dialogue.join_code),
        steps=" ".join(sorted(known)),
    )


@dataclass(frozen=True)
class SeenByDevice:
    """Where a dialogue stands, and which of the notes asked for the device wrote itself."""

    standing: Standing
    own: frozenset[UUID]


# Every device asks this at every change: two hundred of them within two seconds. Written out it costs a sixth of
# what the same takes in two querysets, most of which is putting their SQL together. Row-level security stands
# behind it as behind every statement.
_SEEN = """
    SELECT dialogue.last_change, dialogue.state, dialogue.began_at, dialogue.screen, dialogue.talk,
        dialogue.talk_ends_at, dialogue.join_code <> '', coalesce((
            SELECT string_agg(concat_ws(' ', step.id, step.state, step.due_on), ' ' ORDER BY step.id)
            FROM dialogues_nextstep AS step
            WHERE step.tenant_id = dialogue.tenant_id AND step.dialogue_id = dialogue.id
        ), ''),
        ARRAY(
            SELECT note.id FROM dialogues_note AS note
            WHERE note.tenant_id = dialogue.tenant_id AND note.dialogue_id = dialogue.id
                AND note.device_id = device.id AND note.change > %(after)s
        )
    FROM dialogues_dialogue AS dialogue
    JOIN dialogues_device AS device ON device.tenant_id = dialogue.tenant_id AND device.dialogue_id = dialogue.id
    WHERE dialogue.tenant_id = %(tenant)s AND dialogue.id = %(dialogue)s AND device.id = %(device)s
"""


def seen_by_device(*, dialogue_id: UUID, device_id: UUID, after: int) -> SeenByDevice | None:
    """What a device may be told of a dialogue; None where it has not joined it, or was forgotten."""
    check_in_transaction()
    asked: dict[str, UUID | int] = {"tenant": current(), "dialogue": dialogue_id, "device": device_id}
    with connection.cursor() as cursor:
        cursor.execute(_SEEN, asked | {"after": after})
        found = cursor.fetchone()
    if found is None:
        return None
    *standing, own = found
    return SeenByDevice(Standing(dialogue_id, *standing), frozenset(own))


def notes_after(dialogue_id: UUID, change: int) -> QuerySet[Note]:
    """What happened to the notes after a change, those included that were removed."""
    found = Note.in_scope().filter(dialogue=dialogue_id, change__gt=change)
    return found.select_related("slide__chart", "cluster").order_by("number")
