"""ReferenceGroup and ReferenceComment: young people who try a round before others, and what they say of it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from portal.tenancy.models import TenantOwned
from surveys.states import CommentState


class ReferenceGroup(TenantOwned):
    """A link to one round for a youth reference group. Its code has 128 bits and is kept as a hash; it expires."""

    round = models.ForeignKey("surveys.SurveyRound", on_delete=models.CASCADE, related_name="reference_groups")
    name = models.CharField(max_length=80)
    token_hash = models.BinaryField(null=True, unique=True)
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["-created_at"]

    class PersonalData:
        erase: ClassVar[dict[str, Any]] = {"token_hash": None, "created_by": None}
        keep: ClassVar[set[str]] = {"id", "tenant", "round", "name", "expires_at", "withdrawn_at", "created_at"}

    class DatabaseAccess:
        web = "select insert update"
        worker = "select"

    def __str__(self) -> str:
        return self.name


class ReferenceComment(TenantOwned):
    """What somebody of a reference group says beside a question or a finding; `name` is one they chose, or none.

    `about` is `question:<code>`, `finding:<key>`, or nothing for the whole. Of its time only the day is kept.
    """

    LONGEST: ClassVar[int] = 500
    MOST_OF_GROUP: ClassVar[int] = 400

    group = models.ForeignKey("surveys.ReferenceGroup", on_delete=models.CASCADE, related_name="comments")
    about = models.CharField(max_length=140, blank=True)
    text = models.CharField(max_length=500)
    name = models.CharField(max_length=30, blank=True)
    said_on = models.DateField()
    state = models.CharField(max_length=12, choices=CommentState.choices, default=CommentState.WAITING)
    answer = models.CharField(max_length=500, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["said_on", "pk"]

    class PersonalData:
        erase: ClassVar[dict[str, Any]] = {"name": "", "answered_by": None}
        keep: ClassVar[set[str]] = {
            "id", "tenant", "group", "about", "text", "said_on", "state", "answer", "answered_at",
        }  # fmt: skip

    class DatabaseAccess:
        web = "select insert update"
        worker = "select"

    def __str__(self) -> str:
        return "comment"
