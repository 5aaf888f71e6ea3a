"""Ways to break the engine, one step at a time: the rule, how figures hang together, elimination."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pytest

from datasets.disclosure import AggregationRule
from datasets.disclosure.model import no_rows
from tests.attacks.disclosure import checks

PACKAGE = "datasets.disclosure"
Broken = Callable[..., Any]
"""What stands in for a function: it is given the real one first, then what that would be given."""


@dataclass
class Break:
    """Puts broken steps in place, and counts how often they were taken."""

    patch: pytest.MonkeyPatch
    taken: int = 0

    def step(self, home: str, broken: Broken) -> None:
        """Break a function wherever the package looks it up; AttributeError when it is no more."""
        module, _, name = home.rpartition(".")
        real = getattr(importlib.import_module(f"{PACKAGE}.{module}"), name)
        for found in [m for key, m in sys.modules.items() if key.startswith(PACKAGE)]:
            if getattr(found, name, None) is real:
                self.patch.setattr(found, name, self._counted(broken, real))

    def method(self, home: str, cls: str, name: str, broken: Broken) -> None:
        """Break a method of a class."""
        owner = getattr(importlib.import_module(f"{PACKAGE}.{home}"), cls)
        self.patch.setattr(owner, name, self._counted(broken, getattr(owner, name)))

    def _counted(self, broken: Broken, real: Any) -> Broken:
        def stand_in(*given: Any, **named: Any) -> Any:
            self.taken += 1
            return broken(real, *given, **named)

        return stand_in


def lax(rule: AggregationRule, **changed: int) -> AggregationRule:
    """A rule with other limits, also such as rules may not have."""
    made = object.__new__(AggregationRule)
    made.__dict__.update({**vars(rule), **changed})
    return made


# The rule


def primary_under(**changes: Callable[[AggregationRule], int]) -> Callable[[Break], None]:
    """What the rule hides, worked out under a rule with other limits."""

    def broken(real: Broken, prepared: Any, rule: AggregationRule, *more: Any) -> Any:
        return real(prepared, lax(rule, **{name: change(rule) for name, change in changes.items()}), *more)

    return lambda engine: engine.step("primary.primary_cells", broken)


def primary_less(which: str) -> Callable[[Break], None]:
    """Without the virtual figures of one kind."""

    def broken(real: Broken, *given: Any) -> Any:
        found = real(*given)
        return replace(found, virtual=tuple(v for v in found.virtual if not v.name.startswith(which)))

    return lambda engine: engine.step("primary.primary_cells", broken)


def nothing_left_out(engine: Break) -> None:
    def broken(real: Broken, prepared: Any, *more: Any) -> Any:
        return real(replace(prepared, table=replace(prepared.table, leave_out=())), *more)

    engine.step("primary.primary_cells", broken)


# How figures hang together


def no_total(engine: Break) -> None:
    """A total is taken for one more category."""

    def broken(real: Broken, cube: Any, dimension: Any, *more: Any, **named: Any) -> Any:
        return real(cube, replace(dimension, total=None, summable=False), *more, **{**named, "look": False})

    engine.step("tables.axes.axis_of", broken)


def counties_forgotten(engine: Break) -> None:
    def broken(real: Broken, dimension: Any, *more: Any) -> Any:
        flat = tuple(replace(category, parent=None) for category in dimension.categories)
        return real(replace(dimension, categories=flat), *more)

    engine.step("tables.hierarchy.declared_groups", broken)


def tables_apart(engine: Break) -> None:
    """Each table is protected as if it were the only one."""

    def broken(real: Broken, tables: Any, rule: Any, **more: Any) -> Any:
        return tuple(real([table], rule, **more)[0] for table in tables)

    engine.step("protect.protect_linked", broken)
    engine.patch.setattr(checks, "protect_linked", importlib.import_module(f"{PACKAGE}.protect").protect_linked)


def ties_forgotten(engine: Break) -> None:
    def broken(real: Broken, *given: Any, **named: Any) -> Any:
        universe = real(*given, **named)
        return replace(universe, relations=no_rows(universe.matrix.shape[1]))

    engine.step("tables.linking.link", broken)


def repeats_forgotten(engine: Break) -> None:
    """The options of a multiple choice are taken for groups of different people."""

    def broken(real: Broken, table: Any) -> Any:
        return real(replace(table, repeats=()))

    engine.step("tables.table.prepare", broken)


# Elimination


def core_given(change: Callable[[Any], Any]) -> Callable[[Break], None]:
    """Elimination on a system that lacks something."""

    def broken(real: Broken, system: Any, *more: Any, **named: Any) -> Any:
        return real(change(system), *more, **named)

    return lambda engine: engine.step("elimination.secondary_suppression", broken)


def core_hides(change: Callable[[Any, Any], Any]) -> Callable[[Break], None]:
    """What elimination hides, changed."""

    def broken(real: Broken, system: Any, *more: Any, **named: Any) -> Any:
        return change(system, real(system, *more, **named))

    return lambda engine: engine.step("elimination.secondary_suppression", broken)


def first_open_again(system: Any, secondary: Any) -> Any:
    opened = secondary.copy()
    opened[np.flatnonzero(secondary)[:1]] = False
    return opened


def without_zeros(system: Any) -> Any:
    return replace(system, leaves=np.maximum(system.leaves, 1))


def without_ties(system: Any) -> Any:
    return replace(system, relations=no_rows(system.matrix.shape[1]))


def without_forced(system: Any) -> Any:
    return replace(system, forced=np.zeros_like(system.forced))
