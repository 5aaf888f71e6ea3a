"""A small round is put together with the one before: when it may be, once, and what its own people see of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from datasets.models import Dataset, ReleaseTable
from datasets.selectors import cube_of
from portal.tenancy.scope import scope
from surveys.errors import SurveysError
from surveys.models import QuestionnaireVersion, SurveyRound
from surveys.results.forecast import together_of
from surveys.services.drafts import questionnaire_begin
from surveys.services.pooling import pool_state_of, rounds_pool_ask
from surveys.services.publishing_questionnaires import draft_publish
from tests.conftest import client_of, do_waiting_jobs
from tests.joint import own_definition
from tests.pages.surveys.conftest import words
from tests.rounds import answer, beat, open_round, plan_round, reread
from tests.rules.test_survey_intake import CLOSED_LONG_AGO, backdate
from tests.world import World

FIRST = {"15-17": 17, "18-19": 8, "20-24": 9, "25-29": 4}
SECOND = {"15-17": 15, "18-19": 9, "20-24": 8, "25-29": 8}


@pytest.fixture
def version(committed: World) -> QuestionnaireVersion:
    """A municipality's own short questionnaire: the age, and whether the bus goes."""
    with transaction.atomic(), scope(committed.alvik.pk):
        draft = questionnaire_begin(definition=own_definition(), by=committed.alma)
        return draft_publish(draft=draft, revision=draft.revision, tenant=committed.alvik, by=committed.alma)


def hold(world: World, version: QuestionnaireVersion, ages: dict[str, int], **fields: Any) -> SurveyRound:
    """A round that so many of each age have answered, closed and told."""
    now = timezone.now()
    survey_round = open_round(world, version=version, closes_at=now + timedelta(days=9), **fields)
    for age, count in ages.items():
        for number in range(count):
            assert answer(survey_round, {"age": age, "bus": "no" if number % 2 else "yes"}) == "stored"
    backdate(survey_round, CLOSED_LONG_AGO)
    beat()
    do_waiting_jobs()
    return reread(survey_round)


def test_two_small_rounds_tell_more_together_and_only_once(committed: World, version: Any) -> None:
    world = committed
    first = hold(world, version, FIRST, title="Spring")
    second = hold(world, version, SECOND, title="Autumn", previous_round=first)
    assert second.tabulated_at is not None
    with transaction.atomic(), scope(world.alvik.pk):
        planned = plan_round(world, version=version, previous_round=second, expected_answers=30)
        assert [one.label for one in together_of(planned, "en")] == ["Age"]
        assert pool_state_of(first).refusal and not pool_state_of(second).refusal
    client = client_of(world, "alma")
    client.cookies["language"] = "en"
    results = reverse("survey-round-results", args=["alvik", second.pk])
    assert "Put together with Spring" in words(client.get(results))
    asked = client.post(reverse("survey-round-pool", args=["alvik", second.pk]), follow=True)
    assert "being put together" in words(asked)
    with transaction.atomic(), scope(world.alvik.pk), pytest.raises(SurveysError):
        rounds_pool_ask(survey_round=reread(second), by=world.alma)
    do_waiting_jobs()
    told = words(client.get(results))
    assert "This round and Spring are counted together" in told
    with transaction.atomic(), scope(world.alvik.pk):
        made = pool_state_of(reread(second)).dataset
        assert made is not None and made.audience_id == world.alvik.pk
        tables = {
            table.code: cube_of(table).cube for table in ReleaseTable.objects.own().filter(release__dataset=made)
        }
        assert {"age", "bus", "bus.age"} >= tables.keys() and "age" in tables
        ages = tables["age"].dimension("age").leaves
        single = ReleaseTable.objects.own().filter(code="age").exclude(release__dataset=made)
        assert all(len(cube_of(one).cube.dimension("age").leaves) < len(ages) for one in single)
        assert "25-29" in ages
    # Both rounds lead to a page of what is told of them together, with its own charts and files.
    for one in (first, second):
        assert (
            reverse("survey-round-together", args=["alvik", one.pk])
            in client.get(reverse("survey-round-results", args=["alvik", one.pk])).content.decode()
        )
        page = client.get(reverse("survey-round-together", args=["alvik", one.pk]))
        said = words(page)
        assert "Spring and Autumn together" in said and "78 young people answered." in said
        assert "Whom the figures stand for" in said and "stays hidden here" in said
        results = [result for section in page.context["sections"] for result in section["results"]]
        assert [result.label for result in results if result.bars], "some charts are told in words"
        urls = [result.url for result in results if result.url]
        assert {client.get(url).status_code for url in urls} == {200}
    for form in ("csv", "xlsx", "json", "sav"):
        address = reverse("survey-round-together-files", args=["alvik", first.pk, form])
        answered = client.get(address)
        assert answered.status_code == 200 and "spring-and-autumn-together" in answered["Content-Disposition"]
        assert client_of(world, "bo").get(address).status_code == 404
    groups = client.get(reverse("survey-round-together-groups", args=["alvik", first.pk]))
    assert groups.status_code == 200 and "Between groups" in words(groups)
    # Neither can be put together with a third: two such sums would tell what is between them.
    third = hold(world, version, FIRST, title="Next spring", previous_round=second)
    with transaction.atomic(), scope(world.alvik.pk), pytest.raises(SurveysError):
        rounds_pool_ask(survey_round=third, by=world.alma)
    for reader in (world.region.pk, world.bjorkvik.pk):
        with transaction.atomic(), scope(reader):
            assert not Dataset._base_manager.filter(title__contains="tillsammans").exists()
