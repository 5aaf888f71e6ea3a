"""The intake: sealed answers on their way, and the receipts that make a retry harmless."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from portal.tenancy.models import TenantOwned


class IntakeRow(TenantOwned):
    """One person's answers, sealed to the round's key and padded to one size.

    No time and no sequence; `id` is a random number that the person's own page made. Only `intake_submit`
    writes here, and nothing else is written in its transaction. Round and tenant are no foreign keys for
    PostgreSQL: checking one would mark the round's row, and the tenant's, with the submission's transaction.
    """

    crosses_tenants = frozenset({"round"})

    tenant = models.ForeignKey(
        settings.TENANT_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_constraint=False,
        editable=False,
    )
    round = models.ForeignKey(
        "surveys.SurveyRound", on_delete=models.PROTECT, related_name="+", db_constraint=False
    )
    sealed = models.BinaryField()

    class PersonalData:
        erase: ClassVar[dict[str, Any]] = {}
        keep: ClassVar[set[str]] = {"id", "tenant", "round", "sealed"}

    class DatabaseAccess:
        worker = "select delete"

    def __str__(self) -> str:
        return "sealed answers"


class IntakeReceipt(TenantOwned):
    """The number of a page whose answers are already shuffled: a retry is told "already"."""

    round = models.ForeignKey("surveys.SurveyRound", on_delete=models.CASCADE, related_name="+")

    class PersonalData:
        erase: ClassVar[dict[str, Any]] = {}
        keep: ClassVar[set[str]] = {"id", "tenant", "round"}

    class DatabaseAccess:
        worker = "select insert delete"

    def __str__(self) -> str:
        return "receipt"
