"""PackageCheck: the base package, compared with what the sources have."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from portal.tenancy.models import TenantOwned


class PackageCheck(TenantOwned):
    """What was found of each indicator: there as declared, missing, called otherwise, or not to be reached."""

    findings = models.JSONField(default=list)
    checked_at = models.DateTimeField(default=timezone.now)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["-checked_at"]

    class PersonalData:
        erase: ClassVar[dict[str, Any]] = {"checked_by": None}
        keep: ClassVar[set[str]] = {"id", "tenant", "findings", "checked_at"}

    class DatabaseAccess:
        web = "select"
        worker = "select insert"

    def __str__(self) -> str:
        return f"{self.checked_at:%Y-%m-%d}"
