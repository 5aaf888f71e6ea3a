"""Moving the last day of an open round: to sooner or later, in two tabs, and never back to life."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError
from django.utils import timezone

from surveys.forms import MOMENT
from surveys.models import SurveyRound
from surveys.services.rounds import survey_round_close
from tests.pages.surveys.conftest import at_work, closed, opened, words
from tests.rounds import plan_round, reread, rows
from tests.world import World

MOVE = "survey-round-closing-move"


def typed(survey_round: SurveyRound, days: float) -> dict[str, str]:
    """What somebody sends who sees the round as it is, and wants it to close in so many days."""
    at = timezone.localtime(timezone.now() + timedelta(days=days))
    return {"closes_at": at.strftime(MOMENT), "before": survey_round.closes_at.isoformat()}


@pytest.mark.parametrize("days", [2, 40])
def test_it_is_moved_to_sooner_or_later_and_told(world: World, open_page: Any, days: int) -> None:
    survey_round = opened(world)
    assert "The round is open until" in words(open_page(MOVE, survey_round))
    assert open_page(MOVE, survey_round, data=typed(survey_round, days)).status_code == 302
    moved = reread(survey_round)
    assert abs(moved.closes_at - timezone.now() - timedelta(days=days)) < timedelta(minutes=2)
    assert moved.closing_moved_at is not None and moved.rule == survey_round.rule
    (told,) = [
        data for verb, data in rows("audit_auditevent", "verb, details") if verb == "survey_round.closing_moved"
    ]
    assert json.loads(told)["before"] == survey_round.closes_at.isoformat()


@pytest.mark.parametrize("days", [-1, 0, 500])
def test_it_is_not_moved_into_the_past_or_far_away(world: World, open_page: Any, days: int) -> None:
    survey_round = opened(world)
    refused = open_page(MOVE, survey_round, data=typed(survey_round, days))
    assert refused.status_code == 422 and "Choose a day that is still to come" in words(refused)
    assert reread(survey_round).closes_at == survey_round.closes_at


def test_of_two_tabs_the_second_is_shown_what_the_first_did(world: World, open_page: Any) -> None:
    survey_round = opened(world)
    one, other = typed(survey_round, 20), typed(survey_round, 30)
    assert open_page(MOVE, survey_round, data=one).status_code == 302
    after_first = reread(survey_round).closes_at
    refused = open_page(MOVE, survey_round, data=other)
    assert refused.status_code == 422 and "Somebody else has moved the last day" in words(refused)
    assert reread(survey_round).closes_at == after_first
    assert open_page(MOVE, survey_round, data=typed(reread(survey_round), 30)).status_code == 302


@pytest.mark.parametrize("before", ["", "tomorrow", "2026-13-45"])
def test_a_form_that_was_tampered_with_moves_nothing(world: World, open_page: Any, before: str) -> None:
    survey_round = opened(world)
    assert open_page(MOVE, survey_round, data=typed(survey_round, 20) | {"before": before}).status_code == 422
    assert reread(survey_round).closes_at == survey_round.closes_at


def test_a_closed_round_and_a_draft_have_no_last_day_to_move(world: World, open_page: Any) -> None:
    for survey_round in (plan_round(world), closed(world, 12)):
        before = reread(survey_round).closes_at
        assert open_page(MOVE, survey_round).status_code == 302
        assert open_page(MOVE, survey_round, data=typed(survey_round, 20)).status_code == 302
        assert reread(survey_round).closes_at == before


def test_one_that_closes_while_the_form_is_open_stays_closed(world: World, open_page: Any) -> None:
    survey_round = opened(world)
    sent = typed(survey_round, 20)
    with at_work(world):
        survey_round_close(survey_round=reread(survey_round), by=world.alma)
    assert open_page(MOVE, survey_round, data=sent).status_code == 302
    assert reread(survey_round).state == "closed" and reread(survey_round).closes_at == survey_round.closes_at


def test_postgresql_prolongs_no_round_whose_time_is_over(world: World) -> None:
    survey_round = opened(world)
    rounds = SurveyRound.objects
    with at_work(world):
        rounds.filter(pk=survey_round.pk).update(
            opens_at=timezone.now() - timedelta(days=9), closes_at=timezone.now() - timedelta(hours=1)
        )
    with pytest.raises(IntegrityError, match="not prolonged"), at_work(world):
        rounds.filter(pk=survey_round.pk).update(closes_at=timezone.now() + timedelta(days=1))
