"""Figures that leave: files, short addresses, frames, and charts that are opened to everyone."""

from __future__ import annotations

from typing import Any

from tests.rules.matrix.datasets import ANYONE, MEMBERS, NOBODY, chart, dataset
from tests.rules.matrix.row import Row, row
from tests.tables import opened_chart, published_dataset, saved_chart
from tests.world import World

#              adam alma dag fia olle vera gun bo rut cleo anyone
LEADS_ON = "   302 302 302 302 302 302 404 404 404 404 302"
ADMIN_POST = " 405 404 404 404 404 404 404 404 404 404 302"
ON_FOR_ALL = " 302 302 302 302 302 302 302 302 302 302 302"


def file(world: World) -> dict[str, Any]:
    return {**dataset(world), "file_kind": "xlsx"}


def short_chart(world: World) -> dict[str, Any]:
    return {"slug": "alvik", "short_code": saved_chart(world, published_dataset(world.alvik)).pk.hex[:10]}


def open_chart(world: World) -> dict[str, Any]:
    return {"slug": "alvik", "chart_id": opened_chart(world).pk}


def short_open_chart(world: World) -> dict[str, Any]:
    return {"slug": "alvik", "short_code": opened_chart(world).pk.hex[:10]}


MATRIX: dict[str, Row] = {
    "download-choose": row(MEMBERS, dataset),
    "download-file": row(MEMBERS, file),
    "chart-revised": row(LEADS_ON, chart),
    "chart-short": row(LEADS_ON, short_chart),
    "chart-open": row(ADMIN_POST, chart),
    "chart-close": row(ADMIN_POST, chart),
    # Nothing is public until an admin has opened it: not even its own people find it there.
    "public-download-choose": row(NOBODY, dataset),
    "public-download-file": row(NOBODY, file),
    "embed-view": row(NOBODY, dataset),
    "public-chart-detail": row(ANYONE, open_chart),
    "public-chart-short": row(ON_FOR_ALL, short_open_chart),
    "embed-chart": row(ANYONE, open_chart),
}
