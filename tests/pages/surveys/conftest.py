"""What tests of the pages of rounds share: a page's words in English, and rounds in every state."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from portal.tenancy.scope import identify, scope
from surveys.demo.model import simulate
from surveys.demo.parameters import PROFILES
from surveys.drafting import outline
from surveys.models import QuestionnaireDraft, SurveyRound
from surveys.models.response import Response
from surveys.questionnaire import encode, positions
from surveys.services import rounds
from surveys.services.drafts import questionnaire_begin
from tests.conftest import client_of, working_as
from tests.rounds import plan_round
from tests.world import World


@contextmanager
def at_work(world: World) -> Iterator[None]:
    """In Alvik's scope, as a page is."""
    with transaction.atomic(), scope(world.alvik.pk):
        identify(world.alma.pk)
        yield


@pytest.fixture
def open_page(world: World) -> Callable[..., Any]:
    """Open or send a page of a round in English, as a person of the world."""

    def page(
        name: str, survey_round: SurveyRound | None = None, who: str = "alma", data: Any = None, **more: Any
    ) -> Any:
        query = more.pop("query", "")
        one = {"round_id": survey_round.pk} if survey_round else {}
        address = reverse(name, kwargs={"slug": "alvik", **one, **more}) + query
        client = client_of(world, who)
        client.cookies["language"] = "en"
        return client.get(address) if data is None else client.post(address, data)

    return page


def queries_of(world: World, name: str, survey_round: SurveyRound | None = None) -> list[str]:
    """The statements that the second look at a page takes, as alma: less those that set the scope."""
    one = {"round_id": survey_round.pk} if survey_round else {}
    address = reverse(name, kwargs={"slug": "alvik", **one})
    client = client_of(world, "alma")
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return [
        query["sql"] for query in captured if not any(word in query["sql"] for word in ("set_config", "SAVEPOINT"))
    ]


def words(response: Any) -> str:
    """What a page says, without its tags and with single spaces."""
    text = re.sub(r"<(script|style).*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def scheduled(world: World, **fields: Any) -> SurveyRound:
    """A round that opens tomorrow."""
    survey_round = plan_round(world, **fields)
    with at_work(world):
        return rounds.survey_round_schedule(
            survey_round=survey_round,
            opens_at=timezone.now() + timedelta(days=1),
            closes_at=survey_round.closes_at,
            by=world.alma,
        )


def opened(world: World, *, breakdowns: tuple[str, ...] | None = None, **fields: Any) -> SurveyRound:
    """A round that is open, in the test's own transaction; broken down by all that it asks, or by less."""
    survey_round = scheduled(world, **fields)
    if breakdowns is not None:
        with at_work(world):
            rule = survey_round.rule | {"breakdowns": list(breakdowns)}
            SurveyRound.objects.filter(pk=survey_round.pk).update(rule=rule)
    with working_as("worker"), at_work(world):
        assert rounds.survey_round_open(survey_round=survey_round)
        survey_round.refresh_from_db()
    return survey_round


def answered(world: World, survey_round: SurveyRound, count: int, *, wave: int = 1) -> None:
    """So many simulated people have answered, and their answers are shuffled already."""
    with at_work(world):
        questionnaire = survey_round.version.content
    people = simulate(questionnaire, municipality_profile=PROFILES["9901"], n=count, wave=wave, seed=7)
    apart = [place for question in questionnaire.background for place in positions(questionnaire, question.code)]
    rows = []
    for person in people:
        coded = encode(questionnaire, person)
        rows.append(
            Response(
                tenant_id=world.alvik.pk,
                round=survey_round,
                background=[coded[place] for place in apart],
                answers=[value for place, value in enumerate(coded) if place not in apart],
            )
        )
    with working_as("worker"), at_work(world):
        Response.objects.bulk_create(rows)


def closed(world: World, count: int, *, wave: int = 1, **fields: Any) -> SurveyRound:
    """A round that is closed and counted; its results wait as a job."""
    survey_round = opened(world, **fields)
    answered(world, survey_round, count, wave=wave)
    with at_work(world):
        rounds.survey_round_close(survey_round=survey_round, by=world.alma)
        SurveyRound.objects.filter(pk=survey_round.pk).update(response_count=count)
        rounds.enqueue(
            "surveys.tabulate", subject=survey_round, title=survey_round.title, survey_round_id=survey_round.pk
        )
        survey_round.refresh_from_db()
    return survey_round


@pytest.fixture
def draft(world: World) -> QuestionnaireDraft:
    with at_work(world):
        return questionnaire_begin(definition=outline.ready("egen"), by=world.alma)


@pytest.fixture
def visit(world: World) -> Any:
    """Open or send a page in English, as a person of the world."""

    def page(
        name: str, *args: object, who: str = "alma", data: Any = None, query: str = "", **headers: str
    ) -> Any:
        client = client_of(world, who)
        client.cookies["language"] = "en"
        address = reverse(name, args=["alvik", *args]) + query
        return (
            client.get(address, headers=headers) if data is None else client.post(address, data, headers=headers)
        )

    return page


def now(world: World) -> QuestionnaireDraft:
    with at_work(world):
        return QuestionnaireDraft.in_scope().get()
