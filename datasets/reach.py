"""How far something is shared: its own people, the region's municipalities, or anyone."""

from __future__ import annotations

from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Tenant
from portal.tenancy.models import Shareable
from portal.tenancy.scope import PUBLIC_AUDIENCE


class Reach(models.TextChoices):
    """Who may read a row, in words."""

    OWN = "own", _("Our own people")
    MEMBERS = "members", _("The region and its municipalities")
    PUBLIC = "public", _("Anyone")


def audience_of(tenant: Tenant, reach: Reach) -> UUID:
    """The audience that a tenant's row gets when it is shared so far."""
    if reach is Reach.PUBLIC:
        return PUBLIC_AUDIENCE
    found: UUID = tenant.region.members_audience if reach is Reach.MEMBERS else tenant.pk
    return found


def reach_of(row: Shareable) -> Reach:
    """How far a row is shared."""
    if row.audience_id == PUBLIC_AUDIENCE:
        return Reach.PUBLIC
    return Reach.OWN if row.audience_id == row.tenant_id else Reach.MEMBERS


def reach_choices(*, may_open: bool) -> list[tuple[str, object]]:
    """What somebody may choose; only who may open data to the public is offered that."""
    return [choice for choice in Reach.choices if may_open or choice[0] != Reach.PUBLIC]
