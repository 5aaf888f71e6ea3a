"""FreeText: what somebody wrote in their own words, apart from everything else they answered."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from portal.tenancy.models import TenantOwned


class FreeText(TenantOwned):
    """One text, shuffled by itself: no key, order or time leads to the rest of that person's answers."""

    round = models.ForeignKey("surveys.SurveyRound", on_delete=models.PROTECT, related_name="+")
    question = models.CharField(max_length=60)
    text = models.TextField()

    class PersonalData:
        erase: ClassVar[dict[str, Any]] = {"text": ""}
        keep: ClassVar[set[str]] = {"id", "tenant", "round", "question"}

    class DatabaseAccess:
        worker = "select insert delete"

    def __str__(self) -> str:
        return "free text"
