"""The second and third wall: row-level security and the rights of database roles.

What each table allows stands beside its columns, in the model; here it becomes DDL. `build_walls` runs after
every migration, as the owner of the tables, and changes only what differs from what is there, so that a
deployment without news takes no locks. Until it has run, no serving role has any right on a new table.

Policies have one of two shapes, both a bare indexed column compared with values that PostgreSQL computes once:
`tenant_id = <scope>` for writing, `audience_id = ANY (<audiences of the scope>)` for reading what is shared.
An OR, a CASE or a sub-select made a page of one tenant in 290 some two hundred times slower.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from portal.tenancy.models import Shareable, TenantOwned

ROLES = ("web", "survey", "worker", "region", "backup")
ROLE_PREFIX = "vaxtkraft_"
OWNER = ROLE_PREFIX + "owner"

TENANT = "(NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid"
AUDIENCES = "(string_to_array(NULLIF(current_setting('app.audiences'::text, true), ''::text), ','::text))::uuid[]"


def setting_as_uuid(name: str) -> str:
    """SQL for one transaction-local setting, NULL where it is not set: no setting, no rows."""
    return f"(NULLIF(current_setting('{name}'::text, true), ''::text))::uuid"


@dataclass(frozen=True)
class Policy:
    """One permissive policy of row-level security, in PostgreSQL's own spelling."""

    name: str
    command: str
    using: str | None = None
    check: str | None = None
    role: str = "public"

    def create(self, table: str) -> str:
        using = f" USING ({self.using})" if self.using else ""
        check = f" WITH CHECK ({self.check})" if self.check else ""
        return (
            f'CREATE POLICY {self.name} ON "{table}" AS PERMISSIVE FOR {self.command} TO {self.role}{using}{check}'
        )


def policies_of(model: type[models.Model]) -> tuple[Policy, ...]:
    """The policies that a tenant's table must have, no more and no fewer."""
    if not issubclass(model, TenantOwned):
        return ()
    own = f"(tenant_id = {TENANT})"
    readable = f"(audience_id = ANY ({AUDIENCES}))" if issubclass(model, Shareable) else own
    wanted = [
        Policy("tenant_reads", "SELECT", using=readable),
        Policy("tenant_inserts", "INSERT", check=own),
        Policy("tenant_updates", "UPDATE", using=own, check=own),
        Policy("tenant_deletes", "DELETE", using=own),
    ]
    if issubclass(model, Shareable):
        # An owner reads what it wrote even when its audience is somebody else's: needed by RETURNING.
        wanted.append(Policy("owner_reads", "SELECT", using=own))
    if model.also_readable_by:
        column, name = model.also_readable_by
        wanted.append(Policy("also_reads", "SELECT", using=f"({column} = {setting_as_uuid(name)})"))
    for role in getattr(model, "served_to_all_by", ()):
        wanted.append(Policy(f"{role}_serves_all", "ALL", using="true", check="true", role=ROLE_PREFIX + role))
    return tuple(wanted)


OF_PACKAGES: dict[str, dict[str, str]] = {
    # Sign-in is the pages' own: a worker that reads other people's files must not read sessions or secrets.
    "account": {"web": "select insert update delete"},
    "mfa": {"web": "select insert update delete"},
    "sessions": {"web": "select insert update delete"},
    "auth": {"web": "select", "worker": "select"},
    "contenttypes": {"web": "select", "worker": "select"},
    "guardian": {"web": "select"},
    "django_celery_beat": {"worker": "select insert update delete"},
}
"""App label → database role → privileges, for the tables of Django and of packages. One not listed is closed."""


def grants_of(model: type[models.Model]) -> dict[str, set[str]]:
    """Database role → privileges: what the model declares, or what its package is given."""
    declared = getattr(model, "DatabaseAccess", None)
    if declared is not None:
        given = {role: getattr(declared, role) for role in ROLES if hasattr(declared, role)}
    elif model._meta.auto_created:
        # Django's own links of people to groups and permissions: asked about, and always empty.
        given = OF_PACKAGES["auth"]
    else:
        given = OF_PACKAGES.get(model._meta.app_label, {})
    return {role: {word.upper() for word in words.split()} for role, words in given.items()}


def walled_models() -> Iterator[type[models.Model]]:
    """Every model with a table of its own."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy:
            yield model


def build_walls(connection: BaseDatabaseWrapper) -> list[str]:
    """Bring policies, composite keys and grants to what the models declare; give the statements that were run."""
    present = set(connection.introspection.table_names())
    statements: list[str] = []
    tables = [model for model in walled_models() if model._meta.db_table in present]
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename, policyname, cmd, qual, with_check, roles::text[] FROM pg_policies")
        policies = {(row[0], row[1]): row[2:] for row in cursor.fetchall()}
        cursor.execute("SELECT relname, relrowsecurity AND relforcerowsecurity FROM pg_class WHERE relkind = 'r'")
        forced = dict(cursor.fetchall())
        cursor.execute("SELECT conname FROM pg_constraint")
        constraints = {row[0] for row in cursor.fetchall()}
        cursor.execute(
            "SELECT table_name, grantee, privilege_type FROM information_schema.role_table_grants"
            " WHERE table_schema = 'public'"
        )
        granted: dict[tuple[str, str], set[str]] = {}
        for table, grantee, privilege in cursor.fetchall():
            granted.setdefault((table, grantee), set()).add(privilege)
        for model in tables:
            statements += _security_statements(model, policies, forced)
        # Unique keys of every table first: the foreign keys refer to them.
        for model in tables:
            statements += _unique_key_statements(model, constraints)
        for model in tables:
            statements += _foreign_key_statements(model, constraints)
            statements += _grant_statements(model, granted)
        for statement in statements:
            cursor.execute(statement)
    return statements


def _security_statements(
    model: type[models.Model], policies: dict[tuple[str, str], tuple[object, ...]], forced: dict[str, bool]
) -> list[str]:
    table = model._meta.db_table
    wanted = policies_of(model)
    statements = []
    if wanted and not forced.get(table):
        statements += [
            f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY',
            f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY',
        ]
    for policy in wanted:
        found = policies.get((table, policy.name))
        if found == (policy.command, policy.using, policy.check, [policy.role]):
            continue
        if found is not None:
            statements.append(f'DROP POLICY {policy.name} ON "{table}"')
        statements.append(policy.create(table))
    names = {policy.name for policy in wanted}
    statements += [
        f'DROP POLICY {name} ON "{owner}"' for owner, name in policies if owner == table and name not in names
    ]
    return statements


def tenant_foreign_keys(model: type[models.Model]) -> Iterable[models.ForeignKey[object, object]]:
    """Foreign keys from one tenant's table to another that must stay within the tenant."""
    if not issubclass(model, TenantOwned):
        return
    for field in model._meta.concrete_fields:
        target = field.related_model
        if (
            isinstance(field, models.ForeignKey)
            and isinstance(target, type)
            and issubclass(target, TenantOwned)
            and field.name not in model.crosses_tenants
        ):
            yield field


def _unique_key_statements(model: type[models.Model], constraints: set[str]) -> list[str]:
    if not issubclass(model, TenantOwned):
        return []
    table = model._meta.db_table
    name = f"{table}_tenant_key"
    return [] if name in constraints else [f'ALTER TABLE "{table}" ADD CONSTRAINT {name} UNIQUE (tenant_id, id)']


def _foreign_key_statements(model: type[models.Model], constraints: set[str]) -> list[str]:
    table = model._meta.db_table
    statements = []
    for field in tenant_foreign_keys(model):
        name = f"{table}_{field.column}_same_tenant"[:63]
        if name not in constraints:
            target = field.related_model._meta.db_table  # type: ignore[union-attr]
            statements += [
                # NOT VALID, then VALIDATE: the second takes no lock that stops writers.
                f'ALTER TABLE "{table}" ADD CONSTRAINT {name} FOREIGN KEY (tenant_id, {field.column})'
                f' REFERENCES "{target}" (tenant_id, id) DEFERRABLE INITIALLY DEFERRED NOT VALID',
                f'ALTER TABLE "{table}" VALIDATE CONSTRAINT {name}',
            ]
    return statements


def _grant_statements(model: type[models.Model], granted: dict[tuple[str, str], set[str]]) -> list[str]:
    table = model._meta.db_table
    statements = []
    wanted = grants_of(model)
    for role in ROLES:
        name = ROLE_PREFIX + role
        want, have = wanted.get(role, set()), granted.get((table, name), set())
        if have - want:
            statements.append(f'REVOKE {", ".join(sorted(have - want))} ON "{table}" FROM {name}')
        if want - have:
            statements.append(f'GRANT {", ".join(sorted(want - have))} ON "{table}" TO {name}')
    return statements
