"""What waits in surveys: on the start page for who does something about it, and by mail at most once a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from unittest.mock import patch
from zoneinfo import ZoneInfo

import pytest

from surveys.models import Notice, ReadText, SurveyRound
from surveys.services import notices
from tests.conftest import working_as
from tests.pages.surveys.conftest import at_work, closed, words
from tests.world import World

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=ZoneInfo("Europe/Stockholm"))


@pytest.fixture
def unread(world: World) -> Iterator[SurveyRound]:
    """A closed round with a text that somebody wrote."""
    survey_round = closed(world, 12)
    write(world, survey_round, "Ett ord som inte ska i något mejl")
    yield survey_round


def write(world: World, survey_round: SurveyRound, text: str) -> None:
    with working_as("worker"), at_work(world):
        ReadText(tenant=world.alvik, round=survey_round, question="wish", text=text, shown=text).save()


def beat(run_jobs: Any, *, at: datetime = NOON) -> int:
    with working_as("worker"), patch("django.utils.timezone.now", return_value=at):
        asked = notices.notices_ask()
    run_jobs()
    return asked


def test_reviewers_are_mailed_once_and_others_never(
    world: World, unread: SurveyRound, run_jobs: Any, mailoutbox: list[Any]
) -> None:
    run_jobs()
    assert beat(run_jobs) == len(mailoutbox) > 0
    to = {mail.to[0] for mail in mailoutbox}
    assert {"alma@example.org", "adam@example.org", "dag@example.org"} <= to
    assert not {"fia@example.org", "vera@example.org", "bo@example.org"} & to
    assert not any("Ett ord" in mail.body + mail.subject for mail in mailoutbox)
    before = len(mailoutbox)
    assert beat(run_jobs, at=NOON + timedelta(hours=2)) == 0
    assert beat(run_jobs, at=NOON + timedelta(days=1)) == 0, "Nothing new: no mail the next day either."
    assert len(mailoutbox) == before


def test_what_came_later_the_same_day_is_told_the_next(
    world: World, unread: SurveyRound, run_jobs: Any, mailoutbox: list[Any]
) -> None:
    run_jobs()
    beat(run_jobs)
    first = len(mailoutbox)
    write(world, unread, "En text till")
    assert beat(run_jobs, at=NOON + timedelta(hours=3)) == 0
    assert beat(run_jobs, at=NOON + timedelta(days=1)) == first


def test_nobody_is_mailed_at_night(
    world: World, unread: SurveyRound, run_jobs: Any, mailoutbox: list[Any]
) -> None:
    run_jobs()
    assert beat(run_jobs, at=NOON - timedelta(hours=8)) == 0 and mailoutbox == []


def test_who_wants_no_mail_gets_none_and_others_still_do(
    world: World, unread: SurveyRound, run_jobs: Any, open_page: Any, mailoutbox: list[Any]
) -> None:
    run_jobs()
    assert "checked" in open_page("survey-notices").content.decode()
    assert open_page("survey-notices", data={}).status_code == 302
    assert "checked" not in open_page("survey-notices").content.decode()
    beat(run_jobs)
    to = {mail.to[0] for mail in mailoutbox}
    assert "alma@example.org" not in to and "dag@example.org" in to
    open_page("survey-notices", data={"is_wanted": "on"})
    with at_work(world):
        assert Notice.in_scope().get(user=world.alma).is_wanted


def test_the_start_page_leads_a_reviewer_to_the_texts(world: World, unread: SurveyRound, open_page: Any) -> None:
    for who in ("alma", "dag"):
        page = open_page("start", who=who)
        assert "1 text waits to be read" in words(page)
        assert f"{unread.pk}/texter/" in page.content.decode()
    assert "waits to be read" not in words(open_page("start", who="fia"))


def test_results_that_are_ready_stand_on_the_start_page(world: World, open_page: Any, run_jobs: Any) -> None:
    survey_round = closed(world, 40)
    assert "The results are ready" not in words(open_page("start"))
    run_jobs()
    page = open_page("start")
    assert "The results are ready" in words(page) and f"{survey_round.pk}/resultat/" in page.content.decode()
