"""A person who has lost every second factor."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.db import transaction

from accounts.models import Membership, User
from portal.audit.recording import record
from portal.tenancy.scope import identify, scope


@transaction.atomic
def second_factor_remove(*, user: User) -> int:
    """Take a person's second factors away, so that the next sign-in sets up a new one; gives how many there were.

    Only for whoever runs the installation, who knows by other means that it is the person who asks. Every
    tenant that the person belongs to finds it in its log.
    """
    removed, _ = Authenticator.objects.filter(user=user).delete()
    identify(user.pk)
    for membership in Membership.of_person(user.pk):
        with scope(membership.tenant_id):
            record("second_factor.removed", target=user)
    return removed
