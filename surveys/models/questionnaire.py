"""Questionnaire: what can be asked, in versions that never change."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from portal.tenancy.models import Shareable


class Questionnaire(Shareable):
    """A questionnaire by its code and title; what it asks stands in its versions.

    One that `builds_on` another, which a region shares, is that one with a section of its own at the end. One that
    `is_composed` was put together for a single joint round, and is not offered for others.
    """

    crosses_tenants = frozenset({"builds_on"})

    code = models.SlugField(max_length=60)
    title = models.JSONField(default=dict)
    builds_on = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    is_composed = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["tenant", "code"], name="questionnaire_code_in_tenant")]

    class PersonalData:
        erase: ClassVar[dict[str, Any]] = {}
        keep: ClassVar[set[str]] = {
            "id", "tenant", "audience_id", "code", "title", "builds_on", "is_composed", "created_at",
            "archived_at",
        }  # fmt: skip

    class DatabaseAccess:
        web = "select insert update"
        worker = "select insert update"

    def __str__(self) -> str:
        return self.code
