"""Whatever A asks, in SQL or through the models, the answer is the same as if B's rows did not exist.

Queries are made at random and asked of twins: a database with everybody's rows and one with only those that A
may read. Rows, counts and errors alike have to agree, so that nothing is learnt either by counting, by
guessing a value, or by making an expression fail on a row that is not one's own.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from portal.tenancy.scope import PUBLIC_AUDIENCE
from portal.tenancy.walls import grants_of
from tests.attacks.tenants.conftest import Twins
from tests.attacks.tenants.rows import MEMBERS_AUDIENCE, OWN_OF_B, REGION, A, B, number, tenant_models
from tests.plugins.database import superuser

AUDIENCES = ",".join(map(str, (PUBLIC_AUDIENCE, A, MEMBERS_AUDIENCE[A], MEMBERS_AUDIENCE[REGION])))
TENANT = "(tenant_id = (NULLIF(current_setting('app.tenant', true), ''))::uuid)"
LogIn = Callable[[str, str], psycopg.Connection[Any]]
ROLES = ("web", "worker")
PROFILE = settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True
)


def tables_of(role: str) -> list[str]:
    """The tenants' tables that a role may read; those that the worker serves to all are no secret to it."""
    return [
        model._meta.db_table
        for model in tenant_models()
        if "SELECT" in grants_of(model).get(role, set()) and role not in getattr(model, "served_to_all_by", ())
    ]


def literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


@st.composite
def predicates(draw: Callable[..., Any], name: str) -> str:
    """A condition on a row called `name`, some made by somebody who knows what B's rows hold."""
    secret = draw(st.sampled_from(["B own", "B own title", "B own name", str(B), str(number("B own", "x"))]))
    return draw(
        st.sampled_from(
            [
                "true",
                f"{name}.tenant_id = {literal(str(B))}",
                f"{name}.tenant_id <> {literal(str(A))}",
                f"{name}::text LIKE '%' || {literal(secret)} || '%'",
                f"to_jsonb({name})->>'name' > {literal(secret)}",
                f"length({name}::text) % 7 = {draw(st.integers(0, 6))}",
                # Fails on the very row that it is about, if it is ever asked of that row.
                f"1 / (CASE WHEN {name}::text LIKE '%B own%' THEN 0 ELSE 1 END) = 1",
                f"({name}.id::text || CASE WHEN {name}.tenant_id = {literal(str(B))} THEN 'x' ELSE '' END)::uuid"
                f" = {name}.id",
                f"{name}.id NOT IN (SELECT id FROM accounts_tenant)",
            ]
        )
    )


@st.composite
def relations(draw: Callable[..., Any], tables: list[str], depth: int = 2) -> str:
    """Something that rows can be selected from; each has `id` and `tenant_id`."""
    table = draw(st.sampled_from(tables))
    if depth == 0:
        return table
    inner = draw(relations(tables, depth - 1))
    other = draw(st.sampled_from(tables))
    condition = draw(predicates("r"))
    kind = draw(st.sampled_from(["INNER", "LEFT", "RIGHT", "FULL"]))
    return draw(
        st.sampled_from(
            [
                table,
                f"ONLY {table}",
                f"(SELECT * FROM {table} TABLESAMPLE BERNOULLI (100))",
                f"(SELECT r.id, r.tenant_id FROM {inner} AS r WHERE {condition})",
                f"(SELECT r.id, tenant_id FROM {inner} AS r {kind} JOIN {other} AS o USING (tenant_id))",
                f"(SELECT o.id, o.tenant_id FROM {inner} AS r CROSS JOIN {other} AS o)",
                f"(SELECT l.id, l.tenant_id FROM {inner} AS r, LATERAL (SELECT * FROM {other} AS o"
                f" WHERE o.id <> r.id) AS l)",
                f"(SELECT id, tenant_id FROM {inner} AS r UNION ALL SELECT id, tenant_id FROM {other})",
                f"(SELECT id, tenant_id FROM {other} EXCEPT SELECT id, tenant_id FROM {inner} AS r)",
                f"(WITH w AS MATERIALIZED (SELECT * FROM {other}) SELECT id, tenant_id FROM w)",
                f"(WITH RECURSIVE w AS (SELECT id, tenant_id, 1 AS n FROM {other} UNION ALL"
                f" SELECT id, tenant_id, n + 1 FROM w WHERE n < 3) SELECT id, tenant_id FROM w)",
            ]
        )
    )


@st.composite
def statements(draw: Callable[..., Any], tables: list[str]) -> str:
    """One query. Only what differs from run to run (times, places on disk) is left out."""
    relation, condition = draw(relations(tables)), draw(predicates("x"))
    table = draw(st.sampled_from(tables))
    told = draw(
        st.sampled_from(
            [
                "x.*",
                "x::text",
                "to_jsonb(x)",
                "count(*)",
                "count(DISTINCT x.tenant_id), min(x.id::text), max(x.id::text)",
                "string_agg(x::text, ',' ORDER BY x.id)",
                "bool_and(x.tenant_id IS NOT NULL)",
                f"(SELECT count(*) FROM {table})",
                f"EXISTS (SELECT FROM {table} AS y WHERE y.tenant_id <> {literal(str(A))})",
                f"(SELECT string_agg(y::text, ',' ORDER BY id) FROM {table} AS y)",
                "row_number() OVER (ORDER BY x.id), sum(1) OVER ()",
                f"query_to_xml('SELECT * FROM {table} ORDER BY id', true, false, '')::text",
                f"tenant_audiences({literal(str(B))})",
            ]
        )
    )
    query = f"SELECT {told} FROM {relation} AS x WHERE {condition}"
    ending = draw(st.sampled_from(["", "", " LIMIT 1000", " ORDER BY 1", " FOR SHARE"]))
    return f"{query}{ending}"


def answer(connection: psycopg.Connection[Any], query: str) -> Any:
    """What A is told: the rows in any order, or the kind of the error."""
    connection.execute("BEGIN")
    try:
        connection.execute(
            "SELECT set_config('app.tenant', %s, true), set_config('app.audiences', %s, true)", [str(A), AUDIENCES]
        )
        return sorted(map(repr, connection.execute(query).fetchall()))
    except psycopg.Error as error:
        return error.sqlstate
    finally:
        connection.execute("ROLLBACK")


@pytest.mark.parametrize("role", ROLES)
def test_no_query_of_a_can_tell_whether_b_has_rows(role: str, twins: Twins, logged_in: LogIn) -> None:
    whole, thin = logged_in(twins.whole, role), logged_in(twins.thin, role)

    @PROFILE
    @given(statements(tables_of(role)))
    def ask(query: str) -> None:
        told = answer(whole, query)
        assert told == answer(thin, query)
        assert OWN_OF_B.label not in str(told)

    ask()


def test_the_random_queries_would_find_a_hole(twins: Twins, logged_in: LogIn) -> None:
    whole, thin = logged_in(twins.whole, "web"), logged_in(twins.thin, "web")
    with superuser(twins.var, twins.port, twins.whole) as connection:
        connection.execute("ALTER POLICY tenant_reads ON accounts_department USING (true)")

        @settings(PROFILE, phases=[Phase.generate])
        @given(statements(tables_of("web")))
        def ask(query: str) -> None:
            assert answer(whole, query) == answer(thin, query)

        try:
            with pytest.raises(AssertionError):
                ask()
        finally:
            connection.execute(f"ALTER POLICY tenant_reads ON accounts_department USING {TENANT}")
