"""RoundReport and ReportEdition: what a round came to, told to those who answered ("ni sa – vi gjorde")."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from portal.tenancy.models import Shareable, TenantOwned


class RoundReport(TenantOwned):
    """The working copy of a round's report. Nobody outside the municipality sees it.

    `content` is a `surveys.reporting_back.content.Content` as JSON.
    """

    round = models.OneToOneField("surveys.SurveyRound", on_delete=models.PROTECT, related_name="report")
    content = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)
    edited_at = models.DateTimeField(auto_now=True)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["-created_at"]

    class PersonalData:
        erase: ClassVar[dict[str, Any]] = {"edited_by": None}
        keep: ClassVar[set[str]] = {"id", "tenant", "round", "content", "created_at", "edited_at"}

    class DatabaseAccess:
        web = "select insert update"
        worker = "select"

    def __str__(self) -> str:
        return f"report on {self.round_id}"


class ReportEdition(Shareable):
    """What was published of a report, at one time: words, and pictures of figures that were public by then.

    PostgreSQL refuses every change but withdrawing it. Voices stand as ids and are read anew each time, so that
    a voice which is withdrawn is gone from here as well. Withdrawn editions are their own tenant's alone.
    """

    round = models.ForeignKey("surveys.SurveyRound", on_delete=models.PROTECT, related_name="report_editions")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    evidence = models.JSONField(default=dict)
    what_is_new = models.JSONField(default=dict)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="report_edition_number_once"),
            models.CheckConstraint(
                name="report_edition_withdrawn_is_own",
                condition=Q(withdrawn_at=None) | Q(audience_id=models.F("tenant")),
            ),
        ]

    class PersonalData:
        erase: ClassVar[dict[str, Any]] = {"published_by": None, "withdrawn_by": None}
        keep: ClassVar[set[str]] = {
            "id", "tenant", "audience_id", "round", "number", "content", "evidence", "what_is_new", "published_at",
            "withdrawn_at",
        }  # fmt: skip

    class DatabaseAccess:
        web = "select insert update"
        worker = "select"

    def __str__(self) -> str:
        return f"edition {self.number} of {self.round_id}"
