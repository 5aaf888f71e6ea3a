"""What a factor's page fetches from dialogues."""

from __future__ import annotations

from typing import Any

from django import template

from dialogues.models import Activity, Dialogue, NextStep
from dialogues.selectors import activities as found_activities
from dialogues.selectors import dialogues as found_dialogues
from dialogues.selectors import next_steps as found_steps

register = template.Library()
MOST = 6


@register.simple_tag(takes_context=True)
def dialogues_about_factor(context: dict[str, Any], factor: str) -> list[Dialogue]:
    """The dialogues that touched a factor by theme or chart, newest first; none for who sees no dialogues."""
    request = context["request"]
    if not request.user.has_perm("dialogues.view_dialogue", request.tenant):
        return []
    return list(found_dialogues.dialogues_about(factor)[:MOST])


@register.simple_tag
def next_steps_from(touched: list[Dialogue]) -> list[NextStep]:
    """What was decided in those dialogues, due first."""
    return list(found_steps.next_steps_from(touched)[:MOST]) if touched else []


@register.simple_tag(takes_context=True)
def activities_about_factor(context: dict[str, Any], factor: str) -> list[Activity]:
    """The activities that are meant to strengthen a factor; none for who sees no dialogues."""
    request = context["request"]
    if not request.user.has_perm("dialogues.view_dialogue", request.tenant):
        return []
    return list(found_activities.activities_about(factor)[:MOST])
