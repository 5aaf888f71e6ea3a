"""Alarming those who answer for a data set: earlier releases already tell what a new one would hide."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import Membership, User
from datasets.disclosure import Why
from datasets.models import Dataset, LedgerAlarm
from datasets.rights import ADMINISTRATORS, STEWARDS
from portal.audit.recording import record
from portal.jobs.outbox import enqueue


@transaction.atomic
def alarm_raise(*, population: UUID, refusals: Iterable[Mapping[str, Any]], by: User | None) -> LedgerAlarm | None:
    """Alarm the stewards when a refusal says that earlier releases give figures away; once for the same cells.

    `refusals` are plain JSON, as kept with an upload. The alarm stands at the tenant's own data set of those
    people that was brought in last; where there is none (only the region has published), nobody is alarmed.
    """
    cells = [cell for reason in refusals if reason["why"] == Why.EARLIER_REVEALS for cell in reason["cells"]]
    dataset = Dataset.objects.own().filter(population=population).order_by("-created_at").first()
    if not cells or dataset is None:
        return None
    if LedgerAlarm.in_scope().filter(dataset=dataset, seen_at=None, cells=cells).exists():
        return None
    alarm: LedgerAlarm = LedgerAlarm.objects.create(dataset=dataset, cells=cells, raised_by=by)
    record("ledger.alarmed", target=dataset, by=by, cells=len(cells))
    enqueue("datasets.ledger_alarm_mail", subject=dataset, by=by, alarm_id=alarm.pk)
    return alarm


@transaction.atomic
def alarms_seen(*, dataset: Dataset, by: User) -> int:
    """Take a data set's alarms off its page; give how many."""
    seen = LedgerAlarm.in_scope().filter(dataset=dataset, seen_at=None).update(seen_at=timezone.now())
    if seen:
        record("ledger.alarm_seen", target=dataset, by=by, alarms=seen)
    return int(seen)


def answerable(dataset: Dataset) -> list[User]:
    """The stewards of a data set's department; the administrators where it has none."""
    members = Membership.in_scope().filter(is_active=True, user__is_active=True).select_related("user")
    found = (
        members.filter(role__in=STEWARDS, department=dataset.department) if dataset.department else members.none()
    )
    if not found.exists():
        found = members.filter(role__in=ADMINISTRATORS)
    return [membership.user for membership in found.order_by("user__email")]
