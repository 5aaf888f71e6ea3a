"""Every release of the demo, attacked: its rounds with all their questions at once, its local data sets.

The demo's rounds are made here from the demo's own seed, and protected as the jobs do. What is attacked at once
are all tables of a round by two backgrounds, pair by pair; all of a round's backgrounds crossed take hours.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import combinations

import numpy as np
import pytest

from datasets.cubes import Cube, Reason
from datasets.demo.local_data import LocalDataSet, local_data_sets
from datasets.disclosure import AggregationRule, ProtectedCube, Sensitivity, protect
from datasets.importers import read_csv
from portal.demo.figures import _mapping as mapping_of
from portal.demo.rounds import SEED, WAVES
from surveys.demo.model import simulate
from surveys.demo.parameters import PROFILES, RESPONSES_PER_ROUND
from surveys.questionnaire import encode, wellbeing
from surveys.results.answer_dimensions import EVERYONE
from surveys.results.reach_table import AGE, OCCUPATION, REACH, reach_tables
from surveys.results.tabulation import Columns, groupings_of
from surveys.services.rounds import LEAST_BASE, LEAST_THRESHOLD
from tests.attacks.disclosure.attacker import Attacker
from tests.attacks.disclosure.generated import EXAMPLES
from tests.attacks.disclosure.round_attacker import RoundAttacker
from tests.counting import protected_round, tabulate

BACKGROUNDS = tuple(question.code for question in wellbeing().background)
RULE = replace(
    AggregationRule.default(Sensitivity.INTERNAL),
    k=LEAST_THRESHOLD,
    share_base=LEAST_BASE,
    mean_base=LEAST_BASE,
    tau=LEAST_THRESHOLD,
)
ROUNDS = [(code, wave) for code in PROFILES for wave in range(1, len(WAVES) + 1)]
EVERY_DAY = {
    ("9901", 1): ("age", "occupation"),
    ("9901", 2): ("age", "gender"),
    ("9902", 1): ("gender", "attendance"),
    ("9902", 2): ("age", "gender"),
    ("9903", 1): ("age", "gender"),
    ("9903", 2): ("gender", "attendance"),
}
"""One pair a round on every run; a long run takes them all."""


@cache
def columns_of(code: str, wave: int) -> Columns:
    """The answers of one of the demo's rounds."""
    questionnaire, number = wellbeing(), RESPONSES_PER_ROUND[code]
    people = simulate(questionnaire, municipality_profile=PROFILES[code], n=number, wave=wave, seed=SEED)
    return Columns(questionnaire, np.array([encode(questionnaire, p) for p in people], dtype=np.int16))


@cache
def published(code: str, wave: int) -> dict[str, dict[str, ProtectedCube]]:
    """The round's tables, question by question, as its jobs make them."""
    protected = protected_round(columns_of(code, wave), BACKGROUNDS, RULE)
    return {question: dict(found.shown) for question, found in protected.items()}


def tables_by(tables: dict[str, dict[str, Cube]], pair: Sequence[str]) -> tuple[list[Cube], list[Cube]]:
    """How many took part by each of two backgrounds; the tables of questions alone, by these, and by both."""
    base = [
        cube
        for code in pair
        for named, cube in tables.get(code, {}).items()
        if named != REACH or set(pair) == {AGE, OCCUPATION}
    ]
    asked = [
        cube
        for question, found in tables.items()
        if question not in BACKGROUNDS
        for code, cube in found.items()
        if set(code.split(".")[1:]) <= set(pair)
    ]
    return base, asked


CASES = [
    (*one, pair)
    for one in ROUNDS
    for pair in (combinations(BACKGROUNDS, 2) if EXAMPLES in os.environ else [EVERY_DAY[one]])
]


@pytest.mark.parametrize(("code", "wave", "pair"), CASES)
def test_all_questions_of_a_round_together_tell_nothing_hidden(
    code: str, wave: int, pair: tuple[str, str]
) -> None:
    shown = {question: {c: t.cube for c, t in found.items()} for question, found in published(code, wave).items()}
    attacker = RoundAttacker(*tables_by(shown, pair))
    assert len(attacker.hidden) > 50, "the attack must have something to attack"
    assert attacker.exact() == []


@pytest.mark.parametrize(("code", "wave"), [("9901", 2), ("9902", 1)])
def test_a_table_of_reach_that_was_left_out_can_not_be_worked_out(code: str, wave: int) -> None:
    """By somebody who also knows the rule: that it is left out where one of its four figures is 1 to 4."""
    tables = {question: {c: t.cube for c, t in found.items()} for question, found in published(code, wave).items()}
    assert REACH not in tables[OCCUPATION], "the attack must have something to attack"
    attacker = RoundAttacker(*tables_by(tables, (AGE, OCCUPATION)))
    (left_out,) = reach_tables(groupings_of(columns_of(code, wave), BACKGROUNDS, smallest=RULE.share_base))
    counts = left_out.table.cube.values
    assert ((counts > 0) & (counts < RULE.k)).any()
    older, school = (left_out.table.cube.dimension(code).codes[at] for code, at in ((AGE, 1), (OCCUPATION, 0)))
    of_age, of_school, everyone = (
        attacker.range_of(at).low for at in ({AGE: older}, {OCCUPATION: school}, {AGE: EVERYONE})
    )
    found = attacker.range_of({AGE: older, OCCUPATION: school})
    possible = [
        both
        for both in range(int(found.low), int(found.high) + 1)
        for parts in [(both, of_age - both, of_school - both, everyone - of_age - of_school + both)]
        if any(0 < part < RULE.k for part in parts)
    ]
    assert len(possible) > 1


def test_with_small_counts_alone_hidden_a_round_is_undone() -> None:
    tables: dict[str, dict[str, Cube]] = {}
    for counted in tabulate(columns_of("9903", 1), BACKGROUNDS, smallest=RULE.share_base):
        cube = counted.table.cube
        small = (cube.values > 0) & (cube.values < RULE.k)
        hidden = replace(
            cube,
            values=np.where(small, np.nan, cube.values),
            statuses=np.where(small, np.uint8(Reason.SUPPRESSED), cube.statuses),
        )
        tables.setdefault(counted.question.code, {})[counted.code] = hidden
    few = {code: tables[code] for code in ("age", "gender", "satisfaction", "troubles", "hinders")}
    attacker = RoundAttacker(*tables_by(few, ("age", "gender")))
    assert len(attacker.exact(random_rounds=4)) > len(attacker.hidden) / 2


@pytest.mark.parametrize("local", local_data_sets(), ids=lambda local: f"{local.tenant_code}-{local.key}")
def test_a_local_data_set_shows_no_small_count(local: LocalDataSet) -> None:
    found = read_csv(local.csv, mapping_of(local))
    assert found.cube is not None
    rule = AggregationRule.default(Sensitivity[local.sensitivity.upper()])
    if rule.hides_nothing:
        return
    table = protect(found.cube, rule)
    shown = table.values[~np.isnan(table.values)]
    assert not ((shown > 0) & (shown < rule.k)).any()
    if all(dimension.total or not dimension.summable for dimension in table.dimensions):
        attacker = Attacker([table.cube])
        secret = attacker.cells_of(table.cube, table.report.protected_cells(table.values.shape))
        assert attacker.pinned(secret) == []
