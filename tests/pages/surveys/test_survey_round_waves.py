"""Since last time, and weights: what somebody who holds a round sees and chooses."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import Any

import pytest

from datasets.cubes import Category, Cube, Dimension, Role
from datasets.disclosure import AggregationRule, Sensitivity, pass_through
from datasets.models import Dataset
from datasets.services.registration import dataset_register
from datasets.services.releases import release_publish
from surveys.models import SurveyRound
from tests.conftest import client_of, do_waiting_jobs, working_as
from tests.pages.surveys.conftest import at_work, closed, words
from tests.world import World


@pytest.fixture(scope="module")
def both(standing: World) -> SurveyRound:
    """The second of two rounds, both with results: made once, what tests change goes with them."""
    first = closed(standing, 300, title="First round")
    second = closed(standing, 300, wave=2, title="Second round", previous_round=first, expected_answers=833)
    assert do_waiting_jobs().count("surveys.publish_results") == 2
    with at_work(standing):
        second.refresh_from_db()
    return second


@pytest.fixture
def world(standing: World, db: None) -> World:
    return deepcopy(standing)


@pytest.fixture
def held(both: SurveyRound, world: World) -> SurveyRound:
    return deepcopy(both)


def test_every_item_has_both_shares_the_difference_and_honest_words(
    world: World, held: SurveyRound, open_page: Any
) -> None:
    page = open_page("survey-round-waves", held)
    said = words(page)
    assert "Second round beside First round." in said
    assert "Holm" in said and "No certain difference" in said and "percentage points (" in said
    found = page.context["found"]
    assert [one["row"].is_certain for one in page.context["certain"]] == [True] * found.certain
    assert found.compared > 40 and str(found.compared) in said
    rows = [
        row
        for s in page.context["sections"]
        for item in s["items"]
        for part in item["parts"]
        for row in part["rows"]
    ]
    assert len(rows) == found.compared
    means = [row for row in rows if row.what == "the mean"]
    assert len(means) > 10 and {row.who for row in means} == {"Everyone"}
    assert {row.verdict for row in means} <= {"higher", "lower", "no certain difference"}
    assert {row.verdict for row in rows if row not in means} <= {"more", "fewer", "no certain difference"}
    assert re.search(r"Everyone the mean \d\.\d\d \d\.\d\d \S.* [+−]?\d\.\d\d steps \(", said)
    assert "What has changed since last time" in words(open_page("survey-round-results", held))
    with at_work(world):
        first = held.previous_round
    assert first is not None
    assert open_page("survey-round-waves", first).status_code == 404


def test_groups_are_compared_the_same_way_with_all_that_findings_were_chosen_among(
    world: World, held: SurveyRound, open_page: Any
) -> None:
    results = open_page("survey-round-results", held)
    assert "Compare groups" in words(results)
    page = open_page("survey-round-groups", held)
    said = words(page)
    assert "Between groups" in said and "Holm" in said and f"{results.context['compared']} comparisons" in said
    rows = [
        row
        for section in page.context["sections"]
        for item in section["items"]
        for part in item["parts"]
        for row in part["rows"]
    ]
    assert len(rows) > 40 and "Everyone" not in {row.who for row in rows}
    assert {row.verdict for row in rows} <= {"more", "fewer", "no certain difference"}
    assert [one["row"].is_certain for one in page.context["certain"]] == [True] * len(page.context["certain"])
    certain = {one["label"] for one in page.context["certain"]}
    by_group = [one for one in results.context["findings"] if ", by " in one["heading"]]
    assert by_group and {one["heading"] for one in by_group} <= certain
    assert open_page("survey-round-groups", held, who="bo").status_code == 404


def population(world: World) -> Dataset:
    """The base package's figures of who lives in Alvik."""
    ages, total = ("15-17", "18-19", "20-24", "25-29"), (400, 300, 700, 900)
    dimensions = (
        Dimension("Region", {"sv": "region"}, (Category(world.alvik.code, {"sv": "Alvik"}),), role=Role.GEO),
        Dimension("Alder", {"sv": "ålder"}, tuple(Category(age, {"sv": age}) for age in ages)),
        Dimension("Kon", {"sv": "kön"}, tuple(Category(code, {"sv": code}) for code in "12")),
        Dimension("Tid", {"sv": "år"}, tuple(Category(y, {"sv": y}) for y in ("2024", "2025")), role=Role.TIME),
    )
    values = [number / half for number in total for half in (2, 2) for _year in (1, 2)]
    rule = AggregationRule.default(Sensitivity.OPEN)
    with at_work(world):
        dataset = dataset_register(
            by=None, rule=rule, title="Unga som bor här", source="SCB", origin=Dataset.Origin.SOURCE,
            origin_ref="base_package:young_population", measures="context", fit_for=[2],
            sensitivity=Dataset.Sensitivity.OPEN,
        )  # fmt: skip
    cube = pass_through(Cube.of_values(dimensions, values))
    with working_as("worker"), at_work(world):
        release_publish(dataset=dataset, tables=[("t", {"sv": "Unga"}, cube)], rule=rule, by=None)
    return dataset


def test_a_coordinator_weights_a_closed_round_and_can_stop_it(
    world: World, held: SurveyRound, open_page: Any
) -> None:
    population(world)
    assert "answers are then as certain as" in words(open_page("survey-round-weigh", held))
    assert open_page("survey-round-weigh", held, who="vera", data={}).status_code == 404
    open_page("survey-round-weigh", held, data={})
    page = open_page("survey-round-results", held)
    said = words(page)
    assert "so that the answers stand for all young people who live here" in said
    weighted = [one.weighted for s in page.context["sections"] for one in s["results"] if one.weighted]
    assert len(weighted) > 5 and "Weighted to the population" in said
    assert any(one.mean for one in weighted)
    assert "with 95 per cent certainty between" in said and "as far as the groups of answers move" in said
    assert "Stop weighting the results?" in words(open_page("survey-round-weigh", held))
    open_page("survey-round-weigh", held, data={})
    assert "each counting as one" in words(open_page("survey-round-results", held))
    shown = [result for section in page.context["sections"] for result in section["results"] if result.bars]
    assert said.count("36 % answered; read with care") == len(shown) + 1
    assert all(bar.interval for result in shown for bar in result.bars if "%" in bar.text)
    means = [result.mean.text for result in shown if result.mean]
    assert any("on a scale of" in text and "between" in text for text in means)
    chart = client_of(world, "alma").get(shown[0].url).content.decode()
    assert "36 procent av dem som omgången räknade med svarade. Läs siffrorna med försiktighet." in chart
