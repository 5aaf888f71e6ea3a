"""A thank-you that is drawn among those who leave an address: apart from every answer."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from portal.tenancy.models import Shareable, TenantOwned


class ThankYou(Shareable):
    """What is drawn in a round, and among how many. Anyone may read it, as it stands on the thank-you page."""

    MOST: ClassVar[int] = 50

    round = models.OneToOneField("surveys.SurveyRound", on_delete=models.CASCADE, related_name="thank_you")
    what = models.JSONField(default=dict)
    winners = models.PositiveSmallIntegerField(default=1)
    drawn_at = models.DateTimeField(null=True, blank=True)

    class PersonalData:
        erase: ClassVar[dict[str, Any]] = {}
        keep: ClassVar[set[str]] = {"id", "tenant", "audience_id", "round", "what", "winners", "drawn_at"}

    class DatabaseAccess:
        web = "select insert update delete"
        worker = "select update"

    def __str__(self) -> str:
        return "thank-you"


class ThankYouEntry(TenantOwned):
    """An address in an envelope of one size, sealed to the round's key; no time, and no tie to an answer.

    `thank_you_enter` alone writes it, as the role `survey`. All are deleted in the transaction of the draw.
    """

    round = models.ForeignKey("surveys.SurveyRound", on_delete=models.CASCADE, related_name="+")
    sealed = models.BinaryField()

    class PersonalData:
        erase: ClassVar[dict[str, Any]] = {}
        keep: ClassVar[set[str]] = {"id", "tenant", "round", "sealed"}

    class DatabaseAccess:
        web = ""
        worker = "select delete"

    def __str__(self) -> str:
        return "entry"


class ThankYouWinner(TenantOwned):
    """The address of somebody who was drawn, until thirty days have gone or it has been used."""

    thank_you = models.ForeignKey("surveys.ThankYou", on_delete=models.CASCADE, related_name="drawn")
    address = models.CharField(max_length=100)

    class PersonalData:
        erase: ClassVar[dict[str, Any]] = {"address": ""}
        keep: ClassVar[set[str]] = {"id", "tenant", "thank_you"}

    class DatabaseAccess:
        web = "select delete"
        worker = "select insert delete"

    def __str__(self) -> str:
        return "winner"
