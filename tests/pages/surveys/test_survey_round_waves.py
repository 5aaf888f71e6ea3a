"""Since last time, and weights: what somebody who holds a round sees and chooses."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from datasets.cubes import Category, Cube, Dimension, Role
from datasets.disclosure import AggregationRule, Sensitivity, pass_through
from datasets.models import Dataset
from datasets.services.registration import dataset_register
from datasets.services.releases import release_publish
from surveys.models import SurveyRound
from surveys.reporting_back.evidence import evidence_of
from tests.conftest import client_of, do_waiting_jobs, working_as
from tests.lix import lix
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


def test_what_pages_work_out_is_in_the_files_that_are_taken_along(
    world: World, held: SurveyRound, open_page: Any, tmp_path: Path
) -> None:
    population(world)
    open_page("survey-round-weigh", held, data={})
    page = open_page("survey-round-results", held)
    weighted = [one.weighted for s in page.context["sections"] for one in s["results"] if one.weighted]
    rows = {name: read_csv(content) for name, content in taken(open_page, held, "csv").items()}
    by_answer = [row for row in rows["vikta.csv"] if row["Status (code)"] == "ok" and row["Answer"] != "the mean"]
    on_page = [(answer, share) for one in weighted for answer, share, _interval in one.rows]
    assert [row["Answer"] for row in by_answer] == [answer for answer, _share in on_page]
    for row, (_answer, share) in zip(by_answer, on_page, strict=True):
        assert abs(float(row["Weighted"].replace(",", ".")) - float(share.split()[0])) <= 0.51
    assert {row["Worth so many answers"] for row in by_answer} and all(
        row["Lower bound (95%)"] for row in by_answer
    )
    assert any(row["Answer"] == "the mean" for row in rows["vikta.csv"])
    waves, groups = (open_page(f"survey-round-{name}", held) for name in ("waves", "groups"))
    for file, compared in (
        ("sedan-sist.csv", waves.context["found"].compared),
        ("grupper.csv", sum(len(part["rows"]) for s in groups.context["sections"] for item in s["items"]
                            for part in item["parts"])),
    ):  # fmt: skip
        shown = [row for row in rows[file] if row["Status (code)"] == "ok"]
        assert len(shown) == compared
        assert all(row["Difference, lower bound (95%)"] and row["What may be said (Holm)"] for row in shown)
        assert "Holm’s method" in shown[0]["Notes"] and "36 per cent of those" in shown[0]["Notes"]
    said = [row["row"].verdict for row in waves.context["certain"]]
    certain = [row for row in rows["sedan-sist.csv"] if row["What may be said (Holm)"] in ("more", "higher")]
    assert len(certain) == sum(one in ("more", "higher") for one in said)
    spss = taken(open_page, held, "sav")
    (tmp_path / "w.sav").write_bytes(spss["sedan-sist.sav"])
    frame, about = pytest.importorskip("pyreadstat").read_sav(str(tmp_path / "w.sav"))
    assert len(frame) == len(rows["sedan-sist.csv"])
    assert set(about.variable_value_labels["VERDICT"].values()) >= {"no certain difference"}
    document = json.loads(taken(open_page, held, "json")["grupper.json"])
    assert document["class"] == "dataset" and document["size"][0] == len(rows["grupper.csv"])
    assert set(taken(open_page, held, "xlsx")) >= {"vikta.xlsx", "sedan-sist.xlsx", "grupper.xlsx"}


def test_a_report_can_name_means_in_plain_words(world: World, held: SurveyRound, open_page: Any) -> None:
    with at_work(world):
        offered, swedish = (evidence_of(held, lang) for lang in ("en", "sv"))
    means = [one for key, one in offered.all.items() if key.endswith("=mean") and "<" not in key]
    assert len(means) > 5 and all(one.sentence.startswith("The mean of all answers is") for one in means)
    assert 0 < (means[0].bars[0].length or 0) < 100 and means[0].bars[0].text in means[0].sentence
    told = [one for key, one in swedish.all.items() if key.endswith("=mean")]
    assert all(one.certainty for one in told)
    assert lix(" ".join(f"{one.sentence} {one.certainty}" for one in told)) <= 35
    form = open_page("round-report-edit", held).context["form"]
    data = {bound.html_name: bound.value() or "" for bound in form}
    keys = means[0].key, means[1].key
    data |= {f"finding-{at}": keys[at] if at < 2 else "" for at in range(5)}
    data |= {f"finding-{at}-sv": "" for at in range(5)} | {"lead-sv": "Hej.", "go": "preview"}
    assert open_page("round-report-edit", held, data=data).status_code == 302
    preview = words(open_page("round-report-preview", held))
    assert all(offered.all[key].sentence in preview and offered.all[key].certainty in preview for key in keys)


def taken(open_page: Any, survey_round: SurveyRound, form: str) -> dict[str, bytes]:
    """The files of a round in a form, by name: what is worked out of its tables alone."""
    answer = open_page("survey-round-files", survey_round, who="vera", form=form)
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        return {name: packed.read(name) for name in packed.namelist() if not name[:3].isdigit()}


def read_csv(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
