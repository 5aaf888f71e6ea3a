"""Rows planted in every tenant's table, made from the tables' own columns, so that no table is forgotten.

Keys between tables are not checked and triggers do not fire while rows are planted: what is attacked is who
may read and write them. Each row's texts carry its label, so that a leak is seen wherever it surfaces.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

import psycopg
from django.db import models
from psycopg import sql

from portal.tenancy.models import Shareable, TenantOwned
from portal.tenancy.scope import PUBLIC_AUDIENCE
from portal.tenancy.walls import walled_models

Connection = psycopg.Connection[tuple[Any, ...]]
NAMESPACE = UUID("5b1c7a1e-0000-4000-8000-000000000000")


def number(*parts: str) -> UUID:
    """The same random-looking number for the same words."""
    return uuid5(NAMESPACE, "/".join(parts))


A, B, REGION = number("A"), number("B"), number("region")
MEMBERS_AUDIENCE = {A: number("audience", "A"), B: number("audience", "B"), REGION: number("audience", "region")}
USER_OF_B = number("user of B")


@dataclass(frozen=True)
class Planted:
    """One row: its label, whose it is, and whom its owner lets read it (only in a table that is shared)."""

    label: str
    tenant: UUID
    audience: UUID

    def key(self, model: type[models.Model]) -> UUID:
        return number(self.label, model._meta.db_table, "id")


OWN_OF_A = Planted("A own", A, A)
OWN_OF_B = Planted("B own", B, B)
SHARED_BY_REGION = Planted("R shared", REGION, MEMBERS_AUDIENCE[REGION])
PUBLIC_OF_B = Planted("B public", B, PUBLIC_AUDIENCE)
LENT_BY_A = Planted("A lent", A, B)


def tenant_models() -> list[type[models.Model]]:
    """Every model whose rows belong to tenants."""
    return [model for model in walled_models() if issubclass(model, TenantOwned)]


def rows_for(model: type[models.Model]) -> list[Planted]:
    """What is planted in a table: what A may see first, so that nothing about its place tells of the rest."""
    if issubclass(model, Shareable):
        return [OWN_OF_A, LENT_BY_A, SHARED_BY_REGION, PUBLIC_OF_B, OWN_OF_B]
    return [OWN_OF_A, OWN_OF_B]


def readable_by_a(model: type[models.Model], row: Planted) -> bool:
    """Whether A may read a row, said here once more, without the policies' own words."""
    if row.tenant == A:
        return True
    return issubclass(model, Shareable) and row.audience in (PUBLIC_AUDIENCE, MEMBERS_AUDIENCE[REGION])


def plant_tenants(connection: Connection) -> None:
    """The region and its two municipalities, which everybody may know."""
    for tenant, name, parent in ((REGION, "Region R", None), (A, "Alvik A", REGION), (B, "Bjork B", REGION)):
        connection.execute(
            "INSERT INTO accounts_tenant (id, kind, code, name, official_name, sort_key, slug, parent_id,"
            " members_audience, is_demo, needs_second_person, second_person_off_why, created_at)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, false, true, '', now())",
            [
                tenant, "municipality" if parent else "region", name[:8], name, name, name,
                name.lower().replace(" ", "-"), parent, MEMBERS_AUDIENCE[tenant],
            ],
        )  # fmt: skip


def plant(connection: Connection, model: type[models.Model], rows: Iterable[Planted]) -> None:
    """Put rows into a table, as superuser, in the transaction at hand."""
    table = model._meta.db_table
    connection.execute("SET LOCAL session_replication_role = replica")
    for (constraint,) in connection.execute(
        # One row a tenant is a key that more are to be planted beside.
        "SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND (contype = 'c' OR contype = 'u' AND"
        " conkey = ARRAY(SELECT attnum FROM pg_attribute WHERE attrelid = conrelid AND attname = 'tenant_id'))",
        [table],
    ).fetchall():
        connection.execute(
            sql.SQL("ALTER TABLE {} DROP CONSTRAINT {}").format(sql.Identifier(table), sql.Identifier(constraint))
        )
    for row in rows:
        connection.execute(*insertion(connection, model, row))
    connection.execute("SET LOCAL session_replication_role = origin")


def insertion(
    connection: Connection, model: type[models.Model], row: Planted
) -> tuple[sql.Composed, dict[str, Any]]:
    """The INSERT of one row and its values."""
    values = {
        column: _value(model, row, column, kind, length)
        for column, kind, length in _columns(connection, model._meta.db_table)
    }
    statement = sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(
        sql.Identifier(model._meta.db_table),
        sql.SQL(", ").join(map(sql.Identifier, values)),
        sql.SQL(", ").join(map(sql.Placeholder, values)),
    )
    return statement, values


def _columns(connection: Connection, table: str) -> list[tuple[str, str, int | None]]:
    return connection.execute(
        "SELECT column_name, udt_name, character_maximum_length FROM information_schema.columns"
        " WHERE table_schema = 'public' AND table_name = %s AND is_generated = 'NEVER' AND is_identity = 'NO'"
        " ORDER BY ordinal_position",
        [table],
    ).fetchall()  # type: ignore[return-value]


def _value(model: type[models.Model], row: Planted, column: str, kind: str, length: int | None) -> Any:
    if column == "tenant_id":
        return row.tenant
    if column == "audience_id":
        return row.audience
    field = next(field for field in model._meta.concrete_fields if field.column == column)
    if column in ("region_id", "user_id"):
        return {"region_id": REGION, "user_id": USER_OF_B if row.tenant == B else number("user of A")}[column]
    if isinstance(field, models.ForeignKey) and kind == "uuid":
        target: Any = field.related_model
        return row.key(target)
    text = f"{row.label} {column}"
    made: dict[str, Any] = {
        "uuid": number(row.label, model._meta.db_table, column),
        "varchar": text[:length],
        "text": text,
        "bpchar": text[:length],
        "bytea": text.encode(),
        "jsonb": json.dumps({"said": text}),
        "bool": row.tenant == A,
        "timestamptz": f"2025-0{1 + len(row.label) % 9}-01 12:00+00",
        "date": f"2025-0{1 + len(row.label) % 9}-01",
    }
    if kind in ("int2", "int4", "int8", "float4", "float8", "numeric"):
        return 1 + number(row.label, column).int % 30_000
    if kind in made:
        return made[kind]
    if kind in ("_text", "_varchar"):
        return [text[: getattr(getattr(field, "base_field", None), "max_length", None)]]
    if kind in ("_int2", "_int4", "_int8", "_float4", "_float8"):
        return [1 + number(row.label, column).int % 30_000]
    if kind == "_uuid":
        return [number(row.label, model._meta.db_table, column)]
    raise NotImplementedError(f"Say here what a column of the type {kind} is filled with ({model._meta.label}).")
