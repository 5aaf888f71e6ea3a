"""Pages of the system map, factors, voices and offers."""

from __future__ import annotations

from typing import Any

from tests.knowledge import make_offer, map_draft_of, published_map, used_voice, waiting_voice
from tests.rules.matrix.datasets import ANYONE, MEMBERS
from tests.rules.matrix.row import Row, row
from tests.world import World


def version(world: World) -> dict[str, Any]:
    published_map(world)
    return {"slug": "alvik", "number": 1}


def in_region(world: World) -> dict[str, Any]:
    map_draft_of(world)
    return {"slug": "region-nordvik"}


def version_in_region(world: World) -> dict[str, Any]:
    return version(world) | {"slug": "region-nordvik"}


def factor_in_draft(world: World) -> dict[str, Any]:
    return in_region(world) | {"key": "leisure"}


def influence_in_draft(world: World) -> dict[str, Any]:
    return in_region(world) | {"source": "leisure", "target": "joy"}


def factor(world: World) -> dict[str, Any]:
    return {"slug": "alvik", "key": "leisure"}


def voice(world: World) -> dict[str, Any]:
    return {"slug": "alvik", "voice_id": used_voice(world.alvik, world.olle, world.alma).pk}


def waiting(world: World) -> dict[str, Any]:
    return {"slug": "alvik", "voice_id": waiting_voice(world.alvik, world.olle).pk}


def draft(world: World) -> dict[str, Any]:
    """Of the official's own."""
    return {"slug": "alvik", "voice_id": waiting_voice(world.alvik, world.olle).pk}


def offer(world: World) -> dict[str, Any]:
    return {"slug": "alvik", "offer_id": make_offer(world.alvik, department=world.departments["Fritid"]).pk}


#                adam alma dag fia olle vera gun bo rut cleo anyone
REGION = "       404 404 404 404 404 404 404 404 200 404 302"
REGION_POST = "  404 404 404 404 404 404 404 404 405 404 302"
OFFICIALS = "    200 200 200 200 200 404 404 404 404 404 302"
OFFICIALS_POST = "405 405 405 405 405 404 404 404 404 404 302"
ADMIN_POST = "    405 404 404 404 404 404 404 404 404 404 302"
REVIEWERS_POST = "405 405 405 404 404 404 404 404 404 404 302"

MATRIX: dict[str, Row] = {
    "system-map": row(MEMBERS),
    "system-map-version-list": row(MEMBERS),
    "system-map-version-detail": row(MEMBERS, version),
    "system-map-restore": row(REGION_POST, version_in_region),
    "system-map-draft": row(REGION, in_region),
    "system-map-begin": row(REGION_POST, in_region),
    "system-map-discard": row(REGION, in_region),
    "factor-add": row(REGION, in_region),
    "factor-edit": row(REGION, factor_in_draft),
    "influence-add": row(REGION, in_region),
    "influence-edit": row(REGION, influence_in_draft),
    "factor-detail": row(MEMBERS, factor),
    "voice-list": row(MEMBERS),
    "voice-register": row(OFFICIALS),
    "voice-queue": row(OFFICIALS),
    "voice-detail": row(MEMBERS, voice),
    # A voice under way is known to its author and to reviewers: to the facilitator there is no such page.
    "voice-edit": row("302 302 302 404 302 404 404 404 404 404 302", draft),
    "voice-send": row(OFFICIALS_POST, draft),
    "voice-take-back": row(OFFICIALS_POST, draft),
    "voice-publish": row(REVIEWERS_POST, waiting),
    "voice-send-back": row(REVIEWERS_POST, waiting),
    "voice-withdraw": row("200 200 200 404 200 404 404 404 404 404 302", voice),
    "public-voice-list": row(ANYONE),
    "offer-list": row(MEMBERS),
    "offer-print": row(MEMBERS),
    "offer-csv": row(MEMBERS),
    "offer-add": row(OFFICIALS),
    "offer-share-all": row(ADMIN_POST),
    "offer-detail": row(MEMBERS, offer),
    "offer-edit": row(OFFICIALS, offer),
    "offer-end": row(OFFICIALS_POST, offer),
    "offer-undo": row(OFFICIALS_POST, offer),
    "offer-share": row(ADMIN_POST, offer),
    "public-offer-list": row(ANYONE),
}
