"""Adding the channels that a round's link is spread through, and taking them away before it opens."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from portal.audit.recording import record
from surveys.errors import SurveysError
from surveys.models import Channel, SurveyRound
from surveys.models.channel import MOST_CHANNELS, new_letters
from surveys.states import RoundState

OPEN_TO_CHANNELS = (RoundState.DRAFT, RoundState.SCHEDULED, RoundState.OPEN)


@transaction.atomic
def channel_add(*, survey_round: SurveyRound, kind: str, name: str, by: User | None) -> Channel:
    """Give a round one more link. Raises SurveysError for a name that is taken, and once the round has closed."""
    SurveyRound.objects.own().select_for_update().get(pk=survey_round.pk)
    if survey_round.state not in OPEN_TO_CHANNELS:
        raise SurveysError(_("The round has closed: nobody can answer by a new link."))
    channels = list(Channel.in_scope().filter(round=survey_round))
    if name.casefold() in (channel.name.casefold() for channel in channels):
        raise SurveysError(_("There is a channel with this name already. Give it another name."))
    if len(channels) >= MOST_CHANNELS:
        raise SurveysError(_("A round can have %(most)s channels.") % {"most": MOST_CHANNELS})
    letters = new_letters()
    while letters in {channel.letters for channel in channels}:
        letters = new_letters()
    number = next(n for n in range(1, MOST_CHANNELS + 1) if n not in {channel.number for channel in channels})
    channel = Channel.objects.create(round=survey_round, number=number, letters=letters, kind=kind, name=name)
    record("survey_round.channel_added", target=survey_round, by=by, channel=name)
    return channel


def channel_of_invited(*, survey_round: SurveyRound, kind: Channel.Kind, by: User) -> None:
    """Have a channel for those who are invited by mail or by letter, where the round has room for one more."""
    channels = Channel.in_scope().filter(round=survey_round)
    name = str(kind.label)
    taken = {channel.name.casefold() for channel in channels}
    if channels.filter(kind=kind).exists() or len(taken) >= MOST_CHANNELS or name.casefold() in taken:
        return
    channel_add(survey_round=survey_round, kind=kind.value, name=name, by=by)


def letters_of_invited(survey_round: SurveyRound, kind: Channel.Kind) -> str:
    """What stands last in the link of those who are invited so; nothing where they have no channel."""
    found = Channel.in_scope().filter(round=survey_round, kind=kind).first()
    return found.letters if found else ""


@transaction.atomic
def channel_remove(*, survey_round: SurveyRound, channel_id: UUID, by: User) -> None:
    """Take a channel away. Raises SurveysError once the round has opened: answers may have come by it."""
    if survey_round.state not in (RoundState.DRAFT, RoundState.SCHEDULED):
        raise SurveysError(_("The round has opened. The channel stays, and so does its link."))
    deleted, _models = Channel.in_scope().filter(round=survey_round, pk=channel_id).delete()
    if deleted:
        record("survey_round.channel_removed", target=survey_round, by=by)
