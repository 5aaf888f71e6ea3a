"""SourceSubscription: a table or key figure that a source is asked for again and again."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.tenancy.models import Shareable


class SourceSubscription(Shareable):
    """What is fetched (`wanted`), which data set it fills, and how it has gone.

    `definition` is what a person, or the declaration in the base package, took the source to mean; `found` what
    the source says now, while somebody chooses or looks at a change. A fetch that fails leaves the data set's
    releases alone and says `failing_since` when, and by `trouble` why; it is told once (`told_at`). Read by
    whoever reads the data set.
    """

    class State(models.TextChoices):
        LOOKING = "looking", _("Being looked up")
        FOUND = "found", _("Found, not chosen yet")
        ACTIVE = "active", _("Fetched by itself")
        HELD = "held", _("Held: the source has changed it")
        STOPPED = "stopped", _("Stopped")

    class Kind(models.TextChoices):
        PXWEBAPI2 = "pxwebapi2", _("Statistics Sweden")
        PXWEBAPI1 = "pxwebapi1", _("Statistics Sweden, older interface")
        KOLADA = "kolada", _("Kolada")

    kind = models.CharField(max_length=12, choices=Kind.choices)
    source_id = models.CharField(max_length=200)
    title = models.CharField(max_length=400, blank=True)
    wanted = models.JSONField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.LOOKING)
    package_key = models.CharField(max_length=60, blank=True)
    dataset = models.ForeignKey(
        "datasets.Dataset", null=True, blank=True, on_delete=models.PROTECT, related_name="subscriptions"
    )
    definition = models.JSONField(default=dict, blank=True)
    found = models.JSONField(default=dict, blank=True)
    held_at = models.DateTimeField(null=True, blank=True)
    fetched_at = models.DateTimeField(null=True, blank=True)
    failing_since = models.DateTimeField(null=True, blank=True)
    trouble = models.CharField(max_length=20, blank=True)
    trouble_params = models.JSONField(default=dict, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True, db_index=True)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["title", "source_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "package_key"],
                condition=~Q(package_key=""),
                name="source_subscription_once_per_package_key",
            ),
            models.CheckConstraint(
                name="source_subscription_held_at_when_held",
                condition=Q(state="held", held_at__isnull=False) | ~Q(state="held") & Q(held_at=None),
            ),
            models.CheckConstraint(
                name="source_subscription_trouble_since_when",
                condition=Q(trouble="", failing_since=None) | ~Q(trouble="") & Q(failing_since__isnull=False),
            ),
        ]

    class PersonalData:
        erase: ClassVar[dict[str, Any]] = {"created_by": None}
        keep: ClassVar[set[str]] = {
            "id", "tenant", "audience_id", "kind", "source_id", "title", "wanted", "state", "package_key",
            "dataset", "definition", "found", "held_at", "fetched_at", "failing_since", "trouble",
            "trouble_params", "told_at", "due_at", "created_at",
        }  # fmt: skip

    class DatabaseAccess:
        web = "select insert update"
        worker = "select insert update"

    def __str__(self) -> str:
        return self.title or self.source_id
