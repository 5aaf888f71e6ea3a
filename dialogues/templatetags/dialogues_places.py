"""The lists about dialogues, in the order in which one thing leads to the next."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

register = template.Library()


@register.simple_tag(takes_context=True)
def dialogue_places(context: dict[str, Any]) -> list[dict[str, Any]]:
    """Label and address of each list, and whether it is the one that is shown."""
    request = context["request"]
    places: tuple[tuple[str, str], ...] = (
        ("dialogue-list", _("Dialogues")),
        ("next-step-list", _("Next steps")),
        ("data-wish-list", _("Data wishes")),
        ("activity-list", _("Activities")),
        ("plan-list", _("Action plan")),
        ("idea-list", _("Idea bank")),
    )
    if request.tenant.is_region and request.user.has_perm("accounts.onboard_municipality", request.tenant):
        places = (("dialogue-county", _("The county")), *places)
    found = [(reverse(name, args=[request.tenant.slug]), label) for name, label in places]
    return [{"label": label, "url": url, "is_current": request.path == url} for url, label in found]
