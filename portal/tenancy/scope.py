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
    tenant = UUID(str(tenant_id))
    check_in_transaction(using)
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT tenant_audiences(%s)", [tenant])
        audiences = tuple(cursor.fetchone()[0])
    with _entered(Scope(tenant, audiences), using) as entered:
        yield entered


@contextmanager
def public_scope(*, using: str = DEFAULT_DB_ALIAS) -> Iterator[Scope]:
    """Work as anyone: rows whose audience is the public can be read, nothing can be written."""
    check_in_transaction(using)
    with _entered(Scope(None, (PUBLIC_AUDIENCE,)), using) as entered:
        yield entered


@contextmanager
def _entered(new: Scope, using: str) -> Iterator[Scope]:
    former = _read_settings(using)
    token = _current.set(new)
    try:
        # Inside the `try`: a connection lost here must not leave this tenant to the thread's next request.
        _write_settings(using, str(new.tenant_id or ""), ",".join(map(str, new.audiences)))
        yield new
    finally:
        _current.reset(token)
        # A transaction that failed or ended has already forgotten its local settings.
        if connections[using].in_atomic_block and not connections[using].needs_rollback and _is_sound(using):
            _write_settings(using, *former)


def _is_sound(using: str) -> bool:
    """Whether the transaction still takes statements: neither failed nor cut off."""
    from psycopg.pq import TransactionStatus

    raw = connections[using].connection
    return raw is not None and raw.info.transaction_status == TransactionStatus.INTRANS


def _read_settings(using: str) -> tuple[str, str]:
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(current_setting('app.tenant', true), ''),"
            " coalesce(current_setting('app.audiences', true), '')"
        )
        tenant, audiences = cursor.fetchone()
        return tenant, audiences


def _write_settings(using: str, tenant: str, audiences: str) -> None:
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT set_config('app.tenant', %s, true), set_config('app.audiences', %s, true)",
            [tenant, audiences],
        )


def identify(user_id: UUID | None, *, using: str = DEFAULT_DB_ALIAS) -> None:
    """Tell PostgreSQL who is signed in, for the rest of this transaction.

    Needed before any scope: a person's memberships are found by it.
    """
    check_in_transaction(using)
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT set_config('app.user', %s, true)", [str(user_id or "")])
