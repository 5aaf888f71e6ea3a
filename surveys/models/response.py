"""Response: one anonymous person's coded answers. Imported by the shuffle and the tabulation only."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from portal.tenancy.models import TenantOwned


class Response(TenantOwned):
    """Answers as small numbers (`surveys.questionnaire.coding`), shuffled; the round is the only time.

    `background` holds the background questions in the version's order, `answers` every other coded slot.
    """

    round = models.ForeignKey("surveys.SurveyRound", on_delete=models.PROTECT, related_name="+")
    background = ArrayField(models.SmallIntegerField())
    answers = ArrayField(models.SmallIntegerField())

    class PersonalData:
        erase: ClassVar[dict[str, Any]] = {}
        keep: ClassVar[set[str]] = {"id", "tenant", "round", "background", "answers"}

    class DatabaseAccess:
        worker = "select insert delete"

    def __str__(self) -> str:
        return "response"
