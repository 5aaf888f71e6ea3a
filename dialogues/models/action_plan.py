"""ActionPlan (handlingsplan): goals, areas and activities of a municipality or a county, revised year by year."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.tenancy.models import TenantOwned


class ActionPlan(TenantOwned):
    """A plan as it is being worked on; what was adopted are its versions. A region's own plan is the county's.

    Goals and areas are written one a line.
    """

    title = models.CharField(max_length=200)
    period = models.CharField(max_length=40, blank=True)
    about = models.TextField(max_length=2000, blank=True)
    long_goals = models.TextField(max_length=3000, blank=True)
    short_goals = models.TextField(max_length=3000, blank=True)
    areas = models.TextField(max_length=2000, blank=True)
    participation = models.TextField(max_length=1000, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["-created_at"]

    class PersonalData:
        erase: ClassVar[dict[str, Any]] = {"created_by": None}
        keep: ClassVar[set[str]] = {
            "id", "tenant", "title", "period", "about", "long_goals", "short_goals", "areas", "participation",
            "created_at", "changed_at",
        }  # fmt: skip

    class DatabaseAccess:
        web = "select insert update"
        worker = "select"

    def __str__(self) -> str:
        return self.title


class ActionPlanEntry(TenantOwned):
    """An activity in a plan: prioritised, or going on already; under one of the plan's areas, or none."""

    class Place(models.TextChoices):
        PRIORITISED = "prioritised", _("Prioritised")
        ONGOING = "ongoing", _("Goes on already")

    plan = models.ForeignKey("dialogues.ActionPlan", on_delete=models.CASCADE, related_name="entries")
    activity = models.ForeignKey("dialogues.Activity", on_delete=models.CASCADE, related_name="plan_entries")
    place = models.CharField(max_length=12, choices=Place.choices, default=Place.PRIORITISED)
    area = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "activity"], name="activity_once_in_a_plan")]

    class PersonalData:
        erase: ClassVar[dict[str, Any]] = {}
        keep: ClassVar[set[str]] = {"id", "tenant", "plan", "activity", "place", "area"}

    class DatabaseAccess:
        web = "select insert update delete"
        worker = "select"

    def __str__(self) -> str:
        return "entry"


class ActionPlanVersion(TenantOwned):
    """A plan as it was adopted: its whole content, and what had changed since the version before."""

    plan = models.ForeignKey("dialogues.ActionPlan", on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    adopted_on = models.DateField()
    line = models.CharField(max_length=500, blank=True)
    content = models.JSONField(default=dict)
    changes = models.JSONField(default=list)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="plan_version_number_once")]

    class PersonalData:
        erase: ClassVar[dict[str, Any]] = {"created_by": None}
        keep: ClassVar[set[str]] = {"id", "tenant", "plan", "number", "adopted_on", "line", "content", "changes"}

    class DatabaseAccess:
        web = "select insert"
        worker = "select"

    def __str__(self) -> str:
        return f"version {self.number}"
