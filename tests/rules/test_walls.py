"""The three walls between tenants, with the real roles."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from django.db import ProgrammingError, connection, transaction

from accounts.models import Department, Membership
from portal.audit.models import AuditEvent
from portal.audit.recording import first_broken_event, record
from portal.tenancy.scope import TenantScopeError, identify, scope
from tests.plugins.database import role_url
from tests.world import World


def test_a_query_outside_a_scope_raises(world: World) -> None:
    with pytest.raises(TenantScopeError):
        Department.objects.count()


def test_a_query_outside_a_transaction_raises(committed: World) -> None:
    with pytest.raises(TenantScopeError), scope(committed.alvik.pk):
        Department.objects.count()


def test_no_setting_no_rows(world: World) -> None:
    assert Department._base_manager.count() == 0


def test_raw_sql_in_one_scope_sees_nothing_of_another(world: World) -> None:
    with scope(world.bjorkvik.pk), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM accounts_department")
        assert cursor.fetchone()[0] == 0
    with scope(world.alvik.pk), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM accounts_department")
        assert cursor.fetchone()[0] == 2


def test_scopes_nest_and_put_back(world: World) -> None:
    with scope(world.alvik.pk):
        with scope(world.bjorkvik.pk):
            assert Department.objects.count() == 0
        assert Department.objects.count() == 2


def test_a_row_for_another_tenant_is_refused_by_the_database(world: World) -> None:
    refused = pytest.raises(ProgrammingError, match="row-level security")
    with scope(world.bjorkvik.pk), refused, transaction.atomic():
        Department(tenant=world.alvik, name="Smuggled", sort_key="smuggled").save(force_insert=True)


def test_an_update_across_tenants_changes_nothing(world: World) -> None:
    with scope(world.bjorkvik.pk):
        assert Department._base_manager.filter(name="Skola").update(name="Kapad") == 0


def test_a_foreign_key_across_tenants_is_refused(world: World) -> None:
    from django.db import IntegrityError

    with pytest.raises(IntegrityError), transaction.atomic(), scope(world.bjorkvik.pk):
        membership = Membership.objects.get(user=world.bo)
        membership.department = world.departments["Skola"]
        membership.save()
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_people_find_their_own_memberships_before_any_scope(world: World) -> None:
    identify(world.bo.pk)
    assert [m.tenant_id for m in Membership.of_person(world.bo.pk)] == [world.bjorkvik.pk]
    assert Membership.of_person(world.alma.pk).count() == 0


def test_the_audit_log_cannot_be_changed_or_deleted(world: World, as_role: Callable[[str], Any]) -> None:
    for role in ("web", "worker"):
        with scope(world.alvik.pk):
            record("test.happened", by=world.alma)
        for statement in (
            "UPDATE audit_auditevent SET verb = 'x'",
            "DELETE FROM audit_auditevent",
            "INSERT INTO audit_auditevent SELECT * FROM audit_auditevent",
            "TRUNCATE audit_auditevent",
        ):
            refused = pytest.raises(ProgrammingError, match="permission denied")
            with (
                as_role(role),
                scope(world.alvik.pk),
                refused,
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(statement)


def test_audit_verify_finds_what_an_owner_changed(world: World, as_role: Callable[[str], Any]) -> None:
    with scope(world.alvik.pk):
        for number in range(4):
            record("test.happened", by=world.alma, number=number)
        assert first_broken_event() is None
        with as_role("owner"), connection.cursor() as cursor:
            cursor.execute("UPDATE audit_auditevent SET verb = 'test.forged' WHERE number = 2")
        assert first_broken_event() == 2
        with as_role("owner"), connection.cursor() as cursor:
            cursor.execute("DELETE FROM audit_auditevent WHERE number = 2")
        assert first_broken_event() == 3
        assert AuditEvent.objects.count() == 3


@pytest.mark.parametrize("role", ["web", "worker", "survey", "migrator", "region"])
def test_no_serving_role_is_superuser_or_bypasses_security(role: str, committed: World) -> None:
    with psycopg.connect(role_url(role)) as raw:
        assert raw.execute(
            "SELECT rolsuper, rolbypassrls, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = current_user"
        ).fetchone() == (False, False, False, False)


def test_the_survey_role_reads_and_writes_no_table(committed: World) -> None:
    with psycopg.connect(role_url("survey")) as raw:
        rows = raw.execute(
            "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE n.nspname = 'public' AND c.relkind IN ('r', 'v', 'm') AND"
            " (has_table_privilege(c.oid, 'SELECT') OR has_table_privilege(c.oid, 'INSERT')"
            " OR has_table_privilege(c.oid, 'UPDATE') OR has_table_privilege(c.oid, 'DELETE'))"
        ).fetchall()
    assert rows == []
