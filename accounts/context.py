"""What every page of the shell needs to know."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from accounts.models import User


def display_name(user: User) -> str:
    """The name a page addresses a person by."""
    return user.name or user.email


def shell(request: HttpRequest) -> dict[str, Any]:
    """Tenant, memberships and navigation; empty on answering pages, which have no shell and no session."""
    tenant = getattr(request, "tenant", None)
    return {
        "tenant": tenant,
        "memberships": getattr(request, "memberships", []),
        "nav": SimpleLazyObject(lambda: navigation(request)),
        "is_demo_site": settings.IS_DEMO,
        "LANGUAGES": settings.LANGUAGES,
    }


def navigation(request: HttpRequest) -> list[dict[str, Any]]:
    """What people come to do, in the order they do it. A guest sees none of it."""
    tenant, membership = getattr(request, "tenant", None), getattr(request, "membership", None)
    if tenant is None or membership is None or membership.role == "guest":
        return []
    entries = [
        ("start", _("Start"), "accounts.view_start"),
        ("explore", _("Explore"), "datasets.view_dataset"),
        ("dialogue-list", _("Dialogues"), "dialogues.view_dialogue"),
        ("survey-round-list", _("Surveys"), "surveys.view_round"),
        ("dataset-list", _("Data"), "datasets.view_dataset"),
        ("onboarding-list", _("Municipalities"), "accounts.onboard_municipality"),
        (
            "municipality-home",
            _("The region") if tenant.is_region else _("The municipality"),
            "accounts.view_start",
        ),
    ]
    home = reverse("start", args=[tenant.slug])
    items = []
    for name, label, permission in entries:
        if request.user.has_perm(permission, tenant):
            url = reverse(name, args=[tenant.slug])
            is_current = request.path == url if url == home else request.path.startswith(url)
            items.append({"label": label, "url": url, "is_current": is_current})
    return items
