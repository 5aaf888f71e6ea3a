"""What those who took part thought, as counts: of one dialogue, and of the work as its steering group sees it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from portal.tenancy.models import TenantOwned


class ClosingEvaluation(TenantOwned):
    """How many chose each answer to the three questions of a dialogue: no answer has a row, a device or a time.

    `counts` has a list of five for each question. It is open until the dialogue closes for the first time, or for
    some days. Until then `spent` has a mark of every grant that answered, sorted: a digest of what only the device
    itself holds, so that neither the table of devices nor the order tells whose answer came with it.
    """

    dialogue = models.OneToOneField("dialogues.Dialogue", on_delete=models.CASCADE, related_name="evaluation")
    counts = models.JSONField(default=list)
    answers = models.PositiveSmallIntegerField(default=0)
    is_closed = models.BooleanField(default=False)
    spent = models.JSONField(default=list, blank=True)

    class PersonalData:
        erase: ClassVar[dict[str, Any]] = {}
        keep: ClassVar[set[str]] = {"id", "tenant", "dialogue", "counts", "answers", "is_closed", "spent"}

    class DatabaseAccess:
        web = "select insert update"
        worker = "select update"

    def __str__(self) -> str:
        return "three questions"


class SelfEvaluation(TenantOwned):
    """The steering group's own view of its work at one time, in six dimensions, as counts.

    It takes no more answers than the group has `members`, and is read once it is closed.
    """

    title = models.CharField(max_length=100)
    members = models.PositiveSmallIntegerField()
    opened_on = models.DateField(default=timezone.localdate)
    closed_on = models.DateField(null=True, blank=True)
    counts = models.JSONField(default=list)
    answers = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["opened_on", "title"]
        constraints = [
            models.CheckConstraint(name="self_evaluation_members", condition=Q(members__gte=1, members__lte=60)),
        ]

    class PersonalData:
        erase: ClassVar[dict[str, Any]] = {}
        keep: ClassVar[set[str]] = {
            "id", "tenant", "title", "members", "opened_on", "closed_on", "counts", "answers",
        }  # fmt: skip

    class DatabaseAccess:
        web = "select insert update"
        worker = "select"

    def __str__(self) -> str:
        return self.title


class SelfEvaluationLine(TenantOwned):
    """A free line beside the six answers, tied to none of them."""

    evaluation = models.ForeignKey("dialogues.SelfEvaluation", on_delete=models.CASCADE, related_name="lines")
    text = models.CharField(max_length=500)

    class PersonalData:
        erase: ClassVar[dict[str, Any]] = {}
        keep: ClassVar[set[str]] = {"id", "tenant", "evaluation", "text"}

    class DatabaseAccess:
        web = "select insert"
        worker = ""

    def __str__(self) -> str:
        return "line"
