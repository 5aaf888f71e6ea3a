"""Cluster: notes that belong together, under a name that the room gives them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from portal.tenancy.models import TenantOwned


class Cluster(TenantOwned):
    """A group of notes, made by the facilitator while the log is read together."""

    dialogue = models.ForeignKey("dialogues.Dialogue", on_delete=models.CASCADE, related_name="clusters")
    title = models.CharField(max_length=80)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position", "title"]

    class PersonalData:
        erase: ClassVar[dict[str, Any]] = {}
        keep: ClassVar[set[str]] = {"id", "tenant", "dialogue", "title", "position"}

    class DatabaseAccess:
        web = "select insert update delete"
        worker = "select delete"

    def __str__(self) -> str:
        return self.title
