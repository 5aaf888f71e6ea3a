"""ReleaseReport: what disclosure control did to a release, for the data's steward alone."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from portal.tenancy.models import TenantOwned


class ReleaseReport(TenantOwned):
    """How many cells were hidden and what the last audit found; kept apart from what others read."""

    release = models.OneToOneField("datasets.Release", on_delete=models.PROTECT, related_name="report")
    report = models.JSONField()

    class PersonalData:
        erase: ClassVar[dict[str, Any]] = {}
        keep: ClassVar[set[str]] = {"id", "tenant", "release", "report"}

    class DatabaseAccess:
        web = "select"
        worker = "select insert"

    def __str__(self) -> str:
        return str(self.release_id)
