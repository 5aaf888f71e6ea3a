"""The audit against brute force: every whole table that fits is tried on tiny tables."""

from __future__ import annotations

from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from datasets.disclosure.auditing.attacker import Knowledge
from datasets.disclosure.auditing.audit import audit, intervals
from datasets.disclosure.auditing.repair import repair
from datasets.disclosure.model import Bools, System
from tests.unit.datasets.disclosure.test_elimination import core, system_of

LARGEST = 7
FLOOR = Knowledge(at_least_one=True)
tiny = st.lists(st.integers(0, 5), min_size=6, max_size=6).map(
    lambda values: np.array(values, dtype=np.int64).reshape(2, 3)
)


def every_table(system: System, hidden: Bools) -> np.ndarray:
    """All whole leaf tables (tables × leaves), none above ``LARGEST``, that agree with what is shown."""
    grid = np.array(list(product(range(LARGEST + 1), repeat=len(system.leaves))), dtype=np.int8)
    known = system.known(hidden)
    return grid[(grid @ known.T.toarray() == known @ system.leaves).all(axis=1)]


def masks(system: System) -> st.SearchStrategy[Bools]:
    """Any hiding that hides what is protected."""
    size = len(system.names)
    return st.lists(st.booleans(), min_size=size, max_size=size).map(
        lambda marks: np.array(marks, dtype=np.bool_) | system.protected
    )


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_the_audit_exposes_what_brute_force_can_tell(data: st.DataObject):
    system = system_of(data.draw(tiny), k=3)
    hidden = data.draw(masks(system))
    tables = every_table(system, hidden)
    found = audit(system, hidden)
    for row in np.flatnonzero(system.protected):
        values = set((tables @ system.matrix[[row]].toarray()[0]).tolist())
        if int(row) in found.exposed:
            assert len(values) == 1
        elif len(values) == 1:  # its second value lies in a table too large for brute force
            low, high = intervals(system, hidden)[int(row)]
            assert high > max(values) or low < min(values)


@settings(max_examples=20, deadline=None)
@given(tiny)
def test_after_core_and_repair_every_primary_has_two_values(table: np.ndarray):
    system = system_of(table, k=3)
    hidden = core(system)
    for _ in range(3):
        found = audit(system, hidden)
        if found.clean:
            break
        hidden = repair(system, hidden, sorted(found.exposed))
    assert found.clean
    tables = every_table(system, hidden)
    ranges = intervals(system, hidden)
    for row in np.flatnonzero(system.protected):
        values = set((tables @ system.matrix[[row]].toarray()[0]).tolist())
        low, high = ranges[int(row)]
        assert len(values) > 1 or high > LARGEST
        assert low <= system.counts[row] <= high
        assert low <= min(values)


@settings(max_examples=20, deadline=None)
@given(st.data())
def test_a_further_published_figure_never_widens_an_interval(data: st.DataObject):
    system = system_of(data.draw(tiny), k=3)
    hidden = data.draw(masks(system))
    free = np.flatnonzero(hidden & ~system.protected)
    if not len(free):
        return
    opened = hidden.copy()
    opened[data.draw(st.sampled_from(free.tolist()))] = False
    before, after = intervals(system, hidden), intervals(system, opened)
    for row, (low, high) in after.items():
        assert low >= before[row][0]
        assert high <= before[row][1]


def test_one_who_knows_that_hidden_is_at_least_one_learns_more():
    """Two hidden cells that add up to two are one and one, unless either may be nobody."""
    system = system_of(np.array([[1, 1, 9], [1, 1, 9]]), k=3)
    hidden = system.protected
    assert audit(system, hidden).clean
    assert not audit(system, hidden, knowledge=FLOOR).clean
    mended = repair(system, hidden, sorted(audit(system, hidden, knowledge=FLOOR).exposed), knowledge=FLOOR)
    assert audit(system, mended, knowledge=FLOOR).clean
