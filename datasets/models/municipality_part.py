"""MunicipalityPart: what one municipality is given of a file that its region brought in."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from portal.tenancy.models import TenantOwned


class MunicipalityPart(TenantOwned):
    """One municipality's part of a region's file: the region's data set that only that municipality reads.

    There is one for every municipality of the region from the moment the file is brought in, so that nobody is
    forgotten. Of a municipality that the file does not name there is no release; `problem` says why there is none
    of one that it names, as disclosure control refused it.
    """

    upload = models.ForeignKey("datasets.Upload", on_delete=models.PROTECT, related_name="parts")
    municipality = models.ForeignKey(settings.TENANT_MODEL, on_delete=models.PROTECT, related_name="+")
    dataset = models.ForeignKey(
        "datasets.Dataset", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    release = models.ForeignKey(
        "datasets.Release", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    problem = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["upload", "municipality"], name="part_once_for_each_municipality"),
            models.CheckConstraint(
                name="part_release_of_its_dataset", condition=Q(release=None) | Q(dataset__isnull=False)
            ),
        ]

    class PersonalData:
        erase: ClassVar[dict[str, Any]] = {}
        keep: ClassVar[set[str]] = {"id", "tenant", "upload", "municipality", "dataset", "release", "problem"}

    class DatabaseAccess:
        web = "select insert"
        worker = "select update"

    def __str__(self) -> str:
        return f"{self.upload_id} {self.municipality_id}"
