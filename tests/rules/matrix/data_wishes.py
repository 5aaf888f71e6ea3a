"""Pages of wishes for data."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from dialogues.models import Note
from dialogues.services.data_wishes import wish_answer
from dialogues.services.notes import note_add
from tests.dialogues import at_work, make_dialogue
from tests.rules.matrix.accounts import REGION, in_region
from tests.rules.matrix.dialogues import READERS
from tests.rules.matrix.row import Row, row
from tests.world import World


def make_wish(world: World, text: str = "Siffror om sömn", **details: Any) -> Note:
    """A wish in a dialogue that goes on; call in scope."""
    dialogue = make_dialogue(world, begun=True, **details)
    return note_add(dialogue=dialogue, kind="data_wish", text=text, write_key=uuid4()).note


def one(world: World) -> dict[str, Any]:
    with at_work(world):
        return {"slug": "alvik", "note_id": make_wish(world).pk}


def answered(world: World) -> dict[str, Any]:
    with at_work(world):
        note = make_wish(world)
        wish_answer(note=note, dataset=None, line="Finns inte", by=world.alma)
        return {"slug": "alvik", "note_id": note.pk}


#            adam alma dag fia olle vera gun bo rut cleo anyone
STEWARDS = " 200 200 200 404 404 404 404 404 404 404 302"
ANSWERS = "  405 405 405 404 404 404 404 404 404 404 302"

MATRIX: dict[str, Row] = {
    "data-wish-list": row(READERS),
    "data-wish-answer": row(STEWARDS, one),
    "data-wish-open": row(ANSWERS, answered),
    "data-wish-register": row(ANSWERS, one),
    "data-wish-put-back": row(ANSWERS, one),
}

#              adam alma dag fia olle vera gun bo rut cleo anyone
SHARES = "     200 200 404 404 404 404 404 404 404 404 302"
MATRIX |= {
    "data-wish-share": row(SHARES, one),
    "dialogue-county": row(REGION, in_region),
}
