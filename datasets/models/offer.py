"""Offer (insats): something that young people are offered, and by whom."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from datasets.models.age_band import AgeBand
from portal.tenancy.models import Shareable


class Offer(Shareable):
    """One row of the offer map: what is offered, by which department, for which ages and situations.

    `provider` names an organisation outside the departments. `contact` is a function, never a name. `former` is
    what the row was before the latest change, so that one deed can be undone; an offer that was just added has
    an empty one, and undoing withdraws it.
    """

    class Kind(models.TextChoices):
        PROMOTING = "promoting", _("Promoting")
        PREVENTING = "preventing", _("Preventing")
        REMEDIAL = "remedial", _("Remedial")

    class Situation(models.TextChoices):
        OCCUPIED = "occupied", _("In school, studies or work")
        NEITHER = "neither", _("Outside school, studies and work")

    title = models.CharField(max_length=150)
    description = models.TextField(blank=True)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    department = models.ForeignKey(
        "accounts.Department", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    provider = models.CharField(max_length=150, blank=True)
    age_bands = ArrayField(models.CharField(max_length=8, choices=AgeBand.choices), default=list)
    situations = ArrayField(models.CharField(max_length=10, choices=Situation.choices), default=list)
    factors = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    place = models.CharField(max_length=200, blank=True)
    contact = models.CharField(max_length=150, blank=True)
    link = models.URLField(max_length=500, blank=True)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    is_synthetic = models.BooleanField(default=False)
    sort_key = models.CharField(max_length=300)
    former = models.JSONField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["sort_key"]
        constraints = [
            models.CheckConstraint(
                name="offer_is_for_somebody",
                condition=Q(age_bands__len__gt=0, situations__len__gt=0),
            ),
            models.CheckConstraint(
                name="offer_ends_after_it_begins",
                condition=Q(since=None) | Q(until=None) | Q(until__gte=F("since")),
            ),
        ]

    class PersonalData:
        # A contact should be a function, but people write names.
        erase: ClassVar[dict[str, Any]] = {"contact": "", "former": None, "changed_by": None}
        keep: ClassVar[set[str]] = {
            "id", "tenant", "audience_id", "title", "description", "kind", "department", "provider", "age_bands",
            "situations", "factors", "place", "link", "since", "until", "is_synthetic", "sort_key", "created_at",
            "changed_at", "withdrawn_at",
        }  # fmt: skip

    class DatabaseAccess:
        web = "select insert update"
        worker = "select"

    def __str__(self) -> str:
        return self.title
