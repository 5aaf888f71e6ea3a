"""Upload: a file on its way to become a release."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.tenancy.models import TenantOwned


class Upload(TenantOwned):
    """A file that somebody brought in, what was found in it, and what they have said about it so far.

    Seen by the owning department's stewards and the administrators only: secrecy runs between departments.
    The content is kept until the upload is imported, refused or withdrawn, and not a moment longer.
    `guess` is what reading found, `mapping` what a person made of it, `registration` the data set to
    be, `preview` what protection would show, `quarantine` the rows that do not fit and are left out (erased
    with the content), `problems` the report.
    """

    class State(models.TextChoices):
        RECEIVED = "received", _("Received")
        READ = "read", _("Read")
        WAITING = "waiting", _("Waits for approval")
        CONFIRMED = "confirmed", _("Confirmed")
        IMPORTING = "importing", _("Being imported")
        IMPORTED = "imported", _("Imported")
        REFUSED = "refused", _("Refused")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    name = models.CharField(max_length=200)
    content = models.BinaryField(default=b"")
    size = models.PositiveIntegerField()
    format = models.CharField(max_length=12, blank=True)
    guess = models.JSONField(default=dict)
    mapping = models.JSONField(default=dict)
    registration = models.JSONField(default=dict)
    preview = models.JSONField(default=dict)
    quarantine = models.JSONField(default=list)
    problems = models.JSONField(default=list)
    state = models.CharField(max_length=12, choices=State.choices, default=State.RECEIVED)
    dataset = models.ForeignKey(
        "datasets.Dataset", null=True, blank=True, on_delete=models.PROTECT, related_name="uploads"
    )
    release = models.ForeignKey(
        "datasets.Release", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    department = models.ForeignKey(
        "accounts.Department", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    uploaded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-uploaded_at"]
        constraints = [
            models.CheckConstraint(
                name="upload_content_erased_in_the_end",
                condition=Q(content=b"", quarantine=[]) | ~Q(state__in=["imported", "refused", "withdrawn"]),
            ),
        ]

    class PersonalData:
        erase: ClassVar[dict[str, Any]] = {
            "name": "", "content": b"", "guess": {}, "preview": {}, "quarantine": [], "problems": [],
            "uploaded_by": None,
        }  # fmt: skip
        keep: ClassVar[set[str]] = {
            "id", "tenant", "size", "format", "mapping", "registration", "state", "dataset", "release",
            "department", "uploaded_at",
        }  # fmt: skip

    class DatabaseAccess:
        web = "select insert update"
        worker = "select update"

    def __str__(self) -> str:
        return self.name
