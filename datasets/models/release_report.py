"""ReleaseReport: what disclosure control did to a release, for the data's steward alone."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from portal.tenancy.models import TenantOwned


class ReleaseReport(TenantOwned):
    """For each table: which cells had to stay secret and what the last audit found.

    Kept apart from what others read; the next release about the same people is protected against it. `against`
    are the releases that this one was protected against.
    """

    release = models.OneToOneField("datasets.Release", on_delete=models.PROTECT, related_name="report")
    report = models.JSONField()
    against = ArrayField(models.UUIDField(), default=list)

    class PersonalData:
        erase: ClassVar[dict[str, Any]] = {}
        keep: ClassVar[set[str]] = {"id", "tenant", "release", "report", "against"}

    class DatabaseAccess:
        web = "select"
        worker = "select insert"

    def __str__(self) -> str:
        return str(self.release_id)
