"""ApiToken (nyckel): lets a program read what is internal to a tenant, for a while, in its maker's stead."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.tenancy.models import TenantOwned


class ApiToken(TenantOwned):
    """A key, of which only the hash is kept; the key itself is shown once.

    It works while it has neither ended nor been withdrawn, and while its maker still is an administrator here:
    it never opens more than they may see. When it was last used is known by the day.
    """

    class Scope(models.TextChoices):
        INTERNAL = "datasets:read:internal", _("Open and internal data sets")
        SENSITIVE = "datasets:read:sensitive", _("Protected releases of sensitive data sets as well")

    name = models.CharField(max_length=100)
    scopes = ArrayField(models.CharField(max_length=60, choices=Scope.choices))
    token_hash = models.BinaryField(max_length=32, unique=True)
    ends_on = models.DateField()
    last_used_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                name="api_token_has_known_scopes",
                condition=Q(
                    scopes__contained_by=["datasets:read:internal", "datasets:read:sensitive"], scopes__len__gt=0
                ),
            ),
            models.CheckConstraint(
                name="api_token_withdrawn_by_somebody_at_a_time",
                condition=Q(withdrawn_at__isnull=False) | Q(withdrawn_by=None),
            ),
        ]

    class PersonalData:
        erase: ClassVar[dict[str, Any]] = {"created_by": None, "withdrawn_by": None}
        keep: ClassVar[set[str]] = {
            "id", "tenant", "name", "scopes", "token_hash", "ends_on", "last_used_on", "created_at",
            "withdrawn_at",
        }  # fmt: skip

    class DatabaseAccess:
        web = "select insert update"

    def __str__(self) -> str:
        return self.name
