"""LedgerAlarm: a new release was refused because earlier ones already tell what it would hide."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from portal.tenancy.models import TenantOwned


class LedgerAlarm(TenantOwned):
    """Shown to the data set's stewards until one of them has seen it, and told them by mail.

    `cells` name what can be worked out, by codes and without figures: for the steward's eyes, never in a mail.
    """

    dataset = models.ForeignKey("datasets.Dataset", on_delete=models.PROTECT, related_name="alarms")
    cells = models.JSONField(default=list)
    raised_at = models.DateTimeField(default=timezone.now)
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-raised_at"]

    class PersonalData:
        erase: ClassVar[dict[str, Any]] = {"raised_by": None}
        keep: ClassVar[set[str]] = {"id", "tenant", "dataset", "cells", "raised_at", "seen_at"}

    class DatabaseAccess:
        web = "select update"
        worker = "select insert"

    def __str__(self) -> str:
        return str(self.dataset_id)
