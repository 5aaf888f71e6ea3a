"""What a rule may demand beside a threshold: insiders, wide intervals, deep crossings, means, weights."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

import numpy as np

from datasets.cubes import Cube, Role
from datasets.disclosure import AggregationRule, CountTable, ProtectedCube, Sensitivity, protect
from datasets.disclosure.measures.magnitudes import Contributions, Scale
from datasets.disclosure.measures.means import protect_means
from datasets.disclosure.measures.weighted import weighted
from tests.attacks.disclosure.attacker import Attacker, Place
from tests.attacks.disclosure.cases import some_cube, tight_cube
from tests.attacks.disclosure.checks import attempt, secrets_of
from tests.unit.datasets.disclosure.making import (
    counted,
    dimension,
    plain_dimensions,
    some_people,
    whole_cube,
)

PLAIN = AggregationRule(Sensitivity.SENSITIVE, k=5, share_base=0, max_dimensions=4)
INSIDER, INTERVAL = replace(PLAIN, insider=True), replace(PLAIN, interval=True)
INTERNAL = AggregationRule.default(Sensitivity.INTERNAL)
LONELY = [counted(plain_dimensions([3, 3]), some_people(seed, [3, 3], 30, 0.7)) for seed in range(12)]
TIGHT = [tight_cube(3), tight_cube(8), some_cube(5)]
FEW = LONELY[:6]


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


def protected(rule: AggregationRule, cubes: Iterable[Cube]) -> list[tuple[Cube, ProtectedCube]]:
    """The tables under a rule, but for those that are refused."""
    return [(cube, table) for cube in cubes if (table := attempt(cube, rule)) is not None]


def one_who_took_part_learns_nothing() -> None:
    for cube, table in protected(INSIDER, FEW):
        assert known_to_insiders(cube, table) == []


def secret_counts_lie_in_wide_intervals() -> None:
    for _, table in protected(INTERVAL, FEW):
        assert narrow(table, INTERVAL.k) == []


def deep_crossings_of_few_are_hidden() -> None:
    """A place by two more things: shown from thirty people on, where other shares are from ten."""
    places = dimension("geo", ["0114", "0115", "0117"], role=Role.GEO)
    group, answer = dimension("g", ["a", "b"]), dimension("q", ["yes", "no"])
    rule = replace(INTERNAL, deep_base=30)
    for base, hides in ((29, True), (30, False)):
        counts = np.full((3, 2, 2), 40)
        counts[0, 0] = [base - 14, 14]
        table = protect(whole_cube([places, group, answer], counts), rule, over="q")
        assert np.isnan(table.values[0, 0, :2]).all() == hides, base
        assert np.isnan(table.values).any() == hides


def means_of_few_or_of_nearly_one_are_hidden() -> None:
    """Under the base; where one person's share is nearly all; where everyone must be at the end."""
    wide, dominance = Scale(0, 1000), replace(INTERNAL, dominance=10)
    spread = [300.0 + 40 * at for at in range(10)]
    cases = (
        ([500.0] * 9, wide, INTERNAL, True),
        (spread, wide, dominance, False),
        ([1000.0, *[1.0] * 14], wide, dominance, True),
        ([10.0] * 40 + [9.0] * 3, Scale(0, 10), INTERNAL, True),
    )
    for answers, scale, rule, hides in cases:
        groups = [answers, *([(scale.high or 0) * share for share in np.linspace(0.2, 0.8, 30)] for _ in range(3))]
        assert np.isnan(_means(groups, scale, rule)[0]) == hides, answers


def weighted_shares_are_hidden_with_their_counts() -> None:
    made = [dimension("q", ["yes", "no"]), dimension("g", ["a", "b", "c"])]
    table = protect(whole_cube(made, np.array([[3, 40, 50], [30, 35, 60]])), INTERNAL, over="q")
    weights = whole_cube(made, np.array([[4, 38, 55], [28, 36, 57]])).values * 1.25
    share = weighted(table, weights, "q").values[0, :, 0]
    assert np.isnan(share[:3]).tolist() == np.isnan(table.values[0, :3]).tolist()
    assert np.isnan(share[0])


def _means(groups: Sequence[Sequence[float]], scale: Scale, rule: AggregationRule) -> np.ndarray:
    """The mean of each group as it would be shown."""
    made = [dimension("g", [f"g{at}" for at in range(len(groups))])]
    places = [np.repeat(np.arange(len(groups)), [len(group) for group in groups])]
    values = np.array([value for group in groups for value in group], dtype=np.float64)
    given = Contributions.of_people(made, places, values, scale)
    means = protect_means(CountTable(counted(made, places)), given, rule).means
    return np.asarray(means.cube.select({"measure": ["mean"]}).values[:, 0])


DEMAND_CHECKS: tuple[Callable[[], None], ...] = (
    one_who_took_part_learns_nothing,
    secret_counts_lie_in_wide_intervals,
    deep_crossings_of_few_are_hidden,
    means_of_few_or_of_nearly_one_are_hidden,
    weighted_shares_are_hidden_with_their_counts,
)
