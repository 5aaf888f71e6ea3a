"""Pages of action plans."""

from __future__ import annotations

from datetime import date
from typing import Any

from dialogues.models import ActionPlan
from dialogues.selectors.plans import entries_of
from dialogues.services.plans import entry_put, plan_adopt, plan_change, plan_create
from tests.activities import make_activity
from tests.dialogues import at_work
from tests.rules.matrix.dialogues import READERS
from tests.rules.matrix.row import Row, row
from tests.world import World


def make_plan(world: World, title: str = "Unga i Alvik") -> ActionPlan:
    """A plan with one activity; call in scope."""
    plan = plan_create(title=title, period="2027–2030", by=world.alma)
    plan_change(plan=plan, by=world.alma, long_goals="Fler unga mår bra", areas="Fritid\nSkola")
    activity = make_activity(world)
    entry_put(plan=plan, activity=activity, place="prioritised", area="Fritid", by=world.alma)
    plan.refresh_from_db()
    return plan


def one(world: World, **more: Any) -> dict[str, Any]:
    with at_work(world):
        return {"slug": "alvik", "plan_id": make_plan(world).pk, **more}


def entry(world: World) -> dict[str, Any]:
    with at_work(world):
        plan = make_plan(world)
        return {"slug": "alvik", "plan_id": plan.pk, "entry_id": entries_of(plan)[0].pk}


def version(world: World) -> dict[str, Any]:
    with at_work(world):
        plan = make_plan(world)
        plan_adopt(plan=plan, adopted_on=date(2026, 3, 1), line="", by=world.alma)
        return {"slug": "alvik", "plan_id": plan.pk, "number": 1}


#              adam alma dag fia olle vera gun bo rut cleo anyone
COORDINATE = " 200 200 404 404 404 404 404 404 404 404 302"
DEEDS = "      405 405 404 404 404 404 404 404 404 404 302"

MATRIX: dict[str, Row] = {
    "plan-list": row(READERS),
    "plan-create": row(COORDINATE),
    "plan-detail": row(READERS, one),
    "plan-edit": row(COORDINATE, one),
    "plan-adopt": row(DEEDS, one),
    "plan-entry-add": row(DEEDS, one),
    "plan-entry-remove": row(DEEDS, entry),
    "plan-version": row(READERS, version),
    "plan-file": row(READERS, lambda world: one(world, kind="docx")),
}
