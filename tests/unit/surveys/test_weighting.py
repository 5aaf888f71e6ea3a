"""Weighted shares: by hand, from published counts alone, and silent where a count is hidden."""

from __future__ import annotations

import json

import numpy as np
import pytest

from datasets.cubes import Reason
from datasets.disclosure import AggregationRule, ProtectedCube, Sensitivity
from surveys.drafting.joint_version import with_municipalities
from surveys.drafting.translated import in_all_languages
from surveys.questionnaire import Answers, encode, read, wellbeing
from surveys.questionnaire.reading import CONTENT
from surveys.results.population import together
from surveys.results.protecting import CROSSED
from surveys.results.tabulation import Columns
from surveys.results.weighting import NoWeights, Weighting, weighted_shares, weighting_of
from tests.counting import protected_round

RULE = AggregationRule(Sensitivity.INTERNAL, k=5, share_base=10, mean_base=10, tau=5)
POPULATION = {
    ("15-17", "woman"): 2000.0, ("15-17", "man"): 2000.0, ("20-24", "woman"): 2000.0, ("20-24", "man"): 4000.0,
}  # fmt: skip
ASKED = wellbeing()
BUILTIN = json.loads((CONTENT / "wellbeing.json").read_text(encoding="utf-8"))
HIGH, LOW = ASKED.question("joy").choices[-1].code, ASKED.question("joy").choices[0].code


def people(**groups: tuple[str, str, int, int]) -> list[Answers]:
    """By group: age, gender, how many, and how many of them are content."""
    return [
        {"age": age, "gender": gender, "joy": HIGH if at < content else LOW}
        for age, gender, number, content in groups.values()
        for at in range(number)
    ]


def published(answers: list[Answers]) -> dict[str, ProtectedCube]:
    columns = Columns(ASKED, np.array([encode(ASKED, one) for one in answers], dtype=np.int16))
    found = protected_round(columns, ["age", "gender"], RULE)
    return {code: cube for question in found.values() for code, cube in question.shown.items()}


YOUNG_ANSWERED = people(
    a=("15-17", "woman", 60, 45),
    b=("15-17", "man", 60, 30),
    c=("20-24", "woman", 40, 10),
    d=("20-24", "man", 40, 20),
)


def test_shares_by_age_and_gender_worked_by_hand() -> None:
    tables = published(YOUNG_ANSWERED)
    weighting = weighting_of(tables, POPULATION)
    assert isinstance(weighting, Weighting) and weighting.by == CROSSED[0]
    # 0.2 · 200 / 60, the same, 0.2 · 200 / 40 and 0.4 · 200 / 40.
    assert weighting.weights.of_cells.ravel().tolist() == pytest.approx([2 / 3, 2 / 3, 1, 2])
    found = weighted_shares(tables, ASKED.question("joy"), weighting)
    assert found is not None and found.people == 200
    high = next(one for one in found.shares if one.answer.code == "high")
    assert high.share == pytest.approx(0.2 * 45 / 60 + 0.2 * 30 / 60 + 0.2 * 10 / 40 + 0.4 * 20 / 40)
    assert high.plain == pytest.approx(105 / 200)
    # 200² / (120 · 4/9 + 40 · 1 + 40 · 4)
    assert weighting.worth == pytest.approx(40_000 / (120 * 4 / 9 + 40 + 160))
    assert high.low < high.share < high.high and high.high - high.low > 0.15


def test_where_gender_can_not_be_used_answers_are_weighted_by_age() -> None:
    tables = {code: cube for code, cube in published(YOUNG_ANSWERED).items() if "gender" not in code}
    weighting = weighting_of(tables, POPULATION)
    assert isinstance(weighting, Weighting) and weighting.by == ("age",)
    found = weighted_shares(tables, ASKED.question("joy"), weighting)
    assert found is not None
    high = next(one for one in found.shares if one.answer.code == "high")
    assert high.share == pytest.approx(0.4 * 75 / 120 + 0.6 * 30 / 80)


def test_whoever_has_the_published_tables_can_work_the_shares_out() -> None:
    """Nothing goes into a weighted share but the public tables: it tells nothing that they do not."""
    tables = published(YOUNG_ANSWERED)
    stored = {code: ProtectedCube.from_release(**cube.to_release()) for code, cube in tables.items()}
    mine, theirs = weighting_of(tables, POPULATION), weighting_of(stored, POPULATION)
    assert isinstance(mine, Weighting) and isinstance(theirs, Weighting)
    question = ASKED.question("joy")
    assert weighted_shares(tables, question, mine) == weighted_shares(stored, question, theirs)


@pytest.mark.parametrize("content", range(1, 5))
def test_rounds_that_differ_in_hidden_counts_alone_have_the_same_weighted_shares(content: int) -> None:
    """One to four content women of 20 to 24 are hidden, and so is every weighted share that rests on them."""
    answers = people(
        a=("15-17", "woman", 60, 45), b=("15-17", "man", 60, 30), c=("20-24", "woman", 40, content),
        d=("20-24", "man", 40, 20),
    )  # fmt: skip
    tables = published(answers)
    weighting = weighting_of(tables, POPULATION)
    assert isinstance(weighting, Weighting)
    found = weighted_shares(tables, ASKED.question("joy"), weighting)
    cube = tables.get(".".join(("joy", *weighting.by)))
    assert found is None or cube is not None
    for share in found.shares if found is not None else ():
        assert cube is not None
        part = cube.select({"joy": [share.answer.code]})
        assert not (part.statuses == Reason.SUPPRESSED).any()


def test_why_there_are_no_weights() -> None:
    tables = published(YOUNG_ANSWERED)
    assert weighting_of(tables, {}) is NoWeights.NO_POPULATION
    assert weighting_of({}, POPULATION) is NoWeights.HIDDEN
    assert weighting_of(tables, {("16-24", "woman"): 5.0, ("16-24", "man"): 5.0}) is NoWeights.OTHER_AGES


def test_whom_no_register_knows_keep_their_share_of_their_age() -> None:
    answers = YOUNG_ANSWERED + people(e=("15-17", "other", 30, 15), f=("20-24", "other", 30, 15))
    tables = published(answers)
    weighting = weighting_of(tables, POPULATION)
    assert isinstance(weighting, Weighting) and weighting.by == CROSSED[0]
    cells = weighting.weights.of_cells
    other = list(tables["age.gender"].dimension("gender").codes).index("other")
    # Of 6 000 aged 20 to 24, 30 of 110 who answered: as many of them as there would be.
    total = 10_000 / 260
    assert cells[1, other] == pytest.approx(6000 / 110 / total)
    assert (cells * [[60, 60, 30], [40, 40, 30]]).sum() == pytest.approx(260)


def test_a_joint_round_is_weighted_by_municipality_and_age_worked_by_hand() -> None:
    """Of those who answered four sevenths live in Alvik, where a quarter of all do."""
    names = [("alvik", "Alvik"), ("bjorkvik", "Björkvik")]
    asked = read(with_municipalities(in_all_languages(BUILTIN), names, code="joint_x"))
    groups = (
        ("alvik", "15-17", 40, 30),
        ("alvik", "20-24", 40, 20),
        ("bjorkvik", "15-17", 30, 6),
        ("bjorkvik", "20-24", 30, 9),
    )
    answers: list[Answers] = [
        {"municipality": place, "age": age, "joy": HIGH if at < content else LOW}
        for place, age, number, content in groups
        for at in range(number)
    ]
    coded = np.array([encode(asked, one) for one in answers], dtype=np.int16)
    columns = Columns(asked, coded, areas=[["alvik"], ["bjorkvik"]])
    found = protected_round(columns, ["municipality", "age"], RULE)
    tables = {code: cube for question in found.values() for code, cube in question.shown.items()}
    places = {
        "alvik": {("15-17", "woman"): 500.0, ("20-24", "woman"): 500.0},
        "bjorkvik": {("15-17", "man"): 1500.0, ("20-24", "man"): 1500.0},
    }
    weighting = weighting_of(tables, together(places), places)
    assert isinstance(weighting, Weighting) and weighting.by == ("municipality", "age")
    weighted = weighted_shares(tables, asked.question("joy"), weighting)
    assert weighted is not None
    high = next(one for one in weighted.shares if one.answer.code == "high")
    assert high.share == pytest.approx((30 / 40 + 20 / 40) / 8 + 3 * (6 / 30 + 9 / 30) / 8)
    # Where the people of one municipality are not known, the round is not weighted.
    places["bjorkvik"] = {}
    assert weighting_of(tables, together(places), places) == NoWeights.NO_POPULATION
