"""Activity (aktivitet, insats): something decided, with the effect hoped for, followed up with data."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.tenancy.models import TenantOwned


class Activity(TenantOwned):
    """What is done, for whom, and the chain from resources to the overall goal that it is meant to start.

    Begun with a title and who answers for it; all else grows. It may come from a note or a step of a dialogue.
    `effect_where` and `effect_when` say where the effect should show: often in another department, years later.
    """

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        ONGOING = "ongoing", _("Going on")
        PAUSED = "paused", _("Paused")
        DONE = "done", _("Finished")
        DROPPED = "dropped", _("Dropped")

    class Kind(models.TextChoices):
        PROMOTING = "promoting", _("Promoting")
        PREVENTING = "preventing", _("Preventing")
        REMEDIAL = "remedial", _("Remedial")

    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=12, choices=Kind.choices, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    responsible_name = models.CharField(max_length=100, blank=True)
    department = models.ForeignKey(
        "accounts.Department", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    goal = models.TextField(max_length=1000, blank=True)
    for_whom = models.CharField(max_length=300, blank=True)
    resources_volume = models.TextField(max_length=1000, blank=True)
    resources_quality = models.TextField(max_length=1000, blank=True)
    what_is_done = models.TextField(max_length=2000, blank=True)
    what_differs = models.TextField(max_length=1000, blank=True)
    effect = models.TextField(max_length=1000, blank=True)
    effect_where = models.CharField(max_length=300, blank=True)
    effect_when = models.CharField(max_length=200, blank=True)
    signs = models.TextField(max_length=1000, blank=True)
    overall_goal = models.TextField(max_length=1000, blank=True)
    participation = models.TextField(max_length=1000, blank=True)
    carried_on_by = models.TextField(max_length=500, blank=True)
    theme = models.CharField(max_length=40, blank=True)
    factors = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    line = models.CharField(max_length=500, blank=True)
    note = models.ForeignKey(
        "dialogues.Note", null=True, blank=True, on_delete=models.SET_NULL, related_name="activities"
    )
    step = models.ForeignKey(
        "dialogues.NextStep", null=True, blank=True, on_delete=models.SET_NULL, related_name="activities"
    )
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                name="activity_ends_after_it_starts",
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
            ),
        ]

    class PersonalData:
        erase: ClassVar[dict[str, Any]] = {"responsible": None, "responsible_name": "", "created_by": None}
        keep: ClassVar[set[str]] = {
            "id", "tenant", "title", "kind", "state", "department", "goal", "for_whom", "resources_volume",
            "resources_quality", "what_is_done", "what_differs", "effect", "effect_where", "effect_when", "signs",
            "overall_goal", "participation", "carried_on_by", "theme", "factors", "starts_on", "ends_on", "line",
            "note", "step", "created_at", "changed_at",
        }  # fmt: skip

    class DatabaseAccess:
        web = "select insert update"
        worker = "select"

    def __str__(self) -> str:
        return self.title

    @property
    def themes(self) -> list[str]:
        """The theme as data sets have it, so that voices are found in the same way."""
        return [self.theme] if self.theme else []
