"""Attackers who know more, against brute force: every whole table that fits is tried on tiny tables."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from datasets.disclosure.auditing.attacker import Knowledge
from datasets.disclosure.auditing.audit import Audit, audit
from datasets.disclosure.auditing.movements import Movement, verified
from datasets.disclosure.auditing.repair import repair
from datasets.disclosure.model import Bools, System
from tests.unit.datasets.disclosure.test_audit import every_table, masks, tiny
from tests.unit.datasets.disclosure.test_elimination import core, system_of

INSIDER, INTERVAL, BOTH = Knowledge(insider=True), Knowledge(width=3), Knowledge(insider=True, width=3)


def second_tables(system: System, found: Audit) -> np.ndarray:
    """The tables that the audit shows as its proof (tables × leaf cells), the true one first."""
    tables = [system.leaves]
    for movement in found.movements:
        table = system.leaves.copy()
        np.add.at(table, movement.columns, movement.changes)
        tables.append(table)
    return np.array(tables)


def fit(system: System, hidden: Bools, tables: np.ndarray) -> bool:
    """Whether tables are of whole people and agree with everything that is shown."""
    known = system.known(hidden)
    return bool((tables >= 0).all() and (tables @ known.T.toarray() == known @ system.leaves).all())


def span(system: System, tables: np.ndarray, row: int) -> int:
    """How far apart the values of a figure lie in some tables."""
    return int(np.ptp(tables @ system.matrix[[row]].toarray()[0]))


def closest_insider(system: System, tables: np.ndarray, row: int) -> int:
    """The span as the best placed of those who know their own cell finds it."""
    return min(span(system, tables[tables[:, leaf] > 0], row) for leaf in np.flatnonzero(system.leaves > 0))


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_what_an_insider_is_kept_from_and_what_not(data: st.DataObject):
    system = system_of(data.draw(tiny), k=3)
    hidden = data.draw(masks(system))
    found = audit(system, hidden, knowledge=INSIDER)
    shown, every = second_tables(system, found), every_table(system, hidden)
    assert fit(system, hidden, shown)
    for row in found.cleared:
        assert closest_insider(system, shown, row) > 0
    for row in found.exposed:
        assert closest_insider(system, every, row) == 0


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_which_intervals_are_wide_enough(data: st.DataObject):
    system = system_of(data.draw(tiny), k=3)
    hidden = data.draw(masks(system))
    found = audit(system, hidden, knowledge=INTERVAL)
    shown, every = second_tables(system, found), every_table(system, hidden)
    assert fit(system, hidden, shown)
    for row in found.cleared:
        assert span(system, shown, row) >= INTERVAL.width
    for row in found.exposed:
        assert span(system, every, row) < INTERVAL.width


@pytest.mark.parametrize("knowledge", [INSIDER, INTERVAL, BOTH], ids=["insider", "interval", "both"])
@settings(max_examples=15, deadline=None)
@given(table=tiny)
def test_after_repair_nobody_knows_enough(knowledge: Knowledge, table: np.ndarray):
    system = system_of(table, k=3)
    hidden = core(system)
    movements: list[Movement] = []
    for _ in range(4):
        found = audit(system, hidden, knowledge=knowledge, movements=movements)
        if found.clean:
            break
        movements = list(found.movements)
        hidden = repair(system, hidden, sorted(found.exposed), knowledge=knowledge, movements=movements)
    tables = second_tables(system, found)
    assert fit(system, hidden, tables)
    for row in found.cleared:
        assert span(system, tables, row) >= knowledge.width
        assert not knowledge.insider or closest_insider(system, tables, row) > 0
    if not found.clean:  # nothing more to hide helps: even with everything hidden there is no better table
        everything = np.ones_like(hidden)
        assert audit(system, everything, knowledge=knowledge).exposed >= found.exposed


def test_an_insider_alone_in_a_cell_tells_what_others_cannot():
    """Whoever is the one in a cell knows what moving them away would have hidden."""
    system = system_of(np.array([[1, 0, 9], [0, 1, 9]]), k=3)
    hidden = system.counts < 3
    assert audit(system, hidden).clean
    assert not audit(system, hidden, knowledge=INSIDER).clean


def test_a_movement_proves_nothing_once_a_figure_that_it_changes_is_shown():
    system = system_of(np.array([[1, 1, 9], [1, 1, 9]]), k=3)
    found = audit(system, system.protected)
    assert found.clean
    opened = system.protected.copy()
    opened[int(np.flatnonzero(system.protected)[0])] = False
    again = verified(system, opened, Knowledge(), found.movements)
    assert again.waiting.sum() == system.protected.sum()


def test_a_movement_below_nought_proves_nothing():
    system = system_of(np.array([[1, 1, 9], [1, 1, 9]]), k=3)
    found = audit(system, system.protected)
    false = [replace(movement, changes=2 * movement.changes) for movement in found.movements]
    assert verified(system, system.protected, Knowledge(), false).waiting.any()


def test_the_same_input_gives_the_same_proof():
    system = system_of(np.random.default_rng(7).integers(0, 6, (9, 5)), k=3)
    hidden = core(system)
    first, second = (audit(system, hidden, knowledge=BOTH) for _ in range(2))
    assert [m.changes.tolist() for m in first.movements] == [m.changes.tolist() for m in second.movements]
    assert first.exposed == second.exposed
