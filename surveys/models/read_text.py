"""ReadText: what somebody wrote, laid out for a reviewer once the round is closed and enough others wrote too."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from portal.tenancy.models import TenantOwned
from surveys.states import TextState


class ReadText(TenantOwned):
    """One text on its way to being shown. Its number is drawn at random, and nothing else of the person is here.

    `shown` is the text less what a reviewer hid. A text that is turned down keeps no words; the database holds
    that, and that a second yes is not the first one's.
    """

    round = models.ForeignKey("surveys.SurveyRound", on_delete=models.CASCADE, related_name="+")
    question = models.CharField(max_length=80)
    text = models.TextField(blank=True)
    shown = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=TextState.choices, default=TextState.WAITING)
    first_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    second_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    voice = models.ForeignKey("datasets.Voice", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["question", "id"]
        constraints = [
            models.CheckConstraint(
                name="read_text_words_gone_when_turned_down",
                condition=Q(state="rejected", text="", shown="") | ~Q(state="rejected"),
            ),
            models.CheckConstraint(
                name="read_text_second_is_another",
                condition=Q(first_by=None) | Q(second_by=None) | ~Q(first_by=F("second_by")),
            ),
        ]

    class PersonalData:
        erase: ClassVar[dict[str, Any]] = {"text": "", "first_by": None, "second_by": None}
        keep: ClassVar[set[str]] = {"id", "tenant", "round", "question", "shown", "state", "voice"}

    class DatabaseAccess:
        web = "select update"
        worker = "select insert update delete"

    def __str__(self) -> str:
        return f"text ({self.state})"
