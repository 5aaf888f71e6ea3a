"""Mail that a demo keeps for reading instead of sending it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models


class DemoMail(models.Model):
    """A mail of the demo. Written only where the demo's mail backend is set, never in a live installation."""

    sent_at = models.DateTimeField(auto_now_add=True)
    recipients = models.CharField(max_length=500)
    subject = models.CharField(max_length=300)
    body = models.TextField()

    class Meta:
        ordering = ["-sent_at", "-pk"]

    class PersonalData:
        erase: ClassVar[dict[str, Any]] = {"recipients": "", "subject": "", "body": ""}
        keep: ClassVar[set[str]] = {"id", "sent_at"}

    class DatabaseAccess:
        web = "select insert delete"
        worker = "select insert delete"

    def __str__(self) -> str:
        return self.subject
