"""A round's results made by real workers that share the questions and are killed: every question is done once."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import transaction

from datasets.models import Dataset, Release
from portal.embedded.processes import end_group
from portal.tenancy.scope import scope
from surveys.models import RoundFigures, RoundPart, SurveyRound
from tests.conftest import working_as
from tests.faults.plant import Plant, jobs, wait_for
from tests.pages.surveys.conftest import closed
from tests.world import World

pytestmark = pytest.mark.slow
HELD = "sleep"


@pytest.fixture
def watched(plant: Plant, tmp_path: Path) -> Iterator[Path]:
    """The worker, begun anew, notes in this folder which questions it begins."""
    (tmp_path / "hold").write_text("")
    plant.worker.stop()
    plant.worker.environment = plant.worker.environment | {"VAXTKRAFT_TEST_QUESTIONS": str(tmp_path)}
    plant.worker.start()
    yield tmp_path
    (tmp_path / "go").touch()


def begun(folder: Path) -> list[list[str]]:
    """Question, process and worker of each beginning."""
    file = folder / "begun"
    return [line.split() for line in file.read_text().splitlines()] if file.exists() else []


def parts(world: World, **wanted: str) -> set[str]:
    with working_as("worker"), transaction.atomic(), scope(world.alvik.pk):
        return set(RoundPart.in_scope().filter(**wanted).values_list("question", flat=True))


def is_made(survey_round: SurveyRound) -> bool:
    with transaction.atomic(), scope(survey_round.tenant_id):
        return SurveyRound.objects.own().filter(pk=survey_round.pk, tabulated_at__isnull=False).exists()


def published_once(survey_round: SurveyRound) -> bool:
    """One release a data set, and nothing kept on the way."""
    with working_as("worker"), transaction.atomic(), scope(survey_round.tenant_id):
        found = Dataset.objects.filter(origin_ref=str(survey_round.pk)).count()
        return found == Release.objects.count() > 4 and not RoundFigures.in_scope().exists()


def test_a_worker_killed_in_mid_question_leaves_the_rest_to_the_next_and_nothing_is_done_twice(
    plant: Plant, committed: World, watched: Path
) -> None:
    (watched / "hold").write_text(HELD)
    survey_round = closed(committed, 60, breakdowns=())
    wait_for(
        lambda: len(parts(committed, state="protected")) >= 10 and HELD in {line[0] for line in begun(watched)},
        plant,
    )
    assert plant.worker.process is not None
    end_group(plant.worker.process.pid)
    done = parts(committed) - parts(committed, state="waiting")
    at_work = {code for code, _process, _worker in begun(watched)} - done
    assert HELD in at_work and len(at_work) <= 2
    assert not is_made(survey_round)

    (watched / "go").touch()
    plant.worker.start()
    wait_for(lambda: is_made(survey_round), plant, seconds=120)
    times = Counter(code for code, _process, _worker in begun(watched))
    assert {code for code, count in times.items() if count > 1} == at_work
    assert max(times.values()) == 2
    assert published_once(survey_round)
    assert {job.state for job in jobs()} == {"done"}


def test_a_question_that_takes_longer_than_a_lost_job_is_missed_for_is_not_begun_again(
    plant: Plant, committed: World, watched: Path
) -> None:
    (watched / "hold").write_text(HELD)
    survey_round = closed(committed, 60, breakdowns=())
    wait_for(lambda: HELD in {line[0] for line in begun(watched)}, plant)
    time.sleep(3 * 4)  # three times the silence after which these workers miss a job
    (watched / "go").touch()
    wait_for(lambda: is_made(survey_round), plant, seconds=120)
    assert max(Counter(code for code, _process, _worker in begun(watched)).values()) == 1
    assert {(job.state, job.attempts) for job in jobs()} == {("done", 1)}


def test_two_workers_share_the_questions_of_one_round(plant: Plant, committed: World, watched: Path) -> None:
    other = replace(plant.worker, name="other", command=[*plant.worker.command, "--hostname", "other@%h"])
    other.start()
    try:
        survey_round = closed(committed, 60, breakdowns=())
        wait_for(lambda: is_made(survey_round), plant, seconds=120)
    finally:
        other.stop()
    found = begun(watched)
    shares = Counter(worker for _code, _process, worker in found)
    assert len(shares) == 2 and min(shares.values()) >= 3
    assert max(Counter(code for code, _process, _worker in found).values()) == 1
    assert published_once(survey_round)
    assert {job.attempts for job in jobs()} == {1}
