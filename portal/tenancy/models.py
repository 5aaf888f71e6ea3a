"""Base classes of every row that belongs to a tenant."""

from __future__ import annotations

from typing import Any, ClassVar, Self
from uuid import uuid4

from django.conf import settings
from django.db import models

from portal.tenancy.scope import check_in_transaction, current, current_scope


class TenantManager(models.Manager[Any]):
    """Rows of the tenant at work; raises TenantScopeError when nobody said whose data."""

    def get_queryset(self) -> models.QuerySet[Any]:
        tenant_id = current()
        check_in_transaction()
        return models.Manager.get_queryset(self).filter(tenant_id=tenant_id)


class AudienceManager(TenantManager):
    """Rows that the tenant at work owns or was given a share of; in a public scope the public ones."""

    def get_queryset(self) -> models.QuerySet[Any]:
        audiences = current_scope().audiences
        check_in_transaction()
        return models.Manager.get_queryset(self).filter(audience_id__in=audiences)

    def own(self) -> models.QuerySet[Any]:
        """What the tenant at work owns and may change, also where it let only somebody else read it."""
        tenant_id = current()
        check_in_transaction()
        return models.Manager.get_queryset(self).filter(tenant_id=tenant_id)


class TenantOwned(models.Model):
    """A row that one tenant owns; PostgreSQL lets no other tenant read or write it.

    `walls.py` reads three declarations of a concrete model: `DatabaseAccess` (which database role may do
    what), `also_readable_by` (a second lawful reader: column and setting) and `crosses_tenants` (foreign keys
    that may point at a row another tenant shares).
    """

    also_readable_by: ClassVar[tuple[str, str] | None] = None
    crosses_tenants: ClassVar[frozenset[str]] = frozenset()

    # Random, never time-ordered: a key that tells when a row was made tells too much in a survey.
    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    # No index of its own: the walls add UNIQUE (tenant_id, id), which leads with this column.
    tenant = models.ForeignKey(
        settings.TENANT_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False, editable=False
    )

    objects: ClassVar[TenantManager] = TenantManager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.tenant_id is None:
            self.tenant_id = current()
        super().save(*args, **kwargs)

    @classmethod
    def in_scope(cls) -> models.QuerySet[Self]:
        """The rows of the tenant at work, as a typed query set."""
        return cls.objects.all()


class Shareable(TenantOwned):
    """A row whose owner decides who else may read it: its audience (own tenant, region, public)."""

    audience_id = models.UUIDField(db_index=True, editable=False)

    objects: ClassVar[AudienceManager] = AudienceManager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.tenant_id is None:
            self.tenant_id = current()
        if self.audience_id is None:
            self.audience_id = self.tenant_id
        super().save(*args, **kwargs)
