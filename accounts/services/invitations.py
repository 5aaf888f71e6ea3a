"""Invitations: sent by a job, accepted once, withdrawn, expired."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.errors import AccountsError
from accounts.models import Department, Invitation, Membership, User
from accounts.models.membership import Role
from accounts.services.onboarding_steps import admin_became_active
from accounts.signals import invitation_accepted
from portal.audit.recording import record
from portal.jobs.outbox import enqueue

VALID_FOR = timedelta(hours=72)


@transaction.atomic
def invitation_send(
    *, email: str, name: str, role: str, department: Department | None, by: User | None
) -> Invitation:
    """Invite somebody to a role in the tenant at work; the mail is written by a job.

    Raises AccountsError when the address has an open invitation or belongs to a member already.
    """
    email = email.strip().lower()
    if Membership.objects.filter(user__email=email, is_active=True).exists():
        raise AccountsError(_("%(email)s is already a member here.") % {"email": email})
    try:
        with transaction.atomic():
            invitation: Invitation = Invitation.objects.create(
                email=email,
                name=name.strip(),
                role=role,
                department=department,
                invited_by=by,
                expires_at=timezone.now() + VALID_FOR,
            )
    except IntegrityError:
        raise AccountsError(
            _("%(email)s has an invitation that waits for an answer. You can send it again from the list.")
            % {"email": email}
        ) from None
    record("invitation.sent", target=invitation, by=by, role=role)
    enqueue("accounts.invitation_mail", subject=invitation, by=by, invitation_id=invitation.pk)
    return invitation


@transaction.atomic
def invitation_resend(*, invitation: Invitation, by: User) -> None:
    """Send an open invitation once more, with a new link and new days to answer; the old link stops working."""
    _check_open(invitation)
    invitation.expires_at = timezone.now() + VALID_FOR
    invitation.token_hash = None
    invitation.save(update_fields=["expires_at", "token_hash"])
    record("invitation.resent", target=invitation, by=by)
    enqueue("accounts.invitation_mail", subject=invitation, by=by, invitation_id=invitation.pk)


@transaction.atomic
def invitation_withdraw(*, invitation: Invitation, by: User) -> None:
    """Withdraw an open invitation."""
    withdrawn = Invitation.objects.filter(pk=invitation.pk, accepted_at=None, withdrawn_at=None).update(
        withdrawn_at=timezone.now(), token_hash=None
    )
    if not withdrawn:
        raise AccountsError(_("This invitation has already been used or withdrawn."))
    record("invitation.withdrawn", target=invitation, by=by)


def invitation_issue_token(*, invitation: Invitation) -> str:
    """Make the link's token: 128 bits, of which only the hash is kept. Called when the mail is written."""
    token = secrets.token_urlsafe(16)
    invitation.token_hash = _hash(token)
    invitation.mailed_at = timezone.now()
    invitation.save(update_fields=["token_hash", "mailed_at"])
    return token


def invitation_find(*, token: str) -> Invitation:
    """The open invitation that a link belongs to; raises AccountsError saying what to do otherwise."""
    invitation: Invitation | None = (
        Invitation.objects.select_related("tenant", "department").filter(token_hash=_hash(token)).first()
    )
    if invitation is None:
        raise AccountsError(
            _("This link does not work any more. Ask the person who invited you to send a new one.")
        )
    _check_open(invitation)
    if invitation.expires_at < timezone.now():
        raise AccountsError(_("This invitation has expired. Ask the person who invited you to send a new one."))
    return invitation


@transaction.atomic
def invitation_accept(*, invitation: Invitation, name: str, password: str | None, user: User | None) -> User:
    """Make the invited person a member, once.

    `user` is the signed-in person where the address has an account already; else one is made from `name` and
    `password`. Raises AccountsError when somebody was faster.
    """
    claimed = Invitation.objects.filter(pk=invitation.pk, accepted_at=None, withdrawn_at=None).update(
        accepted_at=timezone.now(), token_hash=None
    )
    if not claimed:
        raise AccountsError(_("This invitation has already been used or withdrawn."))
    if user is None:
        user = User.objects.create_user(email=invitation.email, name=name.strip(), password=password)
        # The link came by mail to this address, which proves it.
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    Invitation.objects.filter(pk=invitation.pk).update(accepted_by=user)
    Membership.objects.update_or_create(
        user=user,
        defaults={"role": invitation.role, "department": invitation.department, "is_active": True},
    )
    record("invitation.accepted", target=invitation, by=user, role=invitation.role)
    if invitation.role == Role.MUNICIPALITY_ADMIN:
        admin_became_active()
    invitation_accepted.send(sender=Invitation, user=user, role=invitation.role)
    return user


def _check_open(invitation: Invitation) -> None:
    if invitation.accepted_at is not None:
        raise AccountsError(_("This invitation has already been used. Sign in with your e-mail address."))
    if invitation.withdrawn_at is not None:
        raise AccountsError(_("This invitation has been withdrawn."))


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
