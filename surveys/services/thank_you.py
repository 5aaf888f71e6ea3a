"""A thank-you drawn by lot, which nothing ties to an answer.

Who may enter is everyone who finds the page: it stands behind the thank-you of every answer, and asks for none.
An entry is sealed to the round's key, has no time, and lies in a table of its own. When the last answers have been
shuffled, the worker opens all entries, draws, and deletes them in one transaction; only the addresses that were
drawn are left, for thirty days.
"""

from __future__ import annotations

import secrets
from datetime import timedelta
from enum import StrEnum
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from nacl.bindings import sodium_pad, sodium_unpad
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

from accounts.models import User
from portal.audit.recording import record
from portal.tenancy.scope import PUBLIC_AUDIENCE
from surveys.errors import SurveysError
from surveys.models import SurveyRound, ThankYou, ThankYouEntry, ThankYouWinner
from surveys.public_round import ask
from surveys.services.keys import key_read
from surveys.states import RoundState

LONGEST = 100
PADDED = 128
"""Bytes of every address before sealing, so that its length does not show."""

KEPT = timedelta(days=30)
BEFORE_DRAWING = (RoundState.DRAFT, RoundState.SCHEDULED, RoundState.OPEN)


class EntryOutcome(StrEnum):
    """What became of an entry."""

    STORED = "stored"
    ALREADY = "already"
    CLOSED = "closed"


@transaction.atomic
def thank_you_set(*, survey_round: SurveyRound, what: dict[str, str], winners: int, by: User) -> ThankYou:
    """Say what is drawn, and how many get it. Once the round is open it can only become more of the same.

    Raises SurveysError with why not.
    """
    locked = SurveyRound.objects.own().select_for_update().get(pk=survey_round.pk)
    if locked.state not in BEFORE_DRAWING:
        raise SurveysError(_("The round has closed. A thank-you has to be told from the beginning."))
    found = ThankYou.objects.own().filter(round=locked).first()
    if locked.state == RoundState.OPEN and (found is None or winners < found.winners or what != found.what):
        raise SurveysError(_("While the round is open only the number of those who get it can grow."))
    made, _is_new = ThankYou.objects.own().update_or_create(
        round=locked, defaults={"what": what, "winners": winners, "audience_id": PUBLIC_AUDIENCE}
    )
    record("survey_round.thank_you_set", target=locked, by=by, winners=winners)
    return made


@transaction.atomic
def thank_you_take_back(*, survey_round: SurveyRound, by: User) -> None:
    """Draw nothing after all. Raises SurveysError once the round is open: it has been promised."""
    locked = SurveyRound.objects.own().select_for_update().get(pk=survey_round.pk)
    if locked.state not in (RoundState.DRAFT, RoundState.SCHEDULED):
        raise SurveysError(_("It has been promised to those who answer. It is drawn when the round has closed."))
    if ThankYou.objects.own().filter(round=locked).delete()[0]:
        record("survey_round.thank_you_taken_back", target=locked, by=by)


def address_of(written: str) -> str:
    """The address as it is compared, so that nobody is in it twice. Raises SurveysError when it is none."""
    address = written.strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        raise SurveysError(_("Write an e-mail address that you read.")) from None
    if len(address) > LONGEST:
        raise SurveysError(_("The address is too long. Do you have a shorter one?"))
    return address


def thank_you_enter(*, round_id: UUID, public_key: bytes, number: UUID, address: str) -> EntryOutcome:
    """Take an entry in, as the database role `survey`; `number` is the page's: a retry stores nothing more.

    Raises DatabaseUnavailable.
    """
    sealed = bytes(SealedBox(PublicKey(public_key)).encrypt(sodium_pad(address.encode(), PADDED)))
    return EntryOutcome(ask("SELECT thank_you_enter(%s, %s, %s)", round_id, number, sealed))


def thank_you_draw(survey_round: SurveyRound) -> None:
    """Draw among the entries and delete them all, in the transaction that counts the round. As `worker`.

    Raises KeyMissing: then the round is not finished either, and nothing is lost.
    """
    thank_you = ThankYou.objects.own().select_for_update().filter(round=survey_round, drawn_at=None).first()
    if thank_you is None:
        return
    entries = ThankYouEntry.in_scope().filter(round=survey_round)
    private_key = key_read(round_id=survey_round.pk)
    opened = {_opened(bytes(sealed), private_key) for sealed in entries.values_list("sealed", flat=True)}
    # Sorted first: what the lot decides must not hang on the order in which they came.
    addresses = sorted(opened - {""})
    drawn = secrets.SystemRandom().sample(addresses, min(thank_you.winners, len(addresses)))
    for address in drawn:
        ThankYouWinner(thank_you=thank_you, address=address).save()
    entries.delete()
    thank_you.drawn_at = timezone.now()
    thank_you.save(update_fields=["drawn_at"])
    record("survey_round.thank_you_drawn", target=survey_round, winners=len(drawn))


def _opened(sealed: bytes, private_key: bytes) -> str:
    """The address in an envelope; nothing where it can't be opened."""
    try:
        padded = SealedBox(PrivateKey(private_key)).decrypt(sealed)
        return address_of(sodium_unpad(padded, PADDED).decode())
    except (CryptoError, ValueError, UnicodeDecodeError, SurveysError):
        return ""


@transaction.atomic
def winners_forget(*, thank_you: ThankYou, by: User | None) -> bool:
    """Delete the addresses: the thank-you has been sent, or thirty days have gone."""
    deleted, _kinds = ThankYouWinner.in_scope().filter(thank_you=thank_you).delete()
    if deleted:
        record("survey_round.winners_forgotten", target=thank_you.round, by=by)
    return bool(deleted)


def old_winners_forget() -> int:
    """Delete, in the tenant's scope, the addresses of draws that are thirty days old; give of how many."""
    long_ago = timezone.now() - KEPT
    old = ThankYou.objects.own().filter(drawn_at__lt=long_ago, drawn__isnull=False).select_related("round")
    return sum(winners_forget(thank_you=thank_you, by=None) for thank_you in old.distinct())
