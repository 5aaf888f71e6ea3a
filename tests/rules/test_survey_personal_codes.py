"""Personal codes with the real roles: one signature a code, one answer a token, and two calls that share none."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from Crypto.PublicKey import RSA
from Crypto.Util.number import bytes_to_long, inverse, long_to_bytes
from django.db import transaction
from django.test import Client
from django.utils import formats, timezone, translation

from portal.jobs.models import Job
from portal.tenancy.scope import scope
from surveys.errors import SurveysError
from surveys.models import SurveyRound
from surveys.services.inviting import invitations_add, letters_make, mailing_ask
from surveys.services.responses import Outcome, response_submit
from surveys.services.rounds import survey_round_close, survey_round_closing_move
from surveys.services.tokens import Token, read_token, token_sign
from surveys.ways_in.blind_rsa import public_key
from surveys.ways_in.people import Invited
from surveys.ways_in.signing import signing_open
from tests.plugins.database import role_url
from tests.rounds import SOMEBODY, beat, public, reread, rows
from tests.rules.test_survey_class_codes import Pupil, opened, planned
from tests.rules.test_survey_intake import CLOSED_LONG_AGO, backdate
from tests.unit.surveys.test_ways_in_blind_rsa import blinded_by_a_browser
from tests.world import World

PEOPLE = 12


def invite(world: World, survey_round: SurveyRound, count: int = PEOPLE, *, letters: int = 0) -> None:
    people = [Invited(email=f"person{number}@example.org") for number in range(count)]
    people += [Invited(name=f"Person {number}", address=f"Gatan {number}") for number in range(letters)]
    with transaction.atomic(), scope(survey_round.tenant_id):
        assert invitations_add(survey_round=survey_round, people=people, by=world.alma) == count + letters


def codes_of(survey_round: SurveyRound) -> dict[str, str]:
    """Everyone's code, as only their mail or letter tells it."""
    ((sealed,),) = rows("surveys_invitationlist", "sealed")
    signing = signing_open(bytes(sealed))
    return {
        email or name: signing.code_of(key) for key, email, name in rows("surveys_invitation", "id, email, name")
    }


class Phone:
    """Plays the browser's part: blinds a message of its own, and takes the blinding off what comes back."""

    def __init__(self, survey_round: SurveyRound) -> None:
        self.round = public(survey_round)
        self.key: RSA.RsaKey = public_key(self.round.modulus)
        self.prepared, self.r = secrets.token_bytes(64), secrets.randbelow(self.key.n - 2) + 2
        self.blinded = blinded_by_a_browser(self.key, self.prepared, secrets.token_bytes(48), self.r)

    def redeem(self, code: str) -> Token | None:
        signed = token_sign(survey_round=self.round, code=code, blinded=self.blinded)
        if signed is None:
            return None
        number = bytes_to_long(signed) * inverse(self.r, self.key.n) % self.key.n
        signature = long_to_bytes(number, self.key.size_in_bytes())
        return read_token(self.round, self.prepared.hex(), signature.hex())

    def send(self, token: Token | None) -> Outcome:
        return response_submit(survey_round=self.round, number=uuid4(), answers=SOMEBODY, token=token)


@pytest.fixture
def invited(committed: World) -> SurveyRound:
    survey_round = planned(committed)
    invite(committed, survey_round, letters=2)
    return opened(survey_round)


def test_a_code_buys_one_signature_and_its_token_is_one_answer(invited: SurveyRound) -> None:
    code = codes_of(invited)["person3@example.org"]
    phone, second = Phone(invited), Phone(invited)
    token = phone.redeem(code.lower())
    assert token is not None and phone.redeem(code) == token, "a retry gets the same signature"
    assert second.redeem(code) is None, "another blinded message is refused"
    assert [phone.send(token) for _turn in range(2)] == [Outcome.STORED, Outcome.ALREADY]
    beat()
    assert phone.send(token) == Outcome.ALREADY
    assert len(rows("surveys_intakerow", "id")) == 1


def test_a_token_counts_once_after_the_shuffle_too(invited: SurveyRound) -> None:
    codes = list(codes_of(invited).values())
    phones = [Phone(invited) for _code in codes]
    tokens = [phone.redeem(code) for phone, code in zip(phones, codes, strict=True)]
    assert [phone.send(token) for phone, token in zip(phones, tokens, strict=True)] == [Outcome.STORED] * len(
        codes
    )
    beat()
    assert rows("surveys_intakerow") == [] and len(rows("surveys_response", "id")) == len(codes)
    assert [phone.send(token) for phone, token in zip(phones, tokens, strict=True)] == [Outcome.ALREADY] * len(
        codes
    )


def test_what_the_key_has_not_signed_is_no_token(invited: SurveyRound) -> None:
    phone = Phone(invited)
    assert read_token(phone.round, phone.prepared.hex(), secrets.token_hex(256)) is None
    assert read_token(phone.round, "no hex", "") is None
    assert phone.send(None) == Outcome.NO_CODE
    assert rows("surveys_intakerow") == []


@pytest.mark.parametrize("code", ["", "P-00000-00000-0000", "P-ABCDE-ABCDE-ABCD", "å"])
def test_a_code_of_nobodys_buys_nothing(invited: SurveyRound, code: str) -> None:
    assert Phone(invited).redeem(code) is None


def test_without_script_a_personal_code_is_told_to_need_it_and_stays_unspent(invited: SurveyRound) -> None:
    code = codes_of(invited)["Person 1"]
    pupil = Pupil(invited)
    assert pupil.send(go="on", **{"way-code": code}) == 422
    assert "works only where scripts run" in pupil.html
    assert Phone(invited).redeem(code) is not None


def test_the_page_shows_one_key_to_everyone(invited: SurveyRound) -> None:
    pages = {Client().get(f"/svara/{invited.public_code}/?lang=en").content.decode() for _turn in range(3)}
    assert len({page.split("marks are made with: ")[1].split(".")[0] for page in pages}) == 1


def test_the_address_that_signs_takes_no_form_but_ours(invited: SurveyRound) -> None:
    phone, code = Phone(invited), codes_of(invited)["Person 0"]
    address = f"/svara/{invited.public_code}/underskrift/"
    given = {"way-code": code, "blinded": phone.blinded.hex()}
    assert Client().post(address, given).status_code == 400
    key = {"form": "", "key": ""}
    page = Client().get(f"/svara/{invited.public_code}/").content.decode()
    for name in key:
        key[name] = page.split(f'name="{name}" value="')[1].split('"')[0]
    for wrong in ("00", "ff" * 256, "00" * 256, "no hex"):
        assert Client().post(address, {**given, **key, "blinded": wrong}).status_code == 400
    answer = Client().post(address, given | key)
    assert answer.status_code == 200 and len(answer.json()["signature"]) == 512
    assert answer.json() == Client().post(address, given | key).json()
    assert not answer.cookies and answer["Cache-Control"] == "no-store"
    assert Client().get(address).status_code == 405


def test_no_page_reads_codes_and_no_row_names_whose_they_are(committed: World, invited: SurveyRound) -> None:
    for role in ("web", "survey", "worker", "region"):
        with psycopg.connect(role_url(role)) as raw, pytest.raises(psycopg.errors.InsufficientPrivilege):
            raw.execute("SELECT count(*) FROM surveys_personalcode")
    stored = str(rows("surveys_personalcode"))
    for key, email in rows("surveys_invitation", "id, email"):
        assert str(key) not in stored and (not email or email not in stored)
    everything = stored + str(rows("surveys_invitation")) + str(rows("audit_auditevent"))
    assert not any(
        code in everything or code.replace("-", "")[1:] in everything for code in codes_of(invited).values()
    )


def test_mail_goes_to_all_alike_and_a_reminder_brings_the_same_code(
    committed: World, invited: SurveyRound, run_jobs: Any, mailoutbox: list[Any]
) -> None:
    codes = codes_of(invited)
    assert Phone(invited).redeem(codes["person0@example.org"])
    for _mailing in range(2):
        with transaction.atomic(), scope(invited.tenant_id):
            mailing_ask(survey_round=invited, by=committed.alma)
        assert run_jobs() == ["surveys.mail_invitations"]
    first, again = mailoutbox[:PEOPLE], mailoutbox[PEOPLE:]
    assert len(again) == PEOPLE and {mail.to[0] for mail in first} == {mail.to[0] for mail in again}
    way = dict(rows("surveys_channel", "kind, letters"))["mail"]
    for mail in mailoutbox:
        assert (
            codes[mail.to[0]] in mail.body
            and f"/svara/{invited.public_code}/{way}/#{codes[mail.to[0]]}" in mail.body
        )
    assert "alla" in again[0].subject and "säger vi tack" in again[0].body


def test_a_reminder_tells_that_the_last_day_has_moved(
    committed: World, invited: SurveyRound, run_jobs: Any, mailoutbox: list[Any]
) -> None:
    for move in (False, True):
        with transaction.atomic(), scope(committed.alvik.pk):
            if move:
                later = timezone.now() + timedelta(days=30)
                survey_round_closing_move(
                    survey_round=invited, closes_at=later, before=reread(invited).closes_at, by=committed.alma
                )
            mailing_ask(survey_round=invited, by=committed.alma)
        run_jobs()
    first, again = mailoutbox[0], mailoutbox[-1]
    with translation.override("sv"):
        moved = translation.gettext("The last day has been moved: the survey is now open until %(day)s.")
        day = formats.date_format(timezone.localtime(reread(invited).closes_at), "j F")
    assert moved % {"day": day} in again.body
    assert moved.partition(":")[0] not in first.body and day not in first.body


def test_a_mailing_that_was_interrupted_reaches_nobody_twice(
    committed: World, invited: SurveyRound, run_jobs: Any, mailoutbox: list[Any]
) -> None:
    with transaction.atomic(), scope(invited.tenant_id):
        mailing_ask(survey_round=invited, by=committed.alma)
    run_jobs()
    with transaction.atomic(), scope(invited.tenant_id):
        Job.in_scope().update(state="waiting", finished_at=None)
    run_jobs()
    assert len(mailoutbox) == PEOPLE


def test_so_few_that_nobody_is_unknown_are_not_invited(committed: World) -> None:
    survey_round = planned(committed)
    invite(committed, survey_round, 3)
    opened(survey_round)
    with transaction.atomic(), scope(survey_round.tenant_id), pytest.raises(SurveysError, match="10"):
        mailing_ask(survey_round=survey_round, by=committed.alma)


def test_letters_are_given_once(committed: World, invited: SurveyRound) -> None:
    codes = codes_of(invited)
    with transaction.atomic(), scope(invited.tenant_id):
        letters = letters_make(survey_round=invited, by=committed.alma)
        assert {letter.name: letter.code for letter in letters} == {n: codes[n] for n in ("Person 0", "Person 1")}
        with pytest.raises(SurveysError):
            letters_make(survey_round=invited, by=committed.alma)


def test_who_was_invited_is_deleted_at_closing_and_codes_after_the_grace(
    committed: World, invited: SurveyRound
) -> None:
    with transaction.atomic(), scope(invited.tenant_id):
        survey_round_close(survey_round=invited, by=committed.alma)
    assert rows("surveys_invitation") == []
    assert len(rows("surveys_personalcode")) == PEOPLE + 2, "answers that were begun are still taken"
    backdate(invited, CLOSED_LONG_AGO)
    beat()
    assert rows("surveys_personalcode") == rows("surveys_invitationlist") == []
