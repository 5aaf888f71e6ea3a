"""SurveyRound: one questionnaire, open for a time, in one tenant."""

from __future__ import annotations

import secrets
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from portal.tenancy.models import Shareable
from surveys.questionnaire import Questionnaire
from surveys.states import RoundState, WayIn, Weighing

CODE_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"
CODE_LENGTH = 8
LEAST_THRESHOLD = 5
LEAST_BASE = 10


def new_public_code() -> str:
    """Eight letters and digits that can be read aloud and typed: 40 bits, for a link that is public anyway."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))


def default_rule() -> dict[str, Any]:
    """Fewer than five people are never shown, and no share of fewer than ten; broken down by all that is asked."""
    return {"threshold": LEAST_THRESHOLD, "base": LEAST_BASE, "breakdowns": []}


class SurveyRound(Shareable):
    """A round. From the moment it is scheduled its public facts can be read by anyone (audience: public).

    `rule` is {"threshold", "base", "breakdowns": codes of background questions}. PostgreSQL lets it become
    stricter only, and freezes it, the version and the key when the round opens (migration 0002). A joint round's
    has "areas" too: its municipalities in official order, those together that small ones are first joined with;
    and "own", where a municipality added questions: by a section's code whose it is.
    The answers themselves are deleted `kept_months` after the results are made; PostgreSQL lets that become
    shorter only (migration 0011). The last day may be moved until it is over (migration 0014). `response_count`
    is set when the last answers have been shuffled; while a round is open there is only `round_count()`, rounded
    down to five.
    """

    crosses_tenants = frozenset({"version"})

    title = models.CharField(max_length=120)
    public_code = models.CharField(max_length=16, unique=True, default=new_public_code, editable=False)
    version = models.ForeignKey("surveys.QuestionnaireVersion", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=RoundState.choices, default=RoundState.DRAFT)
    way_in = models.CharField(max_length=8, choices=WayIn.choices, default=WayIn.LINK)
    opens_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    closing_moved_at = models.DateTimeField(null=True, blank=True)
    grace_minutes = models.PositiveSmallIntegerField(default=30)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    tabulated_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    public_key = models.BinaryField(max_length=32, null=True, blank=True)
    asker = models.CharField(max_length=120)
    what_happens = models.JSONField(default=dict)
    contact = models.CharField(max_length=200, blank=True)
    wave = models.CharField(max_length=60, blank=True)
    previous_round = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="next_rounds"
    )
    expected_answers = models.PositiveIntegerField(null=True, blank=True)
    rule = models.JSONField(default=default_rule)
    weighing = models.CharField(max_length=12, choices=Weighing.choices, default=Weighing.NONE)
    kept_months = models.PositiveSmallIntegerField(default=12)
    answers_deleted_at = models.DateTimeField(null=True, blank=True)
    response_count = models.PositiveIntegerField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["state", "closes_at"], name="survey_round_by_state")]
        constraints = [
            models.CheckConstraint(
                name="survey_round_closes_after_opening",
                condition=Q(opens_at=None) | Q(closes_at=None) | Q(closes_at__gt=F("opens_at")),
            ),
            models.CheckConstraint(
                name="survey_round_dates_with_state",
                condition=Q(state__in=["draft", "cancelled"])
                | Q(state="scheduled", opens_at__isnull=False, closes_at__isnull=False)
                | Q(state="open", opened_at__isnull=False, public_key__isnull=False, closed_at=None)
                | Q(state="closed", opened_at__isnull=False, closed_at__isnull=False, published_at=None)
                | Q(
                    state="published",
                    closed_at__isnull=False,
                    tabulated_at__isnull=False,
                    published_at__isnull=False,
                ),
            ),
        ]

    class PersonalData:
        erase: ClassVar[dict[str, Any]] = {"contact": "", "created_by": None}
        keep: ClassVar[set[str]] = {
            "id", "tenant", "audience_id", "title", "public_code", "version", "state", "way_in", "opens_at",
            "closes_at", "closing_moved_at", "grace_minutes", "opened_at", "closed_at", "tabulated_at",
            "published_at", "public_key", "asker", "what_happens", "wave", "previous_round", "expected_answers",
            "rule", "weighing", "kept_months", "answers_deleted_at", "response_count", "created_at",
        }  # fmt: skip

    class DatabaseAccess:
        web = "select insert update"
        worker = "select insert update"

    def __str__(self) -> str:
        return self.title

    @property
    def is_joint(self) -> bool:
        """Whether a region holds it for several of its municipalities at once."""
        return "areas" in self.rule

    @property
    def own_sections(self) -> dict[str, str]:
        """Of a joint round: by the code of a section that one municipality added, that municipality's slug."""
        found: dict[str, str] = self.rule.get("own", {})
        return found

    @property
    def told(self) -> Questionnaire:
        """The questions that its results tell of: a municipality's own stand in that municipality's results."""
        return self.version.told.without(self.own_sections)
