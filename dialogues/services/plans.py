"""Action plans: begun, described, filled with activities, adopted as versions."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from dialogues.errors import DialogueError
from dialogues.models import ActionPlan, ActionPlanEntry, ActionPlanVersion, Activity
from dialogues.plans.content import changes_between, content_of
from dialogues.selectors.plans import entries_of, versions_of
from portal.audit.recording import record


@transaction.atomic
def plan_create(*, title: str, period: str, by: User) -> ActionPlan:
    """Begin a plan. Raises DialogueError without a title."""
    if not title.strip():
        raise DialogueError(_("Give the plan a name."))
    plan: ActionPlan = ActionPlan.objects.create(title=title.strip(), period=period.strip(), created_by=by)
    record("plan.created", target=plan, by=by)
    return plan


@transaction.atomic
def plan_change(*, plan: ActionPlan, by: User, **described: Any) -> None:
    """Change what the plan says; what was adopted stays as it was."""
    ActionPlan.in_scope().filter(pk=plan.pk).update(changed_at=timezone.now(), **described)
    record("plan.changed", target=plan, by=by)


@transaction.atomic
def entry_put(*, plan: ActionPlan, activity: Activity, place: str, area: str, by: User) -> None:
    """Put an activity into the plan, or move it within it."""
    ActionPlanEntry.objects.update_or_create(
        plan=plan, activity=activity, defaults={"place": place, "area": area.strip()[:200]}
    )
    record("plan.activity_put", target=plan, by=by)


@transaction.atomic
def entry_remove(*, entry: ActionPlanEntry, by: User) -> None:
    """Take an activity out of the plan. The activity itself goes on."""
    plan = entry.plan
    entry.delete()
    record("plan.activity_removed", target=plan, by=by)


@transaction.atomic
def plan_adopt(*, plan: ActionPlan, adopted_on: date, line: str, by: User) -> ActionPlanVersion:
    """Keep the plan as it stands as its next version, with what changed since the one before.

    Raises DialogueError where nothing has changed and nothing is said.
    """
    ActionPlan.in_scope().select_for_update().get(pk=plan.pk)
    before = versions_of(plan).first()
    content = content_of(plan, entries_of(plan))
    changes = changes_between(before.content, content) if before else []
    if before is not None and before.content == content and not line.strip():
        raise DialogueError(_("Nothing has changed since the last version. Say in a line why you adopt it anew."))
    version: ActionPlanVersion = ActionPlanVersion.objects.create(
        plan=plan,
        number=1 + (before.number if before else 0),
        adopted_on=adopted_on,
        line=line.strip()[:500],
        content=content,
        changes=changes,
        created_by=by,
    )
    record("plan.adopted", target=plan, by=by, version=version.number)
    return version
