"""System map (systemkarta): a region's own version of what wellbeing hangs on."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from portal.tenancy.models import Shareable


class SystemMapVersion(Shareable):
    """One whole version of a region's system map, or the draft of the next one.

    `content` is the JSON of a `system_map.SystemMap`. A region has at most one draft, which only it sees; what it
    publishes gets a number, is read by its municipalities, and never changes, which a trigger holds. `why` says
    to readers what was changed. A region without a version has the map that Växtkraft ships.
    """

    number = models.PositiveIntegerField(null=True, blank=True)
    content = models.JSONField(default=dict)
    why = models.CharField(max_length=500, blank=True)
    begun_at = models.DateTimeField(default=timezone.now)
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant"], condition=Q(published_at=None), name="system_map_has_one_draft"
            ),
            models.UniqueConstraint(fields=["tenant", "number"], name="system_map_number_in_region"),
            models.CheckConstraint(
                name="system_map_numbered_when_published",
                condition=Q(number=None, published_at=None, published_by=None)
                | Q(number__isnull=False, published_at__isnull=False),
            ),
        ]

    class PersonalData:
        erase: ClassVar[dict[str, Any]] = {"begun_by": None, "published_by": None}
        keep: ClassVar[set[str]] = {
            "id", "tenant", "audience_id", "number", "content", "why", "begun_at", "published_at",
        }  # fmt: skip

    class DatabaseAccess:
        web = "select insert update delete"
        worker = "select"

    def __str__(self) -> str:
        return f"{self.number or '–'}"
