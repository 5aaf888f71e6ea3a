"""Voice (röst): a quote or a finding, registered without identities and reviewed before use."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from datasets.models.age_band import AgeBand
from portal.tenancy.models import Shareable


class Voice(Shareable):
    """What young people said in an interview, a workshop or free text, to be read beside figures.

    Nothing tells who said it: no name, no group smaller than figures are shown for. `written_by` is the official
    who last wrote the text, so that another one reviews it. Before it has been published nobody outside the
    municipality can be let in, and what is withdrawn keeps no words; the database holds both.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        WAITING = "waiting", _("Waiting for review")
        PUBLISHED = "published", _("In use")
        SENT_BACK = "sent_back", _("Sent back")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    class Kind(models.TextChoices):
        QUOTE = "quote", _("Quote")
        FINDING = "finding", _("Finding")

    class Method(models.TextChoices):
        INTERVIEW = "interview", _("Interviews")
        WORKSHOP = "workshop", _("Workshop")
        FREE_TEXT = "free_text", _("Free text in a survey")
        OTHER = "other", _("Another way")

    text = models.TextField(blank=True)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    theme = models.CharField(max_length=60, blank=True)
    factors = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    age_band = models.CharField(max_length=8, choices=AgeBand.choices, blank=True)
    year = models.PositiveSmallIntegerField()
    method = models.CharField(max_length=10, choices=Method.choices)
    group_size = models.PositiveIntegerField(null=True, blank=True)
    source = models.CharField(max_length=200, blank=True)
    is_synthetic = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    # The author has looked at what resembled an identity and says that it is none.
    is_vouched_for = models.BooleanField(default=False)
    remark = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    sent_at = models.DateTimeField(null=True, blank=True)
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                name="voice_reviewed_before_use",
                condition=~Q(state="published") | Q(sent_at__isnull=False, reviewed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="voice_shared_only_in_use", condition=Q(state="published") | Q(audience_id=F("tenant"))
            ),
            models.CheckConstraint(
                name="voice_words_gone_when_withdrawn",
                condition=Q(state="withdrawn", text="", source="") | ~Q(state="withdrawn") & ~Q(text=""),
            ),
        ]

    class PersonalData:
        erase: ClassVar[dict[str, Any]] = {"written_by": None, "reviewed_by": None}
        keep: ClassVar[set[str]] = {
            "id", "tenant", "audience_id", "text", "kind", "theme", "factors", "age_band", "year", "method",
            "group_size", "source", "is_synthetic", "state", "is_vouched_for", "remark", "created_at", "sent_at",
            "reviewed_at",
        }  # fmt: skip

    class DatabaseAccess:
        web = "select insert update"
        worker = "select"

    def __str__(self) -> str:
        return self.text[:60]
