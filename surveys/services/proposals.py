"""Proposals from young people: taken in without knowing from whom, read, and answered."""

from __future__ import annotations

import time
from enum import StrEnum
from uuid import UUID

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from portal.audit.recording import record
from portal.tenancy.scope import PUBLIC_AUDIENCE
from surveys.errors import InvalidTransition, SurveysError
from surveys.models import Proposal
from surveys.public_round import ask
from surveys.states import PROPOSAL_TRANSITIONS, ProposalState

WINDOW = 600
MOST_IN_WINDOW = 60
"""So many proposals in ten minutes on one round, from everybody together: a class may write at once."""
NEEDS_REASON = (ProposalState.IN_PART, ProposalState.NOT_TAKEN)


class ProposalOutcome(StrEnum):
    """What became of a sent proposal."""

    STORED = "stored"
    ALREADY = "already"
    FULL = "full"
    CLOSED = "closed"


def proposal_submit(*, round_id: UUID, number: UUID, text: str) -> ProposalOutcome:
    """Take a proposal in, as the database role `survey`.

    `number` is the one that the page made: sent again, nothing more is stored. How many came lately is counted
    for the round and for nobody. Raises DatabaseUnavailable.
    """
    if _lately(round_id) > MOST_IN_WINDOW:
        return ProposalOutcome.FULL
    return ProposalOutcome(ask("SELECT proposal_submit(%s, %s, %s)", round_id, number, text))


@transaction.atomic
def proposal_answer(*, proposal: Proposal, to: ProposalState, reason: dict[str, str], by: User) -> None:
    """Say what becomes of a proposal; from then on anyone reads it, with the answer. Held back, its words go.

    Raises SurveysError without a reason where one is owed, and InvalidTransition for what was held back.
    """
    if to in NEEDS_REASON and not reason.get("sv", "").strip():
        raise SurveysError(_("Say why. A no is easier to take with its reason."))
    sources = [state for state, following in PROPOSAL_TRANSITIONS.items() if to in following]
    shown = {"state": to, "reason": reason, "answered_at": timezone.now(), "answered_by": by}
    if to is ProposalState.HELD_BACK:
        shown |= {"text": "", "reason": {}, "audience_id": proposal.tenant_id}
    else:
        shown["audience_id"] = PUBLIC_AUDIENCE
    if not Proposal.objects.own().filter(pk=proposal.pk, state__in=sources).update(**shown):
        raise InvalidTransition(_("This proposal has been held back: its words are gone."))
    record(f"proposal.{to.value}", target=proposal, by=by)


def _lately(round_id: UUID) -> int:
    """One more in this window: how many it is now. The counter holds no sender, and is gone in minutes."""
    name = f"proposals:{round_id}:{int(time.time() // WINDOW)}"
    cache.add(name, 0, timeout=WINDOW * 2)
    try:
        return int(cache.incr(name))
    except ValueError:
        return 1
