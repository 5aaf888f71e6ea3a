"""Channels are counted apart from answers: in the envelope, in the sealed tally, and in what is shown."""

from __future__ import annotations

from dataclasses import replace

import pytest
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey

from datasets.disclosure import AggregationRule, Sensitivity
from surveys.questionnaire import wellbeing
from surveys.sealing import seal, unseal
from surveys.ways_in.tally import tally_open, tally_protected, tally_seal

KEY = bytes(PrivateKey.generate())
RULE = replace(AggregationRule.default(Sensitivity.INTERNAL), k=5, share_base=10, mean_base=10, tau=5)


def test_an_envelope_is_of_one_size_whatever_channel_it_came_by() -> None:
    questionnaire, public_key = wellbeing(), bytes(PrivateKey(KEY).public_key)
    envelopes = [seal(questionnaire, {"age": "18-19"}, public_key, channel) for channel in (0, 7, 40, 99)]
    assert len({len(envelope) for envelope in envelopes}) == 1
    assert [unseal(questionnaire, envelope, KEY).channel for envelope in envelopes] == [0, 7, 40, 99]


def test_a_number_that_no_round_has_counts_as_the_rounds_own_link() -> None:
    questionnaire = wellbeing()
    sealed = seal(questionnaire, {"age": "18-19"}, bytes(PrivateKey(KEY).public_key), -3)
    assert unseal(questionnaire, sealed, KEY).channel == 0


def test_a_tally_is_of_one_size_and_opens_with_the_rounds_key_only() -> None:
    few, many = tally_seal({0: 1}, KEY), tally_seal(dict.fromkeys(range(41), 10000), KEY)
    assert len(few) == len(many)
    assert tally_open(few, KEY) == {0: 1}
    with pytest.raises(CryptoError):
        tally_open(few, bytes(PrivateKey.generate()))


def test_channels_from_the_threshold_up_are_shown() -> None:
    assert tally_protected({0: 20, 1: 30, 2: 8}, [1, 2], RULE) == {0: 20, 1: 30, 2: 8}


@pytest.mark.parametrize("few", [1, 2, 3, 4])
def test_the_sum_less_what_is_shown_never_tells_a_channel_of_too_few(few: int) -> None:
    shown = tally_protected({0: 50, 1: 20, 2: few, 3: 9}, [1, 2, 3], RULE)
    hidden = [number for number, answers in shown.items() if answers is None]
    assert 2 in hidden and len(hidden) >= 2
    left = 79 + few - 9 + 9 - sum(answers for answers in shown.values() if answers is not None)
    assert left >= 5, "what is hidden is not too few together"


def test_where_nothing_can_be_kept_nothing_is_shown() -> None:
    assert set(tally_protected({0: 2, 1: 1}, [1], RULE).values()) == {None}


def test_a_number_without_a_channel_is_added_to_the_rounds_own_link() -> None:
    assert tally_protected({0: 10, 1: 10, 9: 5}, [1], RULE) == {0: 15, 1: 10}
