"""From a system of figures to the set of cells to hide: elimination, audit, repair, until nothing is exposed."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from .auditing.attacker import Knowledge
from .auditing.audit import Audit, audit
from .auditing.movements import Movement, RowChanges, as_matrix
from .auditing.repair import hide_round, repair
from .elimination import AlreadyRevealed, least_suppression
from .model import Bools, Ints, System, compress
from .refusal import RefusedToPublish, Why
from .rule import AggregationRule, Zeros
from .tables.table import words

MOST_ROUNDS = 4
LINEAR = "linear combinations"
WHOLE = "whole numbers from nought"
AT_LEAST_ONE = "hidden counts are at least one"
INSIDER = "insider"
INTERVAL = "interval"


@dataclass(frozen=True, eq=False)
class Outcome:
    """The rows to hide, and the certificate of the audit that found nothing.

    ``movements``: by row of the whole system, what changes in the second tables that the audit found, so many
    that every protected row changes in one of them. A survey's base hands them on to its questions.
    ``seconds``: processor time of core, audit and repair; apart from the certificate, which is the same on
    every machine.
    """

    hidden: Bools
    certificate: dict[str, object]
    movements: Sequence[Ints] = ()
    seconds: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Demands:
    """What the rule asks of protection beside which figures it hides.

    ``whole``: blocks are searched whole, however large; otherwise every sum that reaches beyond a region is
    given to the attacker for free where a block is large, which proves as much and may hide a little more.
    """

    zeros: Zeros
    insider: bool = False
    width: int = 1
    whole: bool = True

    @classmethod
    def of(cls, rule: AggregationRule) -> Demands:
        """What a rule asks. An interval as wide as 1…k-1 spans k - 2."""
        return cls(rule.zeros, rule.insider, max(1, rule.k - 2) if rule.interval else 1)


def make_safe(system: System, demands: Demands, *, hides_zeros: bool) -> Outcome:
    """Which rows to hide so that no protected row can be worked out.

    ``hides_zeros``: some protected rows may be zeros, so nobody can take a hidden count to be at least one.
    Raises RefusedToPublish when an earlier release already gives a protected row away, when nothing would be
    left to show, or when the last audit finds something.
    """
    zeros = demands.zeros
    clock = _Clock()
    compressed = compress(_with_shown_zeros(system, zeros))
    small = compressed.system
    try:
        secondary = least_suppression(small, zeros_first=zeros is Zeros.SHOWN)
    except AlreadyRevealed as revealed:
        raise _refusal(system, [small.names[row] for row in revealed.rows]) from None
    clock.stop("core")
    knows_floor = zeros is Zeros.SHOWN and not hides_zeros
    knowledge = Knowledge(at_least_one=knows_floor, insider=demands.insider, width=demands.width)
    hidden = (small.shown & small.protected) | secondary
    hidden, last, rounds = _repaired(small, hidden, knowledge, demands.whole, clock)
    if not last.clean and _anything_left(small, hidden):
        raise _refusal(system, [small.names[row] for row in sorted(last.exposed)])
    spread = compressed.spread(hidden) & system.shown
    if not last.clean or not _anything_left(system, spread):
        raise RefusedToPublish.because(Why.NOTHING_LEFT)
    return Outcome(
        spread,
        _certificate(knowledge, system, last, rounds),
        RowChanges(small.matrix @ as_matrix(last.movements, len(small.leaves)), compressed.group_of),
        clock.seconds,
    )


def _certificate(knowledge: Knowledge, system: System, last: Audit, rounds: int) -> dict[str, object]:
    """What was tried and found, the same on every machine."""
    attackers = [LINEAR, WHOLE]
    attackers += [AT_LEAST_ONE] * knowledge.at_least_one + [INSIDER] * knowledge.insider
    attackers += [INTERVAL] * (knowledge.width > 1)
    return {
        "attackers": attackers,
        "protected": int(system.protected.sum()),
        "exposed": len(last.exposed),
        "second_tables": len(last.movements),
        "blocks": last.blocks,
        "programs": last.programs,
        "whole_searches": last.whole_searches,
        "rounds": rounds,
    }


class _Clock:
    """Processor seconds by what they were spent on."""

    def __init__(self) -> None:
        self.seconds = {"core": 0.0, "audit": 0.0, "repair": 0.0}
        self._last = time.process_time()

    def stop(self, name: str) -> None:
        """Add the time since the last stop."""
        now = time.process_time()
        self.seconds[name] += now - self._last
        self._last = now


def _with_shown_zeros(system: System, zeros: Zeros) -> System:
    """Where zeros are never hidden they are known from the start."""
    if zeros is not Zeros.SHOWN:
        return system
    zero = system.shown & ~system.protected & (system.counts == 0)
    return replace(system, forced=system.forced | zero)


def _repaired(
    system: System, hidden: Bools, knowledge: Knowledge, whole: bool, clock: _Clock
) -> tuple[Bools, Audit, int]:
    """Audit and repair in turn; in the last rounds everything near what is still exposed is hidden."""
    found = audit(system, hidden, knowledge=knowledge, beyond=whole)
    clock.stop("audit")
    for round_ in range(2 * MOST_ROUNDS):
        if found.clean:
            return hidden, found, round_
        exposed = sorted(found.exposed)
        movements: list[Movement] = list(found.movements)
        if round_ < MOST_ROUNDS:
            further = repair(system, hidden, exposed, knowledge=knowledge, movements=movements)
        else:
            further = hide_round(system, hidden, exposed)
        if np.array_equal(further, hidden):
            further = hide_round(system, hidden, exposed)
        clock.stop("repair")
        if np.array_equal(further, hidden):
            break
        hidden = further
        last, found = found, audit(system, hidden, knowledge=knowledge, movements=movements, beyond=whole)
        found.programs += last.programs
        found.whole_searches += last.whole_searches
        clock.stop("audit")
    return hidden, found, 2 * MOST_ROUNDS


def _anything_left(system: System, hidden: Bools) -> bool:
    return bool((system.counts[system.shown & ~hidden] > 0).any())


def _refusal(system: System, names: Sequence[str]) -> RefusedToPublish:
    """Why some figures cannot be kept: because of what is out already, or because of the table itself."""
    why = Why.EARLIER_REVEALS if system.forced.any() else Why.NOT_CLEAN
    return RefusedToPublish.because(why, [words(name) for name in names])
