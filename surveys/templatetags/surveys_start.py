"""What the start page fetches from surveys."""

from __future__ import annotations

from typing import Any

from django import template

from surveys.selectors import rounds_running_or_ahead

register = template.Library()


@register.inclusion_tag("surveys/start_rounds_list.html", takes_context=True)
def open_rounds(context: dict[str, Any]) -> dict[str, Any]:
    """The open rounds with how many have answered; else the next one planned, or how to begin."""
    request = context["request"]
    running, ahead = rounds_running_or_ahead()
    return {
        "running": running,
        "ahead": ahead,
        "slug": request.tenant.slug,
        "may_manage": request.user.has_perm("surveys.manage_round", request.tenant),
    }
