"""Pages of sources and of the base package."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from datasets.services.sources import source_look_up
from portal.tenancy.scope import scope
from tests.rules.matrix.row import Row, row
from tests.world import World


def source(world: World) -> dict[str, Any]:
    with transaction.atomic(), scope(world.alvik.pk):
        found = source_look_up(kind="kolada", source_id="N02906", by=world.alma)
    return {"slug": "alvik", "subscription_id": found.pk}


def in_region(world: World) -> dict[str, Any]:
    return {"slug": world.region.slug}


#                adam alma dag fia olle vera gun bo rut cleo anyone
MEMBERS = "      200 200 200 200 200 200 404 404 404 404 302"
STEWARDS = "     200 200 200 404 404 404 404 404 404 404 302"
STEWARDS_POST = "405 405 405 404 404 404 404 404 404 404 302"
REGION_POST = "  404 404 404 404 404 404 404 404 405 404 302"

MATRIX: dict[str, Row] = {
    "source-list": row(STEWARDS),
    "source-detail": row(STEWARDS, source),
    "source-look-again": row(STEWARDS_POST, source),
    "source-fetch": row(STEWARDS_POST, source),
    "source-accept": row(STEWARDS_POST, source),
    "source-stop": row(STEWARDS_POST, source),
    "source-start": row(STEWARDS_POST, source),
    "base-package": row(MEMBERS),
    # The region's administrator does it, in the region.
    "base-package-begin": row(REGION_POST, in_region),
    "base-package-check": row(REGION_POST, in_region),
}
