"""Offers: added to the offer map, changed, ended, and the latest deed undone."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Tenant, User
from accounts.sorting import swedish_sort_key
from datasets.errors import DatasetsError
from datasets.models import Offer
from datasets.reach import Reach, audience_of
from datasets.voice_check import names_person
from portal.audit.recording import record
from portal.tenancy.scope import current

DESCRIBED = (
    "title", "description", "kind", "department", "provider", "age_bands", "situations", "factors", "place",
    "contact", "link", "since", "until", "is_synthetic",
)  # fmt: skip
"""What may be said of an offer, and is kept for undoing."""


@transaction.atomic
def offer_add(*, by: User | None, **described: Any) -> Offer:
    """Put an offer on the map, for its own people to see. Raises DatasetsError for a person as its contact."""
    _check(described)
    offer: Offer = Offer.objects.create(
        changed_by=by, former={}, sort_key=swedish_sort_key(described["title"]), **described
    )
    record("offer.added", target=offer, by=by)
    return offer


@transaction.atomic
def offer_change(*, offer: Offer, by: User, **described: Any) -> Offer:
    """Change what is said of an offer; what it was is kept until the next deed. Raises DatasetsError."""
    _check(described)
    locked = _put(offer, described, by, former=True)
    record("offer.changed", target=locked, by=by)
    return locked


@transaction.atomic
def offer_end(*, offer: Offer, until: date, by: User) -> Offer:
    """Say until when something is offered. Raises DatasetsError for a day before it began."""
    if offer.since is not None and until < offer.since:
        raise DatasetsError(_("It can’t end before it begins. Look at the days."))
    locked = _put(offer, {"until": until}, by, former=True)
    record("offer.ended", target=locked, by=by)
    return locked


@transaction.atomic
def offer_undo(*, offer: Offer, by: User) -> Offer:
    """Take back the latest deed: an offer is as it was before, or off the map if it had just been added.

    Raises DatasetsError where there is nothing to take back any more.
    """
    locked = _locked(offer)
    if locked.former is None:
        raise DatasetsError(_("There is nothing to undo here any more."))
    if locked.former == {}:
        locked.withdrawn_at, locked.former = timezone.now(), None
        locked.save(update_fields=["withdrawn_at", "former"])
    else:
        locked = _put(locked, _thawed(locked.former), by, former=False)
    record("offer.undone", target=locked, by=by)
    return locked


@transaction.atomic
def offer_share(*, offer: Offer, reach: Reach, by: User) -> None:
    """Let an offer be read by more, or by fewer."""
    audience_id = audience_of(Tenant.objects.get(pk=current()), reach)
    Offer.objects.own().filter(pk=offer.pk).update(audience_id=audience_id)
    record("offer.shared", target=offer, by=by, reach=str(reach))


@transaction.atomic
def offers_share(*, reach: Reach, by: User) -> int:
    """Let the whole map be read by more, or by fewer; give how many offers stand on it. New ones begin as ours."""
    audience_id = audience_of(Tenant.objects.get(pk=current()), reach)
    count: int = Offer.objects.own().filter(withdrawn_at=None).update(audience_id=audience_id)
    record("offer.all_shared", by=by, reach=str(reach), count=count)
    return count


def _put(offer: Offer, changes: dict[str, Any], by: User, *, former: bool) -> Offer:
    locked = _locked(offer)
    locked.former = _frozen(locked) if former else None
    for name, value in changes.items():
        setattr(locked, name, value)
    locked.sort_key = swedish_sort_key(locked.title)
    locked.changed_at, locked.changed_by = timezone.now(), by
    locked.save()
    return locked


def _locked(offer: Offer) -> Offer:
    found: Offer | None = Offer.objects.own().select_for_update().filter(pk=offer.pk, withdrawn_at=None).first()
    if found is None:
        raise DatasetsError(_("This offer is no longer on the map."))
    return found


def _frozen(offer: Offer) -> dict[str, Any]:
    """What is said of an offer, as plain data."""
    said = {name: getattr(offer, name) for name in DESCRIBED if name != "department"}
    days = {name: said[name] and said[name].isoformat() for name in ("since", "until")}
    return {**said, **days, "department_id": offer.department_id and str(offer.department_id)}


def _thawed(former: dict[str, Any]) -> dict[str, Any]:
    days = {name: former[name] and date.fromisoformat(former[name]) for name in ("since", "until")}
    department_id = former["department_id"] and UUID(former["department_id"])
    return {**former, **days, "department_id": department_id}


def _check(described: dict[str, Any]) -> None:
    if unknown := set(described) - set(DESCRIBED):
        raise TypeError(f"An offer has no {', '.join(sorted(unknown))} to describe.")
    if names_person(described.get("contact", "")):
        raise DatasetsError(_("The contact looks like a person. Name the function instead."))
