"""Channels: the places that a round's link is spread through, and how many answers came by each."""

from __future__ import annotations

import secrets
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.tenancy.models import TenantOwned

LETTERS = "bcdfghjkmnpqrstvwxz"
"""No vowels: two or three of them never make a word that somebody would be ashamed to have in a link."""

MOST_CHANNELS = 40


def new_letters() -> str:
    """What stands last in a channel's link. It says nothing of the channel to whoever looks over a shoulder."""
    return "".join(secrets.choice(LETTERS) for _place in range(3))


class Channel(TenantOwned):
    """One way that the open link is spread: a link of its own, so that it shows who is reached.

    Slips with codes and personal links may be of a channel too: then the link says so, and never the code.
    `number` travels within the sealed answers and is counted apart from them (`surveys.ways_in.tally`).
    """

    class Kind(models.TextChoices):
        """What a coordinator picks from; the name can be changed."""

        SCHOOL = "school", _("School")
        FOLLOW_UP = "follow_up", _("The municipality's follow-up of those outside school (KAA)")
        EMPLOYMENT = "employment", _("The employment service")
        NAVIGATOR = "navigator", _("The navigator centre")
        CLINIC = "clinic", _("The youth clinic")
        HOUSING = "housing", _("The housing company")
        INSTAGRAM = "instagram", _("Instagram")
        MAIL = "mail", _("Invited by mail")
        LETTER = "letter", _("Invited by letter")
        OTHER = "other", _("Another, with a name of your own")

    round = models.ForeignKey("surveys.SurveyRound", on_delete=models.CASCADE, related_name="channels")
    number = models.PositiveSmallIntegerField()
    letters = models.CharField(max_length=4, default=new_letters)
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.OTHER)
    name = models.CharField(max_length=60)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="channel_number_in_round"),
            models.UniqueConstraint(fields=["round", "letters"], name="channel_letters_in_round"),
            models.CheckConstraint(
                name="channel_number_in_range", condition=models.Q(number__gte=1, number__lte=MOST_CHANNELS)
            ),
        ]

    class PersonalData:
        erase: ClassVar[dict[str, Any]] = {}
        keep: ClassVar[set[str]] = {"id", "tenant", "round", "number", "letters", "kind", "name"}

    class DatabaseAccess:
        web = "select insert delete"
        worker = "select insert"

    def __str__(self) -> str:
        return self.name


class ChannelTally(TenantOwned):
    """How many answers of a round came by each channel so far, sealed to the round's own key.

    Only the worker can open it, and only while the round's key exists. In the open it would tell, shuffle by
    shuffle, which channel the ten answers of one batch came by.
    """

    round = models.OneToOneField("surveys.SurveyRound", on_delete=models.CASCADE, related_name="+")
    sealed = models.BinaryField()

    class Meta:
        verbose_name_plural = "channel tallies"

    class PersonalData:
        erase: ClassVar[dict[str, Any]] = {}
        keep: ClassVar[set[str]] = {"id", "tenant", "round", "sealed"}

    class DatabaseAccess:
        worker = "select insert update delete"

    def __str__(self) -> str:
        return "sealed tally"


class ChannelCount(TenantOwned):
    """How many answers came by one channel, as far as it may be shown; number 0 is the round's own link.

    `answers` is None where disclosure control hid it. Written once, when the last answers are counted.
    """

    round = models.ForeignKey("surveys.SurveyRound", on_delete=models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField()
    answers = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["round", "number"], name="channel_count_once")]

    class PersonalData:
        erase: ClassVar[dict[str, Any]] = {}
        keep: ClassVar[set[str]] = {"id", "tenant", "round", "number", "answers"}

    class DatabaseAccess:
        web = "select"
        worker = "select insert delete"

    def __str__(self) -> str:
        return f"{self.number}: {self.answers}"
