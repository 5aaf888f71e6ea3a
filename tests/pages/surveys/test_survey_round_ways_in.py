"""The page of the ways into a round: adding channels, their links, and what the results say of them."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile

from portal.files.pdf import DocumentError
from surveys.models import Channel, ChannelCount, CodeSheet, SurveyRound
from surveys.services.channels import channel_add
from tests.conftest import working_as
from tests.pages.surveys.conftest import at_work, closed, opened, scheduled, words
from tests.rounds import plan_round
from tests.world import World

WAYS = "survey-round-ways-in"


def said_by(response: Any) -> str:
    """What a page that leads on will say on the next one."""
    assert response.status_code == 302
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def channels(world: World, survey_round: SurveyRound) -> list[Channel]:
    with at_work(world):
        return list(Channel.in_scope().filter(round=survey_round))


def test_a_usual_channel_needs_no_name_and_gets_a_link_of_its_own(world: World, open_page: Any) -> None:
    draft = plan_round(world)
    assert "There are none yet" in words(open_page(WAYS, draft))
    assert open_page(WAYS, draft, data={"kind": "clinic", "name": ""}).status_code == 302
    (channel,) = channels(world, draft)
    page = words(open_page(WAYS, draft))
    assert "The youth clinic" in page
    assert f"/svara/{draft.public_code}/{channel.letters}/" in page


def test_ones_own_channel_needs_a_name_that_is_not_taken(world: World, open_page: Any) -> None:
    draft = plan_round(world)
    assert open_page(WAYS, draft, data={"kind": "other", "name": ""}).status_code == 422
    assert open_page(WAYS, draft, data={"kind": "other", "name": "The skate hall"}).status_code == 302
    again = open_page(WAYS, draft, data={"kind": "school", "name": "the skate hall"})
    assert again.status_code == 422 and "with this name already" in words(again)
    assert len(channels(world, draft)) == 1


def test_a_reader_sees_the_links_and_adds_none(world: World, open_page: Any) -> None:
    draft = plan_round(world)
    assert "Add a channel" not in words(open_page(WAYS, draft, who="fia"))
    assert open_page(WAYS, draft, who="fia", data={"kind": "clinic"}).status_code == 404
    assert channels(world, draft) == []


def test_a_channel_goes_before_the_round_opens_and_stays_after(world: World, open_page: Any) -> None:
    for make, left in ((scheduled, 0), (opened, 1)):
        survey_round = make(world)
        with at_work(world):
            channel = channel_add(survey_round=survey_round, kind="school", name="School", by=world.alma)
        assert open_page("survey-channel-remove", survey_round, channel_id=channel.pk).status_code in (200, 302)
        open_page("survey-channel-remove", survey_round, channel_id=channel.pk, data={})
        assert len(channels(world, survey_round)) == left


def test_a_closed_round_takes_no_new_channel(world: World, open_page: Any) -> None:
    survey_round = closed(world, 20)
    assert "Add a channel" not in words(open_page(WAYS, survey_round))
    refused = open_page(WAYS, survey_round, data={"kind": "clinic", "name": ""})
    assert refused.status_code == 422 and "has closed" in words(refused)


@pytest.mark.parametrize("name", ["survey-round-qr", "survey-round-poster"])
def test_code_and_poster_lead_to_the_channels_link(world: World, open_page: Any, name: str) -> None:
    survey_round = scheduled(world)
    with at_work(world):
        channel = channel_add(survey_round=survey_round, kind="clinic", name="Kliniken", by=world.alma)
    more = {"kind": "svg"} if name == "survey-round-qr" else {}
    own = open_page(name, survey_round, **more)
    found = open_page(name, survey_round, query=f"?kanal={channel.letters}", **more)
    assert found.status_code == 200 and found.content != own.content
    assert open_page(name, survey_round, query="?kanal=aaa", **more).status_code == 404
    if more:
        assert f"/svara/{survey_round.public_code}/{channel.letters}/" in found.content.decode()


def test_the_results_tell_whom_the_round_reached(world: World, open_page: Any, run_jobs: Any) -> None:
    survey_round = closed(world, 300)
    run_jobs()
    with at_work(world):
        channel = Channel.objects.create(round=survey_round, number=1, kind="clinic", name="Kliniken")
    with working_as("worker"), at_work(world):
        for number, answers in ((0, 280), (channel.number, None)):
            ChannelCount.objects.create(round=survey_round, number=number, answers=answers)
    page = words(open_page("survey-round-results", survey_round))
    assert "Kliniken not shown: too few" in page
    assert "The round's own link 280" in page
    assert "20 to 29: " in page


def test_a_round_is_turned_into_one_for_those_with_a_code_and_back(world: World, open_page: Any) -> None:
    draft = plan_round(world)
    assert "Anyone with the link" in words(open_page(WAYS, draft))
    assert "good for one answer" in words(open_page("survey-round-way-in", draft))
    open_page("survey-round-way-in", draft, data={})
    assert "Only those with a code" in words(open_page(WAYS, draft))
    open_page("survey-round-way-in", draft, data={})
    assert "Anyone with the link" in words(open_page(WAYS, draft))


def test_slips_are_given_once_and_the_page_tells_how_many_are_handed_out(world: World, open_page: Any) -> None:
    draft = plan_round(world)
    make = {"label": "9B", "count": "12"}
    assert open_page("survey-code-sheet-make", draft, data=make).status_code == 302
    open_page("survey-round-way-in", draft, data={})
    answer = open_page("survey-code-sheet-make", draft, data=make)
    assert answer["Content-Type"] == "application/pdf" and answer["Cache-Control"] == "no-store"
    assert answer.content.startswith(b"%PDF-1.7")
    page = words(open_page(WAYS, draft))
    assert "12 codes are made to hand out" in page and "9B" in page
    assert open_page("survey-code-sheet-make", draft, data={"label": "9B", "count": "900"}).status_code == 302
    with at_work(world):
        (sheet,) = CodeSheet.in_scope()
    assert "None of them will open" in words(open_page("survey-code-sheet-revoke", draft, sheet_id=sheet.pk))
    open_page("survey-code-sheet-revoke", draft, sheet_id=sheet.pk, data={})
    page = words(open_page(WAYS, draft))
    assert "Called back: none of them works" in page and "0 codes are made" in page


def test_people_are_put_on_the_list_and_never_shown_again(world: World, open_page: Any) -> None:
    draft = plan_round(world)
    open_page("survey-round-way-in", draft, data={})
    wrong = {"emails": "a@example.org\nno address"}
    assert "Line 2 is no mail address" in said_by(open_page("survey-invitation-add", draft, data=wrong))
    letters = SimpleUploadedFile("brev.csv", b"Ada Ek;Storgatan 1;123 45 Alvik\n")
    given = {"emails": "a@invited.example\nA@invited.example\n b@invited.example ", "letters": letters}
    assert open_page("survey-invitation-add", draft, data=given).status_code == 302
    page = words(open_page(WAYS, draft))
    assert "2 people are invited by mail" in page and "1 person is invited by letter" in page
    assert "invited.example" not in page and "Ada" not in page
    answer = open_page("survey-invitation-letters", draft, data={"form": "csv", "language": "sv"})
    assert "Ada Ek;Storgatan 1, 123 45 Alvik;P-" in answer.content.decode("utf-8-sig")
    again = open_page("survey-invitation-letters", draft, data={"form": "pdf", "language": "sv"})
    assert "They are given once" in said_by(again)
    assert "The letters are made" in words(open_page(WAYS, draft))


def test_mail_waits_until_the_round_is_open(world: World, open_page: Any) -> None:
    draft = plan_round(world)
    open_page("survey-round-way-in", draft, data={})
    assert "when the round is open" in said_by(open_page("survey-invitation-mail", draft))


def test_letters_to_print_are_given_once_and_none_is_lost_by_a_wrong_choice(world: World, open_page: Any) -> None:
    draft = plan_round(world)
    open_page("survey-round-way-in", draft, data={})
    letters = SimpleUploadedFile("brev.csv", b"Ada Ek;Storgatan 1;123 45 Alvik\nBo Al;Storgatan 2;123 45 Alvik\n")
    open_page("survey-invitation-add", draft, data={"emails": "", "letters": letters})
    assert "one page each" in words(open_page(WAYS, draft))
    for wrong in ({}, {"form": "docx", "language": "sv"}, {"form": "pdf", "language": "xx"}):
        assert "Choose whether" in said_by(open_page("survey-invitation-letters", draft, data=wrong))
    answer = open_page("survey-invitation-letters", draft, data={"form": "pdf", "language": "en"})
    assert answer["Content-Type"] == "application/pdf" and answer["Cache-Control"] == "no-store"
    assert answer.content.startswith(b"%PDF-1.7")
    again = open_page("survey-invitation-letters", draft, data={"form": "csv", "language": "sv"})
    assert "They are given once" in said_by(again)


def test_letters_that_cannot_be_set_are_not_used_up(world: World, open_page: Any) -> None:
    draft = plan_round(world)
    open_page("survey-round-way-in", draft, data={})
    letters = SimpleUploadedFile("brev.csv", b"Ada Ek;Storgatan 1;123 45 Alvik\n")
    open_page("survey-invitation-add", draft, data={"emails": "", "letters": letters})
    with (
        patch("surveys.views.letters.code_letters", side_effect=DocumentError("no")),
        pytest.raises(DocumentError),
    ):
        open_page("survey-invitation-letters", draft, data={"form": "pdf", "language": "sv"})
    answer = open_page("survey-invitation-letters", draft, data={"form": "pdf", "language": "sv"})
    assert answer["Content-Type"] == "application/pdf"


def test_slips_come_in_the_language_that_is_chosen(world: World, open_page: Any) -> None:
    draft = plan_round(world)
    open_page("survey-round-way-in", draft, data={})
    found = {}
    for language in ("sv", "en"):
        with patch("surveys.views.codes.code_slips", return_value=b"%PDF") as made:
            open_page("survey-code-sheet-make", draft, data={"label": "9B", "count": "2", "language": language})
        found[language] = made.call_args.args[0]
    assert (found["sv"].lang, found["en"].lang) == ("sv", "en")
    assert found["en"].promise == "Good for one answer. Nobody knows who got it."
    assert found["sv"].promise != found["en"].promise
