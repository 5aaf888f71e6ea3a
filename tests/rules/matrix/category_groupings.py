"""Pages of groupings of a data set's categories."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from datasets.models import CategoryGrouping
from portal.tenancy.scope import scope
from tests.rules.matrix.datasets import STEWARDS, STEWARDS_POST, dataset
from tests.rules.matrix.row import Row, row
from tests.world import World


def grouping(world: World) -> dict[str, Any]:
    found = dataset(world)
    with transaction.atomic(), scope(world.alvik.pk):
        made = CategoryGrouping.objects.create(dataset_id=found["dataset_id"], dimension="Skola", name="Delar")
    return {**found, "grouping_id": made.pk}


MATRIX: dict[str, Row] = {
    "category-grouping-list": row(STEWARDS, dataset),
    "category-grouping-remove": row(STEWARDS_POST, grouping),
}
