"""The audit log: who did what to which object, when; append-only and hash-chained within a tenant."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from portal.tenancy.models import TenantOwned


class AuditEvent(TenantOwned):
    """One event. Only the SQL function `audit_append` writes this table; no serving role may change it.

    Each row carries the SHA-256 of its own content and of the row before it, so that `audit_verify` notices a
    change or a gap, even one made by the owner of the table.
    """

    number = models.BigIntegerField()
    at = models.DateTimeField()
    actor_id = models.UUIDField(null=True)
    verb = models.CharField(max_length=80)
    target_type = models.CharField(max_length=60, blank=True)
    target_id = models.UUIDField(null=True)
    details = models.JSONField(default=dict)
    previous_hash = models.BinaryField()
    hash = models.BinaryField()

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["tenant", "number"], name="audit_event_number")]

    class PersonalData:
        # An official's acts in office are kept: that is what the log is for.
        erase: ClassVar[dict[str, Any]] = {}
        keep: ClassVar[set[str]] = {
            "id", "tenant", "number", "at", "actor_id", "verb", "target_type", "target_id", "details",
            "previous_hash", "hash",
        }  # fmt: skip

    class DatabaseAccess:
        web = "select"
        worker = "select"

    def __str__(self) -> str:
        return f"{self.number} {self.verb}"
