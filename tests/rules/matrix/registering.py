"""Pages around registering: who sees what, and what waits for a second person."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from datasets.models import Approval
from portal.tenancy.scope import scope
from tests.rules.matrix.datasets import MEMBERS, STEWARDS
from tests.rules.matrix.row import Row, row
from tests.tables import waiting_upload
from tests.world import World


def approval(world: World) -> dict[str, Any]:
    upload = waiting_upload(world, state="waiting")
    with transaction.atomic(), scope(world.alvik.pk):
        asked: Approval = Approval.objects.create(upload=upload, asked_by=world.dag)
    return {"slug": "alvik", "approval_id": asked.pk}


def absence_form(world: World) -> dict[str, Any]:
    return {"slug": "alvik", "key": "absence"}


def absence_template(world: World) -> dict[str, Any]:
    return {**absence_form(world), "kind": "xlsx"}


MATRIX: dict[str, Row] = {
    "rights-table": row(MEMBERS),
    "approval-list": row(STEWARDS),
    "approval-detail": row(STEWARDS, approval),
    "ready-form-list": row(STEWARDS),
    "ready-form-detail": row(STEWARDS, absence_form),
    "ready-form-template": row(STEWARDS, absence_template),
}
