"""RoundPart and RoundFigures: one question on the way from a round's answers to its results."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from portal.tenancy.models import TenantOwned
from surveys.states import PartState


class RoundPart(TenantOwned):
    """How far one question has come, and which of its tables are not shown and why. No figure is in it.

    `not_shown` has by table code a `surveys.results.protecting.NotShown`. It stays after the results are
    published, so that what could not be shown is told and does not just lack.
    """

    round = models.ForeignKey("surveys.SurveyRound", on_delete=models.CASCADE, related_name="parts")
    question = models.CharField(max_length=60)
    position = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, choices=PartState.choices, default=PartState.WAITING)
    not_shown = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["round", "question"], name="round_part_question_in_round"),
        ]

    class PersonalData:
        erase: ClassVar[dict[str, Any]] = {}
        keep: ClassVar[set[str]] = {"id", "tenant", "round", "question", "position", "state", "not_shown"}

    class DatabaseAccess:
        web = "select"
        worker = "select insert update delete"

    def __str__(self) -> str:
        return f"{self.question} ({self.state})"


class RoundFigures(TenantOwned):
    """What a round's jobs hand on to one another: a question's protected tables; without a part, the base.

    The base holds true counts, and reports tell which cells are secret: the worker alone may read it, and it is
    gone as soon as the results are published or given up.
    """

    round = models.ForeignKey("surveys.SurveyRound", on_delete=models.CASCADE, related_name="+")
    part = models.OneToOneField(
        "surveys.RoundPart", null=True, blank=True, on_delete=models.CASCADE, related_name="figures"
    )
    content = models.JSONField()

    class Meta:
        verbose_name_plural = "round figures"
        constraints = [
            models.UniqueConstraint(fields=["round"], condition=Q(part=None), name="round_figures_one_base"),
        ]

    class PersonalData:
        erase: ClassVar[dict[str, Any]] = {}
        keep: ClassVar[set[str]] = {"id", "tenant", "round", "part", "content"}

    class DatabaseAccess:
        worker = "select insert delete"

    def __str__(self) -> str:
        return f"figures of {self.round_id}"
