"""DataWishAnswer: what came of a wish for data from a dialogue."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from portal.tenancy.models import TenantOwned


class DataWishAnswer(TenantOwned):
    """The data set that was registered or found for a wish, or why there is none. It closes the wish.

    The wish itself is a note and has no author: whoever led the dialogue is told. The data set may be another
    tenant's that was shared.
    """

    crosses_tenants = frozenset({"dataset"})

    note = models.OneToOneField("dialogues.Note", on_delete=models.CASCADE, related_name="wish_answer")
    dataset = models.ForeignKey(
        "datasets.Dataset", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    line = models.CharField(max_length=500, blank=True)
    answered_at = models.DateTimeField(default=timezone.now)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="data_wish_answer_says_something", condition=Q(dataset__isnull=False) | ~Q(line="")
            ),
        ]

    class PersonalData:
        erase: ClassVar[dict[str, Any]] = {"answered_by": None}
        keep: ClassVar[set[str]] = {"id", "tenant", "note", "dataset", "line", "answered_at"}

    class DatabaseAccess:
        web = "select insert delete"
        worker = "select delete"

    def __str__(self) -> str:
        return "answer"
