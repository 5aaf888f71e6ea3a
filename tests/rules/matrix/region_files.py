"""Pages of a region's files for its municipalities."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from datasets.models import MunicipalityPart, Upload
from portal.tenancy.scope import scope
from tests.rules.matrix.row import Row, row
from tests.world import World


def region(world: World) -> dict[str, Any]:
    return {"slug": "region-nordvik"}


def region_file(world: World) -> dict[str, Any]:
    with transaction.atomic(), scope(world.region.pk):
        upload = Upload.objects.create(name="musikskolor.csv", content=b"a;b", size=3)
        MunicipalityPart.objects.create(upload=upload, municipality=world.alvik)
    return {**region(world), "upload_id": upload.pk}


#              adam alma dag fia olle vera gun bo rut cleo anyone
REGION_ONLY = "404 404 404 404 404 404 404 404 200 404 302"

MATRIX: dict[str, Row] = {
    "region-file-list": row(REGION_ONLY, region),
    "region-file-detail": row(REGION_ONLY, region_file),
}
