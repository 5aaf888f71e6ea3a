"""Counting: every figure is the one that a person would get by going through the answers one by one."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np
import pytest

from datasets.cubes import Reason
from datasets.disclosure import AggregationRule, ProtectedCube, Sensitivity
from surveys.demo.model import simulate
from surveys.demo.parameters import PROFILES
from surveys.questionnaire import Answers, encode, wellbeing
from surveys.results.answer_dimensions import ANSWERED, CHOSEN, EVERYONE, HIGH, LOW, OPTION
from surveys.results.people_groups import crossings_of
from surveys.results.reach_table import REACH
from surveys.results.tabulation import Columns, Counted, base_tables, groupings_of, question_tables
from tests.counting import protected_round, tabulate

BREAKDOWNS = [question.code for question in wellbeing().background]
RULE = AggregationRule(Sensitivity.INTERNAL, tau=5)


def columns(people: list[Answers]) -> Columns:
    questionnaire = wellbeing()
    return Columns(questionnaire, np.array([encode(questionnaire, person) for person in people], dtype=np.int16))


@cache
def people(count: int) -> list[dict[str, Any]]:
    return simulate(wellbeing(), municipality_profile=PROFILES["9901"], n=count, wave=1, seed=3)


@cache
def tables(count: int) -> Mapping[str, Counted]:
    return {found.code: found for found in tabulate(columns(people(count)), BREAKDOWNS, smallest=10)}


def cell(counted: Counted, **at: str) -> float:
    value = counted.table.cube.cell(at).value
    assert value is not None
    return value


def test_a_plain_question_counts_those_who_gave_each_answer() -> None:
    counted = tables(400)["satisfaction"]
    for choice in wellbeing().question("satisfaction").choices:
        expected = sum(person.get("satisfaction") == choice.code for person in people(400))
        assert cell(counted, satisfaction=choice.code) == expected
    assert cell(counted, satisfaction=ANSWERED) == sum("satisfaction" in person for person in people(400))


def test_the_high_end_of_a_scale_is_the_sum_of_its_answers() -> None:
    scale = wellbeing().scale_of(wellbeing().question("hope"))
    assert scale is not None
    high = sum(person.get("hope") in scale.high.codes for person in people(400))
    low = sum(person.get("hope") in scale.low.codes for person in people(400))
    assert cell(tables(400)["hope"], hope=HIGH) == high
    assert cell(tables(400)["hope"], hope=LOW) == low


def test_a_question_by_a_background_counts_each_group() -> None:
    counted = tables(400)["joy.age"]
    scale = wellbeing().scale_of(wellbeing().question("joy"))
    assert scale is not None
    for age in ("15-17", "18-19", "20-24", "25-29"):
        group = [person for person in people(400) if person["age"] == age and "joy" in person]
        assert cell(counted, joy=HIGH, age=age) == sum(person["joy"] in scale.high.codes for person in group)
        assert cell(counted, joy=ANSWERED, age=age) == len(group)
    assert cell(counted, joy=ANSWERED, age=EVERYONE) == sum("joy" in person for person in people(400))


def test_each_option_of_several_answers_is_counted_among_all_who_answered() -> None:
    counted = tables(400)["means"]
    answered = [person for person in people(400) if "means" in person]
    for choice in wellbeing().question("means").choices:
        told = {OPTION: choice.code, "means": CHOSEN}
        assert cell(counted, **told) == sum(choice.code in person["means"] for person in answered)
        assert cell(counted, **{OPTION: choice.code, "means": ANSWERED}) == len(answered)


def test_those_who_were_not_asked_are_in_no_figure() -> None:
    pupils = [person for person in people(400) if person.get("occupation") == "school"]
    answered = sum("school_adults" in person for person in pupils)
    assert cell(tables(400)["school_adults"], school_adults=ANSWERED) == answered < len(people(400)) / 2


def test_free_text_gives_no_table() -> None:
    assert not [code for code in tables(400) if code.startswith("own_words")]


@pytest.mark.parametrize("count", [60, 150, 400])
def test_every_group_that_results_are_broken_down_by_has_ten_people_and_everybody_is_in_one(count: int) -> None:
    for background in wellbeing().background:
        counted = tables(count).get(background.code)
        if counted is None:
            continue
        groups = counted.table.cube.dimension(background.code)
        sizes = [cell(counted, **{background.code: code}) for code in groups.leaves]
        assert min(sizes) >= 10
        assert sum(sizes) == count == cell(counted, **{background.code: EVERYONE})


def test_groups_are_joined_alike_in_every_table_but_the_coarse_one_of_reach() -> None:
    found = tables(60)
    for background in wellbeing().background:
        groupings = {
            counted.table.cube.dimension(background.code).codes
            for counted in found.values()
            if background in counted.by and len(counted.by) == 1 and counted.code != REACH
        }
        assert len(groupings) <= 1


def test_ages_are_joined_with_their_neighbours_only() -> None:
    few = [
        {"age": age}
        for age, count in (("15-17", 30), ("18-19", 3), ("20-24", 20), ("25-29", 40))
        for _ in range(count)
    ]
    found = {counted.code: counted for counted in tabulate(columns(few), ["age"], smallest=10)}
    assert found["age"].table.cube.dimension("age").codes == ("15-17", "18-19+20-24", "25-29", EVERYONE)


def test_the_order_in_which_answers_lie_changes_nothing() -> None:
    turned = {t.code: t for t in tabulate(columns(people(150)[::-1]), BREAKDOWNS, smallest=10)}
    for code, counted in tables(150).items():
        assert np.array_equal(counted.table.cube.values, turned[code].table.cube.values)


def test_nobody_answered_and_nothing_breaks() -> None:
    empty = Columns(wellbeing(), np.zeros((0, len(encode(wellbeing(), {"age": "15-17"}))), dtype=np.int16))
    assert all(counted.table.cube.values.sum() == 0 for counted in tabulate(empty, BREAKDOWNS, smallest=10))


@cache
def shown(count: int) -> dict[str, ProtectedCube]:
    """What the jobs show of a round, by table code."""
    questions = protected_round(columns(people(count)), BREAKDOWNS, RULE).values()
    return {code: cube for question in questions for code, cube in question.shown.items()}


@pytest.mark.parametrize("count", [60, 400])
def test_what_is_published_shows_no_count_and_no_base_that_is_too_small(count: int) -> None:
    seen = 0
    for code, cube in shown(count).items():
        values = cube.values[cube.statuses != Reason.SUPPRESSED]
        seen += len(values)
        assert not ((values > 0) & (values < RULE.k)).any(), code
        if over := tables(count)[code].table.over:
            answered = cube.select({over: [ANSWERED]}).values
            assert not ((answered > 0) & (answered < RULE.share_base)).any(), code
    assert seen > 100


def test_a_hidden_figure_is_not_the_only_one_in_its_row_or_column() -> None:
    """The simplest attack, without any engine: subtract what is shown from the total."""
    for code, cube in shown(150).items():
        hidden = cube.statuses == Reason.SUPPRESSED
        for axis, dimension in enumerate(cube.dimensions):
            if dimension.total is None or any(category.parent for category in dimension.categories):
                continue
            rows = np.moveaxis(hidden, axis, -1)
            assert not (rows.sum(axis=-1) == 1).any(), (code, dimension.code)


def test_every_table_of_a_question_is_shown_or_told_not_to_be() -> None:
    for count in (3, 25, 150):
        found = protected_round(columns(people(count)), BREAKDOWNS, RULE)
        for code in tables(count):
            main = code.partition(".")[0]
            question = found[main]
            # Where the whole is not shown it is told once, for its breakdowns too.
            is_told = code in question.not_shown or main in question.not_shown
            # Few enough to hide a figure, and the table of reach says nothing: then there is none.
            is_left_out = code in REACH and code not in question.shown
            assert (code in question.shown) != is_told or is_left_out, (count, code)


def test_of_a_few_people_nothing_is_shown_and_every_question_says_so() -> None:
    for code, question in protected_round(columns(people(3)), BREAKDOWNS, RULE).items():
        assert (question.shown, question.not_shown) == ({}, {code: "too_few"})


def test_columns_that_were_not_fetched_are_not_taken_for_no_answers() -> None:
    some = Columns(wellbeing(), np.zeros((3, 1), dtype=np.int16), frozenset({"age"}))
    assert some.of(wellbeing().question("age")).shape == (3, 1)
    with pytest.raises(KeyError):
        some.of(wellbeing().question("satisfaction"))


def test_two_breakdowns_are_crossed_where_every_combination_is_large_enough() -> None:
    ages, genders = ("15-17", "18-19"), ("woman", "man")
    answers = [
        {"age": age, "gender": gender, "satisfaction": str(at % 11)}
        for age in ages
        for gender in genders
        for at in range(40)
    ]
    found = columns(answers)
    by = groupings_of(found, ["age", "gender"], smallest=10)
    crossings = crossings_of(by, (("age", "gender"),), smallest=30)
    tables = {t.code: t for t in question_tables(found, wellbeing().question("satisfaction"), by, crossings)}
    crossed = tables["satisfaction.age.gender"]
    scale = wellbeing().scale_of(wellbeing().question("satisfaction"))
    assert scale is not None
    expected = sum(str(at % 11) in scale.high.codes for at in range(40))
    assert cell(crossed, satisfaction=HIGH, age="15-17", gender="man") == expected
    assert cell(crossed, satisfaction=ANSWERED, age=EVERYONE, gender="man") == 80
    assert cell({t.code: t for t in base_tables(by, crossings)}["age.gender"], age="15-17", gender="woman") == 40
    assert crossings_of(by, (("age", "gender"),), smallest=41) == ()
    assert crossings_of(by[:1], (("age", "gender"),), smallest=1) == ()
