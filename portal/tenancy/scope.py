"""Whose data the running code may see: the first of the three walls between tenants.

A scope is opened inside a transaction. It tells both Python (managers filter by it) and PostgreSQL
(row-level security reads it) which tenant is at work, and puts the former values back when it ends, so
that scopes can be nested and also work inside a test's own transaction. Nothing is ever set for a whole
session: with pooled connections the next request would read the last tenant's rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections

PUBLIC_AUDIENCE = UUID("00000000-0000-4000-8000-000000000001")
"""The audience of rows that anyone may read."""


class TenantScopeError(RuntimeError):
    """A tenant's data was asked for where nobody had said whose data."""


@dataclass(frozen=True)
class Scope:
    """One tenant at work (or nobody, for public pages) and the audiences it belongs to."""

    tenant_id: UUID | None
    audiences: tuple[UUID, ...]


_current: ContextVar[Scope | None] = ContextVar("tenant_scope", default=None)


def current_scope() -> Scope:
    """Give the scope at work; raises TenantScopeError outside one."""
    found = _current.get()
    if found is None:
        raise TenantScopeError("A tenant's data was asked for outside `with scope(tenant_id):`.")
    return found


def current() -> UUID:
    """Give the tenant at work; raises TenantScopeError outside a scope and in a public one."""
    tenant_id = current_scope().tenant_id
    if tenant_id is None:
        raise TenantScopeError("This is a public page: it has no tenant of its own.")
    return tenant_id


def check_in_transaction(using: str = DEFAULT_DB_ALIAS) -> None:
    """Raise TenantScopeError outside a transaction, where row-level security would silently hide every row."""
    if not connections[using].in_atomic_block:
        raise TenantScopeError("A tenant's data was asked for outside a transaction: it would come back empty.")


@contextmanager
def scope(tenant_id: UUID | str, *, using: str = DEFAULT_DB_ALIAS) -> Iterator[Scope]:
    """Work as one tenant. The audiences it belongs to come from the SQL function `tenant_audiences`."""
    with _entered(UUID(str(tenant_id)), using) as entered:
        yield entered


@contextmanager
def public_scope(*, using: str = DEFAULT_DB_ALIAS) -> Iterator[Scope]:
    """Work as anyone: rows whose audience is the public can be read, nothing can be written."""
    with _entered(None, using) as entered:
        yield entered


@contextmanager
def _entered(tenant: UUID | None, using: str) -> Iterator[Scope]:
    """Tell PostgreSQL first: where that fails, no tenant is left behind for the thread's next request."""
    check_in_transaction(using)
    former, new = _tell(tenant, using)
    token = _current.set(new)
    try:
        yield new
    finally:
        _current.reset(token)
        # A transaction that failed or ended has already forgotten its local settings.
        if connections[using].in_atomic_block and not connections[using].needs_rollback and _is_sound(using):
            _put_back(former, using)


_TELL = """
    WITH former AS MATERIALIZED (
        SELECT coalesce(current_setting('app.tenant', true), '') AS tenant,
            coalesce(current_setting('app.audiences', true), '') AS audiences
    ), new AS MATERIALIZED (
        SELECT coalesce(tenant_audiences(%s), ARRAY[%s]::uuid[]) AS audiences
    )
    SELECT former.tenant, former.audiences, new.audiences, set_config('app.tenant', %s, true),
        set_config('app.audiences', array_to_string(new.audiences, ','), true)
    FROM former, new
"""


def _tell(tenant: UUID | None, using: str) -> tuple[tuple[str, str], Scope]:
    """Set the transaction's settings, in one round trip; give the former ones, and the new scope."""
    with connections[using].cursor() as cursor:
        cursor.execute(_TELL, [tenant, PUBLIC_AUDIENCE, str(tenant or "")])
        former_tenant, former_audiences, audiences = cursor.fetchone()[:3]
    return (former_tenant, former_audiences), Scope(tenant, tuple(audiences))


def _put_back(former: tuple[str, str], using: str) -> None:
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT set_config('app.tenant', %s, true), set_config('app.audiences', %s, true)", list(former)
        )


def _is_sound(using: str) -> bool:
    """Whether the transaction still takes statements: neither failed nor cut off."""
    from psycopg.pq import TransactionStatus

    raw = connections[using].connection
    return raw is not None and raw.info.transaction_status == TransactionStatus.INTRANS


def identify(user_id: UUID | None, *, using: str = DEFAULT_DB_ALIAS) -> None:
    """Tell PostgreSQL who is signed in, for the rest of this transaction.

    Needed before any scope: a person's memberships are found by it.
    """
    check_in_transaction(using)
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT set_config('app.user', %s, true)", [str(user_id or "")])
