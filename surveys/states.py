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


class JointState(models.TextChoices):
    """Where a municipality stands in a joint round, as the region sees it; its yes or no is its own row."""

    INVITED = "invited", _("Invited")
    TAKES_PART = "takes_part", _("Takes part")
    LEFT_OUT = "left_out", _("Does not take part")
    WITHDRAWN = "withdrawn", _("Invitation taken back")


# Settled when the round is scheduled, and never after: its link may have been printed by then.
JOINT_TRANSITIONS: dict[JointState, frozenset[JointState]] = {
    JointState.INVITED: frozenset({JointState.TAKES_PART, JointState.LEFT_OUT, JointState.WITHDRAWN}),
    JointState.TAKES_PART: frozenset(),
    JointState.LEFT_OUT: frozenset(),
    JointState.WITHDRAWN: frozenset({JointState.INVITED}),
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


class ProposalState(models.TextChoices):
    """What became of a proposal from a young person. Nobody else sees it before it has been read."""

    WAITING = "waiting", _("Waiting to be read")
    CONSIDERED = "considered", _("We are thinking about it")
    TAKEN_IN = "taken_in", _("Taken in")
    IN_PART = "in_part", _("Taken in, in part")
    NOT_TAKEN = "not_taken", _("Not taken in")
    HELD_BACK = "held_back", _("Not shown")


_ANSWERED = frozenset(
    {ProposalState.CONSIDERED, ProposalState.TAKEN_IN, ProposalState.IN_PART, ProposalState.NOT_TAKEN}
)
# An answer may be thought over, in other words too; what is held back has no words left.
PROPOSAL_TRANSITIONS: dict[ProposalState, frozenset[ProposalState]] = {
    state: frozenset() if state is ProposalState.HELD_BACK else _ANSWERED | {ProposalState.HELD_BACK}
    for state in ProposalState
}


class CommentState(models.TextChoices):
    """What became of a comment from a youth reference group."""

    WAITING = "waiting", _("Not answered yet")
    TAKEN_IN = "taken_in", _("Taken in")
    IN_PART = "in_part", _("Taken in, in part")
    NOT_TAKEN = "not_taken", _("Not taken in")


_DECIDED = frozenset({CommentState.TAKEN_IN, CommentState.IN_PART, CommentState.NOT_TAKEN})
COMMENT_TRANSITIONS: dict[CommentState, frozenset[CommentState]] = dict.fromkeys(CommentState, _DECIDED)


class TextState(models.TextChoices):
    """Where a free text is on its way to being shown."""

    WAITING = "waiting", _("Not read yet")
    ONE_YES = "one_yes", _("Waits for a second person")
    APPROVED = "approved", _("Shown")
    REJECTED = "rejected", _("Not shown")


TEXT_TRANSITIONS: dict[TextState, frozenset[TextState]] = {
    TextState.WAITING: frozenset({TextState.ONE_YES, TextState.APPROVED, TextState.REJECTED}),
    TextState.ONE_YES: frozenset({TextState.APPROVED, TextState.REJECTED}),
    TextState.APPROVED: frozenset({TextState.REJECTED}),
    TextState.REJECTED: frozenset(),
}


def sources_of(to: RoundState) -> frozenset[RoundState]:
    """The states from which a round may become this."""
    return frozenset(state for state, following in TRANSITIONS.items() if to in following)
