"""A script that fills an open link is made to work or to wait; a school is not, and no proof is good for two."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from unittest.mock import patch
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.test import Client

from surveys.ways_in.work import A_MINUTE, AT_ONCE, doors, is_proven
from tests.rounds import open_round, rows
from tests.work import work_for
from tests.world import World

EASY = 2
PUPILS = 1000
ANSWERS = {"page": "ahead", "go": "on", "age": "18-19", "own_words": "Fler bussar & <tåg>"}


@pytest.fixture(autouse=True)
def all_doors_open() -> Iterator[None]:
    doors.forget()
    with patch.object(settings, "SURVEY_WORK_BITS", EASY):
        yield
    doors.forget()


def page_of(client: Client, address: str) -> dict[str, str]:
    html = client.get(address).content.decode()
    return ANSWERS | {name: re.findall(rf'name="{name}" value="([^"]+)"', html)[0] for name in ("form", "key")}


def unproven(number: str) -> str:
    """A guess that is no proof for this page."""
    return next(str(guess) for guess in range(1000) if not is_proven(UUID(number), str(guess), EASY))


def fill(round_id: Any) -> None:
    while doors.lets_in(round_id):
        pass


def test_a_script_without_proofs_is_let_in_slowly_and_told_so_kindly(committed: World) -> None:
    survey_round, other = open_round(committed), open_round(committed, title="Another round")
    client, address = Client(), f"/svara/{survey_round.public_code}/"
    sent = [client.post(address, page_of(client, address)).status_code for _ in range(AT_ONCE + 5)]
    assert sent == [200] * AT_ONCE + [429] * 5
    assert len(rows("surveys_intakerow", "id")) == AT_ONCE

    form = page_of(client, address)
    response = client.post(address, form | {"work": unproven(form["form"])})
    assert response.status_code == 429 and int(response.headers["Retry-After"]) > 0
    kept = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', response.content.decode()))
    assert kept["own_words"] == "Fler bussar &amp; &lt;tåg&gt;" and kept["form"] == form["form"]
    # Somebody else's survey is not slowed by it.
    address = f"/svara/{other.public_code}/"
    assert client.post(address, page_of(client, address)).status_code == 200


def test_who_waits_without_script_gets_in(committed: World) -> None:
    survey_round = open_round(committed)
    client, address = Client(), f"/svara/{survey_round.public_code}/"
    fill(survey_round.pk)
    form = page_of(client, address)
    assert client.post(address, form).status_code == 429
    with patch("surveys.ways_in.work.time.monotonic", return_value=10**9 + 60 / A_MINUTE):
        assert client.post(address, form).status_code == 200
    assert len(rows("surveys_intakerow", "id")) == 1


def test_a_proof_is_good_for_one_page_and_one_envelope(committed: World) -> None:
    survey_round = open_round(committed)
    client, address = Client(), f"/svara/{survey_round.public_code}/"
    fill(survey_round.pk)
    form = page_of(client, address)
    proof = work_for(UUID(form["form"]), EASY)
    assert client.post(address, form | {"work": proof}).status_code == 200
    for age in ("15-17", "20-24"):
        again = client.post(address, form | {"work": proof, "age": age})
        assert again.status_code == 200
    others = [page_of(client, address) for _ in range(30)]
    foreign = [each for each in others if not is_proven(UUID(each["form"]), proof, EASY)]
    assert foreign
    assert {client.post(address, each | {"work": proof}).status_code for each in foreign} == {429}
    assert len(rows("surveys_intakerow", "id")) == 1


@pytest.mark.slow
def test_a_thousand_pupils_behind_one_address_are_all_let_in(committed: World) -> None:
    survey_round = open_round(committed)
    client, address = Client(REMOTE_ADDR="192.0.2.7"), f"/svara/{survey_round.public_code}/"
    fill(survey_round.pk)
    for _ in range(PUPILS):
        form = page_of(client, address)
        assert client.post(address, form | {"work": work_for(UUID(form["form"]), EASY)}).status_code == 200
    assert len(rows("surveys_intakerow", "id")) == PUPILS


def test_answers_that_waited_need_no_new_proof(committed: World) -> None:
    survey_round = open_round(committed)
    client, address = Client(), f"/svara/{survey_round.public_code}/"
    form = page_of(client, address)
    proof = work_for(UUID(form["form"]), EASY)
    doors.forget()  # as in a process that was started anew meanwhile
    fill(survey_round.pk)
    with patch("surveys.ways_in.work.time.monotonic", return_value=0.0):
        assert client.post(address, form | {"work": proof}).status_code == 200


def test_what_is_no_proof_is_none() -> None:
    number = uuid4()
    for wrong in ("", "x", "-1", "1.0", "9" * 10, "٣", "0x1", " 1"):
        assert not is_proven(number, wrong, 0)
    assert is_proven(number, "1", 0)
