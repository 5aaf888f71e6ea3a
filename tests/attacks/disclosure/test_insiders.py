"""The sensitive class: one who took part learns no more than others, and nobody learns nearly as much."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from datasets.cubes import Cube
from datasets.disclosure import AggregationRule, ProtectedCube, Sensitivity
from tests.attacks.disclosure.attacker import Attacker, Place
from tests.attacks.disclosure.cases import some_cube, tight_cube
from tests.attacks.disclosure.checks import attempt, secrets_of
from tests.unit.datasets.disclosure.making import counted, plain_dimensions, some_people

PLAIN = AggregationRule(Sensitivity.SENSITIVE, k=5, share_base=0, max_dimensions=4)
INSIDER = replace(PLAIN, insider=True)
INTERVAL = replace(PLAIN, interval=True)
LONELY = [counted(plain_dimensions([3, 3]), some_people(seed, [3, 3], 30, 0.7)) for seed in range(12)]


def known_to_insiders(cube: Cube, table: ProtectedCube) -> list[tuple[Place, Place]]:
    """Who, by leaf cell, learns which secret from being there himself."""
    attacker, truth = Attacker([table.cube]), Attacker([cube])
    secrets = secrets_of(attacker, [table])
    found = []
    for number, leaf in attacker.leaf_places():
        if truth._values[leaf] >= 1:
            found += [(leaf, secret) for secret in attacker.one_who_is_in(number).pinned(secrets)]
    return found


def narrow(table: ProtectedCube, k: int) -> list[Place]:
    """The secret counts of somebody whose interval is not as wide as from one to k - 1."""
    attacker = Attacker([table.cube])
    return [place for place in secrets_of(attacker, [table]) if attacker.range_of(place).width < k - 2]


def tables(rule: AggregationRule) -> Sequence[tuple[Cube, ProtectedCube]]:
    made = [*LONELY, *(tight_cube(seed) for seed in (3, 8)), some_cube(5)]
    return [(cube, table) for cube in made if (table := attempt(cube, rule)) is not None]


def need_engine_for(rule: AggregationRule) -> None:
    """Skip where the engine does not model this attacker at all: nothing differs from the plain rule."""
    plain, more = (attempt(LONELY[0], one) for one in (PLAIN, rule))
    assert plain is not None
    if more is not None and more.report.audit == plain.report.audit:
        pytest.skip("The engine does not model this attacker.")


def test_without_the_rule_an_insider_learns_something() -> None:
    """The counter-proof: these tables do tell insiders more, unless the rule is on."""
    assert any(known_to_insiders(cube, table) for cube, table in tables(PLAIN))


def test_without_the_rule_some_interval_is_narrow() -> None:
    assert any(narrow(table, PLAIN.k) for _, table in tables(PLAIN))


def test_one_who_took_part_learns_nothing() -> None:
    need_engine_for(INSIDER)
    for cube, table in tables(INSIDER):
        assert known_to_insiders(cube, table) == []


def test_every_secret_count_lies_in_a_wide_interval() -> None:
    need_engine_for(INTERVAL)
    for _, table in tables(INTERVAL):
        assert narrow(table, INTERVAL.k) == []


@pytest.mark.parametrize("rule", [INSIDER, INTERVAL], ids=["insider", "interval"])
def test_the_price_is_bounded(rule: AggregationRule) -> None:
    """Where something can be shown at all, more than half of what the plain rule shows still is."""
    plain = {id(cube): int((~np.isnan(table.values)).sum()) for cube, table in tables(PLAIN)}
    with_rule = {id(cube): int((~np.isnan(table.values)).sum()) for cube, table in tables(rule)}
    assert sum(with_rule.values()) > 0.5 * sum(plain[key] for key in with_rule if key in plain)
