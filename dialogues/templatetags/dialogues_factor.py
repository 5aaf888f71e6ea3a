"""What a factor's page fetches from dialogues."""

from __future__ import annotations

from typing import Any

from django import template

from dialogues import selectors
from dialogues.models import Dialogue, NextStep

register = template.Library()
MOST = 6


@register.simple_tag(takes_context=True)
def dialogues_about_factor(context: dict[str, Any], factor: str) -> list[Dialogue]:
    """The dialogues that touched a factor by theme or chart, newest first; none for who sees no dialogues."""
    request = context["request"]
    if not request.user.has_perm("dialogues.view_dialogue", request.tenant):
        return []
    return list(selectors.dialogues_about(factor)[:MOST])


@register.simple_tag
def next_steps_from(dialogues: list[Dialogue]) -> list[NextStep]:
    """What was decided in those dialogues, due first."""
    return list(selectors.next_steps_from(dialogues)[:MOST]) if dialogues else []
