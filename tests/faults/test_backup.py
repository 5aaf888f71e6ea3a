"""A backup that was never restored is a hope: every table comes back with its rows, its walls and its rights."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from portal.embedded.backups import backup, restore
from portal.embedded.errors import StepFailed
from portal.embedded.layout import Var
from portal.embedded.roles import drop_database, prepare_database
from tests.plugins import database
from tests.world import World

ROWS = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1"
WALLS = "SELECT tablename, policyname, permissive, roles, cmd, qual, with_check FROM pg_policies ORDER BY 1, 2"
FORCED = (
    "SELECT relname, relrowsecurity, relforcerowsecurity, relowner::regrole::text FROM pg_class"
    " WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY 1"
)
RIGHTS = (
    "SELECT relname, acl.grantee::regrole::text, acl.privilege_type FROM pg_class, aclexplode(relacl) acl"
    " WHERE relnamespace = 'public'::regnamespace ORDER BY 1, 2, 3"
)
FUNCTIONS = (
    "SELECT p.oid::regprocedure::text, acl.grantee::regrole::text, prosecdef FROM pg_proc p,"
    " aclexplode(coalesce(proacl, acldefault('f', proowner))) acl"
    " WHERE pronamespace = 'public'::regnamespace ORDER BY 1, 2"
)


@pytest.fixture
def servers() -> tuple[Var, int]:
    root, postgres, _ = os.environ["VAXTKRAFT_TEST_RUN"].rsplit(":", 2)
    return Var(Path(root)), int(postgres)


@pytest.fixture
def empty(servers: tuple[Var, int]) -> Iterator[str]:
    name = f"{os.environ['VAXTKRAFT_TEST_DATABASE']}_restored"
    prepare_database(*servers, name=name)
    yield name
    drop_database(*servers, name)


def state(connection: psycopg.Connection[tuple[object, ...]]) -> dict[str, object]:
    """All that must come back: the number of rows of each table, and who may do what."""
    tables = [str(row[0]) for row in connection.execute(ROWS)]
    count = "SELECT count(*) FROM "
    return {
        "rows": {table: connection.execute(f'{count}"{table}"').fetchone() for table in tables},
        **{
            name: connection.execute(query).fetchall()
            for name, query in {"walls": WALLS, "forced": FORCED, "rights": RIGHTS, "functions": FUNCTIONS}.items()
        },
    }


def test_what_was_backed_up_comes_back_whole(
    committed: World, servers: tuple[Var, int], empty: str, tmp_path: Path
) -> None:
    dump = tmp_path / "vaxtkraft.dump"
    backup(*servers, dump, name=os.environ["VAXTKRAFT_TEST_DATABASE"])
    assert stat.S_IMODE(dump.stat().st_mode) == 0o600
    restore(*servers, dump, name=empty)
    with database.test_superuser() as before, database.superuser(*servers, empty) as after:
        assert state(after) == state(before)
        assert sum(row[0] for row in state(after)["rows"].values()) > 100  # type: ignore[attr-defined]


def test_a_backup_never_overwrites(committed: World, servers: tuple[Var, int], tmp_path: Path) -> None:
    dump = tmp_path / "vaxtkraft.dump"
    dump.write_text("the only copy")
    with pytest.raises(StepFailed, match="File exists"):
        backup(*servers, dump)
    assert dump.read_text() == "the only copy"
    with pytest.raises(StepFailed, match="not empty"):
        restore(*servers, dump, name=os.environ["VAXTKRAFT_TEST_DATABASE"])


def test_a_file_that_is_no_backup_leaves_the_database_empty(
    servers: tuple[Var, int], empty: str, tmp_path: Path
) -> None:
    torn = tmp_path / "torn.dump"
    torn.write_bytes(b"PGDMP torn")
    with pytest.raises(StepFailed, match="pg_restore"):
        restore(*servers, torn, name=empty)
    with pytest.raises(StepFailed, match="there is no file"):
        restore(*servers, tmp_path / "none.dump", name=empty)
    with database.superuser(*servers, empty) as connection:
        assert state(connection)["rows"] == {}
