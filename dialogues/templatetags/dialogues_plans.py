"""Entries of a plan in templates."""

from __future__ import annotations

from collections.abc import Mapping

from django import template

from dialogues.models import ActionPlanEntry

register = template.Library()


@register.filter
def of_activity(entries: Mapping[str, ActionPlanEntry], activity_id: str) -> ActionPlanEntry | None:
    """The entry of one activity."""
    return entries.get(activity_id)
