"""Department (förvaltning): secrecy and responsibility run between departments too."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from portal.tenancy.models import TenantOwned


class Department(TenantOwned):
    """A department of a tenant: on people, data sets, next steps and activities."""

    name = models.CharField(max_length=100)
    sort_key = models.CharField(max_length=200)

    class Meta:
        ordering = ["sort_key"]
        constraints = [models.UniqueConstraint(fields=["tenant", "name"], name="department_name_in_tenant")]

    class PersonalData:
        erase: ClassVar[dict[str, Any]] = {}
        keep: ClassVar[set[str]] = {"id", "tenant", "name", "sort_key"}

    class DatabaseAccess:
        web = "select insert update delete"
        worker = "select"

    def __str__(self) -> str:
        return self.name
