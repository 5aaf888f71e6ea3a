"""ReleaseTable: one table of a release, as a cube's structure and two arrays."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from portal.tenancy.models import Shareable


class ReleaseTable(Shareable):
    """A protected cube. An imported file gives one, a section of a survey one a question and background.

    `values` and `statuses` are row-major, the last dimension fastest; a missing or hidden value is null and
    its status says why (`datasets.cubes.Reason`). `report` is what readers may know of how it was protected, and
    `sha256` covers it all. Immutable but for its audience.
    """

    release = models.ForeignKey("datasets.Release", on_delete=models.PROTECT, related_name="tables")
    code = models.CharField(max_length=100)
    position = models.PositiveIntegerField()
    title = models.JSONField(default=dict)
    structure = models.JSONField()
    values = ArrayField(models.FloatField(null=True))
    statuses = ArrayField(models.SmallIntegerField())
    report = models.JSONField(default=dict)
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["release", "code"], name="release_table_code_in_release"),
        ]

    class PersonalData:
        erase: ClassVar[dict[str, Any]] = {}
        keep: ClassVar[set[str]] = {
            "id", "tenant", "audience_id", "release", "code", "position", "title", "structure", "values",
            "statuses", "report", "sha256",
        }  # fmt: skip

    class DatabaseAccess:
        web = "select update"
        worker = "select insert update"

    def __str__(self) -> str:
        return self.code
