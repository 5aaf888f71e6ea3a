"""Chart: a saved view of a data set."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from portal.tenancy.models import Shareable


class Chart(Shareable):
    """A selection over a data set, in words that reopen it; never figures of its own.

    Without a release it follows the newest one; with one it is frozen to it, for minutes and decisions. The
    data set may be another tenant's that was shared.
    """

    crosses_tenants = frozenset({"dataset", "release"})

    dataset = models.ForeignKey("datasets.Dataset", on_delete=models.PROTECT, related_name="charts")
    release = models.ForeignKey(
        "datasets.Release", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    table_code = models.CharField(max_length=100)
    query = models.TextField()
    title = models.CharField(max_length=200)
    note = models.TextField(blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["-created_at"]

    class PersonalData:
        erase: ClassVar[dict[str, Any]] = {"created_by": None}
        keep: ClassVar[set[str]] = {
            "id", "tenant", "audience_id", "dataset", "release", "table_code", "query", "title", "note",
            "created_at",
        }  # fmt: skip

    class DatabaseAccess:
        web = "select insert update delete"
        worker = "select insert update"

    def __str__(self) -> str:
        return self.title

    @property
    def is_frozen(self) -> bool:
        """Whether the chart stays at the release it was made from."""
        return self.release_id is not None
