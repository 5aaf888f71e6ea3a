"""However a request, a job or a scope ends, it leaves no tenant behind: not in Python, not in PostgreSQL."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from unittest import mock
from uuid import UUID

import pytest
from django.db import Error, OperationalError, connection, transaction
from django.http import StreamingHttpResponse
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg.pq import TransactionStatus

from accounts.models import Department
from accounts.views.front import StartView
from accounts.views.people import DepartmentListView
from portal.jobs.outbox import enqueue
from portal.jobs.running import JobContext, perform_job
from portal.tenancy import scope as scoping
from portal.tenancy.scope import TenantScopeError, public_scope, scope
from tests.conftest import client_of, working_as
from tests.plugins.database import test_superuser as superuser_here
from tests.world import World


class Boom(Exception):
    pass


def told_by_postgres(query: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchone()[0]


def told_to_postgres() -> tuple[str, ...]:
    """Tenant, audiences and person of the transaction at hand."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(current_setting(name, true), '')"
            " FROM unnest(ARRAY['app.tenant', 'app.audiences', 'app.user']) AS name"
        )
        return tuple(value for (value,) in cursor.fetchall())


def nothing_is_left() -> bool:
    return scoping._current.get() is None and told_to_postgres() == ("", "", "")


@dataclass(frozen=True)
class Part:
    """A piece of nested work: what it opens, what is inside, how it ends, whether its errors are caught."""

    opens: str
    inside: tuple[Part, ...]
    ends: str
    is_catching: bool


parts = st.recursive(
    st.just(()),
    lambda inner: st.lists(
        st.builds(
            Part,
            opens=st.sampled_from(["alvik", "bjorkvik", "public", "savepoint", "block"]),
            inside=inner,
            ends=st.sampled_from(["well", "well", "boom", "database error"]),
            is_catching=st.booleans(),
        ),
        max_size=3,
    ).map(tuple),
    max_leaves=8,
)


class Work:
    """Does the pieces, looking after each step whether Python and PostgreSQL mean the same tenant."""

    def __init__(self, world: World) -> None:
        self.world = world

    def look(self) -> None:
        raw = connection.connection
        if connection.needs_rollback or raw.info.transaction_status == TransactionStatus.INERROR:
            return
        found = scoping._current.get()
        tenant = str(found.tenant_id or "") if found else ""
        audiences = ",".join(map(str, found.audiences)) if found else ""
        assert told_to_postgres()[:2] == (tenant, audiences)

    def opened(self, name: str) -> Any:
        if name == "savepoint":
            return transaction.atomic()
        if name == "block":
            return transaction.atomic(savepoint=False)
        return public_scope() if name == "public" else scope(getattr(self.world, name).pk)

    def do(self, inside: tuple[Part, ...]) -> None:
        for part in inside:
            try:
                with self.opened(part.opens):
                    self.look()
                    self.do(part.inside)
                    self.look()
                    if part.ends == "boom":
                        raise Boom
                    if part.ends == "database error":
                        connection.cursor().execute("SELECT 1 / 0")
            except (Boom, Error):
                if not part.is_catching:
                    raise
            self.look()


def test_however_scopes_nest_and_fail_python_and_postgresql_agree(committed: World) -> None:
    @settings(max_examples=200, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(parts)
    def nest(inside: tuple[Part, ...]) -> None:
        try:
            with transaction.atomic():
                Work(committed).do(inside)
        except (Boom, Error, transaction.TransactionManagementError):
            pass
        assert nothing_is_left()

    nest()


def test_a_connection_cut_off_while_a_scope_opens_leaves_no_tenant(committed: World) -> None:
    with (
        superuser_here() as server,
        pytest.raises(OperationalError),
        transaction.atomic(),
    ):
        server.execute("SELECT pg_terminate_backend(%s, 5000)", [told_by_postgres("SELECT pg_backend_pid()")])
        with scope(committed.alvik.pk):
            pytest.fail("the scope opened")
    connection.close()
    assert nothing_is_left()


def test_a_connection_cut_off_inside_a_scope_leaves_no_tenant(committed: World) -> None:
    with (
        superuser_here() as server,
        pytest.raises(OperationalError),
        transaction.atomic(),
        scope(committed.alvik.pk),
    ):
        server.execute("SELECT pg_terminate_backend(%s, 5000)", [connection.connection.info.backend_pid])
        Department.objects.count()
    connection.close()
    assert nothing_is_left()


def quiet_client(world: World, who: str) -> Client:
    client = client_of(world, who)
    client.raise_request_exception = False
    return client


def raises(*_: Any, **__: Any) -> None:
    Department.objects.create(name="Half done", sort_key="half done")
    raise RuntimeError


def breaks_a_constraint(*_: Any, **__: Any) -> None:
    Department.objects.create(name="Half done", sort_key="half done")
    Department.objects.create(name="Half done", sort_key="half done")


@pytest.mark.parametrize("failure", [raises, breaks_a_constraint])
def test_a_request_that_fails_leaves_neither_scope_nor_row(failure: Callable[..., None], committed: World) -> None:
    with mock.patch.object(StartView, "get", failure):
        assert quiet_client(committed, "alma").get(reverse("start", args=["alvik"])).status_code == 500
    assert nothing_is_left()
    with transaction.atomic(), scope(committed.alvik.pk):
        assert not Department.objects.filter(name="Half done").exists()


@pytest.mark.parametrize("failure", [raises, breaks_a_constraint])
def test_a_job_that_fails_leaves_neither_scope_nor_row(failure: Callable[..., None], committed: World) -> None:
    with transaction.atomic(), scope(committed.alvik.pk):
        job = enqueue("tests.fails", by=committed.alma)

    def fail(context: JobContext) -> None:
        with context.transaction():
            failure()

    with working_as("worker"):
        assert perform_job(fail, job_id=str(job.pk), tenant_id=str(job.tenant_id)) == "put back"
        assert nothing_is_left()


def test_a_job_cannot_be_sent_to_another_tenants_scope(committed: World) -> None:
    """A forged message names a job of Alvik and the tenant Björkvik: nothing is done in either."""
    with transaction.atomic(), scope(committed.alvik.pk):
        job = enqueue("tests.reads", by=committed.alma)
    seen: list[UUID] = []

    def read(context: JobContext) -> None:
        with context.transaction():
            seen.extend(Department.objects.values_list("pk", flat=True))

    with working_as("worker"):
        try:
            perform_job(read, job_id=str(job.pk), tenant_id=str(committed.bjorkvik.pk))
        except Exception as error:
            assert "Alvik" not in str(error)
    assert seen == []
    assert nothing_is_left()


def test_a_thread_started_in_a_scope_is_in_none(committed: World) -> None:
    said: list[BaseException] = []

    def look() -> None:
        try:
            Department.objects.count()
        except TenantScopeError as error:
            said.append(error)
        finally:
            connection.close()

    with transaction.atomic(), scope(committed.alvik.pk):
        thread = threading.Thread(target=look)
        thread.start()
        thread.join()
    assert len(said) == 1


def test_a_stream_that_reads_after_its_scope_has_closed_gets_nothing(committed: World) -> None:
    def lines() -> Iterator[str]:
        yield from (department.name for department in Department.objects.all())

    def stream(view: Any, *_: Any, **__: Any) -> StreamingHttpResponse:
        return StreamingHttpResponse(lines())

    with mock.patch.object(DepartmentListView, "get", stream):
        response = client_of(committed, "alma").get(reverse("department-list", args=["alvik"]))
        with pytest.raises(TenantScopeError):
            b"".join(response.streaming_content)
