"""Records for tests: a dialogue that was held with charts and notes."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from dialogues.models import Dialogue
from dialogues.services.clusters import cluster_make, notes_group
from dialogues.services.following_up import next_step_add
from dialogues.services.holding import dialogue_finish
from dialogues.services.notes import note_add
from tests.dialogues import add_slide, invite_gun, make_dialogue
from tests.world import World

SEEN, WISH, TAKEN = "Flickor trivs allt bättre", "Siffror om dem som slutat skolan", "Vi frågar de unga själva"


def held_dialogue(world: World, *, charts: int = 1, notes: int = 0, is_guest_invited: bool = True) -> Dialogue:
    """A closed dialogue with charts, notes of which one is in a cluster, and a next step; call in scope."""
    dialogue = make_dialogue(world, begun=True)
    for number in range(charts):
        add_slide(dialogue, world, title=f"Trivs på fritiden {number + 1}")
    if is_guest_invited:
        invite_gun(dialogue, world)
    seen = note_add(dialogue=dialogue, kind="observation", text=SEEN, write_key=uuid4(), voice="Fritid").note
    group = cluster_make(dialogue=dialogue, title="Trivsel", by=world.alma)
    notes_group(dialogue=dialogue, note_ids=[seen.pk], cluster=group)
    for kind, text in (("data_wish", WISH), ("takeaway", TAKEN)):
        note_add(dialogue=dialogue, kind=kind, text=text, write_key=uuid4())
    for number in range(notes):
        note_add(dialogue=dialogue, kind="idea", text=f"En idé med nummer {number} " * 4, write_key=uuid4())
    next_step_add(
        dialogue=dialogue,
        text="Ringa biblioteket",
        owner=world.fia,
        owner_name="",
        due_on=date(2027, 3, 1),
        write_key=uuid4(),
        by=world.alma,
    )
    dialogue_finish(dialogue=dialogue, by=world.alma)
    dialogue.refresh_from_db()
    return dialogue
