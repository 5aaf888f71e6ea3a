"""What is published is attacked with sums, differences and whole numbers; nothing hidden may come out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from datasets.cubes import Cube, Reason
from datasets.disclosure import (
    AggregationRule,
    CountTable,
    ProtectedCube,
    RefusedToPublish,
    ReleasedTable,
    Sensitivity,
    Zeros,
    protect,
    protect_linked,
)
from datasets.disclosure.elimination import secondary_suppression
from datasets.disclosure.model import System, compress, no_rows, publication_order
from datasets.disclosure.tables.linking import link
from datasets.disclosure.tables.table import prepare
from tests.attacks.disclosure.attacker import Attacker, Finding
from tests.attacks.disclosure.cases import one_question, pairs, some_cube, tight_cube
from tests.attacks.disclosure.checks import secrets_of
from tests.unit.datasets.disclosure.making import (
    RULE,
    counted,
    dimension,
    plain_dimensions,
    some_people,
)


def naive(cube: Cube, k: int = 5) -> Cube:
    """The cube with nothing but its small counts hidden."""
    hidden = (cube.values > 0) & (cube.values < k)
    return replace(
        cube,
        values=np.where(hidden, np.nan, cube.values),
        statuses=np.where(hidden, np.uint8(Reason.SUPPRESSED), cube.statuses),
    )


def secrets_found(tables: Sequence[ProtectedCube], *, at_least_one: bool = False) -> list[Finding]:
    """The protected cells that an attacker on all the tables has exactly."""
    attacker = Attacker([table.cube for table in tables], hidden_is_at_least_one=at_least_one)
    return [finding for finding in attacker.findings(secrets_of(attacker, tables)) if finding.is_exact]


def test_a_table_with_only_its_small_counts_hidden_is_undone():
    undone = 0
    for seed in range(6):
        findings = Attacker([naive(some_cube(seed))]).findings()
        undone += any(finding.by_sums for finding in findings)
    assert undone >= 4


@pytest.mark.parametrize("zeros", list(Zeros))
@pytest.mark.parametrize("seed", range(5))
def test_nothing_protected_can_be_worked_out_of_one_table(seed: int, zeros: Zeros):
    rule = replace(RULE, zeros=zeros)
    try:
        table = protect(some_cube(seed), rule)
    except RefusedToPublish:
        return
    floor = "hidden counts are at least one" in table.report.audit["attackers"]
    assert floor == (zeros is Zeros.SHOWN)
    assert secrets_found([table], at_least_one=floor) == []


def test_the_attacker_finds_a_truth_inside_every_interval():
    cube = some_cube(3)
    table = protect(cube, RULE)
    attacker = Attacker([table.cube])
    truths = Attacker([cube])
    for finding in attacker.findings():
        assert finding.low <= truths._values[finding.place] <= finding.high


def test_sums_alone_are_not_all_that_an_attacker_knows():
    """Elimination alone leaves figures that whole people give away; the audit is what closes them."""
    undone = 0
    for seed in range(40):
        cube = tight_cube(seed)
        prepared = prepare(CountTable(cube))
        universe = link([prepared])
        small = (universe.counts > 0) & (universe.counts < 5)
        nothing = no_rows(len(universe.leaves))
        everything = np.ones(len(small), dtype=np.bool_)
        system = System(
            universe.matrix, universe.leaves, nothing, nothing, np.zeros(0, dtype=np.int64),
            everything, small, ~everything, universe.keys,
        )  # fmt: skip
        grouped = compress(system)
        order = publication_order(grouped.system, zeros_first=True)
        rows = grouped.spread(secondary_suppression(grouped.system, order) | grouped.system.protected)
        hidden = prepared.to_cube_order(rows[universe.places[0]].reshape(prepared.counts.shape))
        values = np.where(hidden, np.nan, cube.values)
        masked = replace(cube, values=values, statuses=np.where(hidden, np.uint8(8), cube.statuses))
        attacker = Attacker([masked], hidden_is_at_least_one=True)
        secret = attacker.cells_of(cube, (cube.values > 0) & (cube.values < 5))
        found = attacker.findings(secret)
        assert not any(finding.by_sums for finding in found)
        undone += sum(finding.is_exact for finding in found)
        if undone:
            break
    assert undone


def test_tables_of_the_same_people_protected_apart_undo_each_other():
    found = 0
    for seed in range(6):
        apart = [protect(cube, RULE) for cube in pairs(seed)]
        found += len(secrets_found(apart))
    assert found > 0


@pytest.mark.parametrize("seed", range(6))
def test_tables_of_the_same_people_protected_together_do_not(seed: int):
    together = protect_linked([CountTable(cube) for cube in pairs(seed)], RULE)
    assert secrets_found(together) == []


def test_a_question_by_its_backgrounds_is_undone_when_protected_apart():
    assert secrets_found([protect(cube, RULE) for cube in one_question()])


def test_a_question_by_its_backgrounds_is_safe_when_protected_together():
    assert secrets_found(protect_linked([CountTable(cube) for cube in one_question()], RULE)) == []


@pytest.mark.parametrize("seed", range(4))
def test_questions_by_background_keep_small_bases(seed: int):
    """Every figure of a group under ten is secret, nought included."""
    rule = AggregationRule.default(Sensitivity.INTERNAL)
    sizes = [4, 3, 4]
    made = [dimension("q", ["1", "2", "3", "none"]), *plain_dimensions([3, 4])]
    people = some_people(seed, sizes, 150, 0.8)
    tables = [CountTable(counted([made[1], made[2]], people[1:]))]
    for at in (1, 2):
        tables.append(CountTable(counted([made[0], made[at]], [people[0], people[at]]), over="q"))
    assert secrets_found(protect_linked(tables, rule)) == []


@pytest.mark.parametrize(("seed", "late"), [(1, 7), (2, 25), (3, 3), (4, -4), (5, -1), (6, 60)])
def test_no_small_difference_between_two_releases_can_be_worked_out(seed: int, late: int):
    """Late answers and corrections: who came in between is as secret as a small count."""
    made = plain_dimensions([4, 3])
    people = some_people(seed, [4, 3], 400)
    before = counted(made, [column[: 400 - max(late, 0)] for column in people])
    now = counted(made, [column[: 400 + min(late, 0)] for column in people])
    first = protect(before, RULE)
    second = protect(now, RULE, earlier=[ReleasedTable(first, "1")])
    change = np.abs(second.values - first.values)
    assert not ((change > 0) & (change < 5)).any()
    # Every difference that follows from both releases, as a table of its own: what is shown in both.
    difference = replace(
        now,
        values=second.values - first.values,
        statuses=np.where(np.isnan(second.values - first.values), np.uint8(8), np.uint8(0)),
    )
    if late > 0:
        truth = now.values - before.values
        attacker = Attacker([difference])
        small = np.isnan(difference.values) & (truth > 0) & (truth < 5)
        for finding in attacker.findings(attacker.cells_of(now, small)):
            assert not finding.is_exact


def test_a_release_again_of_the_same_answers_changes_nothing():
    cube = some_cube(4)
    first = protect(cube, RULE)
    again = protect(cube, RULE, earlier=[ReleasedTable(first, "1")])
    assert np.array_equal(first.values, again.values, equal_nan=True)


def test_a_finer_table_later_does_not_undo_an_earlier_one():
    """First people by gender and age, later by gender, age and occupation."""
    for seed in range(6):
        sizes = [3, 4, 3]
        made = plain_dimensions(sizes)
        people = some_people(seed, sizes, 150, 0.7)
        first = protect(counted(made[:2], people[:2]), RULE)
        second = protect(counted(made, people), RULE, earlier=[ReleasedTable(first, "1")])
        assert secrets_found([first, second]) == []
