"""A thank-you that is drawn: promised, entered by anyone, drawn by lot, and tied to no answer."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from surveys.errors import SurveysError
from surveys.models import SurveyRound, ThankYou, ThankYouEntry, ThankYouWinner
from surveys.services import timekeeping
from surveys.services.rounds import survey_round_close
from surveys.services.thank_you import thank_you_set, thank_you_take_back
from surveys.states import RoundState
from tests.conftest import client_of, working_as
from tests.pages.surveys.conftest import at_work, words
from tests.rounds import answer, beat, open_round, plan_round, public, rows
from tests.world import World

PRIZE = {"sv": "en biobiljett", "en": "a cinema ticket"}


@pytest.fixture
def survey_round(committed: World) -> SurveyRound:
    """An open round in Alvik in which two cinema tickets are drawn."""
    planned = plan_round(committed)
    with at_work(committed):
        thank_you_set(survey_round=planned, what=PRIZE, winners=2, by=committed.alma)
    return opened(committed, planned)


def opened(world: World, planned: SurveyRound) -> SurveyRound:
    from surveys.services.rounds import survey_round_open, survey_round_schedule

    with at_work(world):
        survey_round_schedule(
            survey_round=planned, opens_at=timezone.now(), closes_at=planned.closes_at, by=world.alma
        )
    with working_as("worker"), at_work(world):
        survey_round_open(survey_round=planned)
    return planned


def address(survey_round: SurveyRound) -> str:
    return reverse("thank-you-enter", args=[survey_round.public_code]) + "?lang=en"


def enter(survey_round: SurveyRound, written: str, page: Any = None) -> Any:
    page = page or Client().get(address(survey_round))
    form = dict(re.findall(r'name="(form|key)" value="([^"]*)"', page.content.decode()))
    return Client(enforce_csrf_checks=True).post(address(survey_round), {**form, "address": written})


def finish(world: World, survey_round: SurveyRound) -> None:
    with at_work(world):
        survey_round_close(survey_round=SurveyRound.objects.own().get(pk=survey_round.pk), by=world.alma)
    beat(after=timedelta(hours=2))


def drawn(world: World) -> list[str]:
    with at_work(world):
        return sorted(ThankYouWinner.in_scope().values_list("address", flat=True))


def test_the_way_to_it_stands_behind_every_answer(committed: World, survey_round: SurveyRound) -> None:
    assert public(survey_round).has_thank_you
    page = Client().get(address(survey_round))
    assert "2 people get this: a cinema ticket" in words(page)
    assert not page.cookies


def test_nothing_is_shown_where_nothing_is_drawn(committed: World) -> None:
    plain = open_round(committed)
    assert not public(plain).has_thank_you
    assert Client().get(address(plain)).status_code == 404


def test_who_is_drawn_is_written_to_and_all_others_are_forgotten(
    committed: World, survey_round: SurveyRound
) -> None:
    written = [f"somebody{number}@example.org" for number in range(6)]
    for one in (*written, " SOMEBODY0@example.org "):
        assert "You are in the draw" in words(enter(survey_round, one))
    answer(survey_round)
    assert len(rows("surveys_thankyouentry")) == 7
    finish(committed, survey_round)
    found = drawn(committed)
    assert len(set(found)) == 2 and set(found) <= set(written)
    assert rows("surveys_thankyouentry") == []
    page = client_of(committed, "alma").get(reverse("survey-round-thank-you", args=["alvik", survey_round.pk]))
    assert all(one in page.content.decode() for one in found)
    assert not [one for one in written if one not in found and one in page.content.decode()]
    beat(after=timedelta(hours=3))
    assert drawn(committed) == found, "drawn once"


def test_until_then_nobody_can_read_an_address(committed: World, survey_round: SurveyRound) -> None:
    enter(survey_round, "astrid@example.org")
    enter(survey_round, "a@b.se")
    kept = rows("surveys_thankyouentry")
    assert "astrid" not in str(kept)
    assert {length for (length,) in rows("surveys_thankyouentry", "length(sealed)")} == {176}
    names = [field.name for field in ThankYouEntry._meta.concrete_fields]
    assert sorted(names) == ["id", "round", "sealed", "tenant"], "no time, and nothing of an answer"
    assert not [row for row in rows("audit_auditevent", "verb") if "entr" in row[0]]


def test_sent_again_it_is_stored_once(committed: World, survey_round: SurveyRound) -> None:
    page = Client().get(address(survey_round))
    for _time in range(2):
        enter(survey_round, "astrid@example.org", page)
    assert len(rows("surveys_thankyouentry")) == 1


@pytest.mark.parametrize("wrong", ["", "astrid", "a@b", "x" * 200 + "@example.org", "a@example.org\nBcc: b@c.se"])
def test_what_is_no_address_is_kept_in_the_form(committed: World, survey_round: SurveyRound, wrong: str) -> None:
    answered = enter(survey_round, wrong)
    assert answered.status_code == 422
    assert rows("surveys_thankyouentry") == []


def test_when_the_round_has_closed_nothing_more_comes_in(committed: World, survey_round: SurveyRound) -> None:
    page = Client().get(address(survey_round))
    finish(committed, survey_round)
    assert "The draw is over" in words(enter(survey_round, "sen@example.org", page))
    assert rows("surveys_thankyouentry") == []


def test_a_promise_is_kept_once_the_round_is_open(committed: World, survey_round: SurveyRound) -> None:
    with at_work(committed):
        found = SurveyRound.objects.own().get(pk=survey_round.pk)
        for what, winners in ((PRIZE, 1), ({"sv": "ingenting"}, 2)):
            with pytest.raises(SurveysError):
                thank_you_set(survey_round=found, what=what, winners=winners, by=committed.alma)
        with pytest.raises(SurveysError):
            thank_you_take_back(survey_round=found, by=committed.alma)
        assert thank_you_set(survey_round=found, what=PRIZE, winners=3, by=committed.alma).winners == 3


def test_addresses_are_deleted_when_told_and_else_after_thirty_days(
    committed: World, survey_round: SurveyRound
) -> None:
    enter(survey_round, "astrid@example.org")
    finish(committed, survey_round)
    assert drawn(committed) == ["astrid@example.org"]
    with at_work(committed):
        ThankYou.objects.own().update(drawn_at=timezone.now() - timedelta(days=31))
    with working_as("worker"):
        timekeeping.answers_forget()
    assert drawn(committed) == []


def test_an_official_sets_it_and_somebody_else_does_not(committed: World) -> None:
    planned = plan_round(committed)
    page = reverse("survey-round-thank-you", args=["alvik", planned.pk])
    fields = {"what_sv": "en biobiljett", "what_en": "", "winners": "5"}
    assert client_of(committed, "olle").post(page, fields).status_code == 404
    assert client_of(committed, "bo").post(page, fields).status_code == 404
    assert client_of(committed, "alma").post(page, fields).status_code == 302
    with at_work(committed):
        assert ThankYou.objects.own().get().winners == 5
    assert client_of(committed, "alma").post(page, {**fields, "winners": "0"}).status_code == 422
    client_of(committed, "alma").post(page, {"do": "take_back"})
    with at_work(committed):
        assert not ThankYou.objects.own().exists()
        assert planned.state == RoundState.DRAFT
