"""Reads of action plans."""

from __future__ import annotations

from django.db.models import Count, Max, QuerySet

from dialogues.models import ActionPlan, ActionPlanEntry, ActionPlanVersion, Activity


def plans() -> QuerySet[ActionPlan]:
    """The tenant's plans, each with how many activities it has and when it was last adopted."""
    return (
        ActionPlan.in_scope()
        .annotate(activity_count=Count("entries", distinct=True), adopted_on=Max("versions__adopted_on"))
        .order_by("-created_at")
    )


def entries_of(plan: ActionPlan) -> QuerySet[ActionPlanEntry]:
    """The activities of a plan, in order of name."""
    found: QuerySet[ActionPlanEntry] = ActionPlanEntry.in_scope().filter(plan=plan)
    return found.select_related("activity__department").order_by("activity__title")


def versions_of(plan: ActionPlan) -> QuerySet[ActionPlanVersion]:
    """What was adopted, newest first."""
    found: QuerySet[ActionPlanVersion] = ActionPlanVersion.in_scope().filter(plan=plan)
    return found.order_by("-number")


def activities_outside(plan: ActionPlan) -> QuerySet[Activity]:
    """The activities that can be put into a plan."""
    inside = ActionPlanEntry.in_scope().filter(plan=plan).values("activity")
    return Activity.in_scope().exclude(pk__in=inside).exclude(state=Activity.State.DROPPED).order_by("title")
