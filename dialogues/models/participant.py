"""Participant: somebody invited to a dialogue, with the perspective they bring."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from portal.tenancy.models import TenantOwned


class Participant(TenantOwned):
    """An invited person. Notes never refer to one: what is said in the room has no author."""

    dialogue = models.ForeignKey("dialogues.Dialogue", on_delete=models.CASCADE, related_name="participants")
    name = models.CharField(max_length=100)
    role = models.CharField(max_length=100, blank=True)
    organisation = models.CharField(max_length=100, blank=True)
    perspective = models.CharField(max_length=40, blank=True)
    department = models.ForeignKey(
        "accounts.Department", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    email = models.EmailField(blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["name"]

    class PersonalData:
        erase: ClassVar[dict[str, Any]] = {"name": "", "email": "", "user": None}
        keep: ClassVar[set[str]] = {
            "id", "tenant", "dialogue", "role", "organisation", "perspective", "department",
        }  # fmt: skip

    class DatabaseAccess:
        web = "select insert update delete"
        worker = "select"

    def __str__(self) -> str:
        return self.name
