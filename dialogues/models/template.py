"""DialogueTemplate: what a dialogue can begin from, made of one that was prepared, and perhaps shared."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from portal.tenancy.models import Shareable


class DialogueTemplate(Shareable):
    """Theme, goal, agenda, the roles that were invited and the charts that were shown; no names and no notes.

    `roles` are `{"perspective", "role", "organisation"}`, never a person. `charts` are the numbers of saved
    charts with what was said of them: whoever may not see a chart begins without it.
    """

    title = models.CharField(max_length=200)
    theme = models.CharField(max_length=40, blank=True)
    goal = models.CharField(max_length=20)
    aim = models.TextField(blank=True)
    minutes = models.PositiveSmallIntegerField(default=90)
    format = models.CharField(max_length=20, default="dialogue")
    agenda = models.JSONField(default=list, blank=True)
    roles = models.JSONField(default=list, blank=True)
    charts = models.JSONField(default=list, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["title", "created_at"]

    class PersonalData:
        erase: ClassVar[dict[str, Any]] = {"created_by": None}
        keep: ClassVar[set[str]] = {
            "id", "tenant", "audience_id", "title", "theme", "goal", "aim", "minutes", "format", "agenda", "roles",
            "charts", "created_at",
        }  # fmt: skip

    class DatabaseAccess:
        web = "select insert update delete"
        worker = ""

    def __str__(self) -> str:
        return self.title
