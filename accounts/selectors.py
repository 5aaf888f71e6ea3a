"""Reads across the models of accounts."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from accounts.models import Onboarding, User
from portal.audit.models import AuditEvent


def onboardings_of_region(region_id: UUID) -> QuerySet[Onboarding]:
    """How far each municipality of the region has come.

    Not through the scoped manager: the rows belong to the municipalities, and the policy `also_reads` shows
    them to their region, in its own scope and nowhere else.
    """
    return (
        Onboarding._base_manager.filter(region_id=region_id).select_related("tenant").order_by("tenant__sort_key")
    )


def audit_page(*, before: int | None, verb: str, size: int = 50) -> tuple[list[dict[str, Any]], int | None]:
    """One page of the log, newest first, with names; and the number to go on from, if there is more."""
    events = AuditEvent.objects.all()
    if verb:
        events = events.filter(verb__startswith=verb)
    if before is not None:
        events = events.filter(number__lt=before)
    found = list(events[: size + 1])
    names = dict(User.objects.filter(pk__in={event.actor_id for event in found}).values_list("pk", "name"))
    page = [{"event": event, "actor": names.get(event.actor_id, "")} for event in found[:size]]
    return page, (found[size - 1].number if len(found) > size else None)
