"""Reads of the offer map."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import Tenant
from datasets.models import Offer
from datasets.selectors import near
from portal.tenancy.scope import PUBLIC_AUDIENCE


@dataclass(frozen=True)
class OfferSearch:
    """What somebody looks for on the offer map. `when`: what is offered now, what is planned, what has ended."""

    department: UUID | None = None
    kind: str = ""
    age_band: str = ""
    situation: str = ""
    factor: str = ""
    when: str = "now"


def offers_for(tenant: Tenant, search: OfferSearch | None = None) -> QuerySet[Offer]:
    """The offers that a tenant's people may see: its own, those its region shares, open ones near; by title.

    In a public scope the open ones.
    """
    search, today = search or OfferSearch(), timezone.localdate()
    found: QuerySet[Offer] = Offer.objects.filter(
        Q(tenant_id__in=near(tenant)) | ~Q(audience_id=PUBLIC_AUDIENCE), withdrawn_at=None
    )
    found = found.filter(_when(search.when, today)).select_related("department", "tenant")
    if search.department:
        found = found.filter(department_id=search.department)
    if search.kind:
        found = found.filter(kind=search.kind)
    if search.age_band:
        found = found.filter(age_bands__contains=[search.age_band])
    if search.situation:
        found = found.filter(situations__contains=[search.situation])
    if search.factor:
        found = found.filter(factors__contains=[search.factor])
    return found.order_by("sort_key", "pk")


def _when(when: str, today: date) -> Q:
    if when == "ended":
        return Q(until__lt=today)
    if when == "planned":
        return Q(since__gt=today)
    return (Q(since=None) | Q(since__lte=today)) & (Q(until=None) | Q(until__gte=today))
