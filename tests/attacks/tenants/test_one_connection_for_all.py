"""A pool of one connection serves Alvik, Björkvik and nobody in turn, and mixes nothing up."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.core.signals import request_finished
from django.db import connections, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import Department
from portal.tenancy.scope import TenantScopeError, scope
from tests.conftest import client_of
from tests.logins import django_on
from tests.plugins.database import role_url
from tests.world import World

POOL_OF_ONE = {"min_size": 1, "max_size": 1, "timeout": 5}


@pytest.fixture
def world(committed: World) -> World:
    with transaction.atomic(), scope(committed.bjorkvik.pk):
        Department.objects.create(name="Björkviks hamn", sort_key="hamn")
    return committed


@pytest.fixture
def pool(world: World) -> Iterator[Any]:
    with django_on(role_url("web"), pool=POOL_OF_ONE) as pooled:
        yield pooled
        connections["default"].close()


def backend() -> int:
    """Which server process answers; the connection then goes back to its pool."""
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pid: int = cursor.fetchone()[0]
    connections["default"].close()
    return pid


def departments(client: Client, slug: str) -> tuple[int, str]:
    response = client.get(reverse("department-list", args=[slug]))
    told = response.status_code, response.content.decode()
    request_finished.send(sender=type(client))
    connections["default"].close()
    return told


def test_pages_in_turn_show_each_their_own(world: World, pool: Any) -> None:
    alma, bo, nobody = client_of(world, "alma"), client_of(world, "bo"), Client()
    first = backend()
    for _ in range(3):
        status, text = departments(alma, "alvik")
        assert status == 200 and "Fritid" in text and "hamn" not in text
        status, text = departments(bo, "bjorkvik")
        assert status == 200 and "hamn" in text and "Fritid" not in text
        for client, slug in ((nobody, "alvik"), (bo, "alvik"), (alma, "bjorkvik")):
            status, text = departments(client, slug)
            assert status in (302, 404) and "hamn" not in text and "Fritid" not in text
    assert backend() == first


def test_the_next_in_line_finds_no_setting_and_no_row(world: World, pool: Any) -> None:
    with transaction.atomic(), scope(world.alvik.pk):
        assert Department.objects.count() == 2
    connections["default"].close()
    with transaction.atomic():
        assert Department._base_manager.count() == 0
        with pytest.raises(TenantScopeError):
            Department.objects.count()
    connections["default"].close()
    assert Department._base_manager.count() == 0


def test_a_query_prepared_in_one_scope_and_run_in_the_next_reads_the_next(world: World) -> None:
    """PostgreSQL may keep the plan; it must not keep the tenant."""
    with psycopg.connect(role_url("web"), autocommit=True) as raw:
        raw.execute("SET plan_cache_mode = force_generic_plan")
        for tenant, expected in ((world.alvik, 2), (world.bjorkvik, 1), (None, 0), (world.alvik, 2)):
            with raw.transaction():
                raw.execute("SELECT set_config('app.tenant', %s, true)", [str(tenant.pk) if tenant else ""])
                found = raw.execute("SELECT count(*) FROM accounts_department", prepare=True).fetchone()
            assert found == (expected,)
