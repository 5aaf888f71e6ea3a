"""Forgetting a person: the account is emptied, and what it did points at nobody."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils import timezone

from accounts.models import Invitation, Membership, User
from accounts.services.people import membership_leave
from portal.audit.recording import record
from portal.tenancy.scope import identify, scope


@transaction.atomic
def person_erase(*, user: User) -> int:
    """Empty an account for good, as `PersonalData` declares; give how many memberships that ended.

    Only for whoever runs the installation, who knows by other means that it is the person who asks, or that
    they are gone. Every tenant that the person belongs to finds it in its log, by the account's number alone.
    Raises AccountsError for the last admin of a tenant.
    """
    identify(user.pk)
    memberships = list(Membership.of_person(user.pk))
    email = user.email
    for membership in memberships:
        with scope(membership.tenant_id):
            membership_leave(membership=membership)
            invitations = Invitation.in_scope().filter(email__iexact=email)
            invitations.filter(accepted_at=None, withdrawn_at=None).update(withdrawn_at=timezone.now())
            invitations.update(**Invitation.PersonalData.erase)
            record("person.erased", target=user)
    Authenticator.objects.filter(user=user).delete()
    EmailAddress.objects.filter(user=user).delete()
    # An address must be somebody's own: this one is nobody's, since no mail reaches .invalid (RFC 2606).
    emptied = {**User.PersonalData.erase, "email": f"{user.pk}@erased.invalid", "is_active": False}
    User.objects.filter(pk=user.pk).update(**emptied)
    return len(memberships)
