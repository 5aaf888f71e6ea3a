"""Each process is told its own secrets, and no other's."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from portal.embedded.environment import PURPOSES, process_environment
from portal.embedded.errors import StepFailed
from portal.embedded.layout import Var
from portal.embedded.passwords import secret, secret_file

LOGINS = ("migrator", "web", "survey", "worker", "region", "backup")


@pytest.fixture
def var(tmp_path: Path) -> Var:
    made = Var(tmp_path / "var")
    made.create()
    return made


def environment(var: Var, purpose: str, outer: dict[str, str] | None = None) -> dict[str, str]:
    return process_environment(
        var, purpose, ports=(5432, 6379), base_url="http://127.0.0.1:8000", outer=outer or {}
    )


@pytest.mark.parametrize(
    ("purpose", "known"),
    [
        ("web", {"web", "survey"}),
        ("worker", {"worker"}),
        ("beat", {"worker"}),
        ("migrator", {"migrator"}),
        ("region", {"region"}),
        ("backup", {"backup"}),
        ("demo", {"worker", "survey", "web"}),
    ],
)
def test_a_process_knows_its_own_passwords_only(var: Var, purpose: str, known: set[str]) -> None:
    told = " ".join(environment(var, purpose).values())
    passwords = {role: secret(var.secrets, f"vaxtkraft_{role}") for role in LOGINS}
    assert {role for role, password in passwords.items() if password in told} == known
    assert secret(var.secrets, "postgres") not in told


def test_only_the_worker_and_the_demo_know_where_the_keys_of_rounds_are(var: Var) -> None:
    knowing = {purpose for purpose in PURPOSES if "VAXTKRAFT_KEYS_DIR" in environment(var, purpose)}
    assert knowing == {"worker", "demo"}


def test_what_the_shell_holds_is_not_passed_on(var: Var) -> None:
    outer = {"PATH": "/bin", "AWS_SECRET_ACCESS_KEY": "planted", "DATABASE_URL": "postgres://planted/"}
    told = environment(var, "web", outer)
    assert told["PATH"] == "/bin"
    assert "planted" not in " ".join(told.values())


def test_an_unknown_process_is_refused_with_those_there_are(var: Var) -> None:
    with pytest.raises(StepFailed) as failure:
        environment(var, "root")
    assert "migrator" in failure.value.remedy


def test_secrets_are_made_once_and_closed_to_others(var: Var) -> None:
    first = secret(var.secrets, "valkey")
    assert len(first) >= 40
    assert secret(var.secrets, "valkey") == first
    assert stat.S_IMODE(secret_file(var.secrets, "valkey").stat().st_mode) == 0o600
    for folder in (var.secrets, var.keys, var.logs):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
