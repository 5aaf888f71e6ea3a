"""Likeness: which municipalities are like one's own, by what, and why."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from portal.tenancy.models import TenantOwned


class Likeness(TenantOwned):
    """The list of similar municipalities that a tenant's charts compare with, as it was last made.

    `variables` are `{"key", "title", "title_en", "weight", "is_log", "time"}`, each an open data set (`key` is its
    id) and how much it counts; `places` the nearest first, `{"code", "name", "distance", "word", "nearest",
    "furthest", "missing"}` with variables by their keys; `left_out` the variables that could not be used, and
    `unknown` the names of places of which too little is known. Only protected figures of open data go into it.
    """

    variables = models.JSONField(default=list)
    places = models.JSONField(default=list)
    left_out = models.JSONField(default=list)
    unknown = models.JSONField(default=list)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant"], name="likeness_one_of_tenant")]

    class PersonalData:
        erase: ClassVar[dict[str, Any]] = {"made_by": None}
        keep: ClassVar[set[str]] = {"id", "tenant", "variables", "places", "left_out", "unknown", "made_at"}

    class DatabaseAccess:
        web = "select insert update"
        worker = "select insert update"

    def __str__(self) -> str:
        return ", ".join(place["name"] for place in self.places)

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the similar places, the nearest first."""
        return tuple(place["code"] for place in self.places)
