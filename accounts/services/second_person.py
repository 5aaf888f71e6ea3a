"""Whether a second person approves releases of sensitive data: on unless an administrator has said why not."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.errors import AccountsError
from accounts.models import Tenant, User
from portal.audit.recording import record


@transaction.atomic
def second_person_set(*, tenant: Tenant, is_needed: bool, by: User, why: str = "") -> None:
    """Turn it on, or off with words on why. What waits already still waits. Raises AccountsError without words."""
    why = why.strip()[:300]
    if not is_needed and not why:
        raise AccountsError(_("Write why it is turned off: everyone who reads the log wants to know."))
    changed = Tenant.objects.filter(pk=tenant.pk).exclude(
        needs_second_person=is_needed, second_person_off_why="" if is_needed else why
    )
    if changed.update(needs_second_person=is_needed, second_person_off_why="" if is_needed else why):
        verb = "tenant.second_person_turned_on" if is_needed else "tenant.second_person_turned_off"
        record(verb, target=tenant, by=by)
