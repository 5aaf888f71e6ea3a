"""How many came by each channel, kept shut while the round is open and protected when it has closed.

Counted are numbers that were taken out of their envelopes and dropped: a tally never stands beside an answer.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from nacl.bindings import sodium_pad, sodium_unpad
from nacl.public import PrivateKey, SealedBox

from datasets.cubes import Category, Cube, Dimension, Reason
from datasets.disclosure import AggregationRule, ProtectedCube, RefusedToPublish, protect

SIZE = 1024
"""Bytes of every tally before sealing, so that its length does not tell how many channels are in use."""

WAY = "way"
EVERYONE = "all"


def tally_seal(counts: Mapping[int, int], private_key: bytes) -> bytes:
    """Close a tally so that only the round's own key opens it."""
    spelt = json.dumps({str(number): count for number, count in sorted(counts.items())}, separators=(",", ":"))
    return bytes(SealedBox(PrivateKey(private_key).public_key).encrypt(sodium_pad(spelt.encode(), SIZE)))


def tally_open(sealed: bytes, private_key: bytes) -> Counter[int]:
    """Open a tally. Raises nacl's CryptoError where it is another round's."""
    spelt = sodium_unpad(SealedBox(PrivateKey(private_key)).decrypt(sealed), SIZE)
    return Counter({int(number): count for number, count in json.loads(spelt).items()})


def tally_protected(
    counts: Mapping[int, int], channels: Iterable[int], rule: AggregationRule
) -> dict[int, int | None]:
    """What may be shown of each channel, and of the round's own link (0); None where it is hidden.

    The sum is known, since everyone may know how many answered: so the channels are protected together with it,
    as any table is. A number that no channel has belongs to the round's own link.
    """
    numbers = [0, *sorted(channels)]
    known = [counts.get(number, 0) for number in numbers]
    known[0] += sum(counts.values()) - sum(known)
    try:
        cube = _protected(numbers, known, rule)
    except RefusedToPublish:
        return dict.fromkeys(numbers)
    hidden = cube.statuses == Reason.SUPPRESSED
    return {number: None if hidden[place] else int(cube.values[place]) for place, number in enumerate(numbers)}


def _protected(numbers: list[int], known: list[int], rule: AggregationRule) -> ProtectedCube:
    categories = [Category(str(number), {"sv": str(number)}) for number in numbers]
    ways = Dimension(WAY, {"sv": "Väg in"}, (*categories, Category(EVERYONE, {"sv": "Alla"})), total=EVERYONE)
    # Counts of people and no shares: from the threshold up they may be shown.
    counted = replace(rule, share_base=rule.k, mean_base=rule.k)
    return protect(Cube.of_values((ways,), [*known, sum(known)]), counted)
