"""The results of a round when they have been made: once for these tests, which leave them as they were."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from django.db import transaction

from datasets.models import Dataset, Release, ReleaseTable
from portal.jobs.outbox import enqueue
from portal.tenancy.scope import PUBLIC_AUDIENCE, public_scope, scope
from surveys.making import MAKING
from surveys.models import SurveyRound
from surveys.questionnaire import wellbeing
from surveys.services.publishing import survey_round_publish
from tests.conftest import do_waiting_jobs
from tests.rounds import beat, reread, rows
from tests.rules.test_survey_results import PEOPLE, RunJobs, answered_round, datasets_of
from tests.texts import without_keys
from tests.world import World


@pytest.fixture(scope="module")
def closed(standing: World) -> SurveyRound:
    return answered_round(standing)


@pytest.fixture(scope="module")
def done(closed: SurveyRound) -> list[str]:
    return do_waiting_jobs()


@pytest.fixture
def world(standing: World, db: None) -> World:
    return deepcopy(standing)


@pytest.fixture
def survey_round(closed: SurveyRound, done: list[str], world: World) -> SurveyRound:
    return reread(closed)


def test_one_data_set_a_section_each_with_a_release(survey_round: SurveyRound, done: list[str]) -> None:
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
    survey_round: SurveyRound,
) -> None:
    with transaction.atomic(), scope(survey_round.tenant_id):
        table = ReleaseTable.objects.get(code="belonging_index")
        assert ReleaseTable.objects.get(code="belonging").release_id == table.release_id
        assert table.title["sv"] == "Samhörighet, vårt eget index"
        mean = ReleaseTable.objects.get(code="belonging_index:mean")
        assert mean.release_id == table.release_id and len(mean.values) == 4
    assert rows("surveys_roundfigures") == []


def test_made_once_however_often_it_is_asked_for(
    world: World, survey_round: SurveyRound, run_jobs: RunJobs
) -> None:
    before = len(datasets_of(survey_round))
    with transaction.atomic(), scope(world.alvik.pk):
        enqueue("surveys.tabulate", subject=survey_round, survey_round_id=survey_round.pk)
    beat()
    run_jobs()
    assert len(datasets_of(survey_round)) == before


def test_results_are_the_tenants_own_until_they_are_published(world: World, survey_round: SurveyRound) -> None:
    with transaction.atomic(), scope(world.bjorkvik.pk):
        assert Dataset.objects.count() == ReleaseTable.objects.count() == 0
    with transaction.atomic(), public_scope():
        assert Dataset.objects.count() == 0
    with transaction.atomic(), scope(world.alvik.pk):
        survey_round_publish(survey_round=survey_round, by=world.adam)
    with transaction.atomic(), public_scope():
        assert Dataset.objects.count() == len(datasets_of(survey_round))
        assert set(ReleaseTable.objects.values_list("audience_id", flat=True)) == {PUBLIC_AUDIENCE}


def test_what_happened_is_in_the_log_and_no_answer_is(survey_round: SurveyRound) -> None:
    events: list[tuple[Any, ...]] = rows("audit_auditevent", "verb, details::text")
    assert {"survey_round.opened", "survey_round.counted", "survey_round.tabulated"} <= {
        verb for verb, _ in events
    }
    said = without_keys(" ".join(details for _, details in events))
    assert "15-17" not in said and "woman" not in said
