"""Participant: somebody invited to a dialogue, with the perspective they bring."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.tenancy.models import TenantOwned


class Participant(TenantOwned):
    """An invited person. Notes never refer to one: what is said in the room has no author.

    `invited_on` is the day on which their invitation was asked for, `mailed_as` the number of the calendar entry
    (`Dialogue.calendar_number`) that last went to them, and `mail_failed` says that it came back. `is_present` is
    None until somebody notes who is in the room.
    """

    class Answer(models.TextChoices):
        NONE = "", _("Has not answered")
        YES = "yes", _("Comes")
        MAYBE = "maybe", _("Perhaps")
        NO = "no", _("Can't come")

    dialogue = models.ForeignKey("dialogues.Dialogue", on_delete=models.CASCADE, related_name="participants")
    name = models.CharField(max_length=100)
    role = models.CharField(max_length=100, blank=True)
    organisation = models.CharField(max_length=100, blank=True)
    perspective = models.CharField(max_length=40, blank=True)
    department = models.ForeignKey(
        "accounts.Department", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    email = models.EmailField(blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    answer = models.CharField(max_length=5, choices=Answer.choices, default=Answer.NONE, blank=True)
    invited_on = models.DateField(null=True, blank=True)
    mailed_as = models.PositiveIntegerField(null=True, blank=True)
    reminded_on = models.DateField(null=True, blank=True)
    mail_failed = models.BooleanField(default=False)
    is_present = models.BooleanField(null=True, blank=True)

    class Meta:
        ordering = ["name"]

    class PersonalData:
        erase: ClassVar[dict[str, Any]] = {"name": "", "email": "", "user": None}
        keep: ClassVar[set[str]] = {
            "id", "tenant", "dialogue", "role", "organisation", "perspective", "department", "answer",
            "invited_on", "mailed_as", "reminded_on", "mail_failed", "is_present",
        }  # fmt: skip

    class DatabaseAccess:
        web = "select insert update delete"
        worker = "select update delete"

    def __str__(self) -> str:
        return self.name
