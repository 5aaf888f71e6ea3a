"""DialogueCounts and SharedWish: what a region sees of its municipalities' dialogues."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

from portal.tenancy.models import Shareable


class DialogueCounts(Shareable):
    """How many dialogues, steps and waiting data wishes a municipality has: counts alone, never a word of them.

    Written by the municipality's own job, for the region to read: no role of the database looks across tenants.
    `by_theme` has for each theme `held`, `steps`, `steps_done` and `wishes`.
    """

    planned = models.PositiveIntegerField(default=0)
    by_theme = models.JSONField(default=dict)
    activities = models.PositiveIntegerField(default=0)
    counted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant"], name="dialogue_counts_once_a_tenant")]

    class PersonalData:
        erase: ClassVar[dict[str, Any]] = {}
        keep: ClassVar[set[str]] = {
            "id", "tenant", "audience_id", "planned", "by_theme", "activities", "counted_at"
        }  # fmt: skip

    class DatabaseAccess:
        web = "select"
        worker = "select insert update"

    def __str__(self) -> str:
        return "counts"


class SharedWish(Shareable):
    """A data wish in words that a municipality chose to show its region and the other municipalities in it."""

    note = models.OneToOneField("dialogues.Note", on_delete=models.CASCADE, related_name="shared_wish")
    text = models.CharField(max_length=500)
    theme = models.CharField(max_length=40, blank=True)
    shared_at = models.DateTimeField(default=timezone.now)

    class PersonalData:
        erase: ClassVar[dict[str, Any]] = {}
        keep: ClassVar[set[str]] = {"id", "tenant", "audience_id", "note", "text", "theme", "shared_at"}

    class DatabaseAccess:
        web = "select insert delete"
        worker = "select"

    def __str__(self) -> str:
        return self.text
