"""Taking one person's answers in: one sealed row, and nothing else that carries a time."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from uuid import UUID

from surveys.public_round import PublicRound, ask
from surveys.questionnaire import Answers, Question
from surveys.sealing import seal
from surveys.services.tokens import Token
from surveys.ways_in.blind_rsa import token_number
from surveys.ways_in.codes import code_hashes, read_code


class Outcome(StrEnum):
    """What became of a sent form."""

    STORED = "stored"
    ALREADY = "already"
    CLOSED = "closed"
    CODE_NEEDED = "code_needed"
    NO_CODE = "no_code"


def response_submit(
    *,
    survey_round: PublicRound,
    number: UUID,
    answers: Answers,
    asked: Sequence[Question] | None = None,
    channel: int = 0,
    code: str = "",
    token: Token | None = None,
) -> Outcome:
    """Seal the answers and put them into the intake, as the database role `survey`.

    `number` is the one that the person's page made: sending it again, for whatever reason, stores nothing
    more. `asked` are the questions that these very answers lead to, where the caller has them. The channel's
    number goes inside the envelope. A class code is spent by the same call, and stays unspent when nothing is
    stored; a token takes the number's place and counts once. Raises DatabaseUnavailable; then the page keeps the
    answers.
    """
    if not survey_round.public_key:
        return Outcome.CLOSED
    sealed = seal(survey_round.questionnaire, answers, survey_round.public_key, channel, asked)
    if not survey_round.needs_code:
        return Outcome(ask("SELECT intake_submit(%s, %s, %s)", survey_round.id, number, sealed))
    if token is not None:
        own = token_number(survey_round.id, token.prepared)
        return Outcome(ask("SELECT intake_submit_token(%s, %s, %s)", survey_round.id, own, sealed))
    hashes = code_hashes(survey_round.id, code) if read_code(code) else []
    return Outcome(
        ask("SELECT intake_submit_code(%s, %s, %s, %s::bytea[])", survey_round.id, number, sealed, hashes)
    )


def code_opens(*, survey_round: PublicRound, code: str) -> bool:
    """Whether a code opens the round. Asking spends nothing, and leaves no trace in the database."""
    hashes = code_hashes(survey_round.id, code)
    return bool(ask("SELECT code_opens(%s, %s::bytea[])", survey_round.id, hashes))
