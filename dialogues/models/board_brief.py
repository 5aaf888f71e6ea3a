"""BoardBrief: one page for the board and the managers, written by an official."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from portal.tenancy.models import TenantOwned


class BoardBrief(TenantOwned):
    """What young people say, what we do, and what needs to be decided; a line a point. Nothing sends it."""

    title = models.CharField(max_length=150)
    board = models.CharField(max_length=150, blank=True)
    young_say = models.TextField(max_length=1200, blank=True)
    we_do = models.TextField(max_length=1000, blank=True)
    to_decide = models.TextField(max_length=800, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["-changed_at"]

    class PersonalData:
        erase: ClassVar[dict[str, Any]] = {"created_by": None}
        keep: ClassVar[set[str]] = {
            "id", "tenant", "title", "board", "young_say", "we_do", "to_decide", "created_at", "changed_at"
        }  # fmt: skip

    class DatabaseAccess:
        web = "select insert update"
        worker = "select"

    def __str__(self) -> str:
        return self.title
