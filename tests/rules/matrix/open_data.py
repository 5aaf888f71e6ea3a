"""Addresses for programs: the same for everyone, since a browser's session opens nothing here."""

from __future__ import annotations

from typing import Any

from datasets.api.pcaxis.keyed import px_id
from tests.api.opened import opened_dataset
from tests.rules.matrix.row import Row, row
from tests.tables import published_dataset
from tests.world import World


def nothing(world: World) -> dict[str, Any]:
    return {}


def closed(world: World) -> dict[str, Any]:
    return {"dataset_id": published_dataset(world.alvik).pk}


def opened(**more: Any) -> Any:
    def arguments(world: World) -> dict[str, Any]:
        return {"dataset_id": opened_dataset(world).pk, **more}

    return arguments


def px_table(world: World) -> dict[str, Any]:
    return {"table_id": px_id(opened_dataset(world).pk, "main")}


ANYONE = "200 200 200 200 200 200 200 200 200 200 200"
ADMIN = " 200 404 404 404 404 404 404 404 404 404 302"
NOBODY = "404 404 404 404 404 404 404 404 404 404 404"

MATRIX: dict[str, Row] = {
    "api-root": row(ANYONE, nothing),
    "api-schema": row(ANYONE, nothing),
    "api-docs": row(ANYONE, nothing),
    "api-dataset-list": row(ANYONE, nothing),
    # Even its own municipality's people need a key for what is not open: cookies are left at the door.
    "api-dataset-detail": row(NOBODY, closed),
    "api-release-list": row(ANYONE, opened()),
    "api-release-detail": row(ANYONE, opened(number=1)),
    "api-table-data": row(ANYONE, opened(table_code="main")),
    "api-table-file": row(ANYONE, opened(table_code="main", form="csv")),
    "api-release-data": row(ANYONE, opened(table_code="main", number=1)),
    "api-release-file": row(ANYONE, opened(table_code="main", number=1, form="px")),
    "px-config": row(ANYONE, nothing),
    "px-table-list": row(ANYONE, nothing),
    "px-table-detail": row(ANYONE, px_table),
    "px-table-metadata": row(ANYONE, px_table),
    "px-table-default-selection": row(ANYONE, px_table),
    "px-table-data": row(ANYONE, px_table),
    "px-codelist-detail": row(NOBODY, lambda world: {"codelist_id": "vs_nothing"}),
    "catalogue": row(ANYONE, nothing),
    "catalogue-listing": row(ADMIN, lambda world: {"slug": "alvik", **closed(world)}),
}
