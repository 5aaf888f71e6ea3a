"""Attendance: who was there besides those on the list, who kept the notes, and who approved them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from portal.tenancy.models import TenantOwned


class Attendance(TenantOwned):
    """What a meeting's record says of its people. That it is there says that presence was noted.

    Who of the list was present stands on the list (`Participant.is_present`); `others` are those who came without
    being on it, one a line, as they wish to be called. `notes_by` and `approved_by` answer for the record.
    """

    LONGEST_OTHERS: ClassVar[int] = 1000

    dialogue = models.OneToOneField("dialogues.Dialogue", on_delete=models.CASCADE, related_name="attendance")
    others = models.TextField(max_length=1000, blank=True)
    notes_by = models.CharField(max_length=100, blank=True)
    approved_by = models.CharField(max_length=100, blank=True)
    approved_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="attendance_approved_by_somebody_some_day",
                condition=Q(approved_by="", approved_on=None)
                | (~Q(approved_by="") & Q(approved_on__isnull=False)),
            ),
        ]

    class PersonalData:
        erase: ClassVar[dict[str, Any]] = {}
        keep: ClassVar[set[str]] = {
            "id", "tenant", "dialogue", "others", "notes_by", "approved_by", "approved_on",
        }  # fmt: skip

    class DatabaseAccess:
        web = "select insert update"
        worker = "select delete"

    def __str__(self) -> str:
        return "attendance"

    @property
    def others_listed(self) -> list[str]:
        """Those who came without being on the list."""
        return [line.strip() for line in self.others.splitlines() if line.strip()]
