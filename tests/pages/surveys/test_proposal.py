"""Proposals from young people: sent by nobody, read by a coordinator, answered for anyone to see."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.template import Context, Template
from django.test import Client
from django.urls import reverse

from portal.tenancy.scope import PUBLIC_AUDIENCE
from surveys.models import Proposal, SurveyRound
from surveys.services import proposals
from tests.conftest import client_of
from tests.pages.surveys.conftest import at_work, words
from tests.rounds import open_round, rows
from tests.world import World

TEXT = "Fråga om hur vi tar oss hem på kvällen."


@pytest.fixture
def survey_round(committed: World) -> SurveyRound:
    """An open round in Alvik."""
    return open_round(committed)


def address(survey_round: SurveyRound) -> str:
    return reverse("proposal-submit", args=[survey_round.public_code]) + "?lang=en"


def form_on(page: Any) -> dict[str, str]:
    """The hidden fields of the page's form."""
    return dict(re.findall(r'name="(form|key)" value="([^"]*)"', page.content.decode()))


def send(survey_round: SurveyRound, text: str = TEXT, **changed: str) -> Any:
    """Fill the form in and send it, as a phone without cookies does."""
    page = Client().get(address(survey_round))
    return Client(enforce_csrf_checks=True).post(address(survey_round), {**form_on(page), "text": text, **changed})


def answer(world: World, survey_round: SurveyRound, proposal: Proposal, to: str, reason: str = "") -> Any:
    """Answer as alma does on her page."""
    client = client_of(world, "alma")
    client.cookies["language"] = "en"
    one = [proposal.tenant.slug, survey_round.pk]
    data = {f"{proposal.pk}-to": to, f"{proposal.pk}-reason_sv": reason, f"{proposal.pk}-reason_en": ""}
    return client.post(reverse("proposal-answer", args=[*one, proposal.pk]), data)


def only(world: World) -> Proposal:
    with at_work(world):
        return Proposal.objects.own().select_related("tenant").get()


def test_a_proposal_is_taken_in_without_sender_or_clock(committed: World, survey_round: SurveyRound) -> None:
    answered = send(survey_round)
    assert answered.status_code == 200 and "Thank you for your proposal" in words(answered)
    assert not answered.cookies
    ((_id, *kept),) = rows("surveys_proposal")
    assert TEXT in kept
    # A day is a date without a clock; no other time is kept, and no event tells of it.
    assert [type(value).__name__ for value in kept if "date" in type(value).__name__] == ["date"]
    assert not [row for row in rows("audit_auditevent", "verb") if "proposal" in row[0]]


def test_sent_again_it_is_one(survey_round: SurveyRound) -> None:
    page = Client().get(address(survey_round))
    for _twice in range(2):
        assert (
            Client(enforce_csrf_checks=True)
            .post(address(survey_round), {**form_on(page), "text": TEXT})
            .status_code
            == 200
        )
    assert len(rows("surveys_proposal")) == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "Write something"), ("Ring mig på 070-123 45 67", "phone number"), ("x" * 301, "Shorten it")],
)
def test_what_names_somebody_or_is_too_long_comes_back_with_what_to_do(
    survey_round: SurveyRound, text: str, said: str
) -> None:
    answered = send(survey_round, text)
    assert answered.status_code == 422 and said in words(answered)
    assert rows("surveys_proposal") == []


def test_a_form_that_is_not_ours_is_not_taken_and_loses_nothing(survey_round: SurveyRound) -> None:
    answered = send(survey_round, key="0" * 64)
    assert answered.status_code == 400 and TEXT in words(answered)
    assert rows("surveys_proposal") == []


def test_a_flood_is_met_with_wait_a_while(survey_round: SurveyRound, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proposals, "MOST_IN_WINDOW", 2)
    assert [send(survey_round).status_code for _each in range(3)] == [200, 200, 429]


def test_nobody_sees_it_before_it_is_read_and_then_with_its_answer(
    committed: World, survey_round: SurveyRound
) -> None:
    send(survey_round)
    page = reverse("public-report-detail", args=[survey_round.public_code]) + "?lang=en"
    assert TEXT not in words(Client().get(page))
    proposal = only(committed)
    listed = client_of(committed, "alma").get(reverse("proposal-list", args=["alvik", survey_round.pk]))
    assert TEXT in words(listed)
    refused = answer(committed, survey_round, proposal, "not_taken")
    assert refused.status_code == 422 and "reason" in words(refused)
    assert answer(committed, survey_round, proposal, "not_taken", "Vi frågade förra året.").status_code == 302
    public = words(Client().get(page))
    assert TEXT in public and "Not taken in" in public and "Vi frågade förra året." in public
    assert "Vi frågade förra året." in words(Client().get(page.replace("=en", "=sv")))


def test_who_answered_in_arabic_proposes_in_arabic(survey_round: SurveyRound) -> None:
    arabic = address(survey_round).replace("=en", "=ar")
    page = Client().get(arabic)
    html = page.content.decode()
    assert '<html lang="ar" dir="rtl">' in html and "اقتراحك" in html and arabic in html
    assert 'lang="sv"' not in html.split("<main")[1].split("</main")[0]
    sent = Client().post(arabic, form_on(page) | {"text": ""})
    assert sent.status_code == 422 and "اكتب شيئًا أولًا." in sent.content.decode()
    in_polish = Client().get(address(survey_round).replace("=en", "=pl")).content.decode()
    assert '<html lang="sv"' in in_polish


def test_what_is_held_back_has_no_words_left(committed: World, survey_round: SurveyRound) -> None:
    send(survey_round)
    proposal = only(committed)
    answer(committed, survey_round, proposal, "held_back")
    assert TEXT not in str(rows("surveys_proposal"))
    assert answer(committed, survey_round, proposal, "taken_in").status_code == 302
    assert only(committed).state == "held_back"


def test_the_database_shows_none_unread(committed: World, survey_round: SurveyRound) -> None:
    send(survey_round)
    with at_work(committed), pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.own().update(audience_id=PUBLIC_AUDIENCE)


def test_the_start_page_tells_of_what_waits_in_few_queries(
    committed: World, survey_round: SurveyRound, django_assert_max_num_queries: Any
) -> None:
    send(survey_round)
    page = client_of(committed, "alma").get(reverse("start", args=["alvik"]))
    assert reverse("proposal-list", args=["alvik", survey_round.pk]) in page.content.decode()
    vera = client_of(committed, "vera").get(reverse("start", args=["alvik"]))
    assert "forslag" not in vera.content.decode()
    with at_work(committed), django_assert_max_num_queries(4):
        request = page.wsgi_request
        request.tenant, request.user = committed.alvik, committed.alma
        Template("{% load surveys_taking_part %}{% waiting_for_me as tasks %}").render(
            Context({"request": request})
        )
