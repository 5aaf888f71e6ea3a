"""Pages of joint rounds: the region's, and those of the municipalities that it asks."""

from __future__ import annotations

from typing import Any

from tests.joint import invite, plan_joint
from tests.rules.matrix.row import Row, row
from tests.rules.matrix.surveys import ANYONE, ANYONE_SIGNED_IN_404, MANAGERS, READERS, TOO_EARLY, nowhere
from tests.world import World


def region(world: World) -> dict[str, Any]:
    return {"slug": "region-nordvik"}


def draft(world: World) -> dict[str, Any]:
    """The address of a joint draft of the region's."""
    return {**region(world), "round_id": plan_joint(world).pk}


def asked(**more: Any) -> Any:
    """The address of Alvik's invitation."""

    def arguments(world: World) -> dict[str, Any]:
        invited = invite(world, plan_joint(world), {world.alvik: ""})
        return {"slug": "alvik", "invitation_id": invited["alvik"].pk, **more}

    return arguments


#              adam alma dag fia olle vera gun bo rut cleo anyone
REGION_ONLY = "404 404 404 404 404 404 404 404 200 404 302"

MATRIX: dict[str, Row] = {
    "survey-answer-place": row(ANYONE, lambda world: nowhere(world) | {"place": "alvik"}),
    "survey-answer-place-shared": row(ANYONE, lambda world: nowhere(world) | {"place": "alvik"}),
    "survey-answer-place-channel": row(
        ANYONE, lambda world: nowhere(world) | {"place": "alvik", "channel": "bcd"}
    ),
    "joint-round-create": row(REGION_ONLY, region),
    "joint-round-places": row(REGION_ONLY, draft),
    "joint-part-detail": row(READERS, asked()),
    "joint-answer-give": row(MANAGERS, asked()),
    # Nobody has said yes yet: it leads back.
    "joint-own-questions": row(TOO_EARLY, asked()),
    # Nothing to spread before the round is announced, and nothing to read before it has closed.
    "joint-part-results": row(ANYONE_SIGNED_IN_404, asked()),
    "joint-part-qr": row(ANYONE_SIGNED_IN_404, asked(kind="svg")),
    "joint-part-poster": row(ANYONE_SIGNED_IN_404, asked()),
}
