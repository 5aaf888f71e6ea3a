"""Choosing a port, ending what a killed run left, keeping logs small."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.embedded import leftovers, supervisor
from portal.embedded.errors import StepFailed
from portal.embedded.layout import Var
from portal.embedded.ports import free_port, is_free, ports_to_try, remember_port
from portal.embedded.processes import command_of, trim_logs, wait_until


@pytest.fixture
def var(tmp_path: Path) -> Var:
    made = Var(tmp_path / "var")
    made.create()
    return made


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


@pytest.mark.parametrize("wish", ["0", "65536", "http", "-1"])
def test_a_wish_that_is_no_port_is_refused(wish: str) -> None:
    with pytest.raises(StepFailed, match="which is no port"):
        supervisor.choose_port(wish)


def test_the_port_wished_for_is_used() -> None:
    port = free_port()
    assert supervisor.choose_port(str(port)) == port


def test_a_wished_port_that_stays_taken_is_named(monkeypatch: pytest.MonkeyPatch, taken_port: int) -> None:
    monkeypatch.setattr(supervisor, "_PORT_PATIENCE", 0.2)
    with pytest.raises(StepFailed, match=f"port {taken_port} may not be used") as failure:
        supervisor.choose_port(str(taken_port))
    assert "Set PORT" in failure.value.remedy


def test_another_port_is_found_when_the_usual_one_is_taken(
    monkeypatch: pytest.MonkeyPatch, taken_port: int, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(supervisor, "USUAL_PORT", taken_port)
    chosen = supervisor.choose_port(None)
    assert chosen != taken_port
    assert is_free(chosen)
    assert f"Port {taken_port} is taken" in capsys.readouterr().out


def test_a_server_comes_back_on_the_port_it_had(var: Var, taken_port: int) -> None:
    port = free_port()
    remember_port(var, "postgres", port)
    assert ports_to_try(var, "postgres")[0] == port
    remember_port(var, "postgres", taken_port)
    assert taken_port not in ports_to_try(var, "postgres")


def test_what_a_killed_run_left_is_ended(var: Var, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leftovers, "_PATIENCE", 0.1)
    command = [sys.executable, "-c", "import time; time.sleep(60)"]
    left = subprocess.Popen(command, start_new_session=True)
    assert wait_until(lambda: command_of(left.pid) == command, 5)
    leftovers.remember_process(var, "worker", left.pid, command)
    leftovers.end_leftovers(var)
    assert left.wait(5) < 0
    assert list(var.run.glob("*.process")) == []


def test_a_stranger_with_the_same_number_is_left_alone(var: Var) -> None:
    leftovers.remember_process(var, "worker", os.getpid(), ["celery", "worker"])
    leftovers.end_leftovers(var)  # this process is still here to say so
    (var.run / "beat.process").write_text('{"pid": 1')
    leftovers.end_leftovers(var)
    assert list(var.run.glob("*.process")) == []


def test_a_log_that_has_grown_is_set_aside_while_its_writer_holds_it(
    var: Var, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.embedded.processes._LOG_TO_TRIM", 100)
    log = var.logs / "web.log"
    with log.open("a", buffering=1) as writer:
        writer.write("old\n" * 50)
        trim_logs(var.logs)
        writer.write("new\n")
    assert log.read_text() == "new\n"
    assert log.with_suffix(".log.former").read_text() == "old\n" * 50
