"""Jobs: asked for with the write they follow, done once, given up after three attempts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any
from unittest import mock

import pytest
from celery import Task, current_app
from django.db import transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from accounts.models import Department
from portal.jobs.models import Job
from portal.jobs.outbox import LOST_AFTER, claim, enqueue, forget_finished_jobs, relay_waiting_jobs
from portal.jobs.running import JobContext, JobFailed, job_task, perform_job
from portal.tenancy.scope import TenantScopeError, scope
from tests.conftest import working_as
from tests.world import World

AsRole = Callable[[str], AbstractContextManager[None]]


@pytest.fixture
def job(world: World) -> Job:
    with scope(world.alvik.pk):
        return enqueue("tests.add_department", by=world.alma, name="x")


@job_task("tests.add_department")
def add_department(job: JobContext, *, name: str) -> None:
    with job.completing():
        Department.objects.create(name=name, sort_key=name)


@job_task("tests.long_work", is_long=True)
def long_work(job: JobContext) -> None:
    """Nothing, slowly."""


@pytest.fixture
def sent() -> Iterator[list[str]]:
    """What would have gone to the broker."""
    names: list[str] = []
    task = current_app.tasks["tests.add_department"]
    with mock.patch.object(type(task), "apply_async", lambda self, **kwargs: names.append(kwargs["task_id"])):
        yield names


def fresh(job: Job) -> Job:
    with working_as("worker"):
        return Job._base_manager.get(pk=job.pk)


def perform(job: Job, function: Callable[..., None], as_role: AsRole) -> str:
    with as_role("worker"):
        return perform_job(function, job_id=str(job.pk), tenant_id=str(job.tenant_id))


def test_outside_a_scope_no_job_can_be_asked_for(db: None) -> None:
    with pytest.raises(TenantScopeError):
        enqueue("tests.add_department")


def test_a_job_disappears_with_the_write_that_asked_for_it(world: World) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic(), scope(world.alvik.pk):
        enqueue("tests.add_department", name="x")
        raise ZeroDivisionError
    with scope(world.alvik.pk):
        assert Job.objects.count() == 0


def test_the_relay_sends_each_job_once(job: Job, sent: list[str], as_role: AsRole) -> None:
    with as_role("worker"):
        assert relay_waiting_jobs() == 1
        assert relay_waiting_jobs() == 0
    assert sent == [str(job.pk)]


def test_long_work_stands_behind_everything_shorter(world: World, as_role: AsRole) -> None:
    with scope(world.alvik.pk):
        long = enqueue("tests.long_work")
        short = enqueue("tests.add_department", name="x")
    asked: dict[str, int] = {}

    def ask(_task: Task, **named: Any) -> None:
        asked[named["task_id"]] = named["priority"]

    with mock.patch.object(Task, "apply_async", ask), as_role("worker"):
        relay_waiting_jobs()
    assert asked[str(short.pk)] < asked[str(long.pk)]


def test_a_job_that_the_broker_lost_is_sent_again(job: Job, sent: list[str], as_role: AsRole) -> None:
    with as_role("worker"):
        relay_waiting_jobs()
        Job._base_manager.update(sent_at=timezone.now() - LOST_AFTER - timedelta(seconds=1))
        assert relay_waiting_jobs() == 1
    assert len(sent) == 2


def test_a_broker_that_does_not_answer_loses_nothing(job: Job, sent: list[str], as_role: AsRole) -> None:
    task = current_app.tasks["tests.add_department"]
    with as_role("worker"):
        broken = mock.patch.object(type(task), "apply_async", side_effect=OperationalError("no broker"))
        with broken, pytest.raises(OperationalError):
            relay_waiting_jobs()
        assert fresh(job).sent_at is None
        assert relay_waiting_jobs() == 1


def test_of_two_workers_one_gets_the_job(job: Job, as_role: AsRole) -> None:
    with as_role("worker"):
        assert [claim(str(job.pk)), claim(str(job.pk))] == [True, False]


def test_a_job_whose_worker_fell_silent_is_free_again(job: Job, as_role: AsRole) -> None:
    with as_role("worker"):
        claim(str(job.pk))
        Job._base_manager.update(beaten_at=timezone.now() - LOST_AFTER - timedelta(seconds=1))
        assert claim(str(job.pk))


def test_work_and_its_being_done_become_true_together(job: Job, as_role: AsRole) -> None:
    def half_way(context: JobContext, *, name: str) -> None:
        with context.completing():
            Job._base_manager.filter(pk=context.job_id).update(title="written")
            raise RuntimeError("the power went")

    assert perform(job, half_way, as_role) == "put back"
    assert (fresh(job).state, fresh(job).title) == ("waiting", "")


def test_the_third_failure_sets_a_job_aside(job: Job, as_role: AsRole) -> None:
    def fail(context: JobContext, *, name: str) -> None:
        raise RuntimeError("secret value 4711")

    for _ in range(5):
        perform(job, fail, as_role)
    found = fresh(job)
    assert (found.state, found.attempts, found.problem) == ("failed", 3, "interrupted")


def test_what_an_exception_says_reaches_no_log(
    job: Job, as_role: AsRole, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(context: JobContext, *, name: str) -> None:
        raise RuntimeError("secret value 4711")

    perform(job, fail, as_role)
    assert "RuntimeError" in caplog.text
    assert "4711" not in caplog.text


def test_a_refusal_is_told_and_not_tried_again(job: Job, as_role: AsRole) -> None:
    def refuse(context: JobContext, *, name: str) -> None:
        raise JobFailed("The file has no figures.")

    assert perform(job, refuse, as_role) == "failed"
    assert (fresh(job).problem, fresh(job).attempts) == ("The file has no figures.", 1)


def test_a_cancelled_job_stops_at_its_next_step(job: Job, as_role: AsRole, visit: Callable[..., Any]) -> None:
    done = []

    def long_work(context: JobContext, *, name: str) -> None:
        context.progress(10, "Reading the file")
        Job._base_manager.filter(pk=context.job_id).update(state="cancelled", finished_at=timezone.now())
        context.progress(50, "Counting")
        done.append("went on")

    assert perform(job, long_work, as_role) == "cancelled"
    assert done == []


def test_a_job_that_is_done_is_not_done_again(job: Job, as_role: AsRole) -> None:
    runs = []

    def work(context: JobContext, *, name: str) -> None:
        runs.append(name)

    assert [perform(job, work, as_role), perform(job, work, as_role)] == ["done", "not ours"]
    assert runs == ["x"]


def test_progress_is_watched_by_who_asked_and_by_nobody_else(job: Job, visit: Callable[..., Any]) -> None:
    page = visit("job-state", "alma", slug="alvik", job_id=job.pk)
    assert page.json() == {"state": "waiting", "percent": 0, "words": "Väntar", "is_finished": False}
    assert visit("job-state", "vera", slug="alvik", job_id=job.pk).status_code == 404
    assert visit("job-state", "bo", slug="alvik", job_id=job.pk).status_code == 404


def test_who_watches_can_stop_it(job: Job, visit: Callable[..., Any]) -> None:
    visit("job-cancel", "alma", method="post", slug="alvik", job_id=job.pk)
    assert fresh(job).state == "cancelled"


def test_jobs_that_were_finished_long_ago_are_deleted_and_no_others(job: Job, world: World) -> None:
    with scope(world.alvik.pk):
        recent, waiting = (enqueue("tests.add_department", by=world.alma, name=name) for name in "yz")
    now = timezone.now()
    with working_as("worker"):
        for one, days in ((job, 91), (recent, 89)):
            Job._base_manager.filter(pk=one.pk).update(state="done", finished_at=now - timedelta(days=days))
        assert forget_finished_jobs() == 1
        assert set(Job._base_manager.values_list("pk", flat=True)) == {recent.pk, waiting.pk}
