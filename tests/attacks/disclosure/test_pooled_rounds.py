"""Two small rounds and both together: nobody works out a figure that any of the three hides."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pytest

from datasets.cubes import Category, Cube, Dimension, Reason
from datasets.disclosure import AggregationRule, Sensitivity
from surveys.demo.model import simulate
from surveys.demo.parameters import PROFILES
from surveys.questionnaire import Questionnaire, encode, wellbeing
from surveys.results.pooling import BOTH, LABEL, ROUND, Pool, pool_of, pooled_base, pooled_question
from surveys.results.protecting import Protected
from surveys.results.tabulation import Columns
from tests.attacks.disclosure.attacker import Attacker, Knowledge
from tests.counting import protected_round

RULE = AggregationRule(sensitivity=Sensitivity.INTERNAL, k=5, share_base=10, mean_base=10, tau=5)
SIZES = {"first": 34, "second": 38}
ASKED = ("satisfaction", "meaning", "joy")
WAVE = Dimension(
    ROUND, LABEL, tuple(Category(code, {"en": code}) for code in (*SIZES, BOTH)), total=BOTH
)  # fmt: skip


@dataclass(frozen=True)
class Held:
    """Two rounds with what is out of each, and of both."""

    rounds: dict[str, dict[str, Protected]]
    pool: Pool
    both: dict[str, Cube]
    careless: dict[str, Cube]


def asked_of_all() -> Questionnaire:
    whole = wellbeing()
    kept = {*(question.code for question in whole.background), *ASKED}
    sections = (
        replace(section, questions=tuple(one for one in section.questions if one.code in kept))
        for section in whole.sections
    )
    return replace(whole, sections=tuple(section for section in sections if section.questions), scores=())


def tables_of(pool: Pool) -> dict[str, Cube]:
    found = pooled_base(pool, RULE)
    assert found is not None
    base, tables = found
    for code in ASKED:
        tables |= pooled_question(pool, base, pool.columns.questionnaire.question(code), RULE)
    return {code: cube.cube for code, cube in tables.items()}


@pytest.fixture(scope="module")
def held() -> Held:
    asked = asked_of_all()
    columns = {}
    for wave, (code, number) in enumerate(SIZES.items(), start=1):
        people = simulate(wellbeing(), municipality_profile=PROFILES["9902"], n=number, wave=wave, seed=3)
        known = [{key: said for key, said in one.items() if key in {q.code for q in asked}} for one in people]
        columns[code] = Columns(asked, np.array([encode(asked, one) for one in known], dtype=np.int16))
    breakdowns = ["age", "gender"]
    rounds = {code: protected_round(own, breakdowns, RULE) for code, own in columns.items()}
    pool = pool_of(
        [
            (code, own, [cube for one in rounds[code].values() for cube in one.shown.values()])
            for code, own in columns.items()
        ],
        breakdowns,
        RULE,
    )
    return Held(rounds, pool, tables_of(pool), tables_of(replace(pool, released=())))


def attack(held: Held, both: dict[str, Cube], code: str) -> list[tuple[str, float]]:
    """What somebody works out who has the tables of one question, alone and by age, of each round and of both.

    Gives the hidden figures that he has exactly, of all three and of each round by the groups of both.
    """
    cubes = [cube for table, cube in both.items() if table in (code, f"{code}.age")]
    groupings = {}
    finest = held.pool.groupings[0].dimension
    ages = dict(zip(finest.leaves, range(len(finest.leaves)), strict=True))
    out = [placed(cube, BOTH) for cube in cubes]
    for name, questions in held.rounds.items():
        for table, cube in questions[code].shown.items():
            if table not in (code, f"{code}.age"):
                continue
            own = cube.cube
            if "age" in [dimension.code for dimension in own.dimensions]:
                theirs = own.dimension("age")
                known = f"age_{name}"
                groupings[known] = (
                    "age",
                    {
                        one: [leaf for leaf in ages if set(leaf.split("+")) <= set(one.split("+"))]
                        for one in theirs.leaves
                    },
                )
                own = renamed(own, "age", known)
            out.append(placed(own, name))
    everything = Cube.of_values((WAVE,), [np.nan] * 3)
    attacker = Attacker(
        [everything, *sorted(out, key=lambda cube: len(cube.dimensions))],
        knows=Knowledge(groupings=groupings, leaves={"age": finest.leaves}),
    )
    return [(str(found.place), found.high) for found in attacker.findings() if found.is_exact and found.high > 0]


def placed(cube: Cube, code: str) -> Cube:
    """A table of one round, or of both, among tables of several."""
    if ROUND in [dimension.code for dimension in cube.dimensions]:
        axis = cube.axis(ROUND)
        cube = replace(
            cube,
            dimensions=tuple(d for d in cube.dimensions if d.code != ROUND),
            values=cube.values.take(0, axis=axis),
            statuses=cube.statuses.take(0, axis=axis),
        )
    one = replace(WAVE, categories=tuple(c for c in WAVE.categories if c.code == code), total=None)
    return replace(
        cube,
        dimensions=(*cube.dimensions, one),
        values=cube.values[..., None],
        statuses=cube.statuses[..., None],
    )


def renamed(cube: Cube, code: str, other: str) -> Cube:
    return replace(
        cube, dimensions=tuple(replace(d, code=other) if d.code == code else d for d in cube.dimensions)
    )


def test_both_together_tell_of_groups_that_neither_round_could(held: Held) -> None:
    ages = held.both["age"].dimension("age").leaves
    for questions in held.rounds.values():
        assert len(ages) > len(questions["age"].shown["age"].dimension("age").leaves)


def test_no_single_round_is_told_by_the_tables_of_both(held: Held) -> None:
    for cube in held.both.values():
        assert cube.dimension(ROUND).codes == (BOTH,)


@pytest.mark.parametrize("code", ASKED)
def test_nothing_that_one_of_the_three_hides_can_be_worked_out(held: Held, code: str) -> None:
    hidden = sum(
        int((cube.cube.statuses == Reason.SUPPRESSED).sum())
        for questions in held.rounds.values()
        for cube in questions[code].shown.values()
    )
    assert hidden, "there must be something to work out"
    assert attack(held, held.both, code) == []


def test_without_the_ledger_somebody_would_work_it_out(held: Held) -> None:
    assert any(attack(held, held.careless, code) for code in ASKED)
