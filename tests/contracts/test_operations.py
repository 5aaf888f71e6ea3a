"""The handbook of operations names what there is."""

from __future__ import annotations

import re

from portal.embedded.bootstrap import COMMANDS
from portal.embedded.layout import REPOSITORY

HANDBOOK = (REPOSITORY / "docs" / "operations.md").read_text(encoding="utf-8")


def test_every_variable_that_settings_read_is_in_the_handbook() -> None:
    settings = (REPOSITORY / "portal" / "settings.py").read_text(encoding="utf-8")
    read = set(re.findall(r"env(?:\.\w+)?\(\s*\"(\w+)\"", settings))
    assert read
    assert {name for name in read if f"`{name}`" not in HANDBOOK} == set()


def test_every_variable_of_the_containers_is_in_the_handbook() -> None:
    compose = (REPOSITORY / "docker-compose.yml").read_text(encoding="utf-8")
    assert {name for name in re.findall(r"\$\{(\w+)", compose) if f"{name}=" not in HANDBOOK} == set()


def test_every_target_that_the_handbook_names_exists() -> None:
    makefile = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
    targets = {name for line in re.findall(r"^([a-z ]+):", makefile, re.MULTILINE) for name in line.split()}
    named = set(re.findall(r"(?:`|    )make (\w+)", HANDBOOK))
    assert named <= targets
    assert set(COMMANDS) <= targets
