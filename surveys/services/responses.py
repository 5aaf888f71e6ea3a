"""Taking one person's answers in: one sealed row, and nothing else that carries a time."""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID

from surveys.public_round import PublicRound, ask
from surveys.questionnaire import Answers
from surveys.sealing import seal


class Outcome(StrEnum):
    """What became of a sent form."""

    STORED = "stored"
    ALREADY = "already"
    CLOSED = "closed"


def response_submit(*, survey_round: PublicRound, number: UUID, answers: Answers, channel: int = 0) -> Outcome:
    """Seal the answers and put them into the intake, as the database role `survey`.

    `number` is the one that the person's page made: sending it again, for whatever reason, stores nothing
    more. The channel's number goes inside the envelope. Raises DatabaseUnavailable; then nothing is stored, and
    the page keeps the answers.
    """
    if not survey_round.public_key:
        return Outcome.CLOSED
    sealed = seal(survey_round.questionnaire, answers, survey_round.public_key, channel)
    return Outcome(ask("SELECT intake_submit(%s, %s, %s)", survey_round.id, number, sealed))
