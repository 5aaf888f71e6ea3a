"""A job: a row of the outbox, and what people watch while it is being done."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.tenancy.models import TenantOwned


class Job(TenantOwned):
    """One piece of work asked for in the transaction whose write it follows.

    The row is the outbox: no request waits for the broker, and work is lost only together with the write that
    asked for it. `arguments` holds identifiers and nothing else.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")
        CANCELLED = "cancelled", _("Cancelled")

    MOST_ATTEMPTS: ClassVar[int] = 3
    served_to_all_by = ("worker",)

    task = models.CharField(max_length=100)
    arguments = models.JSONField(default=dict)
    subject_type = models.CharField(max_length=60, blank=True)
    subject_id = models.UUIDField(null=True, blank=True, db_index=True)
    title = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    percent = models.PositiveSmallIntegerField(default=0)
    message = models.CharField(max_length=200, blank=True)
    message_arguments = models.JSONField(default=dict, blank=True)
    problem = models.CharField(max_length=500, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField(default=timezone.now)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    sent_at = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    beaten_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["sent_at"],
                name="job_unfinished_by_sent",
                condition=models.Q(finished_at=None),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="job_finished_at_with_final_state",
                condition=models.Q(finished_at=None, state__in=["waiting", "running"])
                | models.Q(finished_at__isnull=False, state__in=["done", "failed", "cancelled"]),
            ),
        ]

    class PersonalData:
        erase: ClassVar[dict[str, Any]] = {"asked_by": None}
        keep: ClassVar[set[str]] = {
            "id", "tenant", "task", "arguments", "subject_type", "subject_id", "title", "state", "percent",
            "message", "message_arguments", "problem", "attempts", "asked_at", "sent_at", "started_at",
            "beaten_at", "finished_at",
        }  # fmt: skip

    class DatabaseAccess:
        web = "select insert update"
        worker = "select insert update delete"

    def __str__(self) -> str:
        return f"{self.task} ({self.state})"

    @property
    def is_finished(self) -> bool:
        return self.finished_at is not None

    @property
    def words(self) -> str:
        """What is happening right now, in the reader's language."""
        from django.utils.translation import gettext

        if not self.message:
            return str(self.get_state_display())
        return gettext(self.message) % self.message_arguments
