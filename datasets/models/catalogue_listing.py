"""CatalogueListing: what a municipality tells everyone of a data set that is not open: that it exists."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from portal.tenancy.models import Shareable


class CatalogueListing(Shareable):
    """The words that stand in the catalogue of open data, as they were when somebody decided it.

    A row of its own with the public for audience: the data set itself stays closed to everyone else, and what is
    told of it is these columns and nothing more.
    """

    dataset = models.OneToOneField("datasets.Dataset", on_delete=models.CASCADE, related_name="listing")
    title = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200, blank=True)
    description = models.TextField()
    description_en = models.TextField(blank=True)
    contact = models.CharField(max_length=200, blank=True)
    themes = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    is_synthetic = models.BooleanField(default=False)
    listed_at = models.DateTimeField(default=timezone.now)
    listed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class PersonalData:
        erase: ClassVar[dict[str, Any]] = {"contact": "", "listed_by": None}
        keep: ClassVar[set[str]] = {
            "id", "tenant", "audience_id", "dataset", "title", "title_en", "description", "description_en",
            "themes", "is_synthetic", "listed_at",
        }  # fmt: skip

    class DatabaseAccess:
        web = "select insert update delete"
        worker = "select delete"

    def __str__(self) -> str:
        return self.title
