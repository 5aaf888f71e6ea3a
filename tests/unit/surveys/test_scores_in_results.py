"""Scores among the results: counted by band, shown beside their items, compared only where they are the same."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from scipy import stats

from datasets.cubes import Reason
from datasets.disclosure import AggregationRule, Scale, Sensitivity
from surveys.demo.model import simulate
from surveys.demo.parameters import PROFILES
from surveys.questionnaire import (
    Method,
    Question,
    Questionnaire,
    Score,
    ScoreBand,
    bands_of,
    encode,
    score_of,
    wellbeing,
    with_scores,
)
from surveys.results.findings import findings_of
from surveys.results.means import POINTS, Numbers, ends_of
from surveys.results.scores import columns_with_scores
from surveys.results.tabulation import Columns, groupings_of, question_tables
from surveys.results.waves import Break, break_of, comparable
from tests.counting import protected_round

INDEX = "belonging_index"
RULE = AggregationRule(Sensitivity.INTERNAL, tau=5)


def people(count: int, wave: int = 1) -> list[dict[str, Any]]:
    return simulate(wellbeing(), municipality_profile=PROFILES["9901"], n=count, wave=wave, seed=3)


def columns(answers: list[dict[str, Any]]) -> Columns:
    asked = wellbeing()
    return Columns(asked, np.array([encode(asked, person) for person in answers], dtype=np.int16))


def told(questionnaire: Questionnaire) -> Question:
    return questionnaire.question(INDEX)


def changed(**fields: Any) -> Questionnaire:
    """The questionnaire with its score changed."""
    asked = wellbeing()
    return with_scores(replace(asked, scores=(replace(asked.scores[0], **fields),)))


def test_a_score_stands_behind_the_last_of_its_items_with_its_bands_as_answers() -> None:
    asked = with_scores(wellbeing())
    codes = [question.code for question in asked]
    assert codes[codes.index("belonging") + 1] == INDEX
    assert [choice.code for choice in told(asked).choices] == ["low", "middle", "high"]
    assert [code for code in codes if code != INDEX] == [question.code for question in wellbeing()]


def test_each_band_counts_those_whose_score_is_in_it() -> None:
    answers = people(400)
    score = wellbeing().scores[0]
    values = [(person, score_of(wellbeing(), score, person)) for person in answers]
    beside = columns_with_scores(columns(answers))
    (alone, by_age) = question_tables(
        beside, told(beside.questionnaire), groupings_of(beside, ["age"], smallest=10)
    )
    assert any(value is None for _person, value in values)
    for band in score.bands:
        inside = [person for person, value in values if value is not None and score.band_of(value) == band]
        assert alone.table.cube.cell({INDEX: band.code}).value == len(inside) > 0
        young = sum(person["age"] == "15-17" for person in inside)
        assert by_age.table.cube.cell({INDEX: band.code, "age": "15-17"}).value == young
    assert alone.table.cube.cell({INDEX: "answered"}).value == sum(value is not None for _person, value in values)


def test_a_value_on_the_edge_is_in_the_band_that_begins_there_also_when_it_is_counted_in_floating_point() -> None:
    bands = (
        ScoreBand("low", {"sv": "låg"}, Decimal(0), Decimal("49.9999")),
        ScoreBand("high", {"sv": "hög"}, Decimal(50), Decimal(100)),
    )
    score = Score("s", {"sv": "s"}, ("a",), bands=bands)
    values = np.array([50 - 1e-12, 50.0, 49.5, np.nan, 100 + 1e-12, 101.0])
    assert bands_of(score, values).tolist() == [2, 2, 1, 0, 2, 0]


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"most_missing": 0}, Break.SCORING),
        ({"multiply": Decimal(20)}, Break.SCORING),
        ({"reversed_items": frozenset({"close"})}, Break.SCORING),
        ({"items": ("close", "belonging")}, Break.ITEMS),
        ({"title": {"sv": "En annan titel"}}, Break.WORDING),
    ],
)
def test_a_score_that_is_worked_out_otherwise_is_a_break(fields: dict[str, Any], why: Break) -> None:
    now, then = changed(), changed(**fields)
    assert break_of(now, then, told(now)) is why
    assert break_of(now, now, told(now)) is None


def test_a_score_one_of_whose_items_was_changed_is_a_break_and_no_finding_compares_it() -> None:
    now = with_scores(wellbeing())
    sections = tuple(
        replace(
            section,
            questions=tuple(
                replace(one, text={"sv": "Andra ord."}) if one.code == "close" else one
                for one in section.questions
            ),
        )
        for section in now.sections
    )
    then = replace(now, sections=sections)
    assert break_of(now, then, told(now)) is Break.ITEMS
    tables = {code: cube for one in protected_round(columns(people(300)), ["age"], RULE).values()
              for code, cube in one.shown.items()}  # fmt: skip
    kept = comparable(now, then, tables)
    assert {INDEX, f"{INDEX}.age", "close"} <= tables.keys()
    assert not {INDEX, f"{INDEX}.age", "close"} & kept.keys() and "belonging" in kept


def test_groups_that_differ_in_their_highest_band_are_found() -> None:
    answers = [
        {"age": age, "gender": "woman", "occupation": "school", "close": said, "speak_up": said, "belonging": said}
        for age, high in (("15-17", 90), ("18-19", 30))
        for said in ["fully"] * high + ["neither"] * (120 - high)
    ]
    tables = {code: cube for one in protected_round(columns(answers), ["age"], RULE).values()
              for code, cube in one.shown.items()}  # fmt: skip
    only = {code: cube for code, cube in tables.items() if code.startswith(INDEX)}
    (finding,) = findings_of(with_scores(wellbeing()), only, {}, base=10).found
    assert finding.is_score and finding.answer["sv"] == "75–100 av 100"
    assert (finding.now, finding.earlier) == (0.75, 0.25)


def test_of_a_few_people_no_band_is_shown() -> None:
    found = protected_round(columns(people(5)), ["age"], RULE)[INDEX]
    assert found.shown == {} and set(found.not_shown.values()) == {"too_few"}


def test_the_mean_is_that_of_everyone_who_has_a_score_with_the_interval_of_the_textbook() -> None:
    answers = people(400)
    values = [score_of(wellbeing(), wellbeing().scores[0], one) for one in answers]
    mean = protected_round(columns(answers), ["age"], RULE, with_means=True)[INDEX].shown[f"{INDEX}:mean"]
    exact = np.array([float(value) for value in values if value is not None])
    low, high = stats.t.interval(0.95, len(exact) - 1, exact.mean(), stats.sem(exact))
    shown = mean.values.ravel()
    assert shown[0] == round(float(exact.mean()), 1) and shown[3] == len(exact)
    # The spread is rounded up to two digits, so the interval is a little longer, never shorter.
    assert low - 0.3 < shown[1] <= low + 0.05 and high - 0.05 <= shown[2] < high + 0.3


def test_the_sum_of_squares_may_move_only_as_far_as_two_digits_of_the_spread_leave_it() -> None:
    values = np.array([0.0, 10.0, 20.0, 30.0, 75.0])
    numbers = Numbers(values, Scale(0, 100), POINTS)
    exact = stats.tstd(values)
    assert numbers.deviation == np.ceil(exact)
    low, high = numbers.slack
    assert low < 0 < high
    for change, same in ((low, True), (high, True), (low - 1, False), (high + 1, False)):
        spread = np.sqrt((4 * exact**2 + change) / 4)
        assert (np.ceil(spread) == numbers.deviation) == same


@pytest.mark.parametrize(
    ("fields", "ends"),
    [
        ({}, (0, 100)),
        ({"method": Method.SUM, "multiply": Decimal(4)}, (0, 48)),
        ({"multiply": Decimal(-25), "add": Decimal(100)}, (0, 100)),
        ({"table": {Decimal(0): Decimal(7), Decimal(4): Decimal(90)}}, (7, 90)),
    ],
)
def test_the_ends_of_a_score(fields: dict[str, Any], ends: tuple[float, float]) -> None:
    assert ends_of(wellbeing(), replace(wellbeing().scores[0], **fields)) == pytest.approx(ends)


def test_small_bands_are_hidden() -> None:
    found = protected_round(columns(people(120)), ["age", "gender", "occupation"], RULE)[INDEX].shown
    assert any((cube.statuses == Reason.SUPPRESSED).any() for cube in found.values())
    values = np.concatenate([cube.values.ravel() for code, cube in found.items() if not code.endswith(":mean")])
    assert not ((values > 0) & (values < RULE.k)).any()
