"""Attacking what is out already, from nothing but what is public."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..auditing.attacker import Knowledge
from ..auditing.audit import audit
from ..auditing.insiders import known_to_insiders
from ..engine import AT_LEAST_ONE, INSIDER, LINEAR, WHOLE
from ..model import compress
from ..rule import Zeros
from ..tables.table import words
from .recalling import ReleasedTable, public_system


@dataclass(frozen=True)
class Attack:
    """How an attack on what is out ended: how many figures are protected, and the keys of those worked out."""

    protected: int
    exposed: tuple[str, ...]
    attackers: tuple[str, ...]


def attack_public(released: Sequence[ReleasedTable], k: int, *, insider: bool = False) -> Attack:
    """What somebody with everything that is out about some people can work out of what must stay secret.

    By sums and differences, and knowing that people come in whole numbers from nought; where a release shows
    all zeros, also that what is hidden counts at least one. Differences under ``k`` between two states are
    secrets too. ``insider``: also as anyone who took part and knows the leaf cell they are counted in, wherever
    that may be. Raises RefusedToPublish where no whole people fit the figures.
    """
    small = compress(public_system(released, k)).system
    nothing_more = np.zeros(len(small.names), dtype=np.bool_)
    exposed = audit(small, nothing_more).exposed
    if insider:
        exposed |= known_to_insiders(small, nothing_more, Knowledge())
    shows_zeros = any(table.protected.report.rule.get("zeros") == Zeros.SHOWN for table in released)
    return Attack(
        protected=int(small.protected.sum()),
        exposed=tuple(sorted(words(small.names[row]) for row in exposed)),
        attackers=(LINEAR, WHOLE, *([AT_LEAST_ONE] * shows_zeros), *([INSIDER] * insider)),
    )
