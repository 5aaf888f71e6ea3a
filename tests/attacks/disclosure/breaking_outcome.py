"""Ways to break what comes after elimination: audit and repair, earlier releases, the gate, further demands."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from datasets.disclosure import AggregationRule
from tests.attacks.disclosure.breaking import PACKAGE, Break, Broken, lax

# Audit and repair


def audit_given(change: Callable[[Any], Any] = lambda system: system, **named: Any) -> Callable[[Break], None]:
    """The audit of an attacker who knows less."""

    def broken(real: Broken, system: Any, hidden: Any, **more: Any) -> Any:
        return real(change(system), hidden, **{**more, **named})

    return lambda engine: engine.step("auditing.audit.audit", broken)


def audit_content(engine: Break) -> None:
    """The audit finds what it finds, and nobody is told."""

    def broken(real: Broken, *given: Any, **named: Any) -> Any:
        found = real(*given, **named)
        found.exposed = set()
        return found

    engine.step("auditing.audit.audit", broken)


def no_repair(engine: Break) -> None:
    engine.step("auditing.repair.repair", lambda real, system, hidden, *more, **named: hidden.copy())


def no_repair_at_all(engine: Break) -> None:
    no_repair(engine)
    engine.step("auditing.repair.hide_round", lambda real, system, hidden, *more: hidden.copy())


def whole_rows_at_once(engine: Break) -> None:
    """No cheapest movement: everything round what is exposed is hidden."""
    hide_round = importlib.import_module(f"{PACKAGE}.auditing.repair").hide_round
    engine.step(
        "auditing.repair.repair",
        lambda real, system, hidden, exposed, **named: hide_round(system, hidden, exposed),
    )


# Earlier releases


def ledger_forgotten(engine: Break) -> None:
    engine.step("ledger.recalling.recall", lambda real, tables, earlier, **named: real(tables, [], **named))


def ledger_of_small_differences_forgotten(engine: Break) -> None:
    engine.method("ledger.recalling", "Past", "beside", lambda real, past, system, k: real(past, system, 0))


def ledger_less(mark: str) -> Callable[[Break], None]:
    """What earlier releases show, or what they protect, is forgotten."""

    def broken(real: Broken, past: Any, system: Any, k: int) -> Any:
        found = real(past, system, k)
        kept = np.zeros(len(found.names), dtype=np.bool_)
        kept[: len(system.names)] = getattr(system, mark)
        return replace(found, **{mark: kept})

    return lambda engine: engine.method("ledger.recalling", "Past", "beside", broken)


# What leaves the gate


def sealed_with(change: Callable[[Any, Any], tuple[Any, Any]]) -> Callable[[Break], None]:
    """The masks of what is hidden and what is secret, changed at the last moment."""

    def broken(real: Broken, table: Any, rule: Any, hidden: Any, secret: Any, *more: Any) -> Any:
        return real(table, rule, *change(hidden, secret), *more)

    return lambda engine: engine.step("sealing.sealed", broken)


def report_told_whole(engine: Break) -> None:
    engine.method("protected", "ProtectedCube", "without_secrets", lambda real, cube: cube.report)


def in_order_of_arrival(engine: Break) -> None:
    """Categories as they came, and ties broken by it."""

    def broken(real: Broken, *given: Any, **named: Any) -> Any:
        axis = real(*given, **named)
        order = np.argsort(axis.places, kind="stable")
        kept = {
            name: tuple(getattr(axis, name)[at] for at in order)
            for name in ("codes", "members", "places", "names")
        }
        return replace(axis, **kept)

    engine.step("tables.axes.axis_of", broken)
    engine.step("model.stable_hashes", lambda real, texts: np.zeros(len(texts), dtype=np.uint64))


def never_exposed(engine: Break) -> None:
    """An audit that found something passes for clean."""
    auditing = importlib.import_module(f"{PACKAGE}.auditing.audit")
    engine.patch.setattr(auditing.Audit, "clean", property(lambda audit: True))
    engine.step("auditing.audit.audit", lambda real, *given, **named: real(*given, **named))


# What is demanded beside the threshold


def demanding(change: Callable[[Any], dict[str, Any]]) -> Callable[[Break], None]:
    """Protection that is asked for less."""

    def broken(real: Broken, system: Any, demands: Any, **more: Any) -> Any:
        return real(system, replace(demands, **change(demands)), **more)

    return lambda engine: engine.step("engine.make_safe", broken)


def half_is_known(engine: Break) -> None:
    """The audit's attacker knows every other figure that is shown."""
    engine.method("model", "System", "known", lambda real, system, hidden: real(system, hidden)[::2])


def no_look_up(engine: Break) -> None:
    """Whether what is left of a secret is a multiple of what is published is never asked."""
    engine.patch.setenv("VAXTKRAFT_CORE", "python")
    engine.method("elimination.plain", "Elimination", "_is_multiple", lambda real, *given: False)


def means_with(name: str, value: Any) -> Callable[[Break], None]:
    """One of the reasons to hide a mean is never one."""
    return lambda engine: engine.step(
        f"measures.magnitudes.{name}", lambda real, total, *more: np.full(np.shape(total), value)
    )


def means_under(**changes: Callable[[AggregationRule], int]) -> Callable[[Break], None]:
    """Which means tell too much, worked out under other limits."""

    def broken(real: Broken, found: Any, rule: AggregationRule) -> Any:
        return real(found, lax(rule, **{name: change(rule) for name, change in changes.items()}))

    return lambda engine: engine.step("measures.magnitudes.telling_means", broken)


def weights_unmasked(engine: Break) -> None:
    """Weighted shares are masked by nothing."""

    def broken(real: Broken, protected: Any, *given: Any, **named: Any) -> Any:
        found = real(protected, *given, **named)
        values = np.where(np.isnan(found.values), 50.0, found.values)
        statuses = np.zeros(values.shape, dtype=np.uint8)
        return protected_module.seal(replace(found.cube, values=values, statuses=statuses), found.report)

    protected_module = importlib.import_module(f"{PACKAGE}.protected")
    engine.step("measures.weighted.shares", broken)
