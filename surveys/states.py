"""What may become of a survey round."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class RoundState(models.TextChoices):
    """Where a round is on its way from a plan to published results."""

    DRAFT = "draft", _("Draft")
    SCHEDULED = "scheduled", _("Scheduled")
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")
    PUBLISHED = "published", _("Published")
    CANCELLED = "cancelled", _("Cancelled")


class WayIn(models.TextChoices):
    """Who may answer a round. Fixed when it opens."""

    LINK = "link", _("Anyone with the link")
    CODES = "codes", _("Only those with a code")


TRANSITIONS: dict[RoundState, frozenset[RoundState]] = {
    RoundState.DRAFT: frozenset({RoundState.SCHEDULED, RoundState.CANCELLED}),
    RoundState.SCHEDULED: frozenset({RoundState.OPEN, RoundState.CANCELLED}),
    # An open round is closed, never cancelled: what somebody has answered is not thrown away.
    RoundState.OPEN: frozenset({RoundState.CLOSED}),
    RoundState.CLOSED: frozenset({RoundState.PUBLISHED}),
    RoundState.PUBLISHED: frozenset(),
    RoundState.CANCELLED: frozenset(),
}


class PartState(models.TextChoices):
    """What has become of one question on the way to a round's results."""

    WAITING = "waiting", _("Waiting")
    PROTECTED = "protected", _("Protected")
    NOT_SHOWN = "not_shown", _("Not shown")


PART_TRANSITIONS: dict[PartState, frozenset[PartState]] = {
    PartState.WAITING: frozenset({PartState.PROTECTED, PartState.NOT_SHOWN}),
    PartState.PROTECTED: frozenset(),
    PartState.NOT_SHOWN: frozenset(),
}


class Weighing(models.TextChoices):
    """Whom a round's results are told to stand for."""

    NONE = "none", _("Those who answered")
    POPULATION = "population", _("All young people who live in the municipality")


def sources_of(to: RoundState) -> frozenset[RoundState]:
    """The states from which a round may become this."""
    return frozenset(state for state, following in TRANSITIONS.items() if to in following)
