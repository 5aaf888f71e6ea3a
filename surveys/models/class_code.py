"""Class codes: sheets of one-time codes to hand out, and what is kept of a code until it is spent."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from portal.tenancy.models import TenantOwned


class CodeSheet(TenantOwned):
    """A sheet of codes that was made for a class or group: how many, when and by whom. Never how many are used.

    `channel` is the one whose link the slips carry, and that answers by them are counted under.
    """

    round = models.ForeignKey("surveys.SurveyRound", on_delete=models.CASCADE, related_name="+")
    label = models.CharField(max_length=60)
    count = models.PositiveSmallIntegerField()
    channel = models.ForeignKey(
        "surveys.Channel", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["made_at"]

    class PersonalData:
        erase: ClassVar[dict[str, Any]] = {"made_by": None}
        keep: ClassVar[set[str]] = {"id", "tenant", "round", "label", "count", "channel", "made_at", "revoked_at"}

    class DatabaseAccess:
        web = "select insert update"
        worker = "select"

    def __str__(self) -> str:
        return self.label


class ClassCode(TenantOwned):
    """One code that nobody has spent yet, as a keyed hash. Spending it deletes the row.

    Which sheet it came from is known until the round opens, so that a sheet can be called back, and then
    forgotten: the rows are written anew in another order. No page can read or count them.
    """

    round = models.ForeignKey("surveys.SurveyRound", on_delete=models.CASCADE, related_name="+")
    sheet = models.ForeignKey("surveys.CodeSheet", null=True, on_delete=models.CASCADE, related_name="+")
    code_hash = models.BinaryField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "code_hash"], name="class_code_once")]

    class PersonalData:
        erase: ClassVar[dict[str, Any]] = {}
        keep: ClassVar[set[str]] = {"id", "tenant", "round", "sheet", "code_hash"}

    class DatabaseAccess:
        web = "insert"
        worker = "select insert delete"

    def __str__(self) -> str:
        return "class code"
