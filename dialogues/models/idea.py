"""Idea and IdeaTrial (idébank): what others can take up, and what came out where somebody tried."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from datasets.models import AgeBand
from portal.tenancy.models import Shareable


class Idea(Shareable):
    """An idea of the bank, written to be read by others. It begins as its own people's, and is shared by a deed.

    It holds no note: what was said in a dialogue is put in words anew by whoever puts it into the bank.
    """

    class Cost(models.TextChoices):
        LOW = "low", _("Low: done within what you have")
        MIDDLE = "middle", _("Middle: some hours a week or a smaller sum")
        HIGH = "high", _("High: a post, a place or a larger sum")

    class Kind(models.TextChoices):
        PROMOTING = "promoting", _("Promoting")
        PREVENTING = "preventing", _("Preventing")
        REMEDIAL = "remedial", _("Remedial")

    title = models.CharField(max_length=200)
    text = models.TextField(max_length=3000)
    came_of_it = models.TextField(max_length=2000, blank=True)
    kind = models.CharField(max_length=12, choices=Kind.choices, blank=True)
    cost = models.CharField(max_length=8, choices=Cost.choices, blank=True)
    age_bands = ArrayField(models.CharField(max_length=8, choices=AgeBand.choices), default=list, blank=True)
    theme = models.CharField(max_length=40, blank=True)
    factors = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    contact = models.CharField(max_length=150, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]

    class PersonalData:
        # A contact should be a function, but people write names.
        erase: ClassVar[dict[str, Any]] = {"contact": "", "created_by": None}
        keep: ClassVar[set[str]] = {
            "id", "tenant", "audience_id", "title", "text", "came_of_it", "kind", "cost", "age_bands", "theme",
            "factors", "created_at", "withdrawn_at",
        }  # fmt: skip

    class DatabaseAccess:
        web = "select insert update"
        worker = "select"

    def __str__(self) -> str:
        return self.title


class IdeaTrial(Shareable):
    """What came out where somebody tried something: an idea, or a known method by its key."""

    crosses_tenants = frozenset({"idea"})

    class Outcome(models.TextChoices):
        HELPED = "helped", _("It helped")
        PARTLY = "partly", _("It helped in part")
        NOT = "not", _("It did not help")
        EARLY = "early", _("Too early to say")

    idea = models.ForeignKey(
        "dialogues.Idea", null=True, blank=True, on_delete=models.CASCADE, related_name="trials"
    )
    method = models.CharField(max_length=60, blank=True)
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    text = models.TextField(max_length=2000)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                name="idea_trial_is_of_one_thing",
                condition=(Q(idea__isnull=False) & Q(method="")) | (Q(idea=None) & ~Q(method="")),
            ),
        ]

    class PersonalData:
        erase: ClassVar[dict[str, Any]] = {"created_by": None}
        keep: ClassVar[set[str]] = {
            "id", "tenant", "audience_id", "idea", "method", "outcome", "text", "created_at"
        }  # fmt: skip

    class DatabaseAccess:
        web = "select insert delete"
        worker = "select"

    def __str__(self) -> str:
        return "trial"
