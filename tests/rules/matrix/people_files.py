"""Pages of files with a row for each person."""

from __future__ import annotations

from typing import Any

from tests.rules.matrix.row import Row, row
from tests.tables import waiting_upload
from tests.world import World


def people_file(world: World) -> dict[str, Any]:
    return {"slug": "alvik", "upload_id": waiting_upload(world, format="people").pk}


#                adam alma dag fia olle vera gun bo rut cleo anyone
STEWARDS = "     200 200 200 404 404 404 404 404 404 404 302"
STEWARDS_POST = "405 405 405 404 404 404 404 404 404 404 302"

MATRIX: dict[str, Row] = {
    "people-file-create": row(STEWARDS),
    "people-file-detail": row(STEWARDS, people_file),
    "people-file-withdraw": row(STEWARDS_POST, people_file),
}
