"""The results: made by the job, read by the municipality, and public when an admin says so."""

from __future__ import annotations

import json
import re
from copy import deepcopy
from typing import Any

import pytest
from django.urls import reverse

from datasets.models import Dataset
from surveys.demo.model import simulate
from surveys.models import SurveyRound
from surveys.questionnaire import wellbeing
from surveys.questionnaire.reading import CONTENT
from surveys.services.questionnaires import questionnaire_version_add
from tests.conftest import client_of, do_waiting_jobs
from tests.pages.surveys.conftest import at_work, closed, opened, queries_of, words
from tests.world import World


@pytest.fixture(scope="module")
def both(standing: World) -> SurveyRound:
    """The second of two rounds, both with results: made once: what tests change goes with them."""
    first = closed(standing, 300, title="First round")
    second = closed(standing, 300, wave=2, title="Second round", previous_round=first)
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


def test_before_they_are_made_the_page_says_so(world: World, open_page: Any) -> None:
    page = words(open_page("survey-round-results", opened(world)))
    assert "There are no results yet" in page
    assert "young people answered" not in page


def test_how_many_and_how_sure_then_findings_then_every_question(
    world: World, held: SurveyRound, open_page: Any
) -> None:
    page = words(open_page("survey-round-results", held))
    assert "300 young people answered." in page
    assert "certain to within about 6 percentage points" in page
    assert "The difference is certain: between" in page
    with at_work(world):
        questionnaire = held.version.content
    for section in questionnaire.sections:
        assert section.title["en"] in page
        assert all(question.label["en"] in page for question in section.questions if question.is_coded)


def test_a_score_stands_with_what_it_is_made_of_and_its_bands_or_why_they_are_not_shown(
    world: World, held: SurveyRound, open_page: Any
) -> None:
    page = words(open_page("survey-round-results", held))
    assert "Belonging together, our own index" in page
    assert "Worked out of the answers to: close relations, can say what i think, belonging." in page
    assert "Rights: Växtkraft. Licence: EUPL-1.2." in page
    index = page.partition("Belonging together, our own index")[2]
    assert "50–74 of 100" in index or "Could not be shown: it could not be made safe." in index
    assert re.search(r"Mean \d\.\d\d on a scale of 1 to 5\. With 95 per cent certainty it lies between \d", page)
    assert "No mean is shown: it would tell figures that are hidden" in page


def test_every_link_opens_a_chart_without_a_complaint(world: World, held: SurveyRound, open_page: Any) -> None:
    page = open_page("survey-round-results", held)
    urls = {finding["url"] for finding in page.context["findings"]}
    urls |= {result.url for section in page.context["sections"] for result in section["results"] if result.url}
    urls |= {one.mean_url for section in page.context["sections"] for one in section["results"] if one.mean_url}
    assert len(urls) > 25
    client = client_of(world, "vera")
    assert {client.get(url).status_code for url in urls} == {200}


def test_at_most_five_findings_and_no_question_twice(world: World, held: SurveyRound, open_page: Any) -> None:
    findings = open_page("survey-round-results", held).context["findings"]
    assert 1 <= len(findings) <= 5
    assert len({finding["heading"].split(",")[0] for finding in findings}) == len(findings)


def test_few_answers_give_no_certain_difference(world: World, open_page: Any, run_jobs: Any) -> None:
    survey_round = closed(world, 25)
    run_jobs()
    page = words(open_page("survey-round-results", survey_round))
    assert "No certain difference" in page
    assert "25 young people answered." in page


def test_of_a_number_without_bands_the_mean_is_told_with_its_unit_or_why_there_is_none(
    world: World, open_page: Any, run_jobs: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = json.loads((CONTENT / "wellbeing.json").read_text(encoding="utf-8"))
    hours = {
        "code": "hours", "kind": "quantity", "section": asked["sections"][-1]["code"], "minimum": 0, "maximum": 24,
        "decimals": 1, "unit": {"sv": "timmar", "en": "hours"}, "measures": "context", "since": 1,
        "text": {"sv": "Hur länge sover du?", "en": "How long do you sleep?"},
        "label": {"sv": "Sömnens längd", "en": "Length of sleep"},
    }  # fmt: skip
    seldom = {**hours, "code": "seldom", "label": {"sv": "Sällan", "en": "Hardly ever"}}
    asked |= {"code": "with_hours", "format": 2, "questions": [*asked["questions"], hours, seldom]}
    drawn = simulate

    def with_hours(_asked: Any, **more: Any) -> list[dict[str, Any]]:
        people = drawn(wellbeing(), **more)
        given = [
            {"hours": ("6.5", "8", "9.5")[at % 3]} | ({"seldom": "4"} if at < 3 else {})
            for at in range(len(people))
        ]
        return [one | two for one, two in zip(people, given, strict=True)]

    monkeypatch.setattr("tests.pages.surveys.conftest.simulate", with_hours)
    with at_work(world):
        version = questionnaire_version_add(definition=asked)
    survey_round = closed(world, 30, version=version)
    run_jobs()
    page = open_page("survey-round-results", survey_round)
    told = {one.label: one for section in page.context["sections"] for one in section["results"]}
    assert told["Length of sleep"].mean.text.startswith("Mean 8.00 hours.") and not told["Length of sleep"].bars
    assert told["Length of sleep"].sentence == "30 people gave a number."
    assert client_of(world, "vera").get(told["Length of sleep"].mean_url).status_code == 200
    assert told["Hardly ever"].sentence == "Could not be shown: too few answers." and not told["Hardly ever"].mean
    spss = reverse("survey-round-files", args=["alvik", survey_round.pk, "sav"])
    assert client_of(world, "vera").get(spss).status_code == 200


def test_five_answers_are_too_few_to_show_anything(world: World, open_page: Any, run_jobs: Any) -> None:
    survey_round = closed(world, 5, expected_answers=None)
    run_jobs()
    page = open_page("survey-round-results", survey_round)
    assert page.status_code == 200
    assert "%" not in words(page)


def test_an_admin_makes_them_public_and_nobody_else(world: World, held: SurveyRound, open_page: Any) -> None:
    assert open_page("survey-round-publish", held, who="alma", data={}).status_code == 404
    assert "Anyone can then see" in words(open_page("survey-round-publish", held, who="adam"))
    open_page("survey-round-publish", held, who="adam", data={})
    with at_work(world):
        held.refresh_from_db()
        audiences = set(Dataset.objects.filter(origin_ref=str(held.pk)).values_list("audience_id", flat=True))
        untouched = set(
            Dataset.objects.filter(origin_ref=str(held.previous_round_id)).values_list("audience_id", flat=True)
        )
    assert held.state == "published"
    assert held.published_at is not None
    assert world.alvik.pk not in audiences
    assert untouched == {world.alvik.pk}


def test_the_page_takes_few_queries(world: World, held: SurveyRound) -> None:
    """Session, person, memberships, scope and the round take about ten; the tables of both rounds two."""
    queries = queries_of(world, "survey-round-results", held)
    assert len(queries) <= 25, queries
