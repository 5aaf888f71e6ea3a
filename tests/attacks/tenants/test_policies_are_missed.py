"""Take away or widen any one policy of any table, and the table's probe tells.

The probe tries, in each scope, to read, insert, change and delete rows of every owner, with all the rights a
role can have on a table: only row-level security is left to stop it. Everything is rolled back.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.db import models
from psycopg import sql

from portal.tenancy.models import Shareable
from portal.tenancy.scope import PUBLIC_AUDIENCE
from portal.tenancy.walls import policies_of
from tests.attacks.tenants.rows import (
    MEMBERS_AUDIENCE,
    REGION,
    USER_OF_B,
    A,
    B,
    Connection,
    Planted,
    insertion,
    plant,
    rows_for,
    tenant_models,
)  # fmt: skip
from tests.plugins.database import test_superuser as superuser_here

PROBE = "vaxtkraft_probe"
WORKER = "vaxtkraft_worker"


@dataclass(frozen=True)
class Setting:
    """What a transaction has said about itself."""

    name: str
    tenant: UUID | None = None
    audiences: tuple[UUID, ...] = ()
    user: UUID | None = None


IN_A = Setting("in A", A, (PUBLIC_AUDIENCE, A, MEMBERS_AUDIENCE[A], MEMBERS_AUDIENCE[REGION]))
IN_B = Setting("in B", B, (PUBLIC_AUDIENCE, B, MEMBERS_AUDIENCE[B], MEMBERS_AUDIENCE[REGION]))
IN_REGION = Setting("in the region", REGION, (PUBLIC_AUDIENCE, REGION, MEMBERS_AUDIENCE[REGION]))
IN_PUBLIC = Setting("in public", None, (PUBLIC_AUDIENCE,))
NOWHERE = Setting("nowhere")
AS_USER_OF_B = Setting("nowhere, as a user of B", user=USER_OF_B)
SETTINGS = (IN_A, IN_B, IN_REGION, IN_PUBLIC, NOWHERE, AS_USER_OF_B)

Findings = dict[str, Any]


@contextmanager
def attempt(connection: Connection) -> Iterator[None]:
    """Whatever happens inside is undone."""
    connection.execute("SAVEPOINT attempt")
    try:
        yield
    finally:
        # Released too, or an outer attempt would return to this one's beginning.
        connection.execute("ROLLBACK TO SAVEPOINT attempt")
        connection.execute("RELEASE SAVEPOINT attempt")


def enter(connection: Connection, setting: Setting, role: str) -> None:
    connection.execute(sql.SQL("SET LOCAL ROLE {}").format(sql.Identifier(role)))
    connection.execute(
        "SELECT set_config('app.tenant', %s, true), set_config('app.audiences', %s, true),"
        " set_config('app.user', %s, true)",
        [str(setting.tenant or ""), ",".join(map(str, setting.audiences)), str(setting.user or "")],
    )


def outcome(connection: Connection, statement: sql.Composed, values: Any = None) -> str | int:
    """How many rows a statement touches, or why it was refused."""
    with attempt(connection):
        try:
            return connection.execute(statement, values).rowcount
        except psycopg.Error as error:
            return type(error).__name__


def probe(connection: Connection, model: type[models.Model], role: str) -> Findings:
    """Everything that one role can do with one table in each scope."""
    table = sql.Identifier(model._meta.db_table)
    labels = {row.key(model): row.label for row in rows_for(model)}
    found: Findings = {}
    for setting in SETTINGS:
        new = {tenant: insertion(connection, model, Planted("new", tenant, tenant)) for tenant in (A, B)}
        with attempt(connection):
            enter(connection, setting, role)
            read = connection.execute(sql.SQL("SELECT id FROM {}").format(table)).fetchall()
            found[f"{setting.name}: reads"] = {labels[key] for (key,) in read}
            for name, tenant in (("A", A), ("B", B)):
                found[f"{setting.name}: inserts for {name}"] = outcome(connection, *new[tenant])
                # Without a WHERE no policy for reading stands in between.
                give = sql.SQL("UPDATE {} SET tenant_id = %s").format(table)
                found[f"{setting.name}: gives to {name}"] = outcome(connection, give, [tenant])
            found[f"{setting.name}: deletes"] = outcome(connection, sql.SQL("DELETE FROM {}").format(table))
    return found


REFUSED = "InsufficientPrivilege"


def expected(model: type[models.Model], role: str) -> Findings:
    """What PRIVACY.md and DESIGN.md promise, in words that the policies do not share."""
    rows = rows_for(model)
    serves_all = role == WORKER and "worker" in getattr(model, "served_to_all_by", ())
    also = model.also_readable_by  # type: ignore[attr-defined]
    found: Findings = {}
    for setting in SETTINGS:
        own = [row for row in rows if row.tenant == setting.tenant]
        if issubclass(model, Shareable):
            read = [row for row in rows if row in own or row.audience in setting.audiences]
        elif also == ("region_id", "app.tenant") and setting is IN_REGION:
            read = rows
        elif also == ("user_id", "app.user") and setting is AS_USER_OF_B:
            read = [row for row in rows if row.tenant == B]
        else:
            read = own
        if serves_all:
            read = own = rows
        found[f"{setting.name}: reads"] = {row.label for row in read}
        for name, tenant in (("A", A), ("B", B)):
            mine = serves_all or setting.tenant == tenant
            found[f"{setting.name}: inserts for {name}"] = 1 if mine else REFUSED
            found[f"{setting.name}: gives to {name}"] = len(own) if mine or not own else REFUSED
        found[f"{setting.name}: deletes"] = len(own)
    return found


@pytest.fixture
def owner() -> Iterator[Connection]:
    """A superuser's transaction that never ends well."""
    with superuser_here() as connection:
        connection.autocommit = False
        connection.execute("SET LOCAL lock_timeout = '20s'")
        yield connection
        connection.rollback()


def prepare(connection: Connection, model: type[models.Model]) -> None:
    """Leave nothing on the table but its rows and its policies: no key, no trigger, every right given."""
    name = model._meta.db_table
    table = sql.Identifier(name)
    plant(connection, model, rows_for(model))
    connection.execute(sql.SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(table))
    for (constraint,) in connection.execute(
        # Foreign keys first: a table that refers to itself loses them with the key that they refer to.
        "SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND contype IN ('f', 'u')"
        " ORDER BY contype",
        [name],
    ).fetchall():
        connection.execute(
            sql.SQL("ALTER TABLE {} DROP CONSTRAINT {} CASCADE").format(table, sql.Identifier(constraint))
        )
    for (index,) in connection.execute(
        "SELECT relname FROM pg_index JOIN pg_class c ON c.oid = indexrelid"
        " WHERE indrelid = %s::regclass AND indisunique AND NOT indisprimary",
        [name],
    ).fetchall():
        connection.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier(index)))
    # A role of our own, gone with the transaction: it may do to the table whatever a table allows.
    connection.execute(sql.SQL("CREATE ROLE {}").format(sql.Identifier(PROBE)))
    connection.execute(sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(sql.Identifier(PROBE)))
    for role in (PROBE, WORKER):
        connection.execute(
            sql.SQL("GRANT SELECT, INSERT, UPDATE, DELETE ON {} TO {}").format(table, sql.Identifier(role))
        )


def roles_for(model: type[models.Model]) -> tuple[str, ...]:
    """The worker is asked only where it has a policy of its own."""
    return (PROBE, WORKER) if getattr(model, "served_to_all_by", ()) else (PROBE,)


def by_name(model: type[models.Model]) -> str:
    return model._meta.label_lower


@pytest.mark.parametrize("model", tenant_models(), ids=by_name)
def test_nothing_but_policies_keeps_tenants_apart(model: type[models.Model], owner: Connection) -> None:
    prepare(owner, model)
    for role in roles_for(model):
        assert probe(owner, model, role) == expected(model, role)


def weakenings(model: type[models.Model]) -> list[tuple[str, str]]:
    """Each policy of a table with each way to weaken it: its name and what is done to it."""
    found = []
    for policy in policies_of(model):
        found.append((policy.name, "DROP"))
        if policy.role != "public":
            found.append((policy.name, "TO public"))
        else:
            found += [(policy.name, "USING (true)")] * bool(policy.using)
            found += [(policy.name, "WITH CHECK (true)")] * bool(policy.check)
    return found


def weaken(connection: Connection, model: type[models.Model], policy: str, change: str) -> None:
    name, table = sql.Identifier(policy), sql.Identifier(model._meta.db_table)
    if change == "DROP":
        connection.execute(sql.SQL("DROP POLICY {} ON {}").format(name, table))
    else:
        connection.execute(sql.SQL("ALTER POLICY {} ON {} {}").format(name, table, sql.SQL(change)))


@pytest.mark.parametrize("model", tenant_models(), ids=by_name)
def test_any_policy_dropped_or_widened_turns_the_probe_red(model: type[models.Model], owner: Connection) -> None:
    prepare(owner, model)
    unnoticed = []
    for policy, change in weakenings(model):
        with attempt(owner):
            weaken(owner, model, policy, change)
            if all(probe(owner, model, role) == expected(model, role) for role in roles_for(model)):
                unnoticed.append((policy, change))
    assert unnoticed == []


@pytest.mark.parametrize("model", tenant_models(), ids=by_name)
def test_security_that_is_not_forced_turns_the_probe_red(model: type[models.Model], owner: Connection) -> None:
    prepare(owner, model)
    table = sql.Identifier(model._meta.db_table)
    owner.execute(sql.SQL("ALTER TABLE {} OWNER TO {}").format(table, sql.Identifier(PROBE)))
    assert probe(owner, model, PROBE) == expected(model, PROBE)
    owner.execute(sql.SQL("ALTER TABLE {} NO FORCE ROW LEVEL SECURITY").format(table))
    assert probe(owner, model, PROBE) != expected(model, PROBE)


def test_every_policy_of_the_database_is_among_those_weakened(owner: Connection) -> None:
    found = owner.execute("SELECT tablename, policyname FROM pg_policies").fetchall()
    weakened = {(model._meta.db_table, policy) for model in tenant_models() for policy, _ in weakenings(model)}
    assert set(found) == weakened
