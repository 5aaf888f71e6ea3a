"""A PostgreSQL and a Valkey for this run of the tests, and a database for each of its processes.

Loaded with `-p`, before Django reads its settings. The controlling process starts the servers and migrates one
database, which takes as long as collecting the tests and goes on beside it; then each process that runs tests
clones its own. Tests never run as superuser: they log in as `vaxtkraft_tester`, which owns nothing, inherits
nothing, and may only *become* the real roles.
"""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from threading import Thread

import psycopg
import pytest
from psycopg import sql

from portal.embedded.environment import process_environment
from portal.embedded.layout import REPOSITORY, Var
from portal.embedded.passwords import secret
from portal.embedded.postgres import SUPERUSER
from portal.embedded.roles import DATABASE, database_url, prepare_database
from portal.embedded.servers import Servers, redis_url

TESTER = "vaxtkraft_tester"
BASE_URL = "http://testserver"
ROLES_OF_TESTS = ("owner", "migrator", "web", "survey", "worker", "region", "backup")
NAME = os.environ.get("PYTEST_XDIST_WORKER", "main")
_TEMPLATE_LOCK = "SELECT pg_advisory_lock(20251122)"
"""Held while the template is migrated, and by whoever clones it: two clones can't be made at once."""
_MIGRATED = "migrated"


def start() -> None:
    """Start the servers of this run and begin to migrate the template."""
    root = Path(tempfile.mkdtemp(prefix="vk-test-"))
    # PostgreSQL may run as another account than this one.
    root.chmod(0o711)
    servers = Servers(Var(root), durable=os.environ.get("VAXTKRAFT_TEST_DURABLE") == "1")
    atexit.register(shutil.rmtree, root, ignore_errors=True)
    servers.start()
    atexit.register(servers.stop)
    ports = (servers.postgres.port, servers.valkey.port)
    os.environ["VAXTKRAFT_TEST_RUN"] = f"{root}:{ports[0]}:{ports[1]}"
    lock = superuser(Var(root), ports[0], "postgres")
    lock.execute(_TEMPLATE_LOCK)
    migration = subprocess.Popen(
        [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
        cwd=REPOSITORY,
        env=process_environment(Var(root), "migrator", ports=ports, base_url=BASE_URL),
    )
    # Whoever only asks for the list of tests does not wait for it.
    atexit.register(migration.kill)
    Thread(target=_finish, args=(migration, root / _MIGRATED, lock), daemon=True).start()


def _finish(migration: subprocess.Popen[bytes], note: Path, lock: psycopg.Connection[tuple[object, ...]]) -> None:
    if migration.wait() == 0:
        note.touch()
    lock.close()


def pytest_collection_finish(session: pytest.Session) -> None:
    """The tests are known: from here on this process needs its database."""
    if not session.config.option.collectonly:
        make_database(NAME)


def become_one_process(name: str) -> None:
    """Point the settings at this process's database and make it."""
    point_settings_at(name)
    make_database(name)


def make_database(name: str) -> None:
    """Clone the template for this process, as soon as it has been migrated."""
    root, port, _ = os.environ["VAXTKRAFT_TEST_RUN"].rsplit(":", 2)
    var, database = Var(Path(root)), f"{DATABASE}_{name}"
    with superuser(var, int(port), "postgres") as server:
        server.execute(_TEMPLATE_LOCK)
        if not (var.root / _MIGRATED).exists():
            pytest.exit("The tests' database could not be migrated; above stands why.", returncode=3)
        prepare_database(var, int(port), name=database, template=DATABASE)
        _make_tester(server, database, secret(var.secrets, TESTER))


def point_settings_at(name: str) -> None:
    """Let Django's settings name the database, the cache and the keys of this process."""
    root, postgres, valkey = os.environ["VAXTKRAFT_TEST_RUN"].rsplit(":", 2)
    var, ports = Var(Path(root)), (int(postgres), int(valkey))
    database = f"{DATABASE}_{name}"
    password = secret(var.secrets, TESTER)
    environment = process_environment(var, "web", ports=ports, base_url=BASE_URL)
    environment |= {
        "DATABASE_URL": f"postgres://{TESTER}:{password}@127.0.0.1:{ports[0]}/{database}",
        "DATABASE_ASSUME_ROLE": "vaxtkraft_web",
        "SURVEY_DATABASE_URL": database_url(var, ports[0], "survey", name=database),
        "VAXTKRAFT_KEYS_DIR": str(var.keys / name),
        "VAXTKRAFT_DEMO": "0",
        # No test asks anybody outside; those about sources have servers of their own.
        "VAXTKRAFT_SCB_URL": "",
        "VAXTKRAFT_SCB1_URL": "",
        "VAXTKRAFT_KOLADA_URL": "",
        "STATIC_STORAGE": "django.contrib.staticfiles.storage.StaticFilesStorage",
        "EMAIL_BACKEND": "django.core.mail.backends.locmem.EmailBackend",
        "VAXTKRAFT_TEST_DATABASE": database,
        # Each process empties its cache after every test, and must not empty another's.
        "REDIS_URL": redis_url(var, ports[1], number=cache_number(name)),
        # Machine code outlives the run: making it takes as long as many tests do.
        "NUMBA_CACHE_DIR": str(REPOSITORY / ".pytest_cache" / "numba"),
    }
    (var.keys / name).mkdir(parents=True, exist_ok=True)
    os.environ.update(environment)


def cache_number(name: str) -> int:
    """Which of Valkey's sixteen databases a process has: 0 the controlling one, 1 and on those of xdist."""
    return 0 if name == "main" else 1 + int(name.removeprefix("gw")) % 15


def _make_tester(server: psycopg.Connection[tuple[object, ...]], database: str, password: str) -> None:
    name = sql.Identifier(TESTER)
    server.execute(
        sql.SQL(
            "DO $do$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = {literal}) THEN"
            " CREATE ROLE {name} LOGIN NOINHERIT; END IF; END $do$"
        ).format(literal=sql.Literal(TESTER), name=name)
    )
    server.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(name, sql.Literal(password)))
    for role in ROLES_OF_TESTS:
        server.execute(
            sql.SQL("GRANT {} TO {} WITH INHERIT FALSE, SET TRUE").format(
                sql.Identifier(f"vaxtkraft_{role}"), name
            )
        )
    server.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(sql.Identifier(database), name))


def superuser(var: Var, port: int, database: str) -> psycopg.Connection[tuple[object, ...]]:
    """The server's superuser: only for making databases, and for looking everywhere in attacks."""
    return psycopg.connect(
        host="127.0.0.1",
        port=port,
        dbname=database,
        user=SUPERUSER,
        password=secret(var.secrets, SUPERUSER),
        autocommit=True,
    )


def test_superuser() -> psycopg.Connection[tuple[object, ...]]:
    """A superuser's connection to this process's own database, to search what no role may see."""
    root, postgres, _ = os.environ["VAXTKRAFT_TEST_RUN"].rsplit(":", 2)
    return superuser(Var(Path(root)), int(postgres), os.environ["VAXTKRAFT_TEST_DATABASE"])


def role_url(role: str) -> str:
    """The address of this process's database for a real login of a role."""
    root, postgres, _ = os.environ["VAXTKRAFT_TEST_RUN"].rsplit(":", 2)
    return database_url(Var(Path(root)), int(postgres), role, name=os.environ["VAXTKRAFT_TEST_DATABASE"])


if "PYTEST_XDIST_WORKER" not in os.environ:
    start()
point_settings_at(NAME)
