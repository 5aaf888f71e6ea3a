"""Pages of activities and their indicators."""

from __future__ import annotations

from typing import Any

from tests.activities import make_activity, make_indicator
from tests.dialogues import at_work
from tests.rules.matrix.dialogues import FOLLOWS, READERS, WRITES
from tests.rules.matrix.row import Row, row
from tests.world import World


def one(world: World) -> dict[str, Any]:
    with at_work(world):
        return {"slug": "alvik", "activity_id": make_activity(world).pk}


def with_indicator(world: World) -> dict[str, Any]:
    with at_work(world):
        activity = make_activity(world)
        return {
            "slug": "alvik",
            "activity_id": activity.pk,
            "indicator_id": make_indicator(activity, world).pk,
        }


MATRIX: dict[str, Row] = {
    "activity-list": row(READERS),
    "activity-add": row(FOLLOWS),
    "activity-detail": row(READERS, one),
    "activity-edit": row(FOLLOWS, one),
    "activity-move": row(WRITES, one),
    "activity-voices": row(FOLLOWS, one),
    "activity-indicator-add": row(FOLLOWS, one),
    "activity-indicator": row(FOLLOWS, with_indicator),
    "activity-indicator-remove": row(WRITES, with_indicator),
}
