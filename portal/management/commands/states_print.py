"""Print what may become of what: every transition table as a diagram and in words."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import models
from django.utils import translation

PREFACE = """# States

What may become of what. Made of the code's transition tables by `manage.py states_print`; a test holds the two
together. After changing a table:

    .venv/bin/python manage.py states_print > docs/states.md

Every move is one conditional update, so that of two people who try at the same time one succeeds and the other
is told what happened meanwhile. A filled circle is where things begin; a circled one is where they end.
"""


@dataclass(frozen=True)
class Table:
    """One transition table, and the model whose column it governs."""

    model: type[models.Model]
    column: models.Field[Any, Any]
    module: str
    transitions: Mapping[models.TextChoices, Collection[models.TextChoices]]


class Command(BaseCommand):
    help = "Prints every transition table as Markdown with Mermaid diagrams: the content of docs/states.md."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override("en"):
            self.stdout.write("\n".join([PREFACE, *(section(table) for table in tables())]), ending="")


def tables() -> list[Table]:
    """Every transition table of the portal, by the names of their models."""
    found = [table for config in apps.get_app_configs() for table in _tables_in(config.name)]
    return sorted(found, key=lambda table: str(table.model._meta.verbose_name))


def section(table: Table) -> str:
    """One table's heading, diagram and words."""
    start = table.column.default
    lines = [
        f"## {str(table.model._meta.verbose_name).capitalize()}",
        "",
        f"`{table.model._meta.label}.{table.column.name}`, by `{table.module.replace('.', '/')}.py`.",
        "",
        "```mermaid",
        "stateDiagram-v2",
        *(f'    state "{state.label}" as {state.value}' for state in table.transitions),
        f"    [*] --> {start.value}",
    ]
    rows = []
    for state, following in table.transitions.items():
        ordered = [other for other in table.transitions if other in following]
        lines += [f"    {state.value} --> {other.value}" for other in ordered]
        if not following:
            lines.append(f"    {state.value} --> [*]")
        becomes = ", ".join(str(other.label) for other in ordered) or "nothing more"
        rows.append(f"| {state.label} (`{state.value}`) | {becomes} |")
    return "\n".join([*lines, "```", "", "| from | to |", "|---|---|", *rows, ""])


def _tables_in(package: str) -> Iterator[Table]:
    if find_spec(f"{package}.states") is None:
        return
    module = importlib.import_module(f"{package}.states")
    for name, value in inspect.getmembers(module):
        if name.endswith("TRANSITIONS"):
            model, column = _governed(set(value))
            yield Table(model, column, module.__name__, value)


def _governed(states: set[models.TextChoices]) -> tuple[type[models.Model], models.Field[Any, Any]]:
    """The model and column whose choices these states are. Raises LookupError for a table of nothing."""
    kinds = {type(state) for state in states}
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if type(field.default) in kinds and field.choices:
                return model, field
    raise LookupError(f"No column has the states {', '.join(sorted(states))}.")
