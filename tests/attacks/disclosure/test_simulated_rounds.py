"""Nobody works out a hidden figure of a survey round, small or large, as rounds are really published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest

from datasets.cubes import Cube, Reason
from datasets.disclosure import AggregationRule, ProtectedCube, Sensitivity
from surveys.demo.model import simulate
from surveys.demo.parameters import PROFILES, RESPONSES_PER_ROUND
from surveys.questionnaire import Answer, Kind, encode, wellbeing
from surveys.results.tabulation import Columns, Counted
from tests.attacks.disclosure.attacker import Attacker
from tests.attacks.disclosure.round_attacker import OPTION, RoundAttacker
from tests.counting import protected_round, tabulate

RULE = AggregationRule(sensitivity=Sensitivity.INTERNAL, k=5, share_base=10, mean_base=10, tau=5)
BREAKDOWNS = ("age", "gender")


def published_round(
    code: str, wave: int, *, people: list[dict[str, Answer]] | None = None
) -> list[list[tuple[Counted, ProtectedCube]]]:
    """The tables of a simulated round, question by question, as the job publishes them."""
    questionnaire = wellbeing()
    people = people or simulate(
        questionnaire, municipality_profile=PROFILES[code], n=RESPONSES_PER_ROUND[code], wave=wave, seed=7
    )
    columns = Columns(questionnaire, np.array([encode(questionnaire, p) for p in people], dtype=np.int16))
    counted = {table.code: table for table in tabulate(columns, BREAKDOWNS, smallest=RULE.share_base)}
    protected = protected_round(columns, BREAKDOWNS, RULE)
    return [[(counted[code], cube) for code, cube in question.shown.items()] for question in protected.values()]


@pytest.mark.parametrize("code, wave", [("9903", 1), ("9903", 2), ("9902", 1)])
def test_no_hidden_count_of_a_round_can_be_worked_out(code: str, wave: int) -> None:
    attacked = 0
    for question in published_round(code, wave):
        by_group = [
            cube.cube for counted, cube in question if counted.by and counted.question.kind is not Kind.MULTIPLE
        ]
        if not any((cube.statuses == Reason.SUPPRESSED).any() for cube in by_group):
            continue
        findings = Attacker(by_group).findings()
        attacked += len(findings)
        # A nought is no secret in itself; anything from 1 is.
        assert [found for found in findings if found.is_exact and found.high > 0] == []
    assert attacked > 20, "the attack must have had something to attack"


def test_no_hidden_count_can_be_worked_out_where_two_breakdowns_are_also_crossed() -> None:
    """Seven hundred people who are women or men, so that each combination is large and its answers are not."""
    drawn = simulate(wellbeing(), municipality_profile=PROFILES["9901"], n=700, wave=1, seed=7)
    people = [person for person in drawn if person.get("gender") in ("woman", "man")]
    crossed = attacked = 0
    for question in published_round("9901", 1, people=people)[:16]:
        by_group = [one.cube for counted, one in question if counted.by and counted.table.repeats == ()]
        crossed += any(len(counted.by) == 2 for counted, _cube in question)
        if any((cube.statuses == Reason.SUPPRESSED).any() for cube in by_group):
            findings = Attacker(by_group).findings()
            attacked += len(findings)
            assert [found for found in findings if found.is_exact and found.high > 0] == []
    assert crossed > 5 and attacked > 10


def crossed_round() -> Columns:
    """The answers of seven hundred women and men."""
    drawn = simulate(wellbeing(), municipality_profile=PROFILES["9901"], n=700, wave=1, seed=7)
    people = [person for person in drawn if person.get("gender") in ("woman", "man")]
    return Columns(wellbeing(), np.array([encode(wellbeing(), person) for person in people], dtype=np.int16))


def told_at_once(tables: Mapping[str, Mapping[str, Cube]]) -> RoundAttacker:
    """Somebody with every table of a round that asks wellbeing's questions: alone, by groups, and crossed."""
    asked = {question.code for question in wellbeing()} - {question.code for question in wellbeing().background}
    base = [cube for code in BREAKDOWNS for cube in tables[code].values()]
    return RoundAttacker(base, [cube for code in tables if code in asked for cube in tables[code].values()])


def test_all_questions_of_a_crossed_round_at_once_tell_nothing_hidden() -> None:
    """Also those of several answers, whose options are linked by who answered at all."""
    protected = protected_round(crossed_round(), BREAKDOWNS, RULE)
    shown = {question: {code: t.cube for code, t in found.shown.items()} for question, found in protected.items()}
    crossed = [cube for found in shown.values() for code, cube in found.items() if code.endswith("age.gender")]
    assert len(crossed) > 15
    assert sum(any(d.code == OPTION for d in cube.dimensions) for cube in crossed) > 2
    attacker = told_at_once(shown)
    assert len(attacker.hidden) > 100
    assert attacker.exact() == []


def test_with_small_counts_alone_hidden_a_crossed_round_is_undone() -> None:
    tables: dict[str, dict[str, Cube]] = {}
    for counted in tabulate(crossed_round(), BREAKDOWNS, smallest=RULE.share_base):
        cube = counted.table.cube
        small = (cube.values > 0) & (cube.values < RULE.k)
        hidden = np.where(small, np.uint8(Reason.SUPPRESSED), cube.statuses)
        shown = replace(cube, values=np.where(small, np.nan, cube.values), statuses=hidden)
        tables.setdefault(counted.question.code, {})[counted.code] = shown
    few = {code: tables[code] for code in (*BREAKDOWNS, "troubles", "hinders")}
    attacker = told_at_once(few)
    assert len(attacker.exact(random_rounds=4)) > len(attacker.hidden) / 3


def test_groups_are_joined_alike_in_every_table() -> None:
    dimensions: dict[str, set[tuple[str, ...]]] = {}
    for question in published_round("9903", 1):
        for counted, cube in question:
            for by in counted.by:
                dimensions.setdefault(by.code, set()).add(cube.dimension(by.code).codes)
    assert dimensions
    assert all(len(shapes) == 1 for shapes in dimensions.values())


def test_how_many_answered_in_a_group_is_never_hidden_in_one_table_and_shown_in_the_next() -> None:
    for question in published_round("9903", 1):
        for counted, cube in question:
            if counted.by and counted.table.over is not None:
                margins = cube.select({counted.table.over: ["answered"]})
                assert not (margins.statuses == Reason.SUPPRESSED).any()
