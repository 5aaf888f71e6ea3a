"""When somebody answered, and after whom: nothing that PostgreSQL keeps may tell.

An operator who watches the live database sees envelopes come in; that they can't be opened is tested elsewhere.
Here the operator looks afterwards, with every right: at physical order, at transaction numbers, at times.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from django.db import connection, transaction
from psycopg import sql

from portal.audit.recording import record
from portal.tenancy.scope import scope
from surveys.models import SurveyRound
from surveys.questionnaire import Answers, Questionnaire, positions, wellbeing
from tests.attacks.anonymity.search import all_tables
from tests.conftest import working_as
from tests.plugins.database import test_superuser as superuser_here
from tests.rounds import answer, beat, open_round
from tests.rules.test_survey_intake import CLOSED_LONG_AGO, backdate
from tests.world import World

PEOPLE = 60
"""With so many, two orders that have nothing in common correlate by more than 0.6 once in 200 000 runs."""

ALIKE = 0.6
TABLES = ("surveys_intakerow", "surveys_intakereceipt", "surveys_response", "surveys_freetext")
SINGLE = ("close", "speak_up", "belonging")


def person(number: int) -> Answers:
    """Somebody whose answers tell who they are: three answers of five, as the digits of their number."""
    scale = [choice.code for choice in wellbeing().question("close").choices]
    digits = (number // 25, number // 5 % 5, number % 5)
    told = {code: scale[digit] for code, digit in zip(SINGLE, digits, strict=True)}
    return {"age": "20-24", "occupation": "work", **told, "own_words": f"Person {number:02}."}


@pytest.fixture
def answered(committed: World) -> SurveyRound:
    """Sixty people have answered one after the other, while officials worked in between."""
    survey_round = open_round(committed)
    for number in range(PEOPLE):
        assert answer(survey_round, person(number)) == "stored"
        if number % 7 == 0:
            with transaction.atomic(), scope(committed.alvik.pk):
                record("test.happened", by=committed.alma, number=number)
    return survey_round


def look(table: str, columns: str) -> list[tuple[Any, ...]]:
    """Rows as they lie on the disk, with what no page could ask for."""
    with superuser_here() as raw:
        return raw.execute(f"SELECT {columns} FROM {table} ORDER BY ctid").fetchall()  # type: ignore[arg-type]


def numbers_in_responses(questionnaire: Questionnaire | None = None) -> list[int]:
    """Who the responses are from, in the order they lie on the disk."""
    questionnaire = questionnaire or wellbeing()
    apart = {at for question in questionnaire.background for at in positions(questionnaire, question.code)}
    places = []
    for code in SINGLE:
        (at,) = positions(questionnaire, code)
        places.append(at - sum(other < at for other in apart))
    return [
        sum((answers[place] - 1) * weight for place, weight in zip(places, (25, 5, 1), strict=True))
        for (answers,) in look("surveys_response", "answers")
    ]


def alike(first: Sequence[Any], second: Sequence[Any]) -> float:
    """Spearman's correlation of two orders, without its sign."""
    ranks = [np.argsort(np.argsort(np.array(values))) for values in (first, second)]
    return abs(float(np.corrcoef(*ranks)[0, 1]))


def finish(survey_round: SurveyRound) -> None:
    backdate(survey_round, CLOSED_LONG_AGO)
    beat()


def test_responses_lie_in_no_order_that_anybody_answered_in(answered: SurveyRound) -> None:
    finish(answered)
    order = numbers_in_responses()
    assert sorted(order) == list(range(PEOPLE))
    assert alike(order, range(PEOPLE)) < ALIKE
    ids = [str(number) for (number,) in look("surveys_response", "id")]
    assert alike(ids, order) < ALIKE


def test_texts_lie_in_an_order_of_their_own(answered: SurveyRound) -> None:
    finish(answered)
    texts = [int(text.split()[1].rstrip(".")) for (text,) in look("surveys_freetext", "text")]
    assert sorted(texts) == list(range(PEOPLE))
    assert alike(texts, range(PEOPLE)) < ALIKE
    assert alike(texts, numbers_in_responses()) < ALIKE


def test_receipts_tell_no_order_either(committed: World, answered: SurveyRound) -> None:
    sent = [str(number) for (number,) in look("surveys_intakerow", "id")]
    finish(answered)
    kept = [str(number) for (number,) in look("surveys_intakereceipt", "id")]
    assert sorted(kept) == sorted(sent)
    assert kept == sorted(kept), "their order is that of random numbers"
    place = {number: at for at, number in enumerate(sent)}
    assert alike([place[number] for number in kept], range(PEOPLE)) < ALIKE
    assert alike([place[number] for number in kept], numbers_in_responses()) < ALIKE


def test_all_answers_of_a_round_end_in_one_transaction(answered: SurveyRound) -> None:
    beat()
    for number in range(12):
        answer(answered, person(number))
    finish(answered)
    for table in ("surveys_response", "surveys_freetext"):
        assert len({xmin for (xmin,) in look(table, "xmin::text")}) == 1, "no batch can be told from another"


def test_while_a_round_is_open_answers_come_in_batches_of_ten_or_more(answered: SurveyRound) -> None:
    beat()
    for number in range(9):
        answer(answered, person(number))
    beat()
    batches = [xmin for (xmin,) in look("surveys_response", "xmin::text")]
    assert len(set(batches)) == 1 and len(batches) == PEOPLE
    assert len(look("surveys_intakerow", "id")) == 9


def test_nothing_is_written_in_the_transaction_of_a_submission_but_the_envelope(answered: SurveyRound) -> None:
    with superuser_here() as raw:
        submissions = {xid for (xid,) in raw.execute("SELECT xmin::text FROM surveys_intakerow")}
        assert len(submissions) == PEOPLE
        for table in all_tables():
            if table == "surveys_intakerow":
                continue
            query = sql.SQL("SELECT xmin::text, xmax::text FROM {}").format(sql.Identifier(table))
            touched = {xid for row in raw.execute(query) for xid in row}
            assert not touched & submissions, f"{table} has a row that a submission wrote or locked"


def test_no_table_of_answers_has_a_time_or_a_sequence(committed: World) -> None:
    with connection.cursor() as cursor, working_as("backup"):
        cursor.execute(
            "SELECT table_name, column_name, data_type, column_default FROM information_schema.columns"
            " WHERE table_name = ANY(%s)",
            [list(TABLES)],
        )
        columns = cursor.fetchall()
    assert {table for table, *_ in columns} == set(TABLES)
    assert {kind for _table, _column, kind, _default in columns} <= {
        "uuid",
        "bytea",
        "ARRAY",
        "text",
        "character varying",
    }
    assert all(default is None for *_, default in columns)
    with superuser_here() as raw:
        assert raw.execute("SHOW track_commit_timestamp").fetchone() == ("off",)
        assert raw.execute("SELECT count(*) FROM pg_sequences WHERE sequencename LIKE 'surveys_%'").fetchone() == (
            0,
        )


def test_shuffled_envelopes_leave_the_disk(answered: SurveyRound) -> None:
    assert look("pg_class", "pg_relation_size('surveys_intakerow')")[0][0] > 0
    finish(answered)
    assert look("pg_class", "pg_relation_size('surveys_intakerow')")[0][0] == 0


def test_the_statement_that_a_waiting_connection_ran_last_holds_no_number_of_a_page(answered: SurveyRound) -> None:
    numbers = [str(number) for (number,) in look("surveys_intakerow", "id")]
    with superuser_here() as raw:
        said = " ".join(
            query for (query,) in raw.execute("SELECT query FROM pg_stat_activity WHERE query IS NOT NULL")
        )
    assert "intake_submit" in said
    assert [number for number in numbers if number in said] == []
