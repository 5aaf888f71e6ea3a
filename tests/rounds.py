"""Rounds for tests: planned, open, answered, closed, counted."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from unittest.mock import patch
from uuid import uuid4

from django.db import connection, transaction
from django.utils import timezone

from accounts.models import Tenant
from portal.tenancy.scope import scope
from surveys.models import SurveyRound
from surveys.public_round import PublicRound, find_round, forget_rounds
from surveys.questionnaire import Answers
from surveys.services import timekeeping
from surveys.services.questionnaires import wellbeing_version
from surveys.services.responses import Outcome, response_submit
from surveys.services.rounds import survey_round_create, survey_round_open, survey_round_schedule
from tests.conftest import working_as
from tests.world import World

SOMEBODY: Answers = {"age": "18-19", "gender": "woman", "occupation": "school", "satisfaction": "7"}


def plan_round(world: World, *, tenant: Tenant | None = None, **fields: Any) -> SurveyRound:
    """A draft in Alvik (or another tenant) about the built-in questionnaire."""
    now = timezone.now()
    with transaction.atomic(), scope((tenant or world.alvik).pk):
        return survey_round_create(
            **{
                "title": "Spring round",
                "version": wellbeing_version(),
                "asker": "Alviks kommun",
                "what_happens": {"sv": "Vi pratar om svaren.", "en": "We talk about the answers."},
                "contact": "enkat@example.org",
                "opens_at": now,
                "closes_at": now + timedelta(days=14),
                "expected_answers": 60,
                "by": world.alma,
                **fields,
            }
        )


def open_round(world: World, **fields: Any) -> SurveyRound:
    """A round that takes answers. Needs `committed`: the answering pages have a connection of their own."""
    survey_round = plan_round(world, **fields)
    with transaction.atomic(), scope(survey_round.tenant_id):
        survey_round_schedule(
            survey_round=survey_round, opens_at=timezone.now(), closes_at=survey_round.closes_at, by=world.alma
        )
    with working_as("worker"), transaction.atomic(), scope(survey_round.tenant_id):
        assert survey_round_open(survey_round=survey_round)
    return survey_round


def public(survey_round: SurveyRound) -> PublicRound:
    """The round as the answering pages see it now."""
    forget_rounds()
    found = find_round(survey_round.public_code)
    assert found is not None
    return found


def answer(survey_round: SurveyRound, answers: Answers = SOMEBODY) -> Outcome:
    """Send one person's answers, as the last page does."""
    return response_submit(survey_round=public(survey_round), number=uuid4(), answers=answers)


def beat(*, after: timedelta = timedelta()) -> None:
    """What beat does, as the worker, when the clock is so much later. PostgreSQL's own clock stays."""
    now = timezone.now() + after
    with working_as("worker"), patch("django.utils.timezone.now", return_value=now):
        timekeeping.rounds_keep_time()
        timekeeping.intakes_shuffle()


def rows(table: str, columns: str = "*") -> list[tuple[Any, ...]]:
    """Everything in a table, whoever owns it: for looking where no role may look."""
    with working_as("backup"), connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM {table}")
        return cursor.fetchall()


def reread(survey_round: SurveyRound) -> SurveyRound:
    """The round as it is now."""
    with transaction.atomic(), scope(survey_round.tenant_id):
        found: SurveyRound = SurveyRound.objects.get(pk=survey_round.pk)
        return found
