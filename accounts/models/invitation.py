"""Invitation: a link, by mail, that makes somebody a member once."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models.membership import Role
from portal.tenancy.models import TenantOwned


class Invitation(TenantOwned):
    """An invitation to a role. Its token has 128 bits, is hashed here and stands only in the mail.

    The worker makes the token when it writes the mail, so that none lies in the outbox; a mail that has to be
    sent again gets a new one.
    """

    email = models.EmailField()
    name = models.CharField(max_length=100, blank=True)
    role = models.CharField(max_length=20, choices=Role.choices)
    department = models.ForeignKey(
        "accounts.Department", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    token_hash = models.BinaryField(null=True, unique=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    mailed_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "email"],
                condition=Q(accepted_at=None, withdrawn_at=None),
                name="invitation_open_once_per_address",
            ),
            models.CheckConstraint(
                name="invitation_accepted_or_withdrawn",
                condition=Q(accepted_at=None) | Q(withdrawn_at=None),
            ),
        ]

    class PersonalData:
        erase: ClassVar[dict[str, Any]] = {"email": "", "name": "", "token_hash": None}
        keep: ClassVar[set[str]] = {
            "id", "tenant", "role", "department", "invited_by", "created_at", "mailed_at", "expires_at",
            "accepted_at", "accepted_by", "withdrawn_at",
        }  # fmt: skip

    class DatabaseAccess:
        web = "select insert update"
        worker = "select update"

    def __str__(self) -> str:
        return f"{self.email} ({self.get_role_display()})"
