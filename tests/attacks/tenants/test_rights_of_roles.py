"""What each role of the database may do, read from PostgreSQL's own lists, to the last right."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from portal.tenancy.walls import OWNER, ROLE_PREFIX, grants_of, walled_models
from tests.plugins.database import TESTER, role_url
from tests.plugins.database import test_superuser as superuser_here
from tests.world import World

SERVING = ("web", "survey", "worker", "region")
ALL = {"SELECT", "INSERT", "UPDATE", "DELETE"}
BESIDE_MODELS = {"portal_cache": {"web": ALL, "worker": ALL}}
"""Tables without a model; `django_migrations` is the owner's alone."""

MAINTAINED = {
    "surveys_intakerow", "surveys_intakereceipt", "surveys_response", "surveys_freetext", "surveys_readtext",
    "surveys_channeltally", "surveys_classcode", "surveys_personalcode", "surveys_invitation",
    "surveys_thankyouentry", "surveys_thankyouwinner",
}  # fmt: skip
"""What the worker may VACUUM, so that a row that was shuffled away also leaves the disk."""

FUNCTIONS = {
    "audit_append": {"web", "worker"},
    "audit_content": {"web", "worker"},
    "audit_first_broken": {"web", "worker"},
    "class_codes_revoke": {"web"},
    "code_opens": {"survey"},
    # Of a trigger on what the role itself writes; they compare their arguments and read nothing.
    "datasets_rule_holds": {"web", "worker"},
    "datasets_sensitivity_rank": {"web", "worker"},
    "intake_submit": {"survey"},
    "intake_submit_code": {"survey"},
    "intake_submit_token": {"survey"},
    "joint_round_count": {"web"},
    "proposal_submit": {"survey"},
    "round_codes_forget": {"web", "worker"},
    "round_count": {"web", "worker"},
    "round_open": {"survey"},
    "round_support_lines": {"survey"},
    "round_ways_in": {"survey"},
    "tenant_audiences": {"web", "worker", "region"},
    "thank_you_enter": {"survey"},
    "token_grant": {"survey"},
}
"""Who may execute which of our functions; those of triggers, and helpers of other functions, nobody."""

SEALED = ("surveys_intakerow", "surveys_intakereceipt", "surveys_response", "surveys_freetext")


@pytest.fixture(scope="module")
def server() -> Iterator[psycopg.Connection[Any]]:
    with superuser_here() as connection:
        yield connection


def test_rights_on_tables_are_exactly_the_declared_ones(server: psycopg.Connection[Any]) -> None:
    expected = {
        (model._meta.db_table, ROLE_PREFIX + role, right)
        for model in walled_models()
        for role, rights in grants_of(model).items()
        for right in rights
    }
    expected |= {
        (table, ROLE_PREFIX + role, right)
        for table, given in BESIDE_MODELS.items()
        for role, rights in given.items()
        for right in rights
    }
    expected |= {(table, "vaxtkraft_worker", "MAINTAIN") for table in MAINTAINED}
    found = server.execute(
        "SELECT c.relname, coalesce(r.rolname, 'PUBLIC'), a.privilege_type"
        " FROM pg_class c CROSS JOIN LATERAL aclexplode(c.relacl) a LEFT JOIN pg_roles r ON r.oid = a.grantee"
        " WHERE c.relnamespace = 'public'::regnamespace AND a.grantee <> c.relowner"
    ).fetchall()
    assert set(found) == expected


def test_no_right_is_given_on_a_single_column_or_to_be_passed_on(server: psycopg.Connection[Any]) -> None:
    columns = server.execute(
        "SELECT attrelid::regclass, attname FROM pg_attribute WHERE attacl IS NOT NULL"
    ).fetchall()
    assert [(table, column) for table, column in columns if not table.startswith("pg_")] == []
    passed_on = server.execute(
        "SELECT c.relname FROM pg_class c CROSS JOIN LATERAL aclexplode(c.relacl) a"
        " WHERE c.relnamespace = 'public'::regnamespace AND a.is_grantable AND a.grantee <> c.relowner"
    ).fetchall()
    assert passed_on == []


def may(server: psycopg.Connection[Any], role: str, table: str, right: str) -> bool:
    found = server.execute("SELECT has_table_privilege(%s, %s, %s)", [ROLE_PREFIX + role, table, right]).fetchone()
    return found == (True,)


@pytest.mark.parametrize("table", SEALED)
def test_answers_are_the_workers_alone(table: str, server: psycopg.Connection[Any]) -> None:
    able = {role for role in (*SERVING, "migrator") for right in ALL if may(server, role, table, right)}
    assert able == {"worker"}


@pytest.mark.parametrize("table", ["mfa_authenticator", "django_session", "account_emailaddress"])
def test_secrets_of_sign_in_are_the_pages_alone(table: str, server: psycopg.Connection[Any]) -> None:
    assert {role for role in SERVING for right in ALL if may(server, role, table, right)} == {"web"}


def test_the_answering_role_can_reach_no_table(server: psycopg.Connection[Any]) -> None:
    found = server.execute(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
        " AND relkind IN ('r', 'v', 'm', 'S') AND has_table_privilege('vaxtkraft_survey', oid,"
        " 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER, MAINTAIN')"
    ).fetchall()
    assert found == []


def test_functions_are_executed_by_those_named_here_and_nobody_else(server: psycopg.Connection[Any]) -> None:
    names = [
        name
        for (name,) in server.execute(
            "SELECT DISTINCT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
        ).fetchall()
    ]
    assert set(FUNCTIONS) <= set(names)
    for name in names:
        able = {
            role.removeprefix(ROLE_PREFIX)
            for (role,) in server.execute(
                "SELECT r.rolname FROM pg_roles r, pg_proc p WHERE p.proname = %s"
                " AND p.pronamespace = 'public'::regnamespace AND r.rolname LIKE 'vaxtkraft%%'"
                " AND r.rolname NOT IN (%s, %s) AND has_function_privilege(r.oid, p.oid, 'EXECUTE')",
                [name, OWNER, TESTER],
            ).fetchall()
        }
        assert able == FUNCTIONS.get(name, set()), name


def test_functions_that_act_as_their_owner_are_closed_to_tricks(server: psycopg.Connection[Any]) -> None:
    """An own search path, so that nobody can put a table of theirs in the way; nothing built out of text."""
    definers = server.execute(
        "SELECT proname, proowner::regrole::text, proconfig, prosrc FROM pg_proc"
        " WHERE pronamespace = 'public'::regnamespace AND prosecdef"
    ).fetchall()
    assert {name for name, *_ in definers} >= {"audit_append", "intake_submit", "round_open", "round_count"}
    for name, owner, settings, source in definers:
        assert owner == OWNER, name
        assert "search_path=pg_catalog, public" in (settings or []), name
        assert "EXECUTE " not in source.upper(), name


def test_every_table_and_function_is_the_owners(server: psycopg.Connection[Any]) -> None:
    found = server.execute(
        "SELECT relname, relowner::regrole::text FROM pg_class WHERE relnamespace = 'public'::regnamespace"
        " AND relowner <> 'vaxtkraft_owner'::regrole UNION ALL"
        " SELECT proname, proowner::regrole::text FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
        " AND proowner <> 'vaxtkraft_owner'::regrole"
    ).fetchall()
    assert found == []


def test_views_ask_with_the_rights_of_who_asks(server: psycopg.Connection[Any]) -> None:
    careless = server.execute(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('v', 'm')"
        " AND NOT coalesce('security_invoker=true' = ANY (reloptions), false)"
    ).fetchall()
    assert careless == []


def test_roles_are_members_of_nothing_but_what_their_work_needs(server: psycopg.Connection[Any]) -> None:
    memberships = server.execute(
        "SELECT member::regrole::text, roleid::regrole::text, inherit_option, set_option, admin_option"
        " FROM pg_auth_members WHERE member::regrole::text LIKE 'vaxtkraft%%' AND member <> %s::regrole",
        [TESTER],
    ).fetchall()
    assert set(memberships) == {
        ("vaxtkraft_migrator", "vaxtkraft_owner", False, True, False),
        ("vaxtkraft_backup", "pg_read_all_data", True, False, False),
    }


CREATIONS = (
    "CREATE TABLE mine (id int)",
    "CREATE TEMP TABLE mine (id int)",
    "CREATE SCHEMA mine",
    "CREATE VIEW mine AS SELECT 1",
    "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "CREATE FUNCTION pg_temp.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "CREATE TRIGGER mine BEFORE UPDATE ON accounts_tenant EXECUTE FUNCTION suppress_redundant_updates_trigger()",
    "CREATE POLICY mine ON accounts_department USING (true)",
    "CREATE EXTENSION dblink",
    "CREATE ROLE mine",
    "CREATE DATABASE mine",
)
CHANGES = (
    "ALTER TABLE accounts_department DISABLE ROW LEVEL SECURITY",
    "ALTER TABLE accounts_department NO FORCE ROW LEVEL SECURITY",
    "ALTER POLICY tenant_reads ON accounts_department USING (true)",
    "DROP POLICY tenant_reads ON accounts_department",
    "ALTER FUNCTION tenant_audiences(uuid) SECURITY DEFINER",
    "TRUNCATE accounts_department",
    "SET ROLE vaxtkraft_owner",
    "SET ROLE vaxtkraft_worker",
    "SET ROLE vaxtkraft_backup",
    "SET SESSION AUTHORIZATION vaxtkraft_owner",
    "SET session_replication_role = replica",
    "SET log_min_error_statement = error",
    "COPY accounts_department TO PROGRAM 'cat'",
    "COPY accounts_department TO '/tmp/copied'",
    "COPY accounts_department FROM '/etc/passwd'",
    "SELECT pg_read_file('/etc/passwd')",
    "SELECT lo_import('/etc/passwd')",
    "SELECT * FROM pg_authid",
    "SELECT * FROM pg_statistic",
    "ALTER ROLE CURRENT_USER BYPASSRLS",
    "ALTER SYSTEM SET log_statement = 'all'",
)


@pytest.mark.parametrize("role", SERVING)
def test_no_serving_role_makes_or_changes_what_is_not_a_row(role: str) -> None:
    allowed = []
    with psycopg.connect(role_url(role), autocommit=True) as raw:
        for statement in CREATIONS + CHANGES:
            try:
                raw.execute(statement)
            except psycopg.errors.InsufficientPrivilege:
                continue
            allowed.append(statement)
    assert allowed == [f"SET ROLE vaxtkraft_{role}"] * (role == "worker")


def test_security_can_be_asked_to_fail_but_not_to_look_away(committed: World) -> None:
    with psycopg.connect(role_url("web")) as raw:
        raw.execute("SET row_security = off")
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level security"):
            raw.execute("SELECT * FROM accounts_department")


def test_what_the_planner_knows_of_a_tenants_table_is_not_shown(committed: World) -> None:
    """After ANALYZE the most common values of every column lie in pg_stats."""
    with superuser_here() as server:
        server.execute("ANALYZE accounts_membership, accounts_department")
    with psycopg.connect(role_url("web")) as raw:
        found = raw.execute(
            "SELECT attname FROM pg_stats WHERE tablename IN ('accounts_membership', 'accounts_department')"
        ).fetchall()
    assert found == []


def test_an_event_is_written_only_in_the_log_of_the_tenant_at_work(committed: World) -> None:
    append = "SELECT audit_append(%s, NULL, 'membership.changed', '', NULL, '{}')"
    with psycopg.connect(role_url("web"), autocommit=True) as raw:
        for setting in ("", str(committed.alvik.pk)):
            with pytest.raises(psycopg.errors.InsufficientPrivilege), raw.transaction():
                raw.execute("SELECT set_config('app.tenant', %s, true)", [setting])
                raw.execute(append, [committed.bjorkvik.pk])


def test_nobody_without_a_name_may_connect() -> None:
    with superuser_here() as server:
        found = server.execute(
            "SELECT coalesce(r.rolname, 'PUBLIC'), a.privilege_type FROM pg_database d"
            " CROSS JOIN LATERAL aclexplode(d.datacl) a LEFT JOIN pg_roles r ON r.oid = a.grantee"
            " WHERE d.datname = %s AND a.grantee <> d.datdba",
            [os.environ["VAXTKRAFT_TEST_DATABASE"]],
        ).fetchall()
    named = {ROLE_PREFIX + role for role in (*SERVING, "migrator", "backup")} | {TESTER}
    assert set(found) == {(role, "CONNECT") for role in named}
