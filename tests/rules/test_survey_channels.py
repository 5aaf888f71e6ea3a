"""Channels with the real roles: counted when the round has closed, and tied to no answer before or after."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.db import transaction
from django.test import Client

from portal.tenancy.scope import scope
from surveys.models import Channel, ChannelCount, SurveyRound
from surveys.services.channels import channel_add
from surveys.services.codes import code_sheet_make
from surveys.services.inviting import invitations_add
from surveys.services.responses import response_submit
from surveys.views.codes import slips_of
from surveys.ways_in.people import Invited
from tests.plugins.database import role_url
from tests.rounds import SOMEBODY, beat, open_round, public, rows
from tests.rules.test_survey_class_codes import opened, planned
from tests.rules.test_survey_intake import CLOSED_LONG_AGO, backdate
from tests.world import World


def add(survey_round: SurveyRound, name: str) -> Channel:
    with transaction.atomic(), scope(survey_round.tenant_id):
        return channel_add(survey_round=survey_round, kind="other", name=name, by=None)


def answer_by(survey_round: SurveyRound, letters: str = "") -> str:
    """Answer without script, by the link of a channel; gives the last page."""
    public(survey_round)
    address = f"/svara/{survey_round.public_code}/" + (f"{letters}/" if letters else "") + "?lang=en"
    client = Client()
    page = client.get(address).content.decode()
    keys = {name: re.findall(rf'name="{name}" value="([^"]+)"', page)[0] for name in ("form", "key")}
    return client.post(address, {**keys, "page": "ahead", "go": "send", "age": "18-19"}).content.decode()


def shown(survey_round: SurveyRound) -> dict[int, int | None]:
    with transaction.atomic(), scope(survey_round.tenant_id):
        return dict(ChannelCount.in_scope().filter(round=survey_round).values_list("number", "answers"))


def test_answers_are_counted_by_channel_when_the_round_has_closed(committed: World) -> None:
    survey_round = open_round(committed)
    school, clinic, nobody = (add(survey_round, name) for name in ("School", "Clinic", "Nobody"))
    for letters, times in ((school.letters, 12), (clinic.letters.upper(), 7), ("", 6), ("wrong", 2)):
        for _time in range(times):
            assert "Thank you for your answers" in answer_by(survey_round, letters)
    beat()
    assert shown(survey_round) == {} and len(rows("surveys_channeltally", "sealed")) == 1
    assert answer_by(survey_round, school.letters)
    backdate(survey_round, CLOSED_LONG_AGO)
    beat()
    assert shown(survey_round) == {0: 8, school.number: 13, clinic.number: 7, nobody.number: 0}
    assert rows("surveys_channeltally") == []


def test_a_channel_of_too_few_is_hidden_with_another(committed: World) -> None:
    survey_round = open_round(committed)
    school, clinic = add(survey_round, "School"), add(survey_round, "Clinic")
    for letters, times in ((school.letters, 6), (clinic.letters, 2), ("", 9)):
        for _time in range(times):
            answer_by(survey_round, letters)
    backdate(survey_round, CLOSED_LONG_AGO)
    beat()
    found = shown(survey_round)
    assert found[clinic.number] is None
    assert sum(answers is None for answers in found.values()) == 2


def test_while_a_round_is_open_the_tally_opens_for_nobody_who_has_the_database_only(committed: World) -> None:
    survey_round = open_round(committed)
    add(survey_round, "School")
    for _time in range(10):
        answer_by(survey_round)
    beat()
    ((first,),) = rows("surveys_channeltally", "sealed")
    for _time in range(10):
        answer_by(survey_round)
    beat()
    ((second,),) = rows("surveys_channeltally", "sealed")
    assert len(first) == len(second) and bytes(first) != bytes(second)
    for role in ("web", "survey", "region"):
        with psycopg.connect(role_url(role)) as raw, pytest.raises(psycopg.errors.InsufficientPrivilege):
            raw.execute("SELECT * FROM surveys_channeltally")


def test_a_round_whose_key_is_lost_is_still_counted(committed: World, settings: Any) -> None:
    survey_round = open_round(committed)
    school = add(survey_round, "School")
    for _time in range(10):
        answer_by(survey_round, school.letters)
    beat()
    (settings.KEYS_DIR / f"{survey_round.pk}.key").unlink()
    backdate(survey_round, CLOSED_LONG_AGO)
    beat()
    assert shown(survey_round) == {0: None, school.number: None}


def test_no_role_that_serves_writes_what_is_shown_of_channels(committed: World) -> None:
    for role in ("web", "survey", "region"):
        with psycopg.connect(role_url(role)) as raw, pytest.raises(psycopg.errors.InsufficientPrivilege):
            raw.execute("INSERT INTO surveys_channelcount DEFAULT VALUES")


def test_slips_are_counted_by_their_link_and_never_by_their_code(committed: World) -> None:
    survey_round = planned(committed)
    school, clinic = add(survey_round, "School"), add(survey_round, "Clinic")
    codes: list[str] = []
    with transaction.atomic(), scope(survey_round.tenant_id):
        for channel in (school, clinic):
            sheet, made = code_sheet_make(
                survey_round=survey_round, label=channel.name, count=14, channel=channel, by=committed.alma
            )
            assert f"/{channel.letters}/" in slips_of(survey_round, sheet, "sv").url
            codes += made
    opened(survey_round)
    assert {sheet for (sheet,) in rows("surveys_classcode", "sheet_id")} == {None}
    # The school's fourteen, and twelve of the clinic's, of whom five took the school's link.
    for place, code in enumerate(codes[:26]):
        link = school if place < 19 else clinic
        sent = response_submit(
            survey_round=public(survey_round), number=uuid4(), answers=SOMEBODY, channel=link.number, code=code
        )
        assert sent == "stored"
    backdate(survey_round, CLOSED_LONG_AGO)
    beat()
    assert shown(survey_round) == {0: 0, school.number: 15, clinic.number: 5}, "Nineteen and seven, rounded down."


def test_a_page_of_a_channel_buys_its_signature_where_the_round_does(committed: World) -> None:
    survey_round = planned(committed)
    with transaction.atomic(), scope(survey_round.tenant_id):
        invitations_add(survey_round=survey_round, people=[Invited(email="a@example.org")], by=committed.alma)
        ((letters, kind),) = Channel.in_scope().values_list("letters", "kind")
    assert kind == "mail"
    opened(survey_round)
    public(survey_round)
    page = Client().get(f"/svara/{survey_round.public_code}/{letters}/?lang=en").content.decode()
    assert f'data-sign="/svara/{survey_round.public_code}/underskrift/"' in page
