"""Jobs of one round that end at the same time, and somebody who stops them: published once, or not at all."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from celery import current_app
from django.db import connection, transaction

from datasets.models import Dataset
from portal.jobs.models import Job
from portal.tenancy.scope import scope
from surveys.errors import InvalidTransition
from surveys.making import Stage, making_of
from surveys.models import RoundFigures, RoundPart, SurveyRound
from surveys.services import results
from surveys.services.making import results_begin, results_stop
from tests.conftest import working_as
from tests.pages.surveys.conftest import closed
from tests.rounds import reread
from tests.world import World

pytestmark = pytest.mark.committed


@pytest.fixture
def survey_round(committed: World, run_jobs: Any) -> SurveyRound:
    """A round of which all questions but two are protected."""
    found = closed(committed, 25, breakdowns=())
    while len(waiting()) != 2 or waiting()[0].task != "surveys.protect_question":
        assert perform(waiting()[0]) == "done"
    return found


def waiting() -> list[Job]:
    with working_as("worker"), transaction.atomic():
        return list(Job._base_manager.filter(state="waiting").order_by("asked_at"))


def tasks_asked_for() -> Counter[str]:
    with working_as("worker"), transaction.atomic():
        return Counter(Job._base_manager.values_list("task", flat=True))


def perform(job: Job) -> str:
    """Do a job as a worker does, on a connection of this thread's own."""
    with working_as("worker"):
        return current_app.tasks[job.task](job_id=str(job.pk), tenant_id=str(job.tenant_id))


def at_once(*deeds: Callable[[], Any]) -> list[Any]:
    def one(deed: Callable[[], Any]) -> Any:
        try:
            return deed()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(one, deeds))


def in_scope(survey_round: SurveyRound, deed: Callable[[], Any]) -> Any:
    with transaction.atomic(), scope(survey_round.tenant_id):
        return deed()


def stage(survey_round: SurveyRound) -> Stage:
    found: Stage = in_scope(
        survey_round, lambda: making_of(SurveyRound.objects.own().get(pk=survey_round.pk)).stage
    )
    return found


def test_the_last_two_questions_end_at_the_same_time_and_what_follows_is_asked_for_once(
    survey_round: SurveyRound, monkeypatch: pytest.MonkeyPatch, run_jobs: Any
) -> None:
    both, lock, ask = threading.Barrier(2, timeout=20), results._locked, results._ask_for_next

    def after_both_have_kept_theirs(survey_round_id: str) -> SurveyRound:
        both.wait()
        return lock(survey_round_id)

    def slowly(*given: Any) -> None:
        ask(*given)
        threading.Event().wait(0.5)

    with monkeypatch.context() as patched:
        patched.setattr(results, "_locked", after_both_have_kept_theirs)
        patched.setattr(results, "_ask_for_next", slowly)
        assert at_once(*(lambda job=job: perform(job) for job in waiting())) == ["done", "done"]
    assert tasks_asked_for()["surveys.protect_scores"] == 1
    assert run_jobs() == ["surveys.protect_scores", "surveys.publish_results"]
    assert reread(survey_round).tabulated_at is not None


def test_one_job_that_two_workers_were_given_is_done_by_one(survey_round: SurveyRound) -> None:
    job = waiting()[0]
    assert sorted(at_once(lambda: perform(job), lambda: perform(job))) == ["done", "not ours"]


def test_publishing_that_is_asked_for_twice_publishes_once(survey_round: SurveyRound, run_jobs: Any) -> None:
    run_jobs()
    before = in_scope(survey_round, Dataset.objects.count)
    with working_as("worker"):
        in_scope(
            survey_round,
            lambda: results.enqueue(
                "surveys.publish_results", subject=survey_round, survey_round_id=survey_round.pk
            ),
        )
    run_jobs()
    assert in_scope(survey_round, Dataset.objects.count) == before > 0


def test_who_stops_while_the_last_question_ends_stops_publishing_too(
    committed: World, survey_round: SurveyRound, monkeypatch: pytest.MonkeyPatch, run_jobs: Any
) -> None:
    """The job is in its last transaction, so it is waited for; what it asked for is stopped as well."""
    first, last = waiting()
    assert perform(first) == "done"
    is_ending, keep = threading.Event(), results._ask_for_next

    def slowly(*given: Any) -> None:
        keep(*given)
        is_ending.set()
        threading.Event().wait(1)

    def stop() -> None:
        assert is_ending.wait(20)
        in_scope(survey_round, lambda: results_stop(survey_round=survey_round, by=committed.alma))

    with monkeypatch.context() as patched:
        patched.setattr(results, "_ask_for_next", slowly)
        assert at_once(lambda: perform(last), stop) == ["done", None]
    assert tasks_asked_for()["surveys.protect_scores"] == 1
    assert stage(survey_round) is Stage.STOPPING
    assert run_jobs() == ["surveys.discard_results"]
    assert stage(survey_round) is Stage.STOPPED
    assert in_scope(survey_round, Dataset.objects.count) == 0
    with working_as("worker"):
        assert in_scope(survey_round, lambda: RoundFigures.in_scope().count()) == 0


def test_a_question_that_is_being_protected_when_it_is_stopped_comes_to_nothing(
    committed: World, survey_round: SurveyRound, monkeypatch: pytest.MonkeyPatch, run_jobs: Any
) -> None:
    protect = results.protected_question

    def while_somebody_stops_it(*given: Any, **named: Any) -> Any:
        in_scope(survey_round, lambda: results_stop(survey_round=survey_round, by=committed.alma))
        return protect(*given, **named)

    with monkeypatch.context() as patched:
        patched.setattr(results, "protected_question", while_somebody_stops_it)
        assert perform(waiting()[0]) == "cancelled"
    assert run_jobs() == ["surveys.discard_results"]
    assert in_scope(survey_round, lambda: RoundPart.in_scope().count()) == 0


def test_two_who_try_again_at_once_ask_once(committed: World, survey_round: SurveyRound, run_jobs: Any) -> None:
    in_scope(survey_round, lambda: results_stop(survey_round=survey_round, by=committed.alma))
    run_jobs()

    def again() -> str:
        try:
            in_scope(survey_round, lambda: results_begin(survey_round=survey_round, by=committed.alma))
        except InvalidTransition:
            return "told"
        return "asked"

    assert sorted(at_once(again, again)) == ["asked", "told"]
    assert [job.task for job in waiting()] == ["surveys.tabulate"]


def test_a_base_that_is_counted_twice_at_once_asks_for_every_question_once(
    committed: World, run_jobs: Any
) -> None:
    found = closed(committed, 25, breakdowns=())
    in_scope(found, lambda: results.enqueue("surveys.tabulate", subject=found, survey_round_id=found.pk))
    both, protect = threading.Barrier(2, timeout=20), results.protected_base

    def together(*given: Any, **named: Any) -> Any:
        both.wait()
        return protect(*given, **named)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(results, "protected_base", together)
        assert at_once(*(lambda job=job: perform(job) for job in waiting())) == ["done", "done"]
    with working_as("worker"), transaction.atomic():
        asked = Counter(
            Job._base_manager.filter(task="surveys.protect_question").values_list("arguments__part_id", flat=True)
        )
    assert asked and set(asked.values()) == {1}
    run_jobs()
    assert reread(found).tabulated_at is not None
