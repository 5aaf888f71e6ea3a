"""The database, its roles and their passwords, set by the superuser at each start."""

from __future__ import annotations

from pathlib import Path

import psycopg
from psycopg import sql

from portal.embedded.layout import Var
from portal.embedded.passwords import secret
from portal.embedded.postgres import SUPERUSER

DATABASE = "vaxtkraft"
OWNER = "vaxtkraft_owner"
LOGIN_ROLES = ("migrator", "web", "survey", "worker", "region", "backup")
_ROLES_SQL = Path(__file__).with_name("roles.sql")


def prepare_database(var: Var, port: int, *, name: str = DATABASE, template: str | None = None) -> None:
    """Create the database if it is missing, and make it closed to all but the roles.

    ``template`` names a database to copy, tables and all. May be repeated.
    """
    with _connect(var, port, "postgres") as server:
        if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            server.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                    sql.Identifier(name), sql.Identifier(template or "template0")
                )
            )
    with _connect(var, port, name) as database:
        database.execute(_ROLES_SQL.read_bytes())


def drop_database(var: Var, port: int, name: str) -> None:
    """Drop a database, ending whoever is connected to it."""
    with _connect(var, port, "postgres") as server:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def set_passwords(var: Var, port: int) -> None:
    """Give every role that logs in the password of ``var/secrets``; the server is told only a verifier."""
    with _connect(var, port, DATABASE) as database:
        for role in LOGIN_ROLES:
            name = f"vaxtkraft_{role}"
            verifier = database.pgconn.encrypt_password(
                secret(var.secrets, name).encode(), name.encode(), b"scram-sha-256"
            )
            database.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(name), verifier.decode()))


def applied_migrations(var: Var, port: int) -> int:
    """How many migrations the database says that it has been through."""
    with _connect(var, port, DATABASE) as database:
        if database.execute("SELECT to_regclass('public.django_migrations')").fetchone() == (None,):
            return 0
        row = database.execute("SELECT count(*) FROM public.django_migrations").fetchone()
        return int(str(row[0])) if row else 0


def database_url(var: Var, port: int, role: str, *, name: str = DATABASE) -> str:
    """The address of the database for a role. Its password is in it: for that role's process alone."""
    user = f"vaxtkraft_{role}"
    return f"postgres://{user}:{secret(var.secrets, user)}@127.0.0.1:{port}/{name}"


def _connect(var: Var, port: int, database: str) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(
        host="127.0.0.1",
        port=port,
        dbname=database,
        user=SUPERUSER,
        password=secret(var.secrets, SUPERUSER),
        autocommit=True,
        connect_timeout=10,
    )
