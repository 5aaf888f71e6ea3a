"""Which roles of the database a process that serves may log in as. It refuses to start as any other."""

from __future__ import annotations

import logging

from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, connections
from django.db.backends.base.base import BaseDatabaseWrapper

logger = logging.getLogger(__name__)

# What the login is or may become: a role that it can assume is a role that it has.
_TOO_MIGHTY = """
    SELECT r.rolname, CASE
        WHEN r.rolsuper THEN 'is a superuser'
        WHEN r.rolbypassrls THEN 'bypasses row-level security'
        WHEN r.rolcreaterole THEN 'may make roles'
        WHEN r.rolname IN ('pg_read_all_data', 'pg_write_all_data') THEN 'reads or writes every table'
        ELSE 'owns tables' END
    FROM pg_roles r
    WHERE pg_has_role(session_user, r.oid, 'MEMBER') AND (
        r.rolsuper OR r.rolbypassrls OR r.rolcreaterole
        OR r.rolname IN ('pg_read_all_data', 'pg_write_all_data')
        OR EXISTS (SELECT FROM pg_class c WHERE c.relowner = r.oid AND c.relkind IN ('r', 'p', 'v', 'm')))
    ORDER BY r.rolsuper DESC, r.rolname <> session_user, r.rolname
    LIMIT 1
"""


def refuse_mighty_logins() -> None:
    """Raise ImproperlyConfigured when a connection of this process could walk around row-level security.

    Called once as the process starts, on every configured connection. A database that does not answer yet is
    no reason to refuse: pages then say so themselves, and the next start asks again.
    """
    for connection in connections.all(initialized_only=False):
        try:
            _refuse_mighty_login(connection)
        except OperationalError:
            logger.warning("The database does not answer yet; its role could not be checked.")
        finally:
            connection.close()


def _refuse_mighty_login(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_TOO_MIGHTY)
        found = cursor.fetchone()
        cursor.execute("SELECT session_user")
        login = cursor.fetchone()[0]
    if found is not None:
        role, why = found
        through = "" if role == login else f" can become {role}, which"
        raise ImproperlyConfigured(
            f"The database login {login}{through} {why}: it would see the data of every municipality. "
            "Let processes log in as vaxtkraft_web, vaxtkraft_survey and vaxtkraft_worker (docs/operations.md)."
        )
