"""JointInvitation and JointAnswer: a region asks its municipalities to take part in a round; each says yes or no.

The round, its link and its answers are the region's. An invitation is the region's row that one municipality may
read, an answer the municipality's row that the region may read: nobody else sees either.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from portal.tenancy.models import Shareable
from surveys.states import JointState


class JointInvitation(Shareable):
    """A municipality that a region asks to take part in a joint round, with what it needs to know to decide.

    Before the round is scheduled nobody but the region can read the round: title, asker and dates stand here too.
    `area` names the neighbours that a small municipality is put together with; `contact` is the one that the
    municipality gave, from the moment when it is settled who takes part.
    """

    round = models.ForeignKey("surveys.SurveyRound", on_delete=models.CASCADE, related_name="joint_invitations")
    municipality = models.ForeignKey("accounts.Tenant", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=JointState.choices, default=JointState.INVITED)
    area = models.CharField(max_length=60, blank=True)
    contact = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=120)
    asker = models.CharField(max_length=120)
    asks = models.JSONField(default=dict)
    questions = models.PositiveSmallIntegerField()
    minutes = models.PositiveSmallIntegerField()
    opens_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    invited_at = models.DateTimeField(auto_now_add=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["-invited_at"]
        constraints = [
            models.UniqueConstraint(fields=["round", "municipality"], name="joint_invitation_once"),
            models.CheckConstraint(
                name="joint_invitation_for_its_municipality",
                condition=models.Q(audience_id=models.F("municipality")),
            ),
        ]

    class PersonalData:
        erase: ClassVar[dict[str, Any]] = {"contact": "", "invited_by": None}
        keep: ClassVar[set[str]] = {
            "id", "tenant", "audience_id", "round", "municipality", "state", "area", "title", "asker", "asks",
            "questions", "minutes", "opens_at", "closes_at", "invited_at",
        }  # fmt: skip

    class DatabaseAccess:
        web = "select insert update"
        worker = "select update"

    def __str__(self) -> str:
        return self.title


class JointAnswer(Shareable):
    """A municipality's yes or no, with whom its young people can ask and who answers for its part.

    `own_questions` are those that it adds for its own young people, as `surveys.drafting.own_questions` takes them
    from a questionnaire; {} where there are none.
    """

    crosses_tenants = frozenset({"invitation"})

    invitation = models.ForeignKey("surveys.JointInvitation", on_delete=models.CASCADE, related_name="answers")
    takes_part = models.BooleanField()
    contact = models.CharField(max_length=200, blank=True)
    responsible = models.CharField(max_length=120, blank=True)
    own_questions = models.JSONField(default=dict, blank=True)
    answered_at = models.DateTimeField(auto_now=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "invitation"], name="joint_answer_once"),
        ]

    class PersonalData:
        erase: ClassVar[dict[str, Any]] = {"contact": "", "responsible": "", "answered_by": None}
        keep: ClassVar[set[str]] = {
            "id", "tenant", "audience_id", "invitation", "takes_part", "own_questions", "answered_at",
        }  # fmt: skip

    class DatabaseAccess:
        web = "select insert update"
        worker = "select"

    def __str__(self) -> str:
        return "yes" if self.takes_part else "no"
