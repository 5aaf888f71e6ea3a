"""From a closed round to results: made once, for the tenant's own people, for others when an admin says so."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import transaction

from datasets.models import Dataset
from portal.jobs.models import Job
from portal.jobs.outbox import enqueue
from portal.tenancy.scope import scope
from surveys.demo.model import simulate
from surveys.demo.parameters import PROFILES
from surveys.errors import InvalidTransition
from surveys.models import SurveyRound
from surveys.questionnaire import wellbeing
from surveys.services.publishing import survey_round_publish
from tests.conftest import working_as
from tests.rounds import answer, beat, open_round, reread, rows
from tests.rules.test_survey_intake import CLOSED_LONG_AGO, backdate
from tests.world import World

PEOPLE = 60
RunJobs = Callable[[], list[str]]


@pytest.fixture
def survey_round(committed: World) -> SurveyRound:
    return answered_round(committed)


def answered_round(world: World) -> SurveyRound:
    """A round that sixty simulated people answered, through the intake, and that has closed."""
    found = open_round(world)
    for person in simulate(wellbeing(), municipality_profile=PROFILES["9901"], n=PEOPLE, wave=1, seed=5):
        assert answer(found, person) == "stored"
    backdate(found, CLOSED_LONG_AGO)
    beat()
    return reread(found)


def datasets_of(survey_round: SurveyRound) -> list[Dataset]:
    with transaction.atomic(), scope(survey_round.tenant_id):
        return list(Dataset.objects.filter(origin_ref=str(survey_round.pk)))


def test_nothing_is_published_before_it_is_made(committed: World, survey_round: SurveyRound) -> None:
    with pytest.raises(InvalidTransition), transaction.atomic(), scope(committed.alvik.pk):
        survey_round_publish(survey_round=survey_round, by=committed.adam)


def test_an_open_round_gives_no_results(committed: World, run_jobs: RunJobs) -> None:
    found = open_round(committed)
    answer(found)
    with transaction.atomic(), scope(committed.alvik.pk):
        enqueue("surveys.tabulate", subject=found, survey_round_id=found.pk)
    assert run_jobs() == ["surveys.tabulate: failed"]
    assert datasets_of(found) == []
    with transaction.atomic(), scope(committed.alvik.pk):
        assert Job.objects.get().problem


def test_a_round_that_three_people_answered_says_nothing_of_them(committed: World, run_jobs: RunJobs) -> None:
    found = open_round(committed)
    for person in simulate(wellbeing(), municipality_profile=PROFILES["9901"], n=3, wave=1, seed=5):
        answer(found, person)
    backdate(found, CLOSED_LONG_AGO)
    beat()
    run_jobs()
    assert reread(found).tabulated_at is not None
    shown = [value for (values,) in rows("datasets_releasetable", "values") for value in values if value]
    assert shown == []


def test_the_web_process_cannot_make_results(committed: World, survey_round: SurveyRound) -> None:
    from django.db import ProgrammingError

    from surveys.results.tabulation import columns_fetch

    refused = pytest.raises(ProgrammingError, match="permission denied")
    with working_as("web"), refused, transaction.atomic(), scope(committed.alvik.pk):
        columns_fetch(survey_round)
