"""The embedded servers when things go wrong: killed hard, started twice, another program on their port."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from portal.embedded.accounts import LAUNCHER, SERVER_UID
from portal.embedded.errors import StepFailed
from portal.embedded.layout import REPOSITORY, Var
from portal.embedded.ports import is_free, port_in_use
from portal.embedded.processes import command_of, wait_until
from portal.embedded.roles import database_url
from portal.embedded.servers import Servers

IS_ROOT = os.geteuid() == 0


@pytest.fixture
def var() -> Iterator[Var]:
    # Not tmp_path: its parents are closed to the account that the servers run as under root.
    with tempfile.TemporaryDirectory(prefix="vk-") as folder:
        Path(folder).chmod(0o711)
        yield Var(Path(folder) / "var")


class Runner:
    """`python -m portal.embedded servers` in a process of its own, as a person would start it."""

    def __init__(self, var: Var) -> None:
        self.var = var
        self.process = subprocess.Popen(
            [sys.executable, "-m", "portal.embedded", "servers"],
            cwd=REPOSITORY,
            env={**os.environ, "VAXTKRAFT_VAR": str(var.root)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert self.process.stdout is not None
        first_line = self.process.stdout.readline()
        self.servers = self._children() if "PostgreSQL is on" in first_line else []

    def _children(self) -> list[int]:
        """PostgreSQL's own number, from its note, and Valkey's, from the list of children."""
        task = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(number) for number in task.read_text().split()]

    def end(self, number: int) -> list[str]:
        """Send the signal; the lines that it says from then on."""
        self.process.send_signal(number)
        return self.rest().splitlines()

    def rest(self) -> str:
        """All that it says until it ends by itself."""
        assert self.process.stdout is not None
        rest = self.process.stdout.read()
        self.process.wait(30)
        return rest


@pytest.fixture
def start(var: Var) -> Iterator[object]:
    runners: list[Runner] = []

    def start_one() -> Runner:
        runners.append(Runner(var))
        return runners[-1]

    yield start_one
    for runner in runners:
        with contextlib.suppress(ProcessLookupError):
            runner.process.kill()
        runner.process.wait()
    for pid in (pid for runner in runners for pid in runner.servers):
        wait_until(lambda pid=pid: not command_of(pid), 10)


def connect(var: Var, role: str = "migrator") -> psycopg.Connection[tuple[object, ...]]:
    port = port_in_use(var, "postgres")
    assert port
    return psycopg.connect(database_url(var, port, role), autocommit=True)


def write_a_note(var: Var, text: str) -> None:
    with connect(var) as database:
        database.execute("SET ROLE vaxtkraft_owner")
        database.execute("CREATE TABLE IF NOT EXISTS note (text text)")
        database.execute("INSERT INTO note VALUES (%s)", [text])


def notes(var: Var) -> list[object]:
    with connect(var) as database:
        database.execute("SET ROLE vaxtkraft_owner")
        return [row[0] for row in database.execute("SELECT text FROM note")]


def gone(pids: list[int]) -> bool:
    return wait_until(lambda: not any(map(command_of, pids)), 15)


def test_a_stop_leaves_nothing_running_and_a_start_finds_what_was_written(start, var: Var) -> None:
    first = start()
    write_a_note(var, "kept")
    assert len(first.servers) == 2
    assert first.end(signal.SIGTERM)[-1] == "Stopping."
    assert first.process.returncode == 0
    assert not any(map(command_of, first.servers))
    start()
    assert notes(var) == ["kept"]


def test_killed_hard_it_leaves_no_server_and_starts_again_at_once(start, var: Var) -> None:
    first = start()
    write_a_note(var, "kept")
    first.end(signal.SIGKILL)
    second = start()  # not waiting for the former servers to be gone: that is the start's own business
    assert notes(var) == ["kept"]
    assert gone(first.servers)
    assert not set(first.servers) & set(second.servers)


def test_killed_hard_it_takes_with_it_what_its_programs_have_started(tmp_path: Path) -> None:
    """As a worker's pool: forks of a program that would not hear that the supervisor is gone."""
    stubborn = (
        "import os, signal, time\n"
        "for number in (signal.SIGTERM, signal.SIGINT, signal.SIGQUIT): signal.signal(number, signal.SIG_IGN)\n"
        "os.fork()\nprint(os.getpid(), flush=True)\ntime.sleep(60)"
    )
    parent = (
        "import sys, time\nfrom pathlib import Path\nfrom portal.embedded.processes import spawn\n"
        f"spawn([sys.executable, '-c', {stubborn!r}], log=Path({str(tmp_path / 'log')!r}), environment={{}},"
        " guard=True)\ntime.sleep(60)"
    )
    process = subprocess.Popen([sys.executable, "-c", parent], cwd=REPOSITORY)
    log = tmp_path / "log"
    assert wait_until(lambda: log.exists() and len(log.read_text().split()) == 2, 10)
    family = [int(number) for number in log.read_text().split()]
    process.kill()
    process.wait()
    assert gone(family)


def test_a_server_that_dies_ends_the_other_and_says_so(start) -> None:
    runner = start()
    os.kill(runner.servers[0], signal.SIGKILL)
    assert "one of them ended by itself" in runner.rest()
    assert gone(runner.servers)


def test_a_second_runner_is_told_of_the_first(start) -> None:
    first, second = start(), start()
    told = second.rest()
    assert f"already running from {first.var.root} (process {first.process.pid})" in told
    assert second.process.returncode == 1
    assert all(map(command_of, first.servers))


def test_a_note_of_a_dead_server_is_overruled(var: Var) -> None:
    """After a power cut its number may belong to nobody, or to some innocent program."""
    servers = Servers(var, durable=False)
    servers.start()
    servers.stop()
    innocent = subprocess.Popen(["sleep", "60"], user=SERVER_UID if IS_ROOT else None)
    try:
        for number in (innocent.pid, _dead_number()):
            (var.postgres / "postmaster.pid").write_text(f"{number}\n{var.postgres}\n1\n5432\n\n\n")
            servers.start()
            assert servers.postgres.is_alive()
            servers.stop()
        assert innocent.poll() is None
    finally:
        innocent.kill()
        innocent.wait()


def test_a_port_that_was_taken_meanwhile_is_left_to_its_taker(var: Var) -> None:
    servers = Servers(var, durable=False)
    servers.start()
    before = servers.postgres.port, servers.valkey.port
    servers.stop()
    with contextlib.ExitStack() as stack:
        for port in before:
            stack.enter_context(socket.create_server(("127.0.0.1", port)))
        again = Servers(var, durable=False)
        again.start()
        try:
            assert not {again.postgres.port, again.valkey.port} & set(before)
            assert connect(var).execute("SELECT 1").fetchone() == (1,)
        finally:
            again.stop()


def test_a_restarted_server_keeps_the_address_that_its_clients_know(var: Var) -> None:
    servers = Servers(var)
    servers.start()
    try:
        port = servers.postgres.port
        assert servers.postgres.process is not None
        servers.postgres.process.kill()
        assert wait_until(lambda: not servers.postgres.is_alive(), 5)
        servers.postgres.start()
        assert servers.postgres.port == port
        assert connect(var).execute("SELECT 1").fetchone() == (1,)
    finally:
        servers.stop()


def test_a_set_up_cut_off_half_way_is_begun_anew(var: Var) -> None:
    var.create()
    half = var.postgres.with_suffix(".new")
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")
    servers = Servers(var, durable=False)
    servers.start()
    servers.stop()
    assert not half.exists()


def test_data_of_another_version_is_refused_with_the_way_out(var: Var) -> None:
    var.create()
    var.postgres.mkdir()
    (var.postgres / "PG_VERSION").write_text("17\n")
    with pytest.raises(StepFailed, match="written by PostgreSQL 17") as failure:
        Servers(var).start()
    assert "docs/operations.md" in failure.value.remedy


@pytest.fixture(scope="module")
def running() -> Iterator[Servers]:
    """Servers for the tests that break nothing."""
    with tempfile.TemporaryDirectory(prefix="vk-") as folder:
        Path(folder).chmod(0o711)
        servers = Servers(Var(Path(folder) / "var"), durable=False)
        servers.start()
        yield servers
        servers.stop()


def test_only_a_password_opens_the_servers(running: Servers) -> None:
    address = f"host=127.0.0.1 port={running.postgres.port} dbname=vaxtkraft"
    for user in ("postgres", "vaxtkraft_web"):
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(f"{address} user={user} password=guess")
    with socket.create_connection(("127.0.0.1", running.valkey.port)) as connection:
        connection.sendall(b"KEYS *\r\n")
        assert connection.recv(100).startswith(b"-NOAUTH")


def test_no_password_stands_in_the_list_of_processes(running: Servers) -> None:
    assert running.postgres.process and running.valkey.process
    commands = command_of(running.postgres.process.pid) + command_of(running.valkey.process.pid)
    for path in running.var.secrets.iterdir():
        assert path.read_text() not in " ".join(commands)


def test_a_failed_statement_leaves_nothing_of_what_was_written_in_the_log(running: Servers) -> None:
    planted = "Planted-Person-1999"
    write_a_note(running.var, "seen")
    with connect(running.var) as database:
        database.execute("SET ROLE vaxtkraft_owner")
        database.execute("ALTER TABLE note ADD UNIQUE (text), ADD CHECK (length(text) < 50)")
        database.execute("GRANT INSERT, SELECT ON note TO vaxtkraft_web")
    attempts = [
        ("INSERT INTO note VALUES (%s), (%s)", [planted, planted]),
        ("INSERT INTO note VALUES (%s)", [planted * 10]),
        ("SELECT (%s::text)::integer", [planted]),
        (f"SELECT '{planted}' FROM nowhere", []),
        (f"SELECT '{planted}", []),
    ]
    for role in ("web", "migrator"):
        with connect(running.var, role) as database:
            for statement, parameters in attempts:
                with pytest.raises(psycopg.Error):
                    database.execute(statement, parameters)  # type: ignore[arg-type]
    for log in running.var.logs.iterdir():
        assert planted not in log.read_text(errors="replace"), f"{log.name} tells what a person wrote"


def test_no_role_that_serves_stands_above_row_level_security(running: Servers) -> None:
    var = running.var
    rows = connect(var).execute(
        "SELECT rolname, rolsuper OR rolcreatedb OR rolcreaterole OR rolreplication, rolbypassrls, rolcanlogin"
        " FROM pg_roles WHERE rolname LIKE 'vaxtkraft%'"
    )
    found = {str(name): (above, bypasses, logs_in) for name, above, bypasses, logs_in in rows}
    assert found.pop("vaxtkraft_backup") == (False, True, True)
    assert found.pop("vaxtkraft_owner") == (False, False, False)
    assert len(found) == 5
    assert set(found.values()) == {(False, False, True)}


@pytest.mark.parametrize(
    ("role", "statement", "refusal"),
    [
        ("web", "CREATE TABLE public.mine (id int)", psycopg.errors.InsufficientPrivilege),
        ("web", "CREATE TEMP TABLE mine (id int)", psycopg.errors.InsufficientPrivilege),
        ("migrator", "CREATE TABLE public.mine (id int)", psycopg.errors.InsufficientPrivilege),
        ("worker", "SET ROLE vaxtkraft_owner", psycopg.errors.InsufficientPrivilege),
        ("worker", "SET log_statement = 'all'", psycopg.errors.InsufficientPrivilege),
        ("backup", "CREATE TABLE public.mine (id int)", psycopg.errors.ReadOnlySqlTransaction),
    ],
)
def test_a_role_can_not_reach_beyond_itself(
    running: Servers, role: str, statement: str, refusal: type[Exception]
) -> None:
    with connect(running.var, role) as database, pytest.raises(refusal):
        database.execute(statement)  # type: ignore[arg-type]


@pytest.mark.skipif(not IS_ROOT, reason="only root can make a folder that other accounts may not enter")
def test_root_in_a_tree_closed_to_others_still_gets_servers() -> None:
    if subprocess.run(["unshare", "--user", "true"], capture_output=True, check=False).returncode != 0:
        pytest.skip("this machine lets nobody make a user namespace")
    with tempfile.TemporaryDirectory(prefix="vk-") as folder:  # mode 0700
        var = Var(Path(folder) / "var")
        servers = Servers(var, durable=False)
        servers.start()
        try:
            assert connect(var).execute("SELECT 1").fetchone() == (1,)
            assert var.postgres.stat().st_uid == 0
        finally:
            servers.stop()
        assert is_free(servers.postgres.port)


@pytest.mark.skipif(not IS_ROOT, reason="this run itself is the test: it is not root")
def test_an_ordinary_user_gets_servers_of_their_own_account() -> None:
    uid = 54321
    python = _python_that_others_may_run(uid)
    with tempfile.TemporaryDirectory(prefix="vk-") as folder:
        os.chown(folder, uid, uid)
        var = Var(Path(folder) / "var")
        packages = next(Path(path) for path in sys.path if path.endswith("site-packages"))
        process = subprocess.Popen(
            [python, "-m", "portal.embedded", "servers"],
            cwd=REPOSITORY,
            env={
                "PATH": os.environ["PATH"],
                "PYTHONPATH": f"{REPOSITORY}:{packages}",
                "PYTHONDONTWRITEBYTECODE": "1",
                "VAXTKRAFT_VAR": str(var.root),
            },
            user=uid,
            group=uid,
            extra_groups=[],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        try:
            assert process.stdout is not None
            assert process.stdout.readline().startswith("PostgreSQL is on ")
            assert var.postgres.stat().st_uid == uid
            with connect(var) as database:
                assert database.execute("SELECT 1").fetchone() == (1,)
        finally:
            process.terminate()
            process.communicate(timeout=30)
        assert process.returncode == 0


def _python_that_others_may_run(uid: int) -> str:
    """A Python of the same version that another account may start (a root-only one under /root may not)."""
    code = "import sys; print(sys.version_info[:2])"
    for python in (sys.executable, "/usr/bin/python3"):
        command = [sys.executable, "-I", "-S", str(LAUNCHER), "--parent", str(os.getpid()), "--death-signal", "9"]
        command += ["--uid", str(uid), "--", python, "-c", code]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.stdout.strip() == str(tuple(sys.version_info[:2])):
            return python
    pytest.skip("no Python of this version that another account may run")


def _dead_number() -> int:
    ended = subprocess.Popen(["true"])
    ended.wait()
    return ended.pid
