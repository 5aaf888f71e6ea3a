"""SourcePiece: a part of a fetch that is under way."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

from portal.tenancy.models import TenantOwned


class SourcePiece(TenantOwned):
    """An answer of a source, kept until the whole table is there, so that a crash costs one question."""

    subscription = models.ForeignKey(
        "datasets.SourceSubscription", on_delete=models.CASCADE, related_name="pieces"
    )
    key = models.CharField(max_length=64)
    content = models.BinaryField()
    fetched_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subscription", "key"], name="source_piece_once_per_subscription"),
        ]

    class PersonalData:
        erase: ClassVar[dict[str, Any]] = {}
        keep: ClassVar[set[str]] = {"id", "tenant", "subscription", "key", "content", "fetched_at"}

    class DatabaseAccess:
        worker = "select insert delete"

    def __str__(self) -> str:
        return self.key
