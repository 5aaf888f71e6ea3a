"""Next step: who does what, by when."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.tenancy.models import TenantOwned


class NextStep(TenantOwned):
    """A promise from a dialogue: one named owner, one date, and how it went.

    The owner has an account here, or a name and perhaps an address from outside. `mails` counts those that were
    asked for since the day was last set, so that reminders stop; `mail_failed` says that the last one came back.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Not done yet")
        STUCK = "stuck", _("Stuck")
        DONE = "done", _("Done")
        DROPPED = "dropped", _("Dropped")

    dialogue = models.ForeignKey("dialogues.Dialogue", on_delete=models.CASCADE, related_name="next_steps")
    text = models.CharField(max_length=500)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    owner_name = models.CharField(max_length=100)
    owner_email = models.EmailField(blank=True)
    department = models.ForeignKey(
        "accounts.Department", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    due_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    line = models.CharField(max_length=500, blank=True)
    mails = models.PositiveSmallIntegerField(default=0)
    mailed_on = models.DateField(null=True, blank=True)
    mail_failed = models.BooleanField(default=False)
    write_key = models.UUIDField()
    created_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)
    finished_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["due_on", "created_at"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "write_key"], name="next_step_written_once"),
            models.CheckConstraint(
                name="next_step_finished_at_when_finished",
                condition=Q(state__in=["done", "dropped"], finished_at__isnull=False)
                | Q(state__in=["open", "stuck"], finished_at=None),
            ),
        ]

    class PersonalData:
        erase: ClassVar[dict[str, Any]] = {
            "owner": None,
            "owner_name": "",
            "owner_email": "",
            "finished_by": None,
        }
        keep: ClassVar[set[str]] = {
            "id", "tenant", "dialogue", "text", "department", "due_on", "state", "line", "mails", "mailed_on",
            "mail_failed", "write_key", "created_at", "finished_at",
        }  # fmt: skip

    class DatabaseAccess:
        web = "select insert update"
        worker = "select update"

    def __str__(self) -> str:
        return self.text
