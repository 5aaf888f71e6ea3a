"""Questionnaire: what can be asked, in versions that never change."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from portal.tenancy.models import Shareable


class Questionnaire(Shareable):
    """A questionnaire by its code and title; what it asks stands in its versions."""

    code = models.SlugField(max_length=60)
    title = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["tenant", "code"], name="questionnaire_code_in_tenant")]

    class PersonalData:
        erase: ClassVar[dict[str, Any]] = {}
        keep: ClassVar[set[str]] = {"id", "tenant", "audience_id", "code", "title", "created_at"}

    class DatabaseAccess:
        web = "select insert update"
        worker = "select insert update"

    def __str__(self) -> str:
        return self.code
