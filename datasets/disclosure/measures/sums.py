"""Sums of what people contribute, attacked together with the counts of those people."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import scipy.sparse as sp

from ..auditing.audit import audit, intervals
from ..auditing.repair import hide_round, repair
from ..auditing.solver import Floats
from ..model import Bools, Ints, Matrix, System, no_rows
from ..refusal import RefusedToPublish, Why
from ..rule import AggregationRule, Zeros
from ..tables.axes import crossing
from ..tables.table import Prepared, words
from .magnitudes import ALMOST, Magnitudes

MOST_ROUNDS = 4


@dataclass(frozen=True, eq=False)
class _Pair:
    """Counts and sums as one system: a row for the count of each cell, then one for its sum in whole steps.

    ``wide``: for each cell how many steps wide its sum must stay uncertain.
    """

    system: System
    cells: int
    wide: Floats

    def both(self, cells: Bools) -> Bools:
        """A mark on cells, on their counts and on their sums."""
        return np.concatenate([cells, cells])

    def either(self, rows: Bools) -> Bools:
        """The cells whose count or sum is marked: they share one fate."""
        return np.asarray(rows[: self.cells] | rows[self.cells :])


def keep_sums_secret(
    prepared: Prepared,
    found: Magnitudes,
    hidden: Bools,
    secret: Bools,
    rule: AggregationRule,
    *,
    counts_known: bool,
) -> tuple[Bools, dict[str, object]]:
    """``hidden`` with the further cells that keep the counts and sums of ``secret`` ones from being worked out.

    Both are flat, in canonical order. The attacker knows the counts and sums that are shown (all counts where
    ``counts_known``), and between which ends each contribution lies. For each secret cell there must be a
    second table of whole people and whole steps; where the rule speaks of dominance, the sum must moreover
    stay uncertain by so many per cent of its largest contribution, as in the p % rule. Raises RefusedToPublish
    when that cannot be had.
    """
    pair = _pair(prepared, found, secret, rule, counts_known)
    for round_ in range(2 * MOST_ROUNDS):
        system = _knowing_floors(pair, hidden, rule)
        exposed = _exposed(pair, system, hidden)
        if not exposed:
            return hidden, {"rounds": round_, "secret": int(secret.sum()), "exposed": 0}
        rows = pair.both(hidden)
        further = repair(system, rows, exposed) if round_ < MOST_ROUNDS else rows
        if np.array_equal(further, rows):
            further = hide_round(system, rows, exposed)
        if np.array_equal(further, rows):
            break
        hidden = pair.either(further) & prepared.shown.ravel()
    raise RefusedToPublish.because(
        Why.NOT_CLEAN, [words(prepared.keys[cell]) for cell in sorted({row % pair.cells for row in exposed})]
    )


def _pair(
    prepared: Prepared, found: Magnitudes, secret: Bools, rule: AggregationRule, counts_known: bool
) -> _Pair:
    matrix = crossing(prepared.axes)
    cells, leaves = matrix.shape
    people = prepared.leaf_counts
    step = found.scale.step
    inside = np.ix_(*([axis.positions[leaf] for leaf in axis.leaves] for axis in prepared.axes))
    steps = np.rint(found.above[inside].ravel() / step).astype(np.int64)
    most = int(steps.max(initial=0)) + 1 if found.scale.high is None else round(found.scale.length / step)
    shown, none = prepared.shown.ravel(), np.zeros(cells, dtype=np.bool_)
    names = tuple(f"{what}: {key}" for what in ("count", "sum") for key in prepared.keys)
    first = found.top[..., 0].ravel() / step
    system = System(
        matrix=sp.block_diag([matrix, matrix], format="csr"),
        leaves=np.concatenate([people, steps]),
        relations=no_rows(2 * leaves),
        at_least=_within_scale(people, steps, most),
        least=np.zeros(leaves, dtype=np.int64),
        shown=np.concatenate([shown, shown]),
        protected=np.concatenate([none if counts_known else secret, secret]) & np.concatenate([shown, shown]),
        forced=np.concatenate([shown if counts_known else none, none]),
        names=names,
    )
    return _Pair(system, cells, first * rule.dominance / 100)


def _within_scale(people: Ints, steps: Ints, most: int) -> Matrix:
    """Rows that cannot be negative: each leaf cell contributes at most ``most`` steps a person."""
    size = len(people)
    # Steps rounded to whole ones may pass the end by one.
    room = np.maximum(most, np.ceil(steps / np.maximum(people, 1))).astype(np.int64)
    return sp.hstack([sp.diags(room, dtype=np.int64), -sp.identity(size, dtype=np.int64)], format="csr")


def _knowing_floors(pair: _Pair, hidden: Bools, rule: AggregationRule) -> System:
    """Where zeros are always shown, what is hidden is known to count at least one."""
    system = pair.system
    counts = system.counts[: pair.cells]
    if rule.zeros is not Zeros.SHOWN or (hidden & (counts == 0)).any():
        return system
    rows = system.matrix[np.flatnonzero(hidden & (counts > 0))]
    return replace(
        system,
        at_least=sp.vstack([system.at_least, rows], format="csr"),
        least=np.concatenate([system.least, np.ones(rows.shape[0], dtype=np.int64)]),
    )


def _exposed(pair: _Pair, system: System, hidden: Bools) -> list[int]:
    """The rows without a second table, or, when there are none, those that are known too closely."""
    rows = pair.both(hidden)
    exposed = sorted(audit(system, rows).exposed)
    close = np.concatenate([np.zeros(pair.cells, dtype=np.bool_), pair.wide > 1]) & system.protected
    if exposed or not close.any():
        return exposed
    told = intervals(replace(system, protected=close), rows)
    return [row for row, (low, high) in sorted(told.items()) if high - low < pair.wide[row - pair.cells] - ALMOST]
