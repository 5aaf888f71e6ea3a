"""Tenant: a region, a municipality, or a district under one, that has been onboarded."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Tenant(models.Model):
    """An organisation whose data is its own.

    Global: names and codes of municipalities are public, and a page must find its tenant before a scope opens.
    `code` is SCB's (region two digits, municipality four), kept as text for its leading zeros; demo tenants have
    codes outside SCB's. `members_audience` is the audience of what a region shares with its municipalities.
    `needs_second_person` has releases of sensitive data wait for somebody else's word, where there is somebody.
    """

    class Kind(models.TextChoices):
        REGION = "region", _("Region")
        MUNICIPALITY = "municipality", _("Municipality")
        DISTRICT = "district", _("District")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    code = models.CharField(max_length=8, unique=True)
    name = models.CharField(max_length=100)
    official_name = models.CharField(max_length=120)
    sort_key = models.CharField(max_length=200, db_index=True)
    slug = models.SlugField(max_length=60, unique=True)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    members_audience = models.UUIDField(default=uuid4, editable=False)
    is_demo = models.BooleanField(default=False)
    needs_second_person = models.BooleanField(default=True)
    second_person_off_why = models.CharField(max_length=300, blank=True, default="")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["sort_key"]
        constraints = [
            models.CheckConstraint(
                name="tenant_parent_fits_kind",
                condition=Q(kind="region", parent=None) | (~Q(kind="region") & Q(parent__isnull=False)),
            ),
            models.CheckConstraint(
                name="tenant_second_person_off_says_why",
                condition=Q(needs_second_person=True) | ~Q(second_person_off_why=""),
            ),
        ]

    class PersonalData:
        erase: ClassVar[dict[str, Any]] = {}
        keep: ClassVar[set[str]] = {
            "id", "kind", "code", "name", "official_name", "sort_key", "slug", "parent", "members_audience",
            "is_demo", "needs_second_person", "second_person_off_why", "created_at",
        }  # fmt: skip

    class DatabaseAccess:
        web = "select insert update"
        worker = "select"
        region = "select"

    def __str__(self) -> str:
        return self.name

    @property
    def is_region(self) -> bool:
        return self.kind == self.Kind.REGION

    @property
    def region(self) -> Tenant:
        """The region this tenant stands in; itself for a region."""
        found = self
        while found.parent is not None:
            found = found.parent
        return found
