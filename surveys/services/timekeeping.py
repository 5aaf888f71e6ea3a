"""What happens to rounds by itself, called by beat: opening, closing, counting, and tidying up."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import Tenant
from portal.tenancy.scope import scope
from surveys.models import SurveyRound
from surveys.services import retention
from surveys.services.keys import key_destroy, keys_held
from surveys.services.rounds import survey_round_close, survey_round_open
from surveys.services.shuffle import (
    intake_shuffle,
    is_ready_for_last_shuffle,
    receipts_forget,
    round_finish,
    tables_vacuum,
)
from surveys.services.thank_you import old_winners_forget
from surveys.states import RoundState

logger = logging.getLogger(__name__)

RECEIPTS_KEPT = timedelta(days=7)
"""So long after closing a phone that tries again is still told that its answers have come."""


def rounds_keep_time() -> int:
    """Open, close and finish what is due in every tenant; give how many rounds changed.

    Every step is a conditional update, so that it may run late, twice, or in two workers at once.
    """
    changed = 0
    now = timezone.now()
    for tenant_id, round_id in _rounds(state=RoundState.SCHEDULED, opens_at__lte=now):
        changed += _safely(tenant_id, round_id, lambda found: survey_round_open(survey_round=found))
    for tenant_id, round_id in _rounds(state=RoundState.OPEN, closes_at__lte=now):
        changed += _safely(
            tenant_id, round_id, lambda found: bool(survey_round_close(survey_round=found, by=None))
        )
    for tenant_id, round_id in _rounds(state=RoundState.CLOSED, response_count=None):
        changed += _finish(tenant_id, round_id)
    _forget_old_receipts()
    keys_tidy()
    return changed


def intakes_shuffle() -> int:
    """Shuffle wherever enough envelopes wait; give how many answers were moved."""
    moved = 0
    for tenant_id, round_id in _rounds(state__in=[RoundState.OPEN, RoundState.CLOSED], response_count=None):
        moved += _safely(tenant_id, round_id, lambda found: intake_shuffle(survey_round=found))
    if moved:
        tables_vacuum()
    return moved


def answers_forget() -> int:
    """Delete the answers of every round whose time is up, and addresses that were drawn; give of how many."""
    forgotten = 0
    for tenant_id, round_id in _rounds(closed_at__isnull=False, answers_deleted_at=None):
        forgotten += _safely(tenant_id, round_id, lambda found: retention.answers_forget(survey_round=found))
    for tenant in Tenant.objects.order_by("pk"):
        with transaction.atomic(), scope(tenant.pk):
            forgotten += old_winners_forget()
    if forgotten:
        tables_vacuum()
    return forgotten


def keys_tidy() -> None:
    """Destroy the keys of rounds whose last answers are counted; also after a crash in between."""
    held = set(keys_held())
    for _, round_id in _rounds(response_count__isnull=False, pk__in=held) if held else ():
        if key_destroy(round_id=round_id):
            logger.info("The key of a finished round was destroyed.")


def _finish(tenant_id: UUID, round_id: UUID) -> int:
    def finish(found: SurveyRound) -> bool:
        return is_ready_for_last_shuffle(found) and round_finish(survey_round=found)

    finished = _safely(tenant_id, round_id, finish)
    if finished:
        tables_vacuum()
    return finished


def _forget_old_receipts() -> None:
    long_ago = timezone.now() - RECEIPTS_KEPT
    for tenant_id, round_id in _rounds(closed_at__lt=long_ago, closed_at__gt=long_ago - 4 * RECEIPTS_KEPT):
        _safely(tenant_id, round_id, lambda found: bool(receipts_forget(survey_round=found)))


def _rounds(**conditions: object) -> Iterator[tuple[UUID, UUID]]:
    """(tenant, round) of every round that fits, read before anything is changed."""
    for tenant in Tenant.objects.order_by("pk"):
        with transaction.atomic(), scope(tenant.pk):
            found = list(
                SurveyRound.objects.own().filter(**conditions).order_by("pk").values_list("pk", flat=True)
            )
        yield from ((tenant.pk, pk) for pk in found)


def _safely(tenant_id: UUID, round_id: UUID, step: Callable[[SurveyRound], int | bool]) -> int:
    """Take one step with one round; what goes wrong there must not hold up the others."""
    try:
        with transaction.atomic(), scope(tenant_id):
            return int(step(SurveyRound.objects.own().get(pk=round_id)))
    except Exception as error:
        # The text of an exception could quote an answer: only its kind is logged.
        logger.error("A step with round %s failed: %s", round_id, type(error).__name__)
        return 0
