"""Membership: one person's role in one tenant."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.tenancy.models import TenantOwned
from portal.tenancy.scope import check_in_transaction


class Role(models.TextChoices):
    """The roles; what each may do is in `accounts/roles.py`."""

    REGIONAL_ADMIN = "regional_admin", _("Regional admin")
    MUNICIPALITY_ADMIN = "municipality_admin", _("Municipality admin")
    COORDINATOR = "coordinator", _("Coordinator")
    DATA_STEWARD = "data_steward", _("Data steward")
    FACILITATOR = "facilitator", _("Facilitator")
    OFFICIAL = "official", _("Official")
    VIEWER = "viewer", _("Viewer")
    GUEST = "guest", _("Guest")


class Membership(TenantOwned):
    """A role in a tenant. A guest's membership opens the door and nothing more: the rest is granted singly.

    A person reads their own memberships before any scope is open: the policy `also_reads` lets exactly them.
    """

    also_readable_by = ("user_id", "app.user")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=20, choices=Role.choices)
    department = models.ForeignKey(
        "accounts.Department", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant", "user"], name="membership_once_in_tenant")]

    class PersonalData:
        erase: ClassVar[dict[str, Any]] = {}
        keep: ClassVar[set[str]] = {"id", "tenant", "user", "role", "department", "is_active", "created_at"}

    class DatabaseAccess:
        web = "select insert update delete"
        worker = "select"

    def __str__(self) -> str:
        return f"{self.user} – {self.get_role_display()}"

    @classmethod
    def of_person(cls, user_id: UUID) -> models.QuerySet[Membership]:
        """A person's memberships in every tenant: needs `identify(user_id)` in this transaction."""
        check_in_transaction()
        return cls._base_manager.filter(user_id=user_id, is_active=True)
