"""What every test may ask for.

`world`       region, two municipalities and named people (tests/world.py), in this test's own transaction
`committed`   the same world, committed: for tests across connections; every table is emptied afterwards
`standing`    the same, committed for a module whose tests only look, or ask for `db` and so leave it as it was
`visit(name, who="alma", data=None, **kwargs)`   a response of the page called `name`, as that person
`as_role("worker")`   a context manager: what is inside runs with that database role
`run_jobs()`  do every waiting job now, as the role `worker`; gives the names of those done

Tests run as the role `web`. A test in the ordinary transaction sees several roles by `SET ROLE`; one that
needs real logins, or the answering pages, uses `committed`.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from copy import deepcopy
from http.cookies import SimpleCookie
from typing import Any

import pytest
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY, record_authentication
from django.contrib.auth.signals import user_logged_in
from django.core.cache import cache
from django.db import connection, connections
from django.http import HttpRequest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, settings
from psycopg import sql

import portal.celery  # noqa: F401  makes the composition's Celery app the current one
import tests.plugins.clients  # noqa: F401  one chain of middleware for all of Django's clients
from tests.plugins.database import test_superuser as superuser_here
from tests.world import World, make_world

# How long an example takes tells of the machine, which does other work beside, and not of the code.
settings.register_profile("suite", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("suite")


def pytest_collection_finish() -> None:
    """What is loaded now stays: looking it through for garbage again and again costs a tenth of all the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(scope="session")
def django_db_setup() -> None:
    """The database was made and migrated by tests/plugins/database.py."""


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@contextmanager
def working_as(role: str) -> Iterator[None]:
    """Run with the rights of one database role, on the same connection and in the same transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        former = cursor.fetchone()[0]
        cursor.execute(f"SET ROLE vaxtkraft_{role}")
    try:
        yield
    finally:
        if not connection.needs_rollback:
            with connection.cursor() as cursor:
                cursor.execute(f"SET ROLE {former}")


@pytest.fixture
def as_role() -> Callable[[str], AbstractContextManager[None]]:
    return working_as


@pytest.fixture
def run_jobs() -> Callable[[], list[str]]:
    return do_waiting_jobs


def do_waiting_jobs() -> list[str]:
    """Do waiting jobs in this process, as the worker would, until none waits; gives the names of those done."""
    from celery import current_app

    from portal.jobs.models import Job

    current_app.loader.import_default_modules()
    done = []
    with working_as("worker"):
        while job := Job._base_manager.filter(state="waiting").order_by("asked_at").first():
            outcome = current_app.tasks[job.task](job_id=str(job.pk), tenant_id=str(job.tenant_id))
            done.append(f"{job.task}: {outcome}" if outcome != "done" else job.task)
    return done


@pytest.fixture
def visit(request: pytest.FixtureRequest) -> Callable[..., Any]:
    """Open a page as a person of the world, who signs in once a test: signing in takes as long as a page does."""
    signed_in: dict[str, SimpleCookie] = {}

    def open_page(
        name: str, who: str | None = "alma", *, data: dict[str, Any] | None = None, method: str = "", **kwargs: Any
    ) -> Any:
        fixture = "committed" if "committed" in request.fixturenames else "world"
        found: World = request.getfixturevalue(fixture)
        if who is not None and who not in signed_in:
            signed_in[who] = client_of(found, who).cookies
        client = Client()
        client.cookies = deepcopy(signed_in[who]) if who else client.cookies
        query = kwargs.pop("query", "")
        address = name if name.startswith("/") else reverse(name, kwargs=kwargs)
        if data is not None or method == "post":
            return client.post(address + query, data or {})
        return client.get(address + query)

    return open_page


def client_of(world: World, who: str | None, *, seconds_ago: float = 0) -> Client:
    """A browser in which that person signed in, with everything they have; None for somebody who did not."""
    client = Client()

    def keep_when(request: HttpRequest, user: Any, **_more: Any) -> None:
        record_authentication(request, user, "mfa")
        request.session[AUTHENTICATION_METHODS_SESSION_KEY][-1]["at"] -= seconds_ago

    if who is not None:
        user_logged_in.connect(keep_when)
        try:
            client.force_login(world.people[who], backend="allauth.account.auth_backends.AuthenticationBackend")
        finally:
            user_logged_in.disconnect(keep_when)
    return client


@pytest.fixture
def committed(django_db_blocker: Any) -> Iterator[World]:
    """A world that other connections see too."""
    with committed_world(django_db_blocker) as made:
        yield made


@pytest.fixture(scope="module")
def standing(django_db_blocker: Any) -> Iterator[World]:
    """A world that outlives the tests of a module: making it again for each takes longer than they do."""
    with committed_world(django_db_blocker) as made:
        yield made


@contextmanager
def committed_world(blocker: Any) -> Iterator[World]:
    """Build the world for good, and empty the database in the end."""
    with blocker.unblock():
        try:
            yield make_world()
        finally:
            empty_all_tables()
            for alias in connections:
                connections[alias].close()


RELEASES = ("datasets_release", "datasets_releasetable", "datasets_releasereport")
"""What the database lets nobody empty, its owner's slip included; between tests it must."""
KEPT_TABLES = {"django_migrations", "django_content_type", "auth_permission"}
_FILLED = """
SELECT c.relname, EXISTS (SELECT FROM pg_constraint WHERE contype = 'f' AND confrelid = c.oid)
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'public' AND c.relkind = 'r' AND pg_relation_size(c.oid) > 0
"""


def empty_all_tables(*, in_order: bool = False) -> None:
    """Empty every table for the next test, whoever owns or guards it.

    Emptying two hundred tables takes as long as several tests do, so that only those are touched which hold
    something. What nothing points at gets new files, so that its rows lie in the order in which they come;
    with `in_order` all tables do.
    """
    if connection.needs_rollback or connection.in_atomic_block:
        connection.close()
    with superuser_here() as server, server.transaction():
        # Neither triggers nor foreign keys are asked.
        server.execute("SET LOCAL session_replication_role = replica")
        filled = [(table, held) for table, held in server.execute(_FILLED) if table not in KEPT_TABLES]
        if free := [table for table, is_pointed_at in filled if in_order or not is_pointed_at]:
            server.execute(sql.SQL("TRUNCATE {} CASCADE").format(sql.SQL(", ").join(map(sql.Identifier, free))))
        for table in (table for table, is_pointed_at in filled if is_pointed_at and not in_order):
            server.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))


@pytest.fixture(autouse=True)
def fresh_cache() -> Iterator[None]:
    """Throttling counts from nothing in every test."""
    yield
    cache.clear()
