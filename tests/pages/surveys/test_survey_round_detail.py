"""The page of a round: what it says in each state, and what may be done then."""

from __future__ import annotations

from typing import Any

import pytest

from surveys.models import SurveyRound
from tests.conftest import client_of
from tests.pages.surveys.conftest import answered, at_work, closed, opened, queries_of, scheduled, words
from tests.rounds import plan_round
from tests.world import World


def fresh(world: World, survey_round: SurveyRound) -> SurveyRound:
    with at_work(world):
        survey_round.refresh_from_db()
    return survey_round


def test_a_draft_tells_what_so_many_answers_will_show(world: World, open_page: Any) -> None:
    page = words(open_page("survey-round-detail", plan_round(world, expected_answers=60)))
    assert "What about 60 answers will show" in page
    assert "certain to within about 13 percentage points" in page
    assert "together: 15–17 years · 18–19 years" in page
    assert "/svara/" not in page


def test_a_draft_without_a_guess_says_that_it_guesses(world: World, open_page: Any) -> None:
    page = words(open_page("survey-round-detail", plan_round(world, expected_answers=None)))
    assert "Nobody has said yet how many answers to count on" in page


def test_an_open_round_shows_its_rounded_count_and_nothing_else(world: World, open_page: Any) -> None:
    survey_round = opened(world)
    answered(world, survey_round, 10)
    page = open_page("survey-round-detail", survey_round)
    assert "Answers so far At least 10" in words(page)
    assert f"/svara/{survey_round.public_code}/" in page.content.decode()
    answered(world, survey_round, 4)
    assert words(open_page("survey-round-detail", survey_round)) == words(page)


def test_four_answers_are_fewer_than_five(world: World, open_page: Any) -> None:
    survey_round = opened(world)
    answered(world, survey_round, 4)
    assert "Answers so far Fewer than 5" in words(open_page("survey-round-detail", survey_round))


def test_a_closed_round_shows_how_far_its_answers_have_come(world: World, open_page: Any, run_jobs: Any) -> None:
    survey_round = closed(world, 12)
    assert "Counted Every answer has come in and been mixed. Done Results made" in words(
        open_page("survey-round-detail", survey_round)
    )
    run_jobs()
    page = words(open_page("survey-round-detail", survey_round))
    assert "The results are ready." in page
    assert "before anyone sees a figure. Done Public" in page


def test_a_viewer_sees_the_round_without_its_buttons(world: World, open_page: Any) -> None:
    page = open_page("survey-round-detail", plan_round(world), who="vera").content.decode()
    assert not any(f"/{deed}/" in page for deed in ("schemalagg", "oppna", "avbryt", "andra"))


def test_anothers_round_is_not_found_although_its_link_is_public(world: World, open_page: Any) -> None:
    survey_round = scheduled(world)
    for name in ("detail", "preview", "results", "poster"):
        assert open_page(f"survey-round-{name}", survey_round, who="bo").status_code == 404
    address = open_page("survey-round-detail", survey_round).request["PATH_INFO"].replace("alvik", "bjorkvik")
    assert client_of(world, "bo").get(address).status_code == 404


def test_a_round_is_scheduled_then_cancelled(world: World, open_page: Any) -> None:
    survey_round = plan_round(world)
    assert "Let the round open" in words(open_page("survey-round-schedule", survey_round))
    open_page("survey-round-schedule", survey_round, data={})
    assert fresh(world, survey_round).state == "scheduled"
    open_page("survey-round-cancel", survey_round, data={})
    assert fresh(world, survey_round).state == "cancelled"


def test_a_round_is_opened_at_once_by_the_worker(world: World, open_page: Any, run_jobs: Any) -> None:
    survey_round = plan_round(world)
    answer = open_page("survey-round-open", survey_round, data={})
    assert "vidare=" in answer["Location"]
    assert fresh(world, survey_round).state == "scheduled"
    assert run_jobs() == ["surveys.open_round"]
    assert fresh(world, survey_round).state == "open"


def test_an_open_round_is_closed_and_never_cancelled(world: World, open_page: Any) -> None:
    survey_round = opened(world)
    open_page("survey-round-cancel", survey_round, data={})
    assert fresh(world, survey_round).state == "open"
    assert "can't be opened again" in words(open_page("survey-round-close", survey_round))
    open_page("survey-round-close", survey_round, data={})
    assert fresh(world, survey_round).state == "closed"
    answer = open_page("survey-round-close", survey_round, data={})
    assert answer.status_code == 302


@pytest.mark.parametrize("deed", ["schedule", "open", "close", "cancel", "publish"])
def test_a_deed_that_can_not_be_done_now_leads_back_with_the_reason(
    world: World, open_page: Any, deed: str
) -> None:
    survey_round = closed(world, 12)
    for data in (None, {}):
        answer = open_page(f"survey-round-{deed}", survey_round, who="adam", data=data)
        assert answer["Location"] == f"/k/alvik/enkater/{survey_round.pk}/"
    assert fresh(world, survey_round).state == "closed"


def test_the_page_takes_few_queries(world: World) -> None:
    for survey_round in (plan_round(world), opened(world), closed(world, 12)):
        queries = queries_of(world, "survey-round-detail", survey_round)
        assert len(queries) <= 12, queries
