"""Proposal: a question or theme that a young person would like a survey to ask about."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from portal.tenancy.models import Shareable
from portal.tenancy.scope import PUBLIC_AUDIENCE
from surveys.states import ProposalState


class Proposal(Shareable):
    """A short text without a sender. Of its time only the day is kept.

    `proposal_submit` alone writes it, as the role `survey`. Nobody outside the municipality sees it before a
    coordinator has read it; what is held back keeps no words. PostgreSQL holds both.
    """

    LONGEST: ClassVar[int] = 300

    round = models.ForeignKey("surveys.SurveyRound", on_delete=models.PROTECT, related_name="proposals")
    text = models.CharField(max_length=300, blank=True)
    said_on = models.DateField()
    state = models.CharField(max_length=12, choices=ProposalState.choices, default=ProposalState.WAITING)
    reason = models.JSONField(default=dict)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        # The key is random, so that the order within a day tells nothing.
        ordering = ["said_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="proposal_read_before_shown",
                condition=Q(state__in=["waiting", "held_back"], audience_id=F("tenant"))
                | Q(audience_id=PUBLIC_AUDIENCE) & ~Q(state__in=["waiting", "held_back"]),
            ),
            models.CheckConstraint(
                name="proposal_words_gone_when_held_back",
                condition=Q(state="held_back", text="") | ~Q(state="held_back") & ~Q(text=""),
            ),
        ]

    class PersonalData:
        erase: ClassVar[dict[str, Any]] = {"answered_by": None}
        keep: ClassVar[set[str]] = {
            "id", "tenant", "audience_id", "round", "text", "said_on", "state", "reason", "answered_at",
        }  # fmt: skip

    class DatabaseAccess:
        web = "select update"
        worker = "select"

    def __str__(self) -> str:
        return "proposal"
