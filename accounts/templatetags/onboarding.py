"""The five steps of a municipality that begins, each with its words."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from accounts.models import Onboarding

register = template.Library()


@register.inclusion_tag("accounts/onboarding_steps.html", takes_context=True)
def onboarding_steps(context: dict[str, Any], onboarding: Onboarding, with_links: bool = False) -> dict[str, Any]:
    """The checklist; with links where the municipality itself reads it."""
    slug = onboarding.tenant.slug
    words = {
        "admin_active": (_("The admin is active"), _("Waits for the invitation to be accepted."), "person-list"),
        "agreement_noted": (
            _("The agreement on personal data is noted"),
            _("Sign it outside Växtkraft, and note it here."),
            "",
        ),
        "base_package_in": (
            _("The base package is in"),
            _("Comes by itself, as soon as the sources have answered."),
            "base-package",
        ),
        "first_round": (_("The first survey"), _("Begins when the first round opens."), "survey-round-list"),
        "first_dialogue": (_("The first dialogue"), _("Counts when it has been held."), "dialogue-list"),
    }
    steps = []
    for step in Onboarding.STEPS:
        label, text, name = words[step]
        at = getattr(onboarding, f"{step}_at")
        entry = {"label": label, "text": text, "at": at, "state": "done" if at else "next"}
        if with_links:
            entry["url"] = _address(name, slug)
            user, tenant = context["request"].user, context["request"].tenant
            if step == "agreement_noted" and at is None and user.has_perm("accounts.manage_tenant", tenant):
                entry["post"], entry["post_label"] = reverse("agreement-note", args=[slug]), _("It is signed")
        steps.append(entry)
    return {"steps": steps, "csrf_token": context.get("csrf_token")}


def _address(name: str, slug: str) -> str:
    try:
        return reverse(name, args=[slug]) if name else ""
    except NoReverseMatch:
        return ""
