"""From sealed envelopes to anonymous answers: opened, checked, shuffled, and the envelopes destroyed.

Beat looks for work here; no submission asks for it. What goes into the answer tables has neither a time nor a
page's number, and is written in an order that a secure random source decides.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from portal.audit.recording import record
from portal.jobs.outbox import enqueue
from portal.tenancy.scope import current
from surveys.making import TABULATE
from surveys.models import (
    ChannelTally,
    ClassCode,
    IntakeReceipt,
    IntakeRow,
    Invitation,
    PersonalCode,
    ReadText,
    SurveyRound,
    ThankYouEntry,
    ThankYouWinner,
)
from surveys.models.free_text import FreeText
from surveys.models.response import Response
from surveys.questionnaire import Questionnaire, positions
from surveys.sealing import Content, UnsealingError, unseal
from surveys.services.codes import codes_forget
from surveys.services.keys import KeyMissing, key_read
from surveys.services.tallies import tally_add, tally_publish
from surveys.services.thank_you import thank_you_draw
from surveys.states import RoundState, TextState

logger = logging.getLogger(__name__)

FEWEST = 10
"""So many envelopes must wait before some are opened while the round is open."""

MARGIN = timedelta(minutes=1)
"""After the last moment for answers: longer than any submission's statement may take (10 s)."""

BATCH = 2000

VACUUMED = (
    IntakeRow,
    IntakeReceipt,
    Response,
    FreeText,
    ReadText,
    ChannelTally,
    ClassCode,
    PersonalCode,
    Invitation,
    ThankYouEntry,
    ThankYouWinner,
)
"""Tables whose deleted rows are not to lie on the disk."""


def taking_ends_at(survey_round: SurveyRound) -> datetime | None:
    """The last moment at which answers that were begun before closing are taken."""
    ends = [at for at in (survey_round.closed_at, survey_round.closes_at) if at is not None]
    return min(ends) + timedelta(minutes=survey_round.grace_minutes) if ends else None


def is_ready_for_last_shuffle(survey_round: SurveyRound) -> bool:
    """Whether the round is closed and no submission can still be on its way."""
    ends = taking_ends_at(survey_round)
    return (
        survey_round.state == RoundState.CLOSED
        and survey_round.response_count is None
        and ends is not None
        and timezone.now() > ends + MARGIN
    )


@transaction.atomic
def intake_shuffle(*, survey_round: SurveyRound, fewest: int = FEWEST) -> int:
    """Move the envelopes that wait into the answers; give how many were good.

    Does nothing while fewer than `fewest` wait. Raises KeyMissing, or UnsealingError when not one envelope
    opens (the key must be another round's): then everything stays as it was.
    """
    if IntakeRow.objects.filter(round=survey_round).count() < fewest:
        return 0
    # Deleting is taking: a second worker waits here, and then finds nothing.
    taken = _take_envelopes(survey_round)
    if not taken:
        return 0
    contents = _open(survey_round, [sealed for _, sealed in taken])
    _write(survey_round, contents)
    tally_add(survey_round, [content.channel for content in contents])
    numbers = sorted(number for number, _ in taken)
    IntakeReceipt.objects.bulk_create(
        [IntakeReceipt(id=number, tenant_id=current(), round=survey_round) for number in numbers], BATCH
    )
    refused = len(taken) - len(contents)
    if refused:
        record("survey_round.envelopes_refused", target=survey_round, count=refused)
    return len(contents)


@transaction.atomic
def round_finish(*, survey_round: SurveyRound) -> bool:
    """The last shuffle, the final count, and the request for results; once. False when done already.

    All answers of the round are written anew in one order and one transaction, so that not even the batch
    that somebody's answers came in can be told afterwards.
    """
    locked = SurveyRound.objects.own().select_for_update().filter(pk=survey_round.pk, response_count=None).first()
    if locked is None or not is_ready_for_last_shuffle(locked):
        return False
    intake_shuffle(survey_round=locked, fewest=1)
    count = _rewrite_responses(locked)
    _rewrite_texts(locked)
    tally_publish(locked)
    thank_you_draw(locked)
    codes_forget(survey_round=locked)
    locked.response_count = count
    locked.save(update_fields=["response_count"])
    record("survey_round.counted", target=locked, count=count)
    enqueue(TABULATE, subject=locked, title=locked.title, survey_round_id=locked.pk)
    return True


def tables_vacuum() -> None:
    """Let PostgreSQL forget deleted envelopes and former orders. Outside any transaction."""
    with connection.cursor() as cursor:
        for model in VACUUMED:
            cursor.execute(f'VACUUM "{model._meta.db_table}"')


def receipts_forget(*, survey_round: SurveyRound) -> int:
    """Delete the numbers of pages that have sent: nobody is still retrying."""
    deleted, _ = IntakeReceipt.objects.filter(round=survey_round).delete()
    return deleted


def answers_delete(*, survey_round: SurveyRound) -> None:
    """Delete everything that somebody answered or wrote, but what reviewers let be shown; whole texts go too."""
    Response.objects.filter(round=survey_round).delete()
    FreeText.objects.filter(round=survey_round).delete()
    texts = ReadText.in_scope().filter(round=survey_round)
    texts.exclude(state=TextState.APPROVED).delete()
    texts.update(text=F("shown"))


def split(questionnaire: Questionnaire, vector: Sequence[int]) -> tuple[list[int], list[int]]:
    """A coded vector as the background's values and all the others, each in the version's order."""
    places = [place for question in questionnaire.background for place in positions(questionnaire, question.code)]
    apart = set(places)
    return [vector[place] for place in places], [value for place, value in enumerate(vector) if place not in apart]


def _take_envelopes(survey_round: SurveyRound) -> list[tuple[UUID, bytes]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM surveys_intakerow WHERE tenant_id = %s AND round_id = %s RETURNING id, sealed",
            [current(), survey_round.pk],
        )
        return [(number, bytes(sealed)) for number, sealed in cursor.fetchall()]


def _open(survey_round: SurveyRound, envelopes: list[bytes]) -> list[Content]:
    private_key = key_read(round_id=survey_round.pk)
    questionnaire = survey_round.version.content
    contents = []
    for sealed in envelopes:
        try:
            contents.append(unseal(questionnaire, sealed, private_key))
        except UnsealingError:
            continue
    if not contents:
        raise UnsealingError("Not one envelope of the round could be opened: nothing was changed.")
    return contents


def _write(survey_round: SurveyRound, contents: list[Content]) -> None:
    questionnaire = survey_round.version.content
    vectors = [split(questionnaire, content.vector) for content in contents]
    texts = [item for content in contents for item in content.texts.items()]
    _insert_responses(survey_round, vectors)
    _insert_texts(survey_round, texts)


def _insert_responses(survey_round: SurveyRound, vectors: list[tuple[list[int], list[int]]]) -> None:
    secrets.SystemRandom().shuffle(vectors)
    Response.objects.bulk_create(
        [
            Response(tenant_id=current(), round=survey_round, background=background, answers=answers)
            for background, answers in vectors
        ],
        BATCH,
    )


def _insert_texts(survey_round: SurveyRound, texts: list[tuple[str, str]]) -> None:
    secrets.SystemRandom().shuffle(texts)
    FreeText.objects.bulk_create(
        [FreeText(tenant_id=current(), round=survey_round, question=code, text=text) for code, text in texts],
        BATCH,
    )


def _rewrite_responses(survey_round: SurveyRound) -> int:
    rows = Response.objects.filter(round=survey_round)
    vectors = [
        (list(background), list(answers)) for background, answers in rows.values_list("background", "answers")
    ]
    rows.delete()
    _insert_responses(survey_round, vectors)
    return len(vectors)


def _rewrite_texts(survey_round: SurveyRound) -> None:
    rows = FreeText.objects.filter(round=survey_round)
    texts = list(rows.values_list("question", "text"))
    rows.delete()
    _insert_texts(survey_round, texts)


__all__ = [
    "KeyMissing",
    "answers_delete",
    "intake_shuffle",
    "is_ready_for_last_shuffle",
    "receipts_forget",
    "round_finish",
    "split",
    "tables_vacuum",
    "taking_ends_at",
]
