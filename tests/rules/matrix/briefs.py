"""Pages of the brief for the board."""

from __future__ import annotations

from typing import Any

from dialogues.models import BoardBrief
from tests.dialogues import at_work
from tests.rules.matrix.plans import COORDINATE
from tests.rules.matrix.row import Row, row
from tests.world import World


def one(world: World) -> dict[str, Any]:
    with at_work(world):
        return {"slug": "alvik", "brief_id": BoardBrief.objects.create(title="Till nämnden").pk}


MATRIX: dict[str, Row] = {
    "brief-list": row(COORDINATE),
    "brief-detail": row(COORDINATE, one),
    "brief-edit": row(COORDINATE, one),
    "brief-file": row(COORDINATE, one),
}
