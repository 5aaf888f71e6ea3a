"""Class codes with the real roles and without script: one code, one answer, and nothing that ties the two."""

from __future__ import annotations

import re
import threading
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from portal.guessing import MOST_WRONG, forget_guesses
from portal.tenancy.scope import scope
from surveys.errors import SurveysError
from surveys.models import CodeSheet, SurveyRound
from surveys.services.codes import code_sheet_make, code_sheet_revoke, codes_handed_out, way_in_choose
from surveys.services.responses import Outcome, response_submit
from surveys.services.rounds import survey_round_cancel, survey_round_open, survey_round_schedule
from surveys.states import WayIn
from surveys.ways_in.codes import code_hashes, new_code
from tests.conftest import working_as
from tests.plugins.database import role_url
from tests.rounds import SOMEBODY, beat, plan_round, public, rows
from tests.rules.test_survey_intake import CLOSED_LONG_AGO, backdate
from tests.world import World


def planned(world: World, **fields: Any) -> SurveyRound:
    survey_round = plan_round(world, **fields)
    with transaction.atomic(), scope(survey_round.tenant_id):
        way_in_choose(survey_round=survey_round, way_in=WayIn.CODES, by=world.alma)
        survey_round_schedule(
            survey_round=survey_round,
            opens_at=survey_round.opens_at,
            closes_at=survey_round.closes_at,
            by=world.alma,
        )
    return survey_round


def sheet(world: World, survey_round: SurveyRound, count: int = 3) -> tuple[CodeSheet, list[str]]:
    with transaction.atomic(), scope(survey_round.tenant_id):
        return code_sheet_make(survey_round=survey_round, label="9B", count=count, by=world.alma)


def opened(survey_round: SurveyRound) -> SurveyRound:
    with working_as("worker"), transaction.atomic(), scope(survey_round.tenant_id):
        assert survey_round_open(survey_round=survey_round)
    return survey_round


def submit(survey_round: SurveyRound, code: str, number: Any = None) -> str:
    return response_submit(
        survey_round=public(survey_round), number=number or uuid4(), answers=SOMEBODY, code=code
    )


class Pupil:
    """Somebody without script who has a slip."""

    def __init__(self, survey_round: SurveyRound) -> None:
        public(survey_round)
        self.address = f"/svara/{survey_round.public_code}/?lang=en"
        self.client = Client()
        self.html = self.client.get(self.address).content.decode()

    def send(self, **fields: Any) -> int:
        hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', self.html))
        response = self.client.post(self.address, {**hidden, **fields})
        self.html = response.content.decode()
        return response.status_code


def test_without_script_a_pupil_answers_once_with_a_slip(committed: World) -> None:
    survey_round = planned(committed)
    _sheet, codes = sheet(committed, survey_round)
    opened(survey_round)
    pupil = Pupil(survey_round)
    assert "The code on your slip" in pupil.html
    assert pupil.send(go="on", **{"way-code": codes[0].lower()}) == 200 and "page" in pupil.html
    assert pupil.send(go="send", age="16", occupation="school") == 200
    assert "Thank you for your answers" in pupil.html
    assert len(rows("surveys_intakerow", "id")) == 1 and len(rows("surveys_classcode", "id")) == 2
    late = Pupil(survey_round)
    assert late.send(go="on", **{"way-code": codes[0]}) == 422 and "used already" in late.html


@pytest.mark.parametrize(("code", "words"), [("", "Write the code"), ("ABCDE-ABCDE-ABCD", "Look at it once more")])
def test_a_mistyped_code_is_told_kindly_before_the_questions(committed: World, code: str, words: str) -> None:
    survey_round = opened(planned(committed))
    pupil = Pupil(survey_round)
    assert pupil.send(go="on", **{"way-code": code}) == 422
    assert words in pupil.html and f'value="{code}"' in pupil.html


def test_a_code_that_is_spent_while_somebody_answers_loses_them_nothing(committed: World) -> None:
    survey_round = planned(committed)
    _sheet, codes = sheet(committed, survey_round)
    opened(survey_round)
    pupil = Pupil(survey_round)
    pupil.send(go="on", **{"way-code": codes[0]})
    assert submit(survey_round, codes[0]) == Outcome.STORED
    assert pupil.send(go="send", age="16", occupation="school") == 422
    assert "Your answers are still here" in pupil.html and 'name="occupation" value="school"' in pupil.html
    assert pupil.send(go="send", **{"way-code": codes[1]}) == 200 and "Thank you" in pupil.html


def test_a_retry_of_the_same_page_says_already_and_spends_nothing_more(committed: World) -> None:
    survey_round = planned(committed)
    _sheet, codes = sheet(committed, survey_round)
    opened(survey_round)
    number = uuid4()
    assert [submit(survey_round, codes[0], number) for _turn in range(2)] == [Outcome.STORED, Outcome.ALREADY]
    assert submit(survey_round, codes[1], number) == Outcome.ALREADY
    assert submit(survey_round, codes[0]) == Outcome.NO_CODE
    assert len(rows("surveys_classcode", "id")) == 2


@pytest.mark.parametrize("is_one_page", [True, False])
def test_many_who_use_one_code_at_once_are_one_answer(committed: World, is_one_page: bool) -> None:
    survey_round = planned(committed)
    _sheet, codes = sheet(committed, survey_round)
    opened(survey_round)
    number, outcomes = uuid4(), list[str]()
    hashes = code_hashes(survey_round.pk, codes[0])

    def send() -> None:
        with psycopg.connect(role_url("survey"), autocommit=True) as raw:
            given = [survey_round.pk, number if is_one_page else uuid4(), b"x" * 100, hashes]
            row = raw.execute("SELECT intake_submit_code(%s, %s, %s, %s::bytea[])", given).fetchone()
            outcomes.append(row[0] if row else "")

    threads = [threading.Thread(target=send) for _turn in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["already" if is_one_page else "no_code"] * 7 + ["stored"]


def test_the_link_alone_answers_nothing_whatever_page_it_is_sent_from(committed: World) -> None:
    survey_round = opened(planned(committed))
    with psycopg.connect(role_url("survey"), autocommit=True) as raw:
        row = raw.execute("SELECT intake_submit(%s, %s, %s)", [survey_round.pk, uuid4(), b"x" * 100]).fetchone()
        assert row == ("code_needed",)
    assert submit(survey_round, "") == submit(survey_round, new_code()) == Outcome.NO_CODE
    assert rows("surveys_intakerow") == []


def test_who_may_answer_is_fixed_when_a_round_opens(committed: World) -> None:
    survey_round = opened(planned(committed))
    with pytest.raises(IntegrityError, match="fixed when a round opens"):
        with transaction.atomic(), scope(survey_round.tenant_id):
            SurveyRound.objects.filter(pk=survey_round.pk).update(way_in=WayIn.LINK)


def test_a_sheet_is_called_back_before_opening_and_forgotten_at_it(committed: World) -> None:
    survey_round = planned(committed)
    lost, _codes = sheet(committed, survey_round, 4)
    kept, codes = sheet(committed, survey_round, 5)
    with transaction.atomic(), scope(survey_round.tenant_id):
        code_sheet_revoke(survey_round=survey_round, sheet=lost, by=committed.alma)
        assert codes_handed_out(survey_round) == 5
    assert {row for (row,) in rows("surveys_classcode", "sheet_id")} == {kept.pk}
    before = rows("surveys_classcode", "id")
    opened(survey_round)
    assert {row for (row,) in rows("surveys_classcode", "sheet_id")} == {None}
    assert not set(before) & set(rows("surveys_classcode", "id"))
    assert submit(survey_round, codes[0]) == Outcome.STORED
    with transaction.atomic(), scope(survey_round.tenant_id), pytest.raises(SurveysError):
        code_sheet_revoke(survey_round=survey_round, sheet=kept, by=committed.alma)


def test_what_is_left_is_deleted_when_the_round_is_counted_or_called_off(committed: World) -> None:
    survey_round, other = planned(committed), planned(committed)
    sheet(committed, survey_round)
    sheet(committed, other)
    with transaction.atomic(), scope(other.tenant_id):
        survey_round_cancel(survey_round=other, by=committed.alma)
    opened(survey_round)
    assert {found for (found,) in rows("surveys_classcode", "round_id")} == {survey_round.pk}
    backdate(survey_round, CLOSED_LONG_AGO)
    beat()
    assert rows("surveys_classcode") == []


def test_no_page_can_read_or_count_codes_and_no_code_is_stored(committed: World) -> None:
    survey_round = planned(committed)
    _sheet, codes = sheet(committed, survey_round)
    for role in ("web", "survey", "region"):
        with psycopg.connect(role_url(role)) as raw, pytest.raises(psycopg.errors.InsufficientPrivilege):
            raw.execute("SELECT count(*) FROM surveys_classcode")
    stored = str(rows("surveys_classcode")) + str(rows("surveys_codesheet")) + str(rows("audit_auditevent"))
    assert not any(code in stored or code.replace("-", "") in stored for code in codes)


def test_after_many_wrong_codes_a_network_waits_and_its_answers_do_not(committed: World) -> None:
    forget_guesses()
    survey_round = planned(committed)
    _sheet, codes = sheet(committed, survey_round)
    opened(survey_round)
    pupil = Pupil(survey_round)
    for _turn in range(MOST_WRONG):
        assert pupil.send(go="on", **{"way-code": new_code()}) == 422
    assert pupil.send(go="on", **{"way-code": codes[0]}) == 422 and "Wait ten minutes" in pupil.html
    assert submit(survey_round, codes[0]) == Outcome.STORED
    forget_guesses()
