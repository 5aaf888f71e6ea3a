"""From a system of figures to the set of cells to hide: elimination, audit, repair, until nothing is exposed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from .audit import Audit, audit
from .elimination import AlreadyRevealed, secondary_suppression
from .model import Bools, Ints, System, compress, publication_order
from .refusal import RefusedToPublish, Why
from .repair import hide_round, repair
from .rule import Zeros
from .table import words

MOST_ROUNDS = 4
LINEAR = "linear combinations"
WHOLE = "whole numbers from nought"
AT_LEAST_ONE = "hidden counts are at least one"


@dataclass(frozen=True, eq=False)
class Outcome:
    """The rows to hide, and the certificate of the audit that found nothing.

    ``movements``: by row of the whole system, what changes in the second tables that the audit found, so many
    that every protected row changes in one of them. A survey's base hands them on to its questions.
    """

    hidden: Bools
    certificate: dict[str, object]
    movements: tuple[Ints, ...] = ()


def make_safe(system: System, zeros: Zeros, *, hides_zeros: bool) -> Outcome:
    """Which rows to hide so that no protected row can be worked out.

    ``hides_zeros``: some protected rows may be zeros, so nobody can take a hidden count to be at least one.
    Raises RefusedToPublish when an earlier release already gives a protected row away, when nothing would be
    left to show, or when the last audit finds something.
    """
    compressed = compress(_with_shown_zeros(system, zeros))
    small = compressed.system
    try:
        secondary = secondary_suppression(small, publication_order(small, zeros_first=zeros is Zeros.SHOWN))
    except AlreadyRevealed as revealed:
        raise _refusal(system, [small.names[row] for row in revealed.rows]) from None
    knows_floor = zeros is Zeros.SHOWN and not hides_zeros
    hidden, last, rounds = _repaired(small, (small.shown & small.protected) | secondary, knows_floor)
    if not last.clean and _anything_left(small, hidden):
        raise _refusal(system, [small.names[row] for row in sorted(last.exposed)])
    spread = compressed.spread(hidden) & system.shown
    if not last.clean or not _anything_left(system, spread):
        raise RefusedToPublish.because(Why.NOTHING_LEFT)
    certificate: dict[str, object] = {
        "attackers": [LINEAR, WHOLE, *([AT_LEAST_ONE] if knows_floor else [])],
        "protected": int(system.protected.sum()),
        "exposed": len(last.exposed),
        "blocks": last.blocks,
        "programs": last.programs,
        "whole_searches": last.whole_searches,
        "rounds": rounds,
    }
    return Outcome(spread, certificate)


def _with_shown_zeros(system: System, zeros: Zeros) -> System:
    """Where zeros are never hidden they are known from the start."""
    if zeros is not Zeros.SHOWN:
        return system
    zero = system.shown & ~system.protected & (system.counts == 0)
    return replace(system, forced=system.forced | zero)


def _repaired(system: System, hidden: Bools, knows_floor: bool) -> tuple[Bools, Audit, int]:
    """Audit and repair in turn; in the last rounds everything near what is still exposed is hidden."""
    found = audit(system, hidden, at_least_one=knows_floor)
    for round_ in range(2 * MOST_ROUNDS):
        if found.clean:
            return hidden, found, round_
        exposed = sorted(found.exposed)
        if round_ < MOST_ROUNDS:
            further = repair(system, hidden, exposed, at_least_one=knows_floor)
        else:
            further = hide_round(system, hidden, exposed)
        if np.array_equal(further, hidden):
            further = hide_round(system, hidden, exposed)
        if np.array_equal(further, hidden):
            break
        hidden = further
        found = audit(system, hidden, at_least_one=knows_floor)
    return hidden, found, 2 * MOST_ROUNDS


def _anything_left(system: System, hidden: Bools) -> bool:
    return bool((system.counts[system.shown & ~hidden] > 0).any())


def _refusal(system: System, names: Sequence[str]) -> RefusedToPublish:
    """Why some figures cannot be kept: because of what is out already, or because of the table itself."""
    why = Why.EARLIER_REVEALS if system.forced.any() else Why.NOT_CLEAN
    return RefusedToPublish.because(why, [words(name) for name in names])
