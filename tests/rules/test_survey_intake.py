"""The intake, with the real roles: what goes in once, when, and who can get at it."""

from __future__ import annotations

import threading
from datetime import timedelta
from uuid import uuid4

import psycopg
import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from portal.tenancy.scope import scope
from surveys.models import SurveyRound
from surveys.public_round import find_round, forget_rounds
from surveys.services.keys import key_read
from surveys.services.responses import Outcome, response_submit
from surveys.services.rounds import survey_round_close
from surveys.services.shuffle import intake_shuffle
from tests.conftest import working_as
from tests.plugins.database import role_url
from tests.rounds import SOMEBODY, answer, beat, open_round, plan_round, public, reread, rows
from tests.world import World

CLOSED_LONG_AGO = timedelta(hours=2)


def test_a_retry_with_the_same_number_is_one_row(committed: World) -> None:
    found, number = public(open_round(committed)), uuid4()
    outcomes = [response_submit(survey_round=found, number=number, answers=SOMEBODY) for _ in range(3)]
    assert outcomes == [Outcome.STORED, Outcome.ALREADY, Outcome.ALREADY]
    assert rows("surveys_intakerow", "id") == [(number,)]


def test_a_retry_after_the_shuffle_is_still_one_row(committed: World) -> None:
    survey_round, number = open_round(committed), uuid4()
    found = public(survey_round)
    response_submit(survey_round=found, number=number, answers=SOMEBODY)
    with working_as("worker"), transaction.atomic(), scope(survey_round.tenant_id):
        intake_shuffle(survey_round=survey_round, fewest=1)
    assert response_submit(survey_round=found, number=number, answers=SOMEBODY) == Outcome.ALREADY
    assert len(rows("surveys_response", "id")) == 1
    assert rows("surveys_intakerow") == []


def test_a_retry_during_the_shuffle_waits_and_is_still_one_row(committed: World) -> None:
    survey_round, number = open_round(committed), uuid4()
    found = public(survey_round)
    response_submit(survey_round=found, number=number, answers=SOMEBODY)
    outcomes: list[str] = []

    def retry() -> None:
        with psycopg.connect(role_url("survey"), autocommit=True) as raw:
            row = raw.execute("SELECT intake_submit(%s, %s, %s)", [found.id, number, b"x" * 100]).fetchone()
            outcomes.append(row[0] if row else "")

    with working_as("worker"), transaction.atomic(), scope(survey_round.tenant_id):
        intake_shuffle(survey_round=survey_round, fewest=1)
        # The envelope is deleted and the receipt written, and neither is to be seen yet.
        waiting = threading.Thread(target=retry)
        waiting.start()
        waiting.join(0.5)
        assert waiting.is_alive() or outcomes == ["already"]
    waiting.join()
    assert outcomes == ["already"]
    assert rows("surveys_intakerow") == []


def test_many_who_send_the_same_form_at_once_are_one_row(committed: World) -> None:
    found, number = public(open_round(committed)), uuid4()
    outcomes: list[str] = []

    def send() -> None:
        with psycopg.connect(role_url("survey"), autocommit=True) as raw:
            row = raw.execute("SELECT intake_submit(%s, %s, %s)", [found.id, number, b"x" * 100]).fetchone()
            outcomes.append(row[0] if row else "")

    threads = [threading.Thread(target=send) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["already"] * 7 + ["stored"]


def test_every_envelope_of_a_version_has_the_same_size(committed: World) -> None:
    survey_round = open_round(committed)
    answer(survey_round, {"age": "15-17"})
    answer(survey_round, {**SOMEBODY, "own_words": "ä" * 500, "means": ("calm", "joy"), "close": "fully"})
    sizes = {size for (size,) in rows("surveys_intakerow", "octet_length(sealed)")}
    assert len(sizes) == 1


def test_answers_begun_before_closing_are_taken_a_little_longer(committed: World) -> None:
    survey_round = open_round(committed)
    with transaction.atomic(), scope(survey_round.tenant_id):
        survey_round_close(survey_round=survey_round, by=committed.alma)
    found = public(survey_round)
    assert not found.is_open and found.takes_answers
    assert answer(survey_round) == Outcome.STORED


def test_after_that_they_are_told_that_it_has_closed(committed: World) -> None:
    survey_round = open_round(committed)
    backdate(survey_round, CLOSED_LONG_AGO)
    assert answer(survey_round) == Outcome.CLOSED
    assert rows("surveys_intakerow") == []


def test_a_round_takes_no_answers_before_it_opens(committed: World) -> None:
    survey_round = plan_round(committed)
    forget_rounds()
    assert find_round(survey_round.public_code) is None


def test_the_role_survey_executes_a_few_functions_and_no_other(committed: World) -> None:
    with psycopg.connect(role_url("survey"), autocommit=True) as raw:
        may = raw.execute(
            "SELECT proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace"
            " WHERE n.nspname = 'public' AND p.prokind = 'f' AND has_function_privilege(p.oid, 'EXECUTE')"
            " AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')"
        ).fetchall()
        assert sorted(name for (name,) in may) == [
            "code_opens",
            "intake_submit",
            "intake_submit_code",
            "intake_submit_token",
            "proposal_submit",
            "round_open",
            "round_support_lines",
            "round_ways_in",
            "thank_you_enter",
            "token_grant",
        ]


@pytest.mark.parametrize(
    "table", ["surveys_intakerow", "surveys_intakereceipt", "surveys_response", "surveys_freetext"]
)
@pytest.mark.parametrize("role", ["web", "survey", "region"])
def test_no_page_can_read_answers_or_envelopes(committed: World, role: str, table: str) -> None:
    with psycopg.connect(role_url(role)) as raw, pytest.raises(psycopg.errors.InsufficientPrivilege):
        raw.execute(f"SELECT * FROM {table}")  # type: ignore[arg-type]


def test_the_worker_can_read_answers_of_the_tenant_at_work_only(committed: World) -> None:
    survey_round = open_round(committed)
    answer(survey_round)
    with working_as("worker"), connection.cursor() as cursor:
        with transaction.atomic(), scope(committed.bjorkvik.pk):
            cursor.execute("SELECT count(*) FROM surveys_intakerow")
            assert cursor.fetchone() == (0,)
        with transaction.atomic(), scope(committed.alvik.pk):
            cursor.execute("SELECT count(*) FROM surveys_intakerow")
            assert cursor.fetchone() == (1,)


def test_the_worker_cannot_put_an_envelope_in(committed: World) -> None:
    with psycopg.connect(role_url("worker")) as raw, pytest.raises(psycopg.errors.InsufficientPrivilege):
        raw.execute("INSERT INTO surveys_intakerow VALUES (gen_random_uuid(), '\\x00', gen_random_uuid())")


def test_the_count_is_rounded_down_to_five_and_anothers_is_nothing(committed: World) -> None:
    survey_round = open_round(committed)
    for _ in range(13):
        answer(survey_round)

    def counted(tenant_id: object) -> int:
        with transaction.atomic(), scope(str(tenant_id)), connection.cursor() as cursor:
            cursor.execute("SELECT round_count(%s)", [survey_round.pk])
            return int(cursor.fetchone()[0])

    assert counted(committed.alvik.pk) == 10
    assert counted(committed.bjorkvik.pk) == 0
    beat()
    assert counted(committed.alvik.pk) == 10


def test_a_failed_submission_says_nothing_of_what_it_held(committed: World) -> None:
    found = public(open_round(committed))
    with psycopg.connect(role_url("survey"), autocommit=True) as raw, pytest.raises(psycopg.Error) as failure:
        raw.execute("SELECT intake_submit(%s, %s, %s)", [found.id, uuid4(), b"Greta was here"])
    assert "Greta" not in str(failure.value) and failure.value.diag.message_detail is None
    assert str(failure.value).startswith("the answers could not be stored")


def test_the_key_is_a_file_for_the_worker_alone_and_goes_when_the_answers_are_counted(
    committed: World, settings: object
) -> None:
    survey_round = open_round(committed)
    answer(survey_round)
    path = settings.KEYS_DIR / f"{survey_round.pk}.key"  # type: ignore[attr-defined]
    assert path.stat().st_mode & 0o777 == 0o600 and len(key_read(round_id=survey_round.pk)) == 32
    backdate(survey_round, CLOSED_LONG_AGO)
    beat()
    assert not path.exists()
    assert reread(survey_round).response_count == 1


def test_two_workers_that_open_a_round_end_with_one_key(committed: World) -> None:
    from surveys.services.keys import key_make

    number = uuid4()
    found: list[bytes] = []
    threads = [threading.Thread(target=lambda: found.append(key_make(round_id=number))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(found)) == 1


def test_with_another_rounds_key_nothing_is_lost(committed: World, settings: object) -> None:
    from nacl.public import PrivateKey

    survey_round = open_round(committed)
    for _ in range(12):
        answer(survey_round)
    path = settings.KEYS_DIR / f"{survey_round.pk}.key"  # type: ignore[attr-defined]
    right = path.read_bytes()
    path.write_bytes(bytes(PrivateKey.generate()))
    beat()
    assert len(rows("surveys_intakerow", "id")) == 12
    path.write_bytes(right)
    beat()
    assert rows("surveys_intakerow") == [] and len(rows("surveys_response", "id")) == 12


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"rule": {"threshold": 5, "base": 10, "breakdowns": []}}, "fixed when it opens"),
        ({"public_key": b"1" * 32}, "fixed when it opens"),
        ({"public_code": "zzzzzzzz"}, "never changes"),
    ],
)
def test_an_open_round_keeps_its_promises_whoever_asks(
    committed: World, change: dict[str, object], words: str
) -> None:
    survey_round = open_round(committed)
    with working_as("worker"), pytest.raises(IntegrityError, match=words):
        with transaction.atomic(), scope(survey_round.tenant_id):
            SurveyRound.objects.filter(pk=survey_round.pk).update(**change)


def test_a_rule_becomes_stricter_and_never_looser(committed: World) -> None:
    survey_round = plan_round(committed, threshold=10)
    with transaction.atomic(), scope(survey_round.tenant_id):
        rounds = SurveyRound.objects.filter(pk=survey_round.pk)
        stricter = {"threshold": 20, "base": 40, "breakdowns": ["age"]}
        assert rounds.update(rule=stricter) == 1
    for looser in (
        {"threshold": 5, "base": 40, "breakdowns": ["age"]},
        {"threshold": 20, "base": 10, "breakdowns": ["age"]},
        {"threshold": 20, "base": 40, "breakdowns": ["age", "gender"]},
        {},
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), scope(survey_round.tenant_id):
            SurveyRound.objects.filter(pk=survey_round.pk).update(rule=looser)


def test_a_questionnaire_version_never_changes(committed: World) -> None:
    survey_round = plan_round(committed)
    with pytest.raises(IntegrityError, match="never changes"):
        with transaction.atomic(), scope(survey_round.tenant_id):
            type(survey_round.version).objects.filter(pk=survey_round.version_id).update(definition={})


def backdate(survey_round: SurveyRound, ago: timedelta) -> None:
    """Let the round have opened and closed so long ago: a trigger lets nobody do that, so the owner does."""
    closed = timezone.now() - ago
    with working_as("owner"), transaction.atomic(), scope(survey_round.tenant_id), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE surveys_surveyround DISABLE TRIGGER USER")
        cursor.execute(
            "UPDATE surveys_surveyround SET state = 'closed', closed_at = %s, closes_at = %s,"
            " opens_at = %s, opened_at = %s WHERE id = %s",
            [closed, closed, closed - timedelta(days=1), closed - timedelta(days=1), survey_round.pk],
        )
        cursor.execute("ALTER TABLE surveys_surveyround ENABLE TRIGGER USER")
