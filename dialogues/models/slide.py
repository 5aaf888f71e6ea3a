"""Slide: one chart in a dialogue's deck."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from portal.tenancy.models import TenantOwned


class Slide(TenantOwned):
    """A saved chart at its place in the deck, with one sentence on what one is looking at."""

    crosses_tenants = frozenset({"chart"})

    dialogue = models.ForeignKey("dialogues.Dialogue", on_delete=models.CASCADE, related_name="slides")
    chart = models.ForeignKey("datasets.Chart", on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    looking_at = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["dialogue", "position"],
                name="slide_position_in_dialogue",
                deferrable=models.Deferrable.DEFERRED,
            ),
        ]

    class PersonalData:
        erase: ClassVar[dict[str, Any]] = {}
        keep: ClassVar[set[str]] = {"id", "tenant", "dialogue", "chart", "position", "looking_at"}

    class DatabaseAccess:
        web = "select insert update delete"
        worker = "select"

    def __str__(self) -> str:
        return f"{self.position}. {self.chart_id}"
