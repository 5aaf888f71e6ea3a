"""What must hold of elimination by itself: later steps would mend what it misses, and hide more in doing so."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from datasets.cubes import Cube
from datasets.disclosure import CountTable, elimination
from datasets.disclosure.assembling import system_of
from datasets.disclosure.model import Bools, System, compress, publication_order
from datasets.disclosure.primary import primary_cells
from datasets.disclosure.tables.linking import link
from datasets.disclosure.tables.table import prepare
from tests.attacks.disclosure.cases import some_cube
from tests.attacks.disclosure.notebook import Notebook
from tests.unit.datasets.disclosure.making import (
    RULE,
    counted,
    plain_dimensions,
    some_people,
    whole_cube,
)


def system_for(cubes: Sequence[Cube]) -> System:
    """Tables of the same people as one system, merged where nothing tells cells apart."""
    ready = [prepare(CountTable(cube)) for cube in cubes]
    universe = link(ready)
    return compress(system_of(universe, ready, [primary_cells(table, RULE) for table in ready])).system


def suppressed(system: System) -> Bools:
    """What elimination hides, the protected cells included."""
    order = publication_order(system, zeros_first=False)
    return elimination.secondary_suppression(system, order) | (system.protected & system.shown)


def told_by_sums(system: System, hidden: Bools, *, empty_are_known: bool) -> list[int]:
    """The protected rows that are sums and differences of what is shown."""
    known = system.shown & ~hidden | system.forced
    notes = Notebook(system.matrix.shape[1])
    notes.exactly(system.matrix[known], system.counts[known])
    notes.exactly(system.relations, np.zeros(system.relations.shape[0]))
    protected = np.flatnonzero(system.protected)
    return [int(row) for row in protected if notes.follows(system.matrix[[row]], empty_are_known=empty_are_known)]


def elimination_leaves_no_sum_that_tells() -> None:
    for seed in (1, 3, 5, 7):
        system = system_for([some_cube(seed)])
        assert told_by_sums(system, suppressed(system), empty_are_known=False) == []


def elimination_knows_that_a_sum_of_nobody_is_nobody() -> None:
    for seed in range(6):
        system = system_for([counted(plain_dimensions([4, 4]), some_people(seed, [4, 4], 40, 0.3))])
        assert told_by_sums(system, suppressed(system), empty_are_known=True) == []


def elimination_takes_in_what_ties_tables() -> None:
    """Tables that share one dimension only are summed apart, and tied by its margin."""
    for seed in (0, 1, 2, 5):
        made, people = plain_dimensions([4, 4, 4]), some_people(seed, [4, 4, 4], 90, 0.8)
        system = system_for([counted([made[0], made[at]], [people[0], people[at]]) for at in (1, 2)])
        assert system.relations.shape[0]
        assert told_by_sums(system, suppressed(system), empty_are_known=False) == []


def elimination_says_what_is_revealed_already() -> None:
    system = system_for([whole_cube(plain_dimensions([2, 2]), np.array([[2, 7], [8, 9]]))])
    try:
        suppressed(replace(system, forced=~system.protected))
    except elimination.AlreadyRevealed as revealed:
        assert revealed.rows
    else:
        raise AssertionError("Everything but one cell was out, and nothing was said.")


def elimination_hides_nothing_in_vain() -> None:
    """With any one secondary shown, something protected follows: each is needed where it was decided."""
    system = system_for([some_cube(3)])
    hidden = suppressed(system)
    for row in np.flatnonzero(hidden & ~system.protected & (system.counts > 0)):
        opened = hidden.copy()
        opened[row] = False
        assert told_by_sums(system, opened, empty_are_known=True), "this cell was hidden for nothing"


CORE_CHECKS: tuple[Callable[[], None], ...] = (
    elimination_leaves_no_sum_that_tells,
    elimination_knows_that_a_sum_of_nobody_is_nobody,
    elimination_takes_in_what_ties_tables,
    elimination_says_what_is_revealed_already,
    elimination_hides_nothing_in_vain,
)
