"""What the start page fetches from surveys."""

from __future__ import annotations

from typing import Any

from django import template

from surveys.selectors import rounds_own, rounds_running
from surveys.states import RoundState

register = template.Library()


@register.inclusion_tag("surveys/start_rounds_list.html", takes_context=True)
def open_rounds(context: dict[str, Any]) -> dict[str, Any]:
    """The open rounds with how many have answered; else the next one planned, or how to begin."""
    request = context["request"]
    running = rounds_running()
    ahead = None if running else rounds_own().filter(state=RoundState.SCHEDULED).order_by("opens_at").first()
    return {
        "running": running,
        "ahead": ahead,
        "slug": request.tenant.slug,
        "may_manage": request.user.has_perm("surveys.manage_round", request.tenant),
    }
