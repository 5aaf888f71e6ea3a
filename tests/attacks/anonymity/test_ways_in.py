"""Planted people answer by every way in; then everything is searched for what ties one of them to an answer.

An operator with every right looks: at tables and their dead rows' numbers, at transaction numbers, at the order of
rows, at the write-ahead log, Valkey, logs and mail. The people are told apart by their answers, so that whoever
finds a join finds a person.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import numpy as np
import pytest
from django.db import connection, transaction
from django.test import Client
from psycopg import sql

from portal.tenancy.scope import scope
from surveys.models import SurveyRound
from surveys.services.channels import channel_add
from surveys.services.inviting import mailing_ask
from surveys.services.responses import response_submit
from tests.attacks.anonymity.by_page import Device, by_kiosk, by_municipality, by_offline, by_open_link
from tests.attacks.anonymity.search import all_tables, data_folder, everywhere, in_database, spellings
from tests.attacks.anonymity.test_order_and_time import alike, finish, look, numbers_in_responses, person
from tests.attacks.anonymity.test_planted_person import flush_to_disk, key_in
from tests.conftest import working_as
from tests.plugins.database import test_superuser as superuser_here
from tests.rounds import beat, open_round, public, rows
from tests.rules.test_survey_class_codes import opened, planned, sheet
from tests.rules.test_survey_personal_codes import Phone, codes_of, invite
from tests.world import World

PEOPLE = 60
ALIKE = 0.6
ANSWER_TABLES = ("surveys_intakerow", "surveys_intakereceipt", "surveys_response", "surveys_freetext")


@dataclass(frozen=True)
class Answered:
    """A round that sixty people have answered one after the other, and the secrets that led each of them in."""

    survey_round: SurveyRound
    secrets: list[str]
    transactions: set[str]
    arrivals: Sequence[int] = range(PEOPLE)
    """Who came when: the people's numbers in the order that their answers were sent."""


def transactions_of(table: str) -> set[str]:
    return {xid for (xid,) in look(table, "xmin::text")}


def by_channel(world: World) -> Answered:
    survey_round = open_round(world)
    with transaction.atomic(), scope(survey_round.tenant_id):
        channels = [
            channel_add(survey_round=survey_round, kind="other", name=f"Channel {number}", by=None)
            for number in range(3)
        ]
    found = public(survey_round)
    for number in range(PEOPLE):
        channel = channels[number % 3].number
        response_submit(survey_round=found, number=uuid4(), answers=person(number), channel=channel)
    return Answered(survey_round, [channel.letters for channel in channels], transactions_of("surveys_intakerow"))


def by_class_code(world: World) -> Answered:
    survey_round = planned(world)
    _sheet, codes = sheet(world, survey_round, PEOPLE)
    opened(survey_round)
    found = public(survey_round)
    for number, code in enumerate(codes):
        response_submit(survey_round=found, number=uuid4(), answers=person(number), code=code)
    return Answered(survey_round, codes, transactions_of("surveys_intakerow"))


def by_personal_code(world: World) -> Answered:
    survey_round = planned(world)
    invite(world, survey_round, PEOPLE)
    opened(survey_round)
    codes = list(codes_of(survey_round).values())
    for number, code in enumerate(codes):
        phone = Phone(survey_round)
        token = phone.redeem(code)
        response_submit(survey_round=phone.round, number=uuid4(), answers=person(number), token=token)
    return Answered(survey_round, codes, transactions_of("surveys_intakerow"))


def by_page(answering: Callable[[World], tuple[SurveyRound, list[int]]]) -> Callable[[World], Answered]:
    """A way in that nothing leads to but an address."""

    def answered(world: World) -> Answered:
        survey_round, arrivals = answering(world)
        return Answered(survey_round, [], transactions_of("surveys_intakerow"), arrivals)

    return answered


WAYS = {
    "open link": by_page(by_open_link),
    "channel": by_channel,
    "class code": by_class_code,
    "personal code": by_personal_code,
    "kiosk": by_page(by_kiosk),
    "offline": by_page(by_offline),
    "municipality's link": by_page(by_municipality),
}


@pytest.fixture(params=WAYS)
def answered(request: pytest.FixtureRequest, committed: World) -> Iterator[Answered]:
    yield WAYS[request.param](committed)


def ties(transactions: set[str], besides: str = "surveys_intakerow") -> list[str]:
    """Tables with a row that one of these transactions wrote, locked or changed."""
    found = []
    with superuser_here() as raw:
        for table in all_tables():
            if table == besides:
                continue
            query = sql.SQL("SELECT xmin::text, xmax::text FROM {}").format(sql.Identifier(table))
            if {xid for row in raw.execute(query) for xid in row} & transactions:
                found.append(table)
    return found


@pytest.mark.slow
def test_nothing_but_the_envelope_is_left_of_a_submission(answered: Answered) -> None:
    assert len(answered.transactions) == PEOPLE
    assert ties(answered.transactions) == []
    finish(answered.survey_round)
    assert ties(answered.transactions) == []


@pytest.mark.slow
def test_no_row_that_a_way_in_leaves_shares_a_transaction_with_an_answer(answered: Answered) -> None:
    """Neither while the round is open, when answers came in batches, nor after it was counted."""
    ways = [table for table in all_tables() if table.startswith("surveys_") and table not in ANSWER_TABLES]
    beat()
    for _turn in range(2):
        written = {xid for table in ANSWER_TABLES for xid in transactions_of(table)}
        for table in set(ways) - {"surveys_channeltally", "surveys_channelcount", "surveys_surveyround"}:
            assert not transactions_of(table) & written, table
        finish(answered.survey_round)
    assert len(transactions_of("surveys_response")) == 1


@pytest.mark.slow
def test_answers_lie_in_no_order_of_codes_channels_or_arrival(answered: Answered) -> None:
    left = [str(row) for row in look("surveys_classcode", "code_hash")]
    finish(answered.survey_round)
    order = numbers_in_responses(public(answered.survey_round).questionnaire)
    assert sorted(order) == list(range(PEOPLE)) and left == []
    assert alike(order, range(PEOPLE)) < ALIKE
    came = {number: at for at, number in enumerate(answered.arrivals)}
    assert alike([came[number] for number in order], range(PEOPLE)) < ALIKE
    kept = [number.int for (number,) in look("surveys_intakereceipt", "id")]
    assert kept == sorted(kept), "receipts lie in the order of random numbers"
    by_way = [number % 3 for number in order]
    assert abs(float(np.corrcoef(by_way, range(PEOPLE))[0, 1])) < ALIKE


@pytest.mark.slow
@pytest.mark.parametrize("answered", ["class code", "personal code"], indirect=True)
def test_no_code_is_in_the_database_on_the_disk_in_valkey_or_in_a_log(
    committed: World, answered: Answered, capfd: pytest.CaptureFixture[str], mailoutbox: list[Any]
) -> None:
    needles = spellings([*answered.secrets, *(code.replace("-", "") for code in answered.secrets)])
    flush_to_disk()
    said = capfd.readouterr()
    assert everywhere(needles, [data_folder()], [("output", said.out), ("output", said.err)]) == []


@pytest.mark.slow
def test_what_somebody_was_invited_by_is_in_the_list_and_the_mail_and_nowhere_else(
    committed: World, run_jobs: Any, mailoutbox: list[Any], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    answered = by_personal_code(committed)
    with transaction.atomic(), scope(answered.survey_round.tenant_id):
        mailing_ask(survey_round=answered.survey_round, by=committed.alma)
    run_jobs()
    assert len(mailoutbox) == PEOPLE
    addresses = [email.encode() for (email,) in rows("surveys_invitation", "email")]
    places = {place for place, text in in_database() for address in addresses if address in text}
    assert places == {"table surveys_invitation"}
    lines = " ".join(record.getMessage() + str(record.__dict__) for record in caplog.records)
    assert not any(address.decode() in lines for address in addresses)
    finish(answered.survey_round)
    assert not [place for place, text in in_database() for address in addresses if address in text]


@pytest.mark.slow
def test_of_redeemed_codes_and_tokens_nothing_matches(committed: World) -> None:
    """What the signer keeps and what comes with an answer have no value in common, hashed or not."""
    survey_round = planned(committed)
    invite(committed, survey_round)
    opened(survey_round)
    code = codes_of(survey_round)["person0@example.org"]
    phone = Phone(survey_round)
    token = phone.redeem(code)
    assert token is not None
    response_submit(survey_round=phone.round, number=uuid4(), answers=person(1), token=token)
    signed = {bytes(blinded) for (blinded,) in rows("surveys_personalcode", "blinded_hash") if blinded}
    (number,) = [number for (number,) in rows("surveys_intakerow", "id")]
    assert len(signed) == 1 and number.bytes not in b"".join(signed)
    needles = spellings([token.prepared.hex(), token.signature.hex(), phone.blinded.hex(), code])
    # Bytes as they are, but for line breaks, which the search through files can't look for.
    needles |= {max(found.split(b"\n"), key=len) for found in (token.prepared, token.signature, phone.blinded)}
    flush_to_disk()
    assert everywhere(needles, [data_folder()], []) == []


def test_a_wrong_code_reaches_no_log_and_no_table(committed: World, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    survey_round = opened(planned(committed))
    public(survey_round)
    planted = "".join(secrets.choice("ABCDEFGH") for _place in range(14))
    client, address = Client(), f"/svara/{survey_round.public_code}/"
    page = client.get(address).content.decode()
    for path in (address, f"{address}underskrift/", f"{address}{planted}/"):
        client.post(path, {**key_in(page), "go": "on", "way-code": planted, "blinded": planted})
    lines = " ".join(record.getMessage() + str(record.__dict__) for record in caplog.records)
    assert planted not in lines
    assert not [place for place, text in in_database() if planted.encode() in text]


def test_the_search_finds_a_way_in_that_marks_instead_of_deleting(committed: World) -> None:
    """The proof of the proof: a function that flags the code in the submission's own call is found by `xmin`."""
    survey_round = planned(committed)
    _sheet, codes = sheet(committed, survey_round, 3)
    opened(survey_round)
    with working_as("owner"), connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_functiondef('intake_submit_code'::regproc)")
        former = cursor.fetchone()[0]
        delete = "DELETE FROM surveys_classcode WHERE"
        assert delete in former
        cursor.execute(former.replace(delete, "UPDATE surveys_classcode SET code_hash = sha256(code_hash) WHERE"))
    try:
        assert (
            response_submit(survey_round=public(survey_round), number=uuid4(), answers=person(1), code=codes[0])
            == "stored"
        )
        assert ties(transactions_of("surveys_intakerow")) == ["surveys_classcode"]
    finally:
        with working_as("owner"), connection.cursor() as cursor:
            cursor.execute(former)


@pytest.mark.slow
@pytest.mark.parametrize("answered", ["open link", "offline"], indirect=True)
def test_the_number_of_a_page_tells_neither_when_it_was_loaded_nor_when_it_was_sent(answered: Answered) -> None:
    sent = [number for (number,) in look("surveys_intakerow", "id")]
    assert {number.version for number in sent} == {4}, "random, without a clock in it"
    assert alike([number.int for number in sent], range(PEOPLE)) < ALIKE


def test_a_device_that_many_use_is_given_the_same_page_each_time(committed: World) -> None:
    """Whoever comes next sees nothing of whoever sat there before, and nor does the one after a mistake."""
    survey_round = open_round(committed)
    device = Device(f"/svara/{survey_round.public_code}/delad/")
    pages = [device.page()]
    for answers in (person(7), {**person(8), "age": "no such age"}):
        device.send(pages[-1], answers)
        pages.append(device.page())
    keys = [key_in(page) for page in pages]
    assert len({key["form"] for key in keys}) == 3
    for page, key in zip(pages, keys, strict=True):
        assert page.replace(key["form"], "").replace(key["key"], "") == pages[0].replace(
            keys[0]["form"], ""
        ).replace(keys[0]["key"], "")
