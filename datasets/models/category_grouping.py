"""CategoryGrouping: how the categories of a data set's dimension are taken together, as a file says."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from portal.tenancy.models import TenantOwned


class CategoryGrouping(TenantOwned):
    """Municipalities in labour markets, ages in bands: levels that a data set's next release gets above its own.

    `groups` is a list of code, label and members. There is one at most for each dimension of a data set.
    """

    dataset = models.ForeignKey("datasets.Dataset", on_delete=models.PROTECT, related_name="+")
    dimension = models.CharField(max_length=200)
    name = models.CharField(max_length=200)
    groups = models.JSONField(default=list)
    brought_at = models.DateTimeField(default=timezone.now)
    brought_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["dimension"]
        constraints = [
            models.UniqueConstraint(fields=["dataset", "dimension"], name="grouping_once_for_each_dimension"),
        ]

    class PersonalData:
        erase: ClassVar[dict[str, Any]] = {"brought_by": None}
        keep: ClassVar[set[str]] = {"id", "tenant", "dataset", "dimension", "name", "groups", "brought_at"}

    class DatabaseAccess:
        web = "select insert update delete"
        worker = "select"

    def __str__(self) -> str:
        return self.name
