"""Pages of data sets, files and charts."""

from __future__ import annotations

from typing import Any

from tests.rules.matrix.row import Row, row
from tests.tables import published_dataset, saved_chart, waiting_upload
from tests.world import World


def dataset(world: World) -> dict[str, Any]:
    return {"slug": "alvik", "dataset_id": published_dataset(world.alvik).pk}


def first_release(world: World) -> dict[str, Any]:
    return {**dataset(world), "number": 1}


def upload(world: World) -> dict[str, Any]:
    return {"slug": "alvik", "upload_id": waiting_upload(world).pk}


def chart(world: World) -> dict[str, Any]:
    return {"slug": "alvik", "chart_id": saved_chart(world, published_dataset(world.alvik)).pk}


#                adam alma dag fia olle vera gun bo rut cleo anyone
MEMBERS = "      200 200 200 200 200 200 404 404 404 404 302"
STEWARDS = "     200 200 200 404 404 404 404 404 404 404 302"
STEWARDS_POST = "405 405 405 404 404 404 404 404 404 404 302"
SAVERS_POST = "  405 405 405 405 405 404 404 404 404 404 302"
ADMIN = "        200 404 404 404 404 404 404 404 404 404 302"
ANYONE = "       200 200 200 200 200 200 200 200 200 200 200"
NOBODY = "       404 404 404 404 404 404 404 404 404 404 404"

MATRIX: dict[str, Row] = {
    "explore": row(MEMBERS),
    "data-gaps": row(MEMBERS),
    "life-stages": row(MEMBERS),
    "dataset-list": row(MEMBERS),
    "dataset-register": row(STEWARDS),
    "dataset-detail": row(MEMBERS, dataset),
    "dataset-edit": row(STEWARDS, dataset),
    "dataset-rule": row(STEWARDS, dataset),
    "dataset-alarms-seen": row(STEWARDS_POST, dataset),
    "dataset-open": row(ADMIN, dataset),
    "dataset-close": row(ADMIN, dataset),
    "dataset-withdraw": row(STEWARDS, dataset),
    "release-report": row(STEWARDS, first_release),
    "upload-list": row(STEWARDS),
    "upload-create": row(STEWARDS),
    "upload-detail": row(STEWARDS, upload),
    "upload-try": row("302 302 302 404 404 404 404 404 404 404 302", upload),
    "upload-resume": row(STEWARDS_POST, upload),
    "upload-quarantine": row(STEWARDS, upload),
    "upload-quarantine-csv": row(STEWARDS, upload),
    "upload-withdraw": row(STEWARDS_POST, upload),
    "chart-view": row(MEMBERS, dataset),
    "chart-csv": row(MEMBERS, dataset),
    "chart-save": row(SAVERS_POST, dataset),
    "chart-list": row(MEMBERS),
    "chart-detail": row(MEMBERS, chart),
    "chart-freeze": row(SAVERS_POST, chart),
    "chart-remove": row(SAVERS_POST, chart),
    "public-dataset-list": row(ANYONE),
    # Nothing is public until an admin has opened it: not even its own people find it there.
    "public-dataset-detail": row(NOBODY, dataset),
    "public-dataset-csv": row(NOBODY, dataset),
}
