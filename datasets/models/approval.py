"""Approval: a second person's word on a release of sensitive data, before the worker makes it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.tenancy.models import TenantOwned


class Approval(TenantOwned):
    """Who asked for a release, who decided, and how; where nobody else could be asked, why not.

    An upload of sensitive data is not confirmed without one that is approved or not needed: a trigger refuses. Who
    asked never approves. `words` are the decider's, for whoever asked.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waits for approval")
        APPROVED = "approved", _("Approved")
        SENT_BACK = "sent_back", _("Sent back")
        TAKEN_BACK = "taken_back", _("Taken back")
        NOT_NEEDED = "not_needed", _("Not needed")

    class WhyNot(models.TextChoices):
        ALONE = "alone", _("Nobody else answers for the data")
        TURNED_OFF = "off", _("Approval is turned off")

    upload = models.ForeignKey("datasets.Upload", on_delete=models.PROTECT, related_name="approvals")
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    why_not = models.CharField(max_length=8, choices=WhyNot.choices, blank=True, default="")
    words = models.TextField(blank=True, default="")
    asked_at = models.DateTimeField(default=timezone.now)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["upload"], condition=Q(state="waiting"), name="approval_asked_once_at_a_time"
            ),
            models.CheckConstraint(
                name="approval_by_a_second_person",
                condition=~Q(state__in=["approved", "sent_back"])
                | Q(decided_by__isnull=False, decided_at__isnull=False) & ~Q(decided_by=F("asked_by")),
            ),
            models.CheckConstraint(
                name="approval_not_needed_says_why",
                condition=Q(state="not_needed", why_not__in=["alone", "off"])
                | ~Q(state="not_needed") & Q(why_not=""),
            ),
        ]

    class PersonalData:
        # Acts in office: who asked for a publication of sensitive data and who approved it.
        erase: ClassVar[dict[str, Any]] = {"words": ""}
        keep: ClassVar[set[str]] = {
            "id", "tenant", "upload", "state", "why_not", "asked_at", "asked_by", "decided_at", "decided_by",
        }  # fmt: skip

    class DatabaseAccess:
        web = "select insert update"
        # The clock takes back what waited for a file whose time is out. That two people approve is a constraint.
        worker = "select update"

    def __str__(self) -> str:
        return str(self.upload_id)
