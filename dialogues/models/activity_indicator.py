"""ActivityIndicator (indikator): one series of a data set that an activity is followed by."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from portal.tenancy.models import TenantOwned


class ActivityIndicator(TenantOwned):
    """A view of a data set over time, of which one line is followed; with no figures of its own but the aim.

    `query` reopens the view, `line` is the key of the series. `baseline_period` is a step of its time axis, whose
    figure is read from the release; `target` is in the unit of the figures. The data set may be another tenant's
    that was shared.
    """

    crosses_tenants = frozenset({"dataset"})

    activity = models.ForeignKey("dialogues.Activity", on_delete=models.CASCADE, related_name="indicators")
    dataset = models.ForeignKey("datasets.Dataset", on_delete=models.PROTECT, related_name="+")
    table_code = models.CharField(max_length=100)
    query = models.TextField()
    line = models.CharField(max_length=200, blank=True)
    baseline_period = models.CharField(max_length=40, blank=True)
    target = models.FloatField(null=True, blank=True)
    target_period = models.CharField(max_length=40, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]

    class PersonalData:
        erase: ClassVar[dict[str, Any]] = {}
        keep: ClassVar[set[str]] = {
            "id", "tenant", "activity", "dataset", "table_code", "query", "line", "baseline_period", "target",
            "target_period", "position",
        }  # fmt: skip

    class DatabaseAccess:
        web = "select insert update delete"
        worker = "select"

    def __str__(self) -> str:
        return "indicator"
