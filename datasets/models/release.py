"""Release (utgåva): one protected, immutable publication of a data set."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from portal.tenancy.models import Shareable


class Release(Shareable):
    """What was published, when, by whom, under which rule, and what had changed since the one before.

    Immutable but for its audience: a trigger refuses every other change. Only the worker may add one.
    """

    dataset = models.ForeignKey("datasets.Dataset", on_delete=models.PROTECT, related_name="releases")
    number = models.PositiveIntegerField()
    rule = models.JSONField()
    method_version = models.CharField(max_length=40)
    software_version = models.CharField(max_length=40, blank=True, default="")
    changes = models.TextField(blank=True)
    input_sha256 = models.CharField(max_length=64)
    published_at = models.DateTimeField(default=timezone.now)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["dataset", "number"], name="release_number_in_dataset"),
        ]

    class PersonalData:
        # An official's act in office, and part of what may never change.
        erase: ClassVar[dict[str, Any]] = {}
        keep: ClassVar[set[str]] = {
            "id", "tenant", "audience_id", "dataset", "number", "rule", "method_version",
            "software_version", "changes", "input_sha256", "published_at", "published_by",
        }  # fmt: skip

    class DatabaseAccess:
        web = "select update"
        worker = "select insert update"

    def __str__(self) -> str:
        return f"{self.dataset_id} {self.number}"
