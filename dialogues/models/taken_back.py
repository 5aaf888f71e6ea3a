"""TakenBack: an invitation that is to be taken out of somebody's calendar, until the mail about it has gone."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from portal.tenancy.models import TenantOwned


class TakenBack(TenantOwned):
    """Whom to write to who is no longer on the list. Deleted as soon as they have been written to.

    `number` is that of the calendar entry that takes the meeting out: above all that were sent before it.
    """

    dialogue = models.ForeignKey("dialogues.Dialogue", on_delete=models.CASCADE, related_name="taken_back")
    name = models.CharField(max_length=100, blank=True)
    email = models.EmailField()
    number = models.PositiveIntegerField()

    class PersonalData:
        erase: ClassVar[dict[str, Any]] = {"name": "", "email": ""}
        keep: ClassVar[set[str]] = {"id", "tenant", "dialogue", "number"}

    class DatabaseAccess:
        web = "select insert"
        worker = "select insert delete"

    def __str__(self) -> str:
        return "invitation taken back"
