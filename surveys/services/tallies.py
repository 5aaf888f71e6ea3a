"""Counting the channels that answers came by, apart from the answers. For the worker, within a shuffle."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from nacl.exceptions import CryptoError

from portal.tenancy.scope import current
from surveys.models import Channel, ChannelCount, ChannelTally, SurveyRound
from surveys.services.keys import KeyMissing, key_read
from surveys.services.rules import rule_of
from surveys.states import WayIn
from surveys.ways_in.tally import tally_open, tally_protected, tally_seal

STEP = 5


def tally_add(survey_round: SurveyRound, channels: Sequence[int]) -> None:
    """Add what a batch came by. The tally is opened and shut again here; in between only this process has it."""
    private_key = key_read(round_id=survey_round.pk)
    kept = ChannelTally.objects.select_for_update().filter(round=survey_round).first()
    counts = tally_open(bytes(kept.sealed), private_key) if kept else Counter[int]()
    counts.update(channels)
    sealed = tally_seal(counts, private_key)
    if kept:
        ChannelTally.objects.filter(pk=kept.pk).update(sealed=sealed)
    else:
        ChannelTally.objects.create(tenant_id=current(), round=survey_round, sealed=sealed)


def tally_publish(survey_round: SurveyRound) -> None:
    """Keep what may be shown of the channels, and forget the rest for ever. For a round without any: nothing."""
    kept = ChannelTally.objects.filter(round=survey_round).first()
    channels = list(Channel.objects.filter(round=survey_round).values_list("number", flat=True))
    if kept and channels:
        try:
            counts = tally_open(bytes(kept.sealed), key_read(round_id=survey_round.pk))
        except (KeyMissing, CryptoError):
            # A lost key must not keep the answers, which are already counted, from being published.
            shown: dict[int, int | None] = dict.fromkeys([0, *channels])
        else:
            shown = tally_protected(counts, channels, rule_of(survey_round))
            if survey_round.way_in == WayIn.CODES:
                shown = {number: _rounded(answers) for number, answers in shown.items()}
        ChannelCount.objects.bulk_create(
            ChannelCount(tenant_id=current(), round=survey_round, number=number, answers=answers)
            for number, answers in shown.items()
        )
    ChannelTally.objects.filter(round=survey_round).delete()


def _rounded(answers: int | None) -> int | None:
    """Down to a multiple of five: how many had a code is known, and nobody is to learn that one did not answer."""
    return None if answers is None else answers // STEP * STEP
