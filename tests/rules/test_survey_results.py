"""From a closed round to results: made once, for the tenant's own people, for others when an admin says so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction

from datasets.models import Dataset, Release, ReleaseTable
from portal.jobs.models import Job
from portal.jobs.outbox import enqueue
from portal.tenancy.scope import PUBLIC_AUDIENCE, public_scope, scope
from surveys.demo.model import simulate
from surveys.demo.parameters import PROFILES
from surveys.errors import InvalidTransition
from surveys.making import MAKING
from surveys.models import SurveyRound
from surveys.questionnaire import wellbeing
from surveys.services.publishing import survey_round_publish
from tests.conftest import working_as
from tests.rounds import answer, beat, open_round, reread, rows
from tests.rules.test_survey_intake import CLOSED_LONG_AGO, backdate
from tests.texts import without_keys
from tests.world import World

PEOPLE = 60
RunJobs = Callable[[], list[str]]


@pytest.fixture
def survey_round(committed: World) -> SurveyRound:
    """A round that sixty simulated people answered, through the intake, and that has closed."""
    found = open_round(committed)
    for person in simulate(wellbeing(), municipality_profile=PROFILES["9901"], n=PEOPLE, wave=1, seed=5):
        assert answer(found, person) == "stored"
    backdate(found, CLOSED_LONG_AGO)
    beat()
    return reread(found)


def datasets_of(survey_round: SurveyRound) -> list[Dataset]:
    with transaction.atomic(), scope(survey_round.tenant_id):
        return list(Dataset.objects.filter(origin_ref=str(survey_round.pk)))


def test_one_data_set_a_section_each_with_a_release(survey_round: SurveyRound, run_jobs: RunJobs) -> None:
    done = run_jobs()
    assert set(done) == set(MAKING)
    assert done[-2:] == ["surveys.protect_scores", "surveys.publish_results"], "a score waits for its items"
    found = datasets_of(survey_round)
    sections = [section.title["sv"] for section in wellbeing().sections]
    assert {dataset.title.split(":")[0] for dataset in found} <= set(sections) and len(found) >= 5
    with transaction.atomic(), scope(survey_round.tenant_id):
        assert Release.objects.count() == len(found)
        assert ReleaseTable.objects.filter(code="satisfaction").count() == 1
    assert reread(survey_round).tabulated_at is not None
    assert reread(survey_round).response_count == PEOPLE


def test_a_score_stands_in_the_data_set_of_its_items_and_nothing_is_kept_on_the_way(
    survey_round: SurveyRound, run_jobs: RunJobs
) -> None:
    run_jobs()
    with transaction.atomic(), scope(survey_round.tenant_id):
        table = ReleaseTable.objects.get(code="belonging_index")
        assert ReleaseTable.objects.get(code="belonging").release_id == table.release_id
        assert table.title["sv"] == "Samhörighet, vårt eget index"
    assert rows("surveys_roundfigures") == []


def test_made_once_however_often_it_is_asked_for(
    committed: World, survey_round: SurveyRound, run_jobs: RunJobs
) -> None:
    run_jobs()
    before = len(datasets_of(survey_round))
    with transaction.atomic(), scope(committed.alvik.pk):
        enqueue("surveys.tabulate", subject=survey_round, survey_round_id=survey_round.pk)
    beat()
    run_jobs()
    assert len(datasets_of(survey_round)) == before


def test_results_are_the_tenants_own_until_they_are_published(
    committed: World, survey_round: SurveyRound, run_jobs: RunJobs
) -> None:
    run_jobs()
    with transaction.atomic(), scope(committed.bjorkvik.pk):
        assert Dataset.objects.count() == ReleaseTable.objects.count() == 0
    with transaction.atomic(), public_scope():
        assert Dataset.objects.count() == 0
    with transaction.atomic(), scope(committed.alvik.pk):
        survey_round_publish(survey_round=survey_round, by=committed.adam)
    with transaction.atomic(), public_scope():
        assert Dataset.objects.count() == len(datasets_of(survey_round))
        assert set(ReleaseTable.objects.values_list("audience_id", flat=True)) == {PUBLIC_AUDIENCE}


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


def test_what_happened_is_in_the_log_and_no_answer_is(survey_round: SurveyRound, run_jobs: RunJobs) -> None:
    run_jobs()
    events: list[tuple[Any, ...]] = rows("audit_auditevent", "verb, details::text")
    assert {"survey_round.opened", "survey_round.counted", "survey_round.tabulated"} <= {
        verb for verb, _ in events
    }
    said = without_keys(" ".join(details for _, details in events))
    assert "15-17" not in said and "woman" not in said
