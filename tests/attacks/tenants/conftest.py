"""Two databases, alike but for what A must not see: whatever A asks, both have to give the same answer."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest

from portal.embedded.layout import Var
from portal.embedded.roles import DATABASE, database_url, drop_database, prepare_database
from tests.attacks.tenants.rows import plant, plant_tenants, readable_by_a, rows_for, tenant_models
from tests.plugins.database import superuser


@dataclass(frozen=True)
class Twins:
    """`whole` holds rows of everybody, `thin` only those that A may read."""

    var: Var
    port: int
    whole: str
    thin: str

    def url(self, database: str, role: str) -> str:
        return database_url(self.var, self.port, role, name=database)


@pytest.fixture(scope="session")
def twins() -> Iterator[Twins]:
    root, port, _ = os.environ["VAXTKRAFT_TEST_RUN"].rsplit(":", 2)
    own = os.environ["VAXTKRAFT_TEST_DATABASE"]
    made = Twins(Var(Path(root)), int(port), f"{own}_whole", f"{own}_thin")
    for database in (made.whole, made.thin):
        prepare_database(made.var, made.port, name=database, template=DATABASE)
        with superuser(made.var, made.port, database) as connection:
            connection.autocommit = False
            plant_tenants(connection)
            for model in tenant_models():
                rows = rows_for(model)
                plant(connection, model, [r for r in rows if database == made.whole or readable_by_a(model, r)])
            connection.commit()
            connection.autocommit = True
            # What the planner knows of a table must not tell either.
            connection.execute("ANALYZE")
    yield made
    for database in (made.whole, made.thin):
        drop_database(made.var, made.port, database)


@pytest.fixture
def logged_in(twins: Twins) -> Iterator[Callable[[str, str], psycopg.Connection[Any]]]:
    """A real login of a role in one of the twins."""
    opened: list[psycopg.Connection[Any]] = []

    def log_in(database: str, role: str) -> psycopg.Connection[Any]:
        opened.append(psycopg.connect(twins.url(database, role), autocommit=True))
        return opened[-1]

    yield log_in
    for connection in opened:
        connection.close()
