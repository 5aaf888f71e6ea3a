"""While results are made: how far they have come, stopping, trying again, and what could not be shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from celery import current_app
from django.utils import timezone

from datasets.models import Dataset
from portal.jobs.models import Job
from surveys.models import RoundFigures, RoundPart, SurveyRound
from tests.conftest import working_as
from tests.pages.surveys.conftest import at_work, closed, opened, queries_of, words
from tests.world import World

DETAIL, RESULTS = "survey-round-detail", "survey-round-results"
STATE, STOP, BEGIN = "survey-round-making-state", "survey-round-making-stop", "survey-round-making-begin"


@pytest.fixture
def run_some(run_jobs: Any) -> Callable[[int], None]:
    """Do as many waiting jobs, as the worker; the others stay."""

    def run(count: int) -> None:
        with working_as("worker"):
            for _ in range(count):
                job = Job._base_manager.filter(state="waiting").order_by("asked_at")[0]
                task = current_app.tasks[job.task]
                assert task(job_id=str(job.pk), tenant_id=str(job.tenant_id)) == "done"

    return run


def fail(world: World, survey_round: SurveyRound, task: str, problem: str = "interrupted") -> None:
    """What is left of a job after its third attempt."""
    with working_as("worker"), at_work(world):
        jobs = Job.in_scope().filter(subject_id=survey_round.pk, task=task, finished_at=None)
        jobs.update(state="failed", problem=problem, finished_at=timezone.now())


def figures(world: World) -> int:
    with working_as("worker"), at_work(world):
        return RoundFigures.in_scope().count()


def test_before_there_is_anything_to_make_the_page_says_nothing_of_it(world: World, open_page: Any) -> None:
    survey_round = opened(world)
    assert "results are being made" not in words(open_page(DETAIL, survey_round))
    assert open_page(STATE, survey_round).json()["is_finished"] is True


def test_one_bar_tells_how_far_all_the_questions_have_come(
    world: World, open_page: Any, run_some: Callable[[int], None]
) -> None:
    survey_round = closed(world, 60)
    assert open_page(STATE, survey_round).json() == {"percent": 0, "words": "Waiting", "is_finished": False}
    run_some(1)
    with at_work(world):
        parts = RoundPart.in_scope().filter(round=survey_round)
        total, done = parts.count(), parts.exclude(state="waiting").count()
    assert (total, done) == (30, 4), "background questions are done with the base"
    for name in (DETAIL, RESULTS):
        assert f"Protecting question {done + 1} of {total}" in words(open_page(name, survey_round, who="vera"))
    before = open_page(STATE, survey_round).json()
    run_some(3)
    after = open_page(STATE, survey_round).json()
    assert after["words"] == f"Protecting question {done + 4} of {total}"
    assert 0 < before["percent"] < after["percent"] < 100
    run_some(total - done - 3)
    assert open_page(STATE, survey_round).json()["words"] == "Publishing"
    run_some(1)
    assert open_page(STATE, survey_round).json() == {"percent": 100, "words": "", "is_finished": True}
    assert "See the results" in words(open_page(DETAIL, survey_round))
    assert figures(world) == 0, "what was protected is in the releases, and nowhere else"


def test_stopping_publishes_nothing_forgets_everything_and_leaves_the_answers(
    world: World, open_page: Any, run_some: Callable[[int], None], run_jobs: Any
) -> None:
    survey_round = closed(world, 60)
    run_some(4)
    assert figures(world) > 0
    assert "Nothing is published" in words(open_page(STOP, survey_round))
    open_page(STOP, survey_round, data={})
    assert "Stopping" in words(open_page(DETAIL, survey_round))
    assert "already" in words(client_after(open_page, BEGIN, survey_round))
    assert run_jobs() == ["surveys.discard_results"]
    with at_work(world):
        assert Dataset.objects.count() == RoundPart.in_scope().count() == 0
    assert figures(world) == 0
    for name in (DETAIL, RESULTS):
        page = words(open_page(name, survey_round))
        assert "The work was stopped" in page and "Make the results" in page
    open_page(BEGIN, survey_round, data={})
    assert run_jobs()[-1] == "surveys.publish_results"
    with at_work(world):
        survey_round.refresh_from_db()
        assert survey_round.tabulated_at is not None


def client_after(open_page: Any, name: str, survey_round: SurveyRound) -> Any:
    """The round's page with the message that a deed left on it."""
    response = open_page(name, survey_round, data={})
    assert response.status_code == 302
    return response.client.get(response["Location"])


def test_a_failure_is_told_and_tried_again_without_doing_what_is_done(
    world: World, open_page: Any, run_some: Callable[[int], None], run_jobs: Any
) -> None:
    survey_round = closed(world, 60)
    run_some(11)
    fail(world, survey_round, "surveys.protect_question")
    for name in (DETAIL, RESULTS):
        page = words(open_page(name, survey_round))
        assert "It did not work this time" in page and "Try again" in page
    with at_work(world):
        missing = RoundPart.in_scope().filter(round=survey_round, state="waiting").count()
    assert missing == 16
    open_page(BEGIN, survey_round, data={})
    assert run_jobs() == [
        "surveys.tabulate",
        *["surveys.protect_question"] * (missing - 1),
        "surveys.protect_scores",
        "surveys.publish_results",
    ]
    assert "See the results" in words(open_page(DETAIL, survey_round))


def test_publishing_that_failed_is_tried_again_by_itself(
    world: World, open_page: Any, run_some: Callable[[int], None], run_jobs: Any
) -> None:
    survey_round = closed(world, 60)
    run_some(27)
    fail(world, survey_round, "surveys.publish_results", "The disk is full.")
    assert "The disk is full." in words(open_page(DETAIL, survey_round))
    open_page(BEGIN, survey_round, data={})
    assert run_jobs() == ["surveys.tabulate", "surveys.publish_results"]


@pytest.mark.parametrize("who", ["vera", "dag", "olle"])
def test_only_who_holds_rounds_may_stop_or_try_again(world: World, open_page: Any, who: str) -> None:
    survey_round = closed(world, 12)
    page = open_page(DETAIL, survey_round, who=who)
    assert "Stop it" not in words(page)
    for name in (STOP, BEGIN):
        assert open_page(name, survey_round, who=who, data={}).status_code == 404
    fail(world, survey_round, "surveys.tabulate")
    page = words(open_page(DETAIL, survey_round, who=who))
    assert "Whoever holds the round can have it done again." in page
    assert "Try again" not in page


def test_results_that_are_made_are_neither_stopped_nor_made_again(
    world: World, open_page: Any, run_jobs: Any
) -> None:
    survey_round = closed(world, 12)
    run_jobs()
    assert "nothing to stop" in words(client_after(open_page, STOP, survey_round))
    assert "made once" in words(client_after(open_page, BEGIN, survey_round))
    assert run_jobs() == []


def test_every_question_that_could_not_be_shown_says_so(world: World, open_page: Any, run_jobs: Any) -> None:
    survey_round = closed(world, 25)
    run_jobs()
    page = open_page(RESULTS, survey_round)
    results = [result for section in page.context["sections"] for result in section["results"]]
    with at_work(world):
        untold = RoundPart.in_scope().filter(round=survey_round, state="not_shown").count()
    assert untold > 0
    said = [result for result in results if result.sentence == "Could not be shown: too few answers."]
    assert len(said) == untold
    assert all(result.bars or result in said for result in results)


def test_a_breakdown_that_could_not_be_shown_is_named(world: World, open_page: Any, run_jobs: Any) -> None:
    survey_round = closed(world, 60)
    run_jobs()
    with working_as("worker"), at_work(world):
        part = RoundPart.in_scope().get(round=survey_round, question="satisfaction")
        part.not_shown = {"satisfaction.age": "too_few", "satisfaction.gender": "not_safe"}
        part.save()
    page = words(open_page(RESULTS, survey_round))
    assert "Could not be shown by age: too few answers." in page
    assert "Could not be shown by gender: it could not be made safe." in page


def test_the_web_process_reads_no_figures_on_the_way(world: World, run_some: Callable[[int], None]) -> None:
    from django.db import ProgrammingError, transaction

    closed(world, 60)
    run_some(3)
    assert figures(world) == 7
    with at_work(world), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        RoundFigures.in_scope().count()


def test_the_page_takes_few_queries_while_results_are_made(world: World, run_some: Callable[[int], None]) -> None:
    survey_round = closed(world, 60)
    run_some(4)
    queries = queries_of(world, DETAIL, survey_round)
    assert len(queries) <= 12, queries
