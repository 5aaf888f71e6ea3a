"""Dialogue: one data-driven meeting, from its preparation to its summary."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.tenancy.models import TenantOwned


class Dialogue(TenantOwned):
    """A dialogue on one theme, with a goal, at most ten people beside the facilitator, and a deck of charts.

    `compares_with` are the municipalities like ours, `{"code", "name"}`, as the list was when the dialogue was
    made: every chart of the deck that compares with such compares with these, whatever the list becomes.

    `format` is the kind of meeting, and `agenda` its points where they were changed: `{"key", "title", "hint",
    "minutes", "notes"}`, empty for those that the format brings with it.

    `join_code` lets people in the room join on their own devices while it lasts; `screen` is the number of what is
    shown to them now, `talk` how they talk just now, and `talk_ends_at` until when. `last_change` numbers what
    happens to the notes, in order: it tells no time.

    `calendar_number` counts what changed of day, length, place or state since the first invitation: the sequence
    number of the entry in people's calendars (RFC 5545).
    """

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        ONGOING = "ongoing", _("Going on")
        HELD = "held", _("Held")
        CANCELLED = "cancelled", _("Cancelled")

    class Talk(models.TextChoices):
        ALONE = "alone", _("Think by yourself")
        PAIRS = "pairs", _("Talk in pairs")
        ALL = "all", _("Talk together")

    MOST_PARTICIPANTS: ClassVar[int] = 10
    MOST_CHARTS: ClassVar[int] = 12

    title = models.CharField(max_length=200)
    theme = models.CharField(max_length=40, blank=True)
    goal = models.CharField(max_length=20)
    aim = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    starts_at = models.DateTimeField(null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(default=90)
    place = models.CharField(max_length=200, blank=True)
    facilitator = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    previous = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="following"
    )
    began_at = models.DateTimeField(null=True, blank=True)
    held_at = models.DateTimeField(null=True, blank=True)
    takeaway = models.TextField(blank=True)
    format = models.CharField(max_length=20, default="dialogue")
    agenda = models.JSONField(default=list, blank=True)
    compares_with = models.JSONField(default=list, blank=True)
    last_note_number = models.PositiveIntegerField(default=0)
    last_change = models.PositiveIntegerField(default=0)
    join_code = models.CharField(max_length=12, blank=True)
    screen = models.PositiveSmallIntegerField(default=1)
    talk = models.CharField(max_length=5, choices=Talk.choices, blank=True)
    talk_ends_at = models.DateTimeField(null=True, blank=True)
    calendar_number = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["-starts_at", "-created_at"]
        # `view_dialogue` is Django's own; both can be granted to a guest on one dialogue.
        permissions = [("log_note", "Can write in the log")]
        constraints = [
            models.CheckConstraint(
                name="dialogue_held_at_when_held",
                condition=Q(state="held", held_at__isnull=False) | (~Q(state="held") & Q(held_at=None)),
            ),
        ]

    class PersonalData:
        erase: ClassVar[dict[str, Any]] = {"facilitator": None, "created_by": None}
        keep: ClassVar[set[str]] = {
            "id", "tenant", "title", "theme", "goal", "aim", "state", "starts_at", "minutes", "place", "previous",
            "began_at", "held_at", "takeaway", "format", "agenda", "compares_with", "last_note_number",
            "last_change", "join_code", "screen", "talk", "talk_ends_at", "calendar_number", "created_at",
        }  # fmt: skip

    class DatabaseAccess:
        web = "select insert update"
        worker = "select update"

    def __str__(self) -> str:
        return self.title
