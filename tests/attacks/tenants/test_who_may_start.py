"""Web, worker and beat refuse to start with a login that could walk around row-level security."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from psycopg import sql

from portal.embedded.layout import REPOSITORY, Var
from portal.embedded.passwords import secret
from portal.embedded.postgres import SUPERUSER
from portal.tenancy.login import refuse_mighty_logins
from tests.logins import django_on
from tests.plugins.database import role_url
from tests.plugins.database import test_superuser as superuser_here
from tests.world import World

START = {
    "web": [sys.executable, "-c", "import portal.wsgi"],
    "worker": [sys.executable, "-m", "celery", "-A", "portal.celery", "worker", "--pool", "solo"],
    "beat": [sys.executable, "-m", "celery", "-A", "portal.celery", "beat", "--pidfile", "", "-s", os.devnull],
}


def start(process: str, url: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Start one of the processes with a login; it is expected to end by itself."""
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_ASSUME_ROLE"}
    return subprocess.run(
        START[process],
        env={**environment, "DATABASE_URL": url, **more},
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


def url_of(user: str, password: str) -> str:
    scheme, _, rest = role_url("web").partition("://")
    return f"{scheme}://{user}:{password}@{rest.rpartition('@')[2]}"


def own_secret(name: str) -> str:
    return secret(Var(Path(os.environ["VAXTKRAFT_TEST_RUN"].rsplit(":", 2)[0])).secrets, name)


@pytest.fixture
def made_login() -> Iterator[str]:
    """A login that owns nothing and may do nothing, to be given one thing too much."""
    name = f"mighty_{os.environ['VAXTKRAFT_TEST_DATABASE']}"
    with superuser_here() as server:
        server.execute(sql.SQL("CREATE ROLE {} LOGIN PASSWORD 'x'").format(sql.Identifier(name)))
        database = sql.Identifier(os.environ["VAXTKRAFT_TEST_DATABASE"])
        server.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(database, sql.Identifier(name)))
        yield name
        server.execute(sql.SQL("DROP OWNED BY {}").format(sql.Identifier(name)))
        server.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(name)))


@pytest.mark.parametrize("process", ["web", "worker", "beat"])
def test_no_process_starts_as_superuser(process: str) -> None:
    password = own_secret(SUPERUSER)
    ended = start(process, url_of(SUPERUSER, password))
    assert ended.returncode != 0
    assert "is a superuser" in ended.stderr
    assert password not in ended.stderr + ended.stdout


def test_the_answering_connection_is_looked_at_as_well() -> None:
    ended = start("web", role_url("web"), SURVEY_DATABASE_URL=url_of(SUPERUSER, own_secret(SUPERUSER)))
    assert ended.returncode != 0
    assert "is a superuser" in ended.stderr


def test_the_real_roles_may_start_also_before_the_database_answers() -> None:
    assert start("web", role_url("web")).returncode == 0
    silent = start("web", role_url("web").replace(f":{os.environ['VAXTKRAFT_TEST_RUN'].split(':')[1]}/", ":1/"))
    assert silent.returncode == 0
    assert "does not answer yet" in silent.stderr


def look_at(url: str) -> None:
    with django_on(url):
        refuse_mighty_logins()


@pytest.mark.parametrize(
    ("role", "why"),
    [
        ("migrator", "vaxtkraft_migrator can become vaxtkraft_owner, which owns tables"),
        ("backup", "vaxtkraft_backup bypasses row-level security"),
    ],
)
def test_roles_that_are_not_for_serving_are_refused(role: str, why: str, committed: World) -> None:
    with pytest.raises(ImproperlyConfigured, match=why):
        look_at(role_url(role))


@pytest.mark.parametrize("role", ["web", "worker", "survey", "region"])
def test_roles_that_serve_are_let_in(role: str, committed: World) -> None:
    look_at(role_url(role))


@pytest.mark.parametrize(
    ("gift", "why"),
    [
        ("ALTER ROLE {} BYPASSRLS", "bypasses row-level security"),
        ("ALTER ROLE {} CREATEROLE", "may make roles"),
        ("GRANT vaxtkraft_owner TO {} WITH INHERIT FALSE, SET TRUE", "can become vaxtkraft_owner"),
        ("GRANT pg_read_all_data TO {}", "can become pg_read_all_data"),
        ("CREATE SCHEMA theirs AUTHORIZATION {} CREATE TABLE own (id int)", "owns tables"),
    ],
)
def test_a_login_with_one_right_too_many_is_refused(
    gift: str, why: str, made_login: str, committed: World
) -> None:
    look_at(url_of(made_login, "x"))
    with superuser_here() as server:
        server.execute(sql.SQL(gift).format(sql.Identifier(made_login)))
    with pytest.raises(ImproperlyConfigured, match=why):
        look_at(url_of(made_login, "x"))
