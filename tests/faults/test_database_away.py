"""While PostgreSQL does not answer, pages say 503 and when to come back; afterwards they are there at once."""

from __future__ import annotations

import os
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.models import Tenant
from accounts.views.front import StartView
from portal.embedded import programs
from portal.embedded.environment import process_environment
from portal.embedded.layout import Var
from portal.embedded.ports import free_port
from portal.embedded.processes import wait_until
from portal.embedded.supervisor import serves
from tests.conftest import client_of
from tests.faults.gate import Gate, gate_before
from tests.logins import django_on
from tests.plugins.database import role_url
from tests.world import World

POSTGRES = int(os.environ["VAXTKRAFT_TEST_RUN"].rsplit(":", 2)[1])


def through(gate: Gate, role: str) -> str:
    return role_url(role).replace(f":{POSTGRES}/", f":{gate.port}/")


@pytest.fixture
def gate() -> Iterator[Gate]:
    with gate_before(POSTGRES) as made:
        yield made


def quiet(world: World, who: str | None) -> Client:
    client = client_of(world, who)
    client.raise_request_exception = False
    return client


def check_says_come_back(response: Any) -> None:
    assert response.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert int(response.headers["Retry-After"]) > 0
    text = response.content.decode()
    assert "Vi är snart tillbaka" in text
    for word in ("Traceback", "psycopg", "OperationalError", "127.0.0.1"):
        assert word not in text


@pytest.mark.parametrize(
    ("name", "who", "arguments"),
    [("front", None, []), ("front", "alma", []), ("account_login", "alma", []), ("start", "alma", ["alvik"])],
)
def test_a_page_asked_for_while_the_database_is_away(
    name: str, who: str | None, arguments: list[str], gate: Gate, committed: World
) -> None:
    client = quiet(committed, who)
    with django_on(through(gate, "web")):
        gate.set("closed")
        check_says_come_back(client.get(reverse(name, args=arguments)))
        gate.set("open")
        assert client.get(reverse("front")).status_code == HTTPStatus.OK


def test_a_database_lost_in_the_middle_of_a_page(
    gate: Gate, committed: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def loses_it(view: StartView, *_: Any, **__: Any) -> None:
        gate.set("closed")
        Tenant.objects.count()

    client = quiet(committed, "alma")
    monkeypatch.setattr(StartView, "get", loses_it)
    with django_on(through(gate, "web")):
        check_says_come_back(client.get(reverse("start", args=["alvik"])))


def test_a_query_that_takes_too_long_is_no_error_of_the_page(
    committed: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dawdles(view: StartView, *_: Any, **__: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 50")
            cursor.execute("SELECT pg_sleep(5)")

    monkeypatch.setattr(StartView, "get", dawdles)
    check_says_come_back(quiet(committed, "alma").get(reverse("start", args=["alvik"])))


def test_health_tells_the_watcher(gate: Gate, committed: World) -> None:
    with django_on(through(gate, "web")):
        gate.set("closed")
        response = Client().get(reverse("health"))
    assert (response.status_code, response.headers["Retry-After"]) == (503, "5")


@pytest.fixture
def web(gate: Gate, tmp_path: Path) -> Iterator[str]:
    """The real web process, its pool behind the gate."""
    root, postgres, valkey = os.environ["VAXTKRAFT_TEST_RUN"].rsplit(":", 2)
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    environment = process_environment(Var(Path(root)), "web", ports=(int(postgres), int(valkey)), base_url=address)
    environment |= {
        "DATABASE_URL": through(gate, "web"),
        "SURVEY_DATABASE_URL": through(gate, "survey"),
        "STATIC_STORAGE": "django.contrib.staticfiles.storage.StaticFilesStorage",
    }
    own = Var(tmp_path)
    own.create()
    program = programs.web(own, environment, port)
    program.start()
    try:
        assert wait_until(lambda: serves(port) or not program.is_alive(), 30), program.last_words()
        yield address
    finally:
        program.stop()


def status(address: str) -> tuple[int, float]:
    """What the page answers, and after how many seconds."""
    began = time.monotonic()
    try:
        with urllib.request.urlopen(address, timeout=30) as response:
            code = response.status
    except urllib.error.HTTPError as error:
        code = error.code
    return code, time.monotonic() - began


def test_the_web_process_outlives_its_database(web: str, gate: Gate, committed: World) -> None:
    """Its pool holds dead connections then: none may reach a page after the database is back."""
    assert status(f"{web}/")[0] == HTTPStatus.OK
    gate.cut_off()
    assert status(f"{web}/")[0] == HTTPStatus.OK, "a connection cut off while idle reached a page"
    gate.set("closed")
    code, seconds = status(f"{web}/")
    assert code == HTTPStatus.SERVICE_UNAVAILABLE
    assert seconds < 7
    gate.set("open")
    assert wait_until(lambda: status(f"{web}/")[0] == HTTPStatus.OK, 5)
