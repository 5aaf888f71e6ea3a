"""Pages of the idea bank."""

from __future__ import annotations

from typing import Any

from datasets.reach import Reach
from dialogues.models import Idea
from dialogues.services.ideas import idea_add, trial_tell
from tests.dialogues import at_work
from tests.rules.matrix.dialogues import FOLLOWS, READERS, WRITES
from tests.rules.matrix.plans import DEEDS
from tests.rules.matrix.row import Row, row
from tests.world import World


def make_idea(world: World, title: str = "Söndagsöppet", text: str = "Håll öppet när annat är stängt.") -> Idea:
    """An idea of the tenant at work; call in scope."""
    return idea_add(by=world.alma, title=title, text=text, factors=["leisure"], age_bands=["15-17"], cost="low")


def one(world: World) -> dict[str, Any]:
    with at_work(world):
        return {"slug": "alvik", "idea_id": make_idea(world).pk}


def method(world: World) -> dict[str, Any]:
    return {"slug": "alvik", "key": "mentor"}


def trial(world: World) -> dict[str, Any]:
    with at_work(world):
        told = trial_tell(idea=None, method="mentor", outcome="helped", text="Bra", reach=Reach.OWN, by=world.alma)
        return {"slug": "alvik", "trial_id": told.pk}


MATRIX: dict[str, Row] = {
    "idea-list": row(READERS),
    "idea-add": row(FOLLOWS),
    "idea-detail": row(READERS, one),
    "idea-edit": row(FOLLOWS, one),
    "idea-share": row(DEEDS, one),
    "idea-withdraw": row(DEEDS, one),
    "idea-tried": row(WRITES, one),
    "method-detail": row(READERS, method),
    "method-tried": row(WRITES, method),
    "idea-trial-remove": row(WRITES, trial),
}
