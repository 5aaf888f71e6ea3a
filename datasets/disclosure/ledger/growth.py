"""What becomes of counts from one state to the next: where everything has only grown, everybody takes it so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import scipy.sparse as sp

from ..auditing.complete import Bounds, fitting_table
from ..model import Bools, Ints, Matrix
from ..refusal import RefusedToPublish
from .stated import Floats
from .states import ANYTHING, Told, placed


def fitted_together(states: Sequence[Told]) -> list[Told]:
    """States, the latest first, with counts that have only grown wherever that is what the figures say.

    Each fits by itself already; what is hidden in them is chosen anew so that they also fit one another, as far
    as they can: in a release that took something back among what is hidden, they cannot.
    """
    now, *before = states
    for held, everyone in ((1, True), (0, True), (1, False)):
        try:
            leaves = _grown_leaves(states, held, everyone)
        except RefusedToPublish:
            continue
        fitted = [
            replace(state, universe=replace(state.universe, leaves=own))
            for state, own in zip(states[held:], leaves, strict=True)
        ]
        return [now, *fitted] if held else fitted
    return [now, *before]


def _grown_leaves(states: Sequence[Told], held: int, everyone: bool) -> list[Ints]:
    """Leaf counts of all states but the first ``held``, each no more than in later ones.

    ``everyone``: than in all later ones, rather than in the latest alone. Raises RefusedToPublish.
    """
    free = states[held:]
    starts = np.cumsum([0, *(len(state.universe.leaves) for state in free)]).tolist()
    columns = starts[-1]
    rows, lower, upper = [sp.csr_matrix((0, columns), dtype=np.int64)], [np.zeros(0)], [np.zeros(0)]

    def add(matrix: Matrix, low: Floats, high: Floats) -> None:
        rows.append(matrix)
        lower.append(low)
        upper.append(high)

    for at, state in enumerate(free):
        own, start = state.universe, starts[at]
        told = [(row, *state.told[key]) for row, key in enumerate(own.keys) if key in state.told]
        place, low, high = np.array(told, dtype=np.float64).reshape(-1, 3).T
        add(placed(own.matrix[place.astype(np.int64)], start, columns), low, high)
        none = np.zeros(own.relations.shape[0])
        add(placed(own.relations, start, columns), none, none)
    for earlier in range(max(held, 1), len(states)):
        for later in range(earlier if everyone else 1):
            new, old, grew = _common(states[later], states[earlier])
            new, old = new[grew], old[grew]
            now, then = states[later].universe, states[earlier].universe
            less = placed(then.matrix[old], starts[earlier - held], columns)
            if later < held:
                add(less, np.full(len(old), -np.inf), now.counts[new].astype(np.float64))
            else:
                more = placed(now.matrix[new], starts[later - held], columns)
                add((more - less).tocsr(), np.zeros(len(old)), np.full(len(old), np.inf))
    bounds = Bounds(sp.vstack(rows, format="csr"), np.concatenate(lower), np.concatenate(upper))
    return np.split(fitting_table(columns, bounds), starts[1:-1])


def _common(later: Told, earlier: Told) -> tuple[Ints, Ints, Bools]:
    """The rows of what two states have in common, and where nothing told has become less."""
    keys = [key for key in earlier.universe.keys if key in later.universe.row_of]
    new = np.array([later.universe.row_of[key] for key in keys], dtype=np.int64)
    old = np.array([earlier.universe.row_of[key] for key in keys], dtype=np.int64)
    grown = parts_that_grew(earlier, later)
    return new, old, np.array([earlier.part_of[key] in grown for key in keys], dtype=np.bool_)


def parts_that_grew(before: Told, later: Told) -> set[tuple[str, ...]]:
    """The parts in which nothing that both tell has become less."""
    common = [key for key in before.told if key in later.universe.row_of]
    low = {key: before.told[key][0] for key in common}
    fallen = {before.part_of[key] for key in common if low[key] > later.told.get(key, ANYTHING)[1]}
    return {before.part_of[key] for key in before.part_of if key in later.universe.row_of} - fallen


@dataclass(frozen=True, eq=False)
class Ties:
    """What two states have in common: rows of each, their ``differences`` (later less earlier) over the columns
    of the whole system, by how much (``gain``) where the counts are some that fit, where nothing can have become
    less (``grew``), and what later releases show (``known``)."""

    new: Ints
    old: Ints
    differences: Matrix
    gain: Ints
    grew: Bools
    known: Bools

    def small(self, k: int) -> Bools:
        """Where the difference is one of fewer than ``k`` people, and not of none.

        Should it come out in the end, it is the same in all counts that fit, so also in these.
        """
        return np.asarray((self.gain != 0) & (np.abs(self.gain) < k))


def ties(later: Told, start: int, earlier: Told, at: int, columns: int) -> Ties:
    """``start`` and ``at``: the first columns of each state among all ``columns``."""
    new, old, grew = _common(later, earlier)
    differences = placed(later.universe.matrix[new], start, columns) - placed(
        earlier.universe.matrix[old], at, columns
    )
    gain = later.universe.counts[new] - earlier.universe.counts[old]
    parts = [earlier.part_of[earlier.universe.keys[row]] for row in old.tolist()]
    fallen = {part for part, more in zip(parts, gain, strict=True) if more < 0}
    grew &= np.array([part not in fallen for part in parts], dtype=np.bool_)
    return Ties(new, old, differences.tocsr(), gain, grew, later.known[new])
