"""Notice: whether an official wants mail about what waits in surveys, and what they were told of last."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from portal.tenancy.models import TenantOwned


class Notice(TenantOwned):
    """One person's mails in one tenant: at most one a day, and only where more waits than they were told.

    `told` has by kind how much waited then (`surveys.services.notices`).
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    is_wanted = models.BooleanField(default=True)
    mailed_on = models.DateField(null=True, blank=True)
    told = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant", "user"], name="notice_once_in_tenant")]

    class PersonalData:
        erase: ClassVar[dict[str, Any]] = {}
        keep: ClassVar[set[str]] = {"id", "tenant", "user", "is_wanted", "mailed_on", "told"}

    class DatabaseAccess:
        web = "select insert update"
        worker = "select insert update"

    def __str__(self) -> str:
        return f"notices of {self.user_id}"
