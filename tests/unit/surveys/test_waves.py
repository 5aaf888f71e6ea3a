"""What has changed since the round before: named rightly, or called a break, or no certain difference."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.utils import translation
from scipy import stats

from datasets.disclosure import AggregationRule, ProtectedCube, Sensitivity
from datasets.statistics import Verdict, difference_of_shares, holm
from surveys.demo.model import simulate
from surveys.demo.parameters import PROFILES, RESPONSES_PER_ROUND
from surveys.questionnaire import Questionnaire, encode, read, wellbeing, with_scores
from surveys.results.findings import findings_of
from surveys.results.tabulation import Columns
from surveys.results.waves import Break, Waves, break_of, comparable, waves_of
from surveys.wording.findings import finding_in_words
from surveys.wording.results import change_in_words
from tests.counting import protected_round
from tests.lix import lix

RULE = AggregationRule(Sensitivity.INTERNAL, tau=5)
DEMO_SEED = 20_261


def wellbeing_definition() -> dict[str, Any]:
    return dict(json.loads(Path("surveys/content/wellbeing.json").read_text()))


@cache
def published(place: str, wave: int) -> Mapping[str, ProtectedCube]:
    """The tables of one of the demo's rounds, as its jobs publish them."""
    asked = wellbeing()
    people = simulate(
        asked, municipality_profile=PROFILES[place], n=RESPONSES_PER_ROUND[place], wave=wave, seed=DEMO_SEED
    )
    columns = Columns(asked, np.array([encode(asked, person) for person in people], dtype=np.int16))
    found = protected_round(columns, [question.code for question in asked.background], RULE, with_means=True)
    return {code: cube for question in found.values() for code, cube in question.shown.items()}


@cache
def demo() -> Waves:
    return waves_of(
        with_scores(wellbeing()), with_scores(wellbeing()), published("9901", 2), published("9901", 1), base=10
    )


def verdict_of(code: str) -> Verdict:
    return next(one.verdict for one in demo().changes if one.question.code == code and one.by is None)


def test_the_demo_shows_one_certain_and_one_uncertain_difference_each_rightly_named() -> None:
    """Leisure was worked on between the rounds; belonging moved less than so many answers can tell."""
    assert verdict_of("leisure") is Verdict.MORE
    assert verdict_of("belonging") is Verdict.UNCERTAIN
    belonging = next(one for one in demo().changes if one.question.code == "belonging" and one.by is None)
    assert belonging.difference > 0.03, "an eye would take it for a change"
    untouched = {"close", "sleep", "movement", "hope", "money"}
    assert {verdict_of(code) for code in untouched} == {Verdict.UNCERTAIN}


def test_every_comparison_counts_against_every_other() -> None:
    found = demo()
    assert found.compared == len(found.changes) > 100
    assert found.certain == sum(one.verdict != Verdict.UNCERTAIN for one in found.changes) < found.compared / 20
    alone = [one for one in found.changes if one.low > 0 or one.high < 0]
    assert len(alone) > found.certain, "a span that leaves nought out is not enough among so many"


def test_groups_are_compared_the_same_way() -> None:
    by_group = [one for one in demo().changes if one.by is not None]
    assert {one.by.code for one in by_group if one.by} >= {"age", "occupation"}
    for one in by_group:
        now, then = (published("9901", wave)[f"{one.question.code}.{one.by.code}"] for wave in (2, 1) if one.by)
        assert one.group is not None and one.by is not None
        assert {one.group.code} <= set(now.dimension(one.by.code).leaves) & set(then.dimension(one.by.code).leaves)


def test_the_figures_are_those_of_the_tables() -> None:
    change = next(one for one in demo().changes if one.question.code == "leisure" and one.by is None)
    counts = []
    for wave in (2, 1):
        cube = published("9901", wave)["leisure"]
        counts += [cube.cube.cell({"leisure": code}).value or 0 for code in ("high", "answered")]
    difference = difference_of_shares(*counts)
    assert change.now == counts[0] / counts[1]
    assert (change.low, change.high) == (float(difference.low), float(difference.high))
    assert holm([float(difference.p_value)] + [1.0] * (demo().compared - 1))[0] < 0.05


def test_means_and_scores_are_compared_beside_the_shares_and_judged_together_with_them() -> None:
    """The demo's leisure rose by half a step; the interval is that of Welch's test, but for the tails."""
    means = {one.question.code: one for one in demo().changes if one.mean is not None}
    assert {"leisure", "belonging", "belonging_index"} <= means.keys()
    assert means["leisure"].verdict is Verdict.MORE
    assert {means[code].verdict for code in ("close", "hope", "money")} == {Verdict.UNCERTAIN}, (
        "nothing moved them"
    )
    assert means["belonging_index"].mean is not None and means["belonging_index"].mean.ends == (0, 100)
    given = [
        np.array(
            [int(choice.code) if choice.code.isdigit() else at for choice, at, n in steps for _ in range(int(n))]
        )
        for steps in (_steps("leisure", wave) for wave in (2, 1))
    ]
    textbook = stats.ttest_ind(*given, equal_var=False).confidence_interval(0.95)
    change = means["leisure"]
    assert change.difference == pytest.approx(given[0].mean() - given[1].mean())
    assert (change.low, change.high) == pytest.approx((textbook.low, textbook.high), abs=0.01)
    assert all(one.by is None for one in means.values()), "no group has a mean"


def _steps(code: str, wave: int) -> list[tuple[Any, int, float]]:
    question = wellbeing().question(code)
    said = [choice for choice in question.choices if not choice.is_missing]
    cube = published("9901", wave)[code].cube
    return [(choice, at, cube.cell({code: choice.code}).value or 0) for at, choice in enumerate(said, start=1)]


def test_a_score_one_of_whose_items_changed_is_a_break_and_its_mean_is_not_compared() -> None:
    then = changed(code="close", to={"text": {"sv": "Har du någon?", "en": "Is there someone?"}})
    found = waves_of(
        with_scores(wellbeing()), with_scores(then), published("9901", 2), published("9901", 1), base=10
    )
    assert found.breaks["belonging_index"] is Break.ITEMS
    compared = {one.question.code for one in found.changes}
    assert "belonging" in compared and not {"close", "belonging_index"} & compared


def test_the_words_are_more_and_fewer_of_people_and_higher_and_lower_of_a_mean() -> None:
    said = {(one.mean is not None, one.verdict): change_in_words(one, "en").verdict for one in demo().changes}
    assert said[False, Verdict.MORE] == "more" and said[True, Verdict.MORE] == "higher"
    assert said[False, Verdict.UNCERTAIN] == said[True, Verdict.UNCERTAIN] == "no certain difference"
    falling = next(one for one in demo().changes if one.mean is not None)
    assert change_in_words(replace(falling, verdict=Verdict.FEWER), "sv").verdict == "lägre"


def test_a_mean_that_has_certainly_moved_is_a_finding_in_words_that_anybody_can_read() -> None:
    asked = with_scores(wellbeing())
    earlier = comparable(asked, asked, published("9901", 1))
    found = findings_of(asked, published("9901", 2), earlier, base=10)
    assert "leisure" in {one.question.code for one in found.since if one.mean is None}
    (leisure,) = [one for one in found.since if one.mean is not None and one.question.code == "leisure"]
    with translation.override("en"):
        said = finding_in_words(leisure, "en")
    assert re.fullmatch(
        r"The mean has gone up: it is \d\.\d\d now. In .* was \d\.\d\d. It can be .*", said["sentence"]
    )
    assert re.search(r"between \d\.\d\d and \d\.\d\d steps", said["certainty"])
    with translation.override("sv"):
        words = [finding_in_words(one, "sv") for one in found.since]
    assert lix(" ".join(f"{one['sentence']} {one['certainty']}" for one in words)) <= 35
    codes = [one.question.code for one in found.found]
    assert len(codes) == len(set(codes)), "a question is named once, by its share or by its mean"


def changed(**changes: Any) -> Questionnaire:
    """The questionnaire with another wording, scale or band somewhere."""
    definition = wellbeing_definition()
    for question in definition["questions"]:
        if question["code"] == changes.get("code"):
            question.update(changes["to"])
    for section in definition["sections"]:
        if section["code"] == changes.get("section"):
            section.update(changes["to"])
    for scale in definition["scales"]:
        if scale["code"] == changes.get("scale"):
            scale.update(changes["to"])
    return read(definition)


ADULTS_ALONE = {"show_if": "${age} = '20-24' or ${age} = '25-29'"}


@pytest.mark.parametrize(
    "then, code, why",
    [
        (changed(code="hope", to={"text": {"sv": "Hoppas du?", "en": "Do you hope?"}}), "hope", Break.WORDING),
        (changed(code="hope", to={"code": "hopeful"}), "hope", Break.NEW),
        (
            changed(scale="agree5", to={"high": {"codes": ["fully"], "text": {"sv": "helt", "en": "fully"}}}),
            "belonging",
            Break.SCALE,
        ),
        (changed(code="hope", to={"show_if": "${age} != '15-17'"}), "hope", Break.ASKED),
        (changed(section=wellbeing().question("hope").section, to=ADULTS_ALONE), "hope", Break.ASKED),
        (wellbeing(), "hope", None),
    ],
)
def test_an_item_that_was_changed_is_a_break_and_is_not_compared(
    then: Questionnaire, code: str, why: Break | None
) -> None:
    asked = wellbeing()
    assert break_of(asked, then, asked.question(code)) is why
    found = waves_of(asked, then, published("9901", 2), published("9901", 1), base=10)
    assert found.breaks.get(code) is why
    assert any(one.question.code == code for one in found.changes) is (why is None)


def test_a_background_with_other_bands_is_not_compared_by() -> None:
    bands = next(one for one in wellbeing_definition()["questions"] if one["code"] == "age")["bands"]
    moved = [{**band, "from": 16} if band["code"] == "15-17" else band for band in bands]
    moved = [{**band, "to": 15} if band["code"] == "under-15" else band for band in moved]
    found = waves_of(
        wellbeing(), changed(code="age", to={"bands": moved}), published("9901", 2), published("9901", 1), base=10
    )
    assert not [one for one in found.changes if one.by is not None and one.by.code == "age"]
    assert [one for one in found.changes if one.by is not None and one.by.code == "occupation"]


def test_nothing_hidden_and_no_group_that_is_too_small_is_compared() -> None:
    found = waves_of(wellbeing(), wellbeing(), published("9903", 2), published("9903", 1), base=10)
    assert found.changes
    for one in found.changes:
        code = one.question.code if one.by is None else f"{one.question.code}.{one.by.code}"
        place = {one.by.code: one.group.code} if one.by is not None and one.group is not None else {}
        for wave in (1, 2):
            answered = published("9903", wave)[code].cube.select({one.question.code: ["answered"]})
            if not any(d.code == "option" for d in answered.dimensions):
                assert (answered.cell({one.question.code: "answered", **place}).value or 0) >= 10
    assert waves_of(wellbeing(), wellbeing(), {}, {}, base=10).changes == ()
