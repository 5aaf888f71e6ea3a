"""Things break while young people answer and answers are shuffled: nothing is lost, nothing counted twice."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from unittest.mock import patch
from uuid import uuid4

import pytest
from django.db import OperationalError, transaction
from django.test import Client
from django.utils import timezone

from portal.tenancy.scope import scope
from surveys.models import IntakeReceipt, SurveyRound
from surveys.public_round import DatabaseUnavailable, forget_rounds
from surveys.services.keys import key_make, key_read
from surveys.services.responses import response_submit
from surveys.services.rounds import survey_round_schedule
from surveys.states import RoundState
from tests.conftest import working_as
from tests.rounds import SOMEBODY, answer, beat, open_round, plan_round, public, reread, rows
from tests.rules.test_survey_intake import CLOSED_LONG_AGO, backdate
from tests.world import World


class Away:
    """The database does not answer those who answer a survey."""

    def __enter__(self) -> None:
        self.patch = patch("surveys.public_round.Cursor", side_effect=OperationalError("connection lost"))
        self.patch.start()

    def __exit__(self, *_: object) -> None:
        self.patch.stop()


def key_in(page: Any) -> dict[str, str]:
    html = page.content.decode()
    return {name: re.findall(rf'name="{name}" value="([^"]+)"', html)[0] for name in ("form", "key")}


def test_with_the_database_away_the_page_keeps_the_answers_and_sending_again_stores_them_once(
    committed: World,
) -> None:
    survey_round = open_round(committed)
    address, client = f"/svara/{survey_round.public_code}/", Client()
    forget_rounds()
    form = key_in(client.get(address)) | {
        "page": "ahead",
        "go": "on",
        "age": "18-19",
        "own_words": "Fler bussar & <tåg>",
    }
    with Away():
        response = client.post(address, form)
        assert response.status_code == 503
        assert int(response.headers["Retry-After"]) > 0
    html = response.content.decode()
    again = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', html))
    assert again["own_words"] == "Fler bussar &amp; &lt;tåg&gt;"
    again["own_words"] = form["own_words"]
    assert again == form
    assert client.post(address, again).status_code == 200
    assert client.post(address, again).status_code == 200
    assert len(rows("surveys_intakerow", "id")) == 1


def test_moving_between_pages_works_on_through_an_outage(committed: World) -> None:
    survey_round = open_round(committed)
    address, client = f"/svara/{survey_round.public_code}/", Client()
    forget_rounds()
    form = key_in(client.get(address))
    with Away(), patch("surveys.public_round.FRESH_FOR", 0):
        response = client.post(address, form | {"page": "about", "go": "on", "age": "18-19"})
    assert response.status_code == 200
    assert 'name="age" value="18-19"' in response.content.decode()


def test_somebody_new_is_told_to_come_back(committed: World) -> None:
    survey_round = open_round(committed)
    forget_rounds()
    with Away():
        response = Client().get(f"/svara/{survey_round.public_code}/")
    assert response.status_code == 503 and "Retry-After" in response.headers


def test_answering_needs_no_cache_server_and_no_broker(committed: World) -> None:
    survey_round = open_round(committed)
    address, client = f"/svara/{survey_round.public_code}/", Client()
    with patch("redis.connection.ConnectionPool.get_connection", side_effect=ConnectionError("stalled")):
        form = key_in(client.get(address)) | {"page": "ahead", "go": "on", "age": "18-19"}
        assert client.post(address, form).status_code == 200
    assert len(rows("surveys_intakerow", "id")) == 1


def test_a_shuffle_that_dies_half_way_changes_nothing(committed: World) -> None:
    survey_round = open_round(committed)
    for _ in range(12):
        answer(survey_round)
    with patch.object(IntakeReceipt.objects, "bulk_create", side_effect=OperationalError("killed")):
        beat()
    assert (len(rows("surveys_intakerow", "id")), len(rows("surveys_response", "id"))) == (12, 0)
    beat()
    assert (len(rows("surveys_intakerow", "id")), len(rows("surveys_response", "id"))) == (0, 12)


def test_a_finish_that_dies_half_way_is_done_again_and_counts_everybody_once(committed: World) -> None:
    survey_round = open_round(committed)
    for _ in range(23):
        answer(survey_round, {**SOMEBODY, "own_words": "Mer kvällsbussar."})
    beat()
    answer(survey_round)
    backdate(survey_round, CLOSED_LONG_AGO)
    with patch("surveys.services.shuffle.enqueue", side_effect=OperationalError("killed")):
        beat()
    assert reread(survey_round).response_count is None
    key_read(round_id=survey_round.pk)
    beat()
    beat()
    assert reread(survey_round).response_count == 24
    assert (len(rows("surveys_response", "id")), len(rows("surveys_freetext", "id"))) == (24, 23)
    assert [task for (task,) in rows("jobs_job", "task")] == ["surveys.tabulate"]


def test_a_key_that_outlived_its_round_is_destroyed_by_the_next_beat(committed: World) -> None:
    survey_round = open_round(committed)
    answer(survey_round)
    backdate(survey_round, CLOSED_LONG_AGO)
    with patch("surveys.services.timekeeping.key_destroy"):
        beat()
    key_read(round_id=survey_round.pk)
    beat()
    with pytest.raises(Exception, match="not in the keys folder"):
        key_read(round_id=survey_round.pk)


def test_an_opening_that_died_after_making_the_key_uses_that_key(committed: World) -> None:
    survey_round = plan_round(committed)
    schedule(survey_round, opens=timedelta(minutes=-1))
    first = key_make(round_id=survey_round.pk)
    beat()
    found = reread(survey_round)
    assert found.state == RoundState.OPEN and bytes(found.public_key or b"") == first


def test_rounds_open_and_close_by_themselves_also_after_a_long_stop(committed: World) -> None:
    survey_round = plan_round(committed)
    schedule(survey_round, opens=timedelta(hours=1))
    beat()
    assert reread(survey_round).state == RoundState.SCHEDULED
    beat(after=timedelta(hours=1, seconds=1))
    assert reread(survey_round).state == RoundState.OPEN
    beat(after=timedelta(days=20))
    assert reread(survey_round).state == RoundState.CLOSED


def test_beat_looks_often_enough_to_be_less_than_a_minute_late(settings: Any) -> None:
    assert settings.CELERY_BEAT_SCHEDULE["surveys.rounds_keep_time"]["schedule"] < 60


def test_one_round_that_cannot_be_opened_does_not_hold_up_another(committed: World) -> None:
    broken, sound = plan_round(committed), plan_round(committed, tenant=committed.bjorkvik)
    for survey_round in (broken, sound):
        schedule(survey_round, opens=timedelta(minutes=-1))

    def fails_for_one(*, round_id: Any) -> bytes:
        if round_id == broken.pk:
            raise OSError("disk full")
        return key_make(round_id=round_id)

    with patch("surveys.services.rounds.key_make", side_effect=fails_for_one):
        beat()
    assert (reread(broken).state, reread(sound).state) == (RoundState.SCHEDULED, RoundState.OPEN)
    beat()
    assert reread(broken).state == RoundState.OPEN


def test_an_envelope_that_cannot_be_opened_does_not_hold_up_the_others(committed: World) -> None:
    survey_round = open_round(committed)
    found = public(survey_round)
    for _ in range(11):
        answer(survey_round)
    with patch("surveys.services.responses.seal", return_value=b"x" * 2000):
        response_submit(survey_round=found, number=uuid4(), answers=SOMEBODY)
    beat()
    assert (len(rows("surveys_response", "id")), len(rows("surveys_intakerow", "id"))) == (11, 0)
    assert "survey_round.envelopes_refused" in {verb for (verb,) in rows("audit_auditevent", "verb")}


def test_receipts_are_forgotten_a_week_after_closing(committed: World) -> None:
    survey_round = open_round(committed)
    answer(survey_round)
    backdate(survey_round, CLOSED_LONG_AGO)
    beat()
    assert len(rows("surveys_intakereceipt", "id")) == 1
    beat(after=timedelta(days=8))
    assert rows("surveys_intakereceipt") == []


def test_an_error_of_the_database_names_no_value(committed: World) -> None:
    found = public(open_round(committed))
    with Away(), pytest.raises(DatabaseUnavailable) as failure:
        response_submit(survey_round=found, number=uuid4(), answers=SOMEBODY)
    assert failure.value.__cause__ is None and failure.value.__suppress_context__


def schedule(survey_round: SurveyRound, *, opens: timedelta) -> None:
    now = timezone.now()
    with working_as("web"), transaction.atomic(), scope(survey_round.tenant_id):
        survey_round_schedule(
            survey_round=survey_round, opens_at=now + opens, closes_at=now + timedelta(days=10), by=None
        )
