"""Keys for programs: made, used and withdrawn."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.errors import AccountsError
from accounts.models import ApiToken, Membership, Tenant, User
from accounts.roles import PERMISSIONS
from portal.audit.recording import record
from portal.tenancy.scope import current, scope

LONGEST = timedelta(days=400)
MOST = 50
"""Keys of one tenant that can be in use at once."""
PREFIX = "vk"


@transaction.atomic
def api_token_make(*, name: str, scopes: Sequence[str], ends_on: date, by: User) -> tuple[ApiToken, str]:
    """Make a key for the tenant at work: the row, and the key itself, which nobody can read again.

    The key begins with the tenant's slug, so that it is looked for in that tenant alone; the rest is 192 random
    bits. Raises AccountsError for a day that is past or too far away, and where there are too many.
    """
    today = timezone.localdate()
    if not today <= ends_on <= today + LONGEST:
        raise AccountsError(_("Choose a day from today on, and at most about a year away."))
    if ApiToken.in_scope().filter(withdrawn_at=None, ends_on__gte=today).count() >= MOST:
        raise AccountsError(_("There are too many keys in use. Withdraw one that nobody needs any more."))
    slug = Tenant.objects.values_list("slug", flat=True).get(pk=current())
    key = f"{PREFIX}_{slug}_{secrets.token_hex(24)}"
    token = ApiToken.objects.create(
        name=name.strip(), scopes=sorted(set(scopes)), token_hash=_hash(key), ends_on=ends_on, created_by=by
    )
    record("api_token.made", target=token, by=by, scopes=" ".join(token.scopes), ends_on=ends_on.isoformat())
    return token, key


@transaction.atomic
def api_token_withdraw(*, token: ApiToken, by: User) -> None:
    """Let a key open nothing any more, from now on."""
    if not ApiToken.objects.filter(pk=token.pk, withdrawn_at=None).update(
        withdrawn_at=timezone.now(), withdrawn_by=by
    ):
        raise AccountsError(_("This key has already been withdrawn."))
    record("api_token.withdrawn", target=token, by=by)


@transaction.atomic
def api_token_open(*, key: str) -> ApiToken | None:
    """The key that a program shows, if it works: known, not ended, not withdrawn, its maker still entitled.

    Of its use the day is noted and nothing more: no address, no question.
    """
    prefix, _sep, rest = key.partition("_")
    slug, _sep, _secret = rest.rpartition("_")
    tenant = Tenant.objects.filter(slug=slug).first() if prefix == PREFIX and len(key) < 200 else None
    if tenant is None:
        return None
    today = timezone.localdate()
    with scope(tenant.pk):
        token = ApiToken.in_scope().filter(token_hash=_hash(key), withdrawn_at=None, ends_on__gte=today).first()
        if token is None or not _maker_may(token):
            return None
        ApiToken.objects.filter(Q(last_used_on=None) | Q(last_used_on__lt=today), pk=token.pk).update(
            last_used_on=today
        )
    return token


def _maker_may(token: ApiToken) -> bool:
    """Whether whoever made the key could make it today."""
    made_by = (
        Membership.objects.filter(user_id=token.created_by_id, is_active=True, user__is_active=True)
        .values_list("role", flat=True)
        .first()
    )
    return made_by is not None and "accounts.manage_api_tokens" in PERMISSIONS[made_by]


def _hash(key: str) -> bytes:
    """Of 192 random bits a plain hash is enough: there is nothing to guess."""
    return hashlib.sha256(key.encode()).digest()
