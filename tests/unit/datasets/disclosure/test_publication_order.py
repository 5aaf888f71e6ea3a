"""In which order cells are tried for publication: what comes first is what readers keep."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given
from hypothesis import strategies as st

from datasets.disclosure import model
from datasets.disclosure.elimination import least_suppression, linearly_revealed, secondary_suppression
from datasets.disclosure.model import System, alike, compress, loss, publication_order, stable_hashes
from tests.unit.datasets.disclosure.oracle import read_peer
from tests.unit.datasets.disclosure.test_elimination import system_of

TABLE = np.array([[2, 30, 12, 17], [25, 14, 19, 21], [18, 16, 40, 22], [0, 11, 13, 35]])


def rows_in_order(system: System, *, zeros_first: bool = False) -> list[str]:
    """The names of the candidates as they are tried."""
    return [system.names[row] for row in publication_order(system, zeros_first=zeros_first)]


def count_of(system: System, name: str) -> int:
    """The figure of a named row."""
    return int(system.counts[system.names.index(name)])


def test_the_larger_count_is_tried_first_and_noughts_last_or_first():
    system = system_of(TABLE)
    counts = [count_of(system, name) for name in rows_in_order(system)]
    assert counts == sorted(counts, reverse=True)
    assert counts[-1] == 0
    assert [count_of(system, name) for name in rows_in_order(system, zeros_first=True)] == [0, *counts[:-1]]


def test_equal_counts_go_by_how_much_they_overlap_with_others():
    """The peer's rule: it adds the overlap, scaled to 0.99 at most, to the count."""
    twelve = system_of(np.where(TABLE > 10, 12, TABLE))
    matrix = twelve.matrix.toarray()
    overlap = np.abs(matrix @ matrix.T @ (twelve.counts + 1))
    peer = twelve.counts + 0.99 * overlap / overlap.max()
    tried = publication_order(twelve, zeros_first=False)
    assert (np.diff(peer[tried]) <= 1e-9).all()


def test_cells_that_nothing_else_tells_apart_go_by_a_hash_that_never_changes():
    assert [hex(number) for number in stable_hashes(["", "a", "foobar"]).tolist()] == [
        "0xcbf29ce484222325",
        "0xaf63dc4c8601ec8c",
        "0x85944171f73967e8",
    ]
    even = system_of(np.full((3, 3), 9))
    leaves = [name for name in rows_in_order(even) if count_of(even, name) == 9]
    assert leaves == sorted(leaves, key=lambda name: int(stable_hashes([name])[0]))


def hidden_counts(system: System) -> list[int]:
    """The figures of the secondary cells."""
    small = compress(system).system
    secondary = secondary_suppression(small, publication_order(small, zeros_first=False))
    return sorted(small.counts[secondary].tolist())


def test_headline_cells_are_kept_and_larger_ones_hidden_for_them():
    system = system_of(TABLE)
    assert 12 in hidden_counts(system)
    kept = replace(system, priority=(system.counts == 12).astype(np.int64))
    assert 12 not in hidden_counts(kept)
    assert rows_in_order(kept)[0] == system.names[np.flatnonzero(system.counts == 12)[0]]


def test_cells_that_nobody_misses_are_hidden_first():
    """A column of "no answer" takes the secondaries, though its counts are larger than others."""
    system = system_of(TABLE)
    last = np.array([name.endswith("d1\x1ed") for name in system.names])
    assert 17 in hidden_counts(replace(system, priority=-last.astype(np.int64)))
    assert 17 not in hidden_counts(system)


def test_a_group_of_equal_cells_has_the_highest_priority_of_those_shown():
    system = system_of(np.array([[9, 0], [8, 0], [7, 0]]))  # each row's total is its first cell
    doubled = replace(
        system,
        matrix=sp.vstack([system.matrix, system.matrix[:2]], format="csr"),
        shown=np.append(system.shown, [True, False]),
        protected=np.append(system.protected, [False, False]),
        forced=np.append(system.forced, [False, False]),
        names=(*system.names, "again 0", "again 1"),
        priority=np.concatenate([np.full(len(system.names), -1), [2, 9]]),
    )
    grouped = compress(doubled)
    assert grouped.system.priority is not None
    of_rows = grouped.system.priority[grouped.group_of]
    assert of_rows[0] == 2
    assert of_rows[1] == -1
    assert set(of_rows.tolist()) == {2, -1}


@pytest.mark.parametrize("name", ["T05_d3_4dim", "T08_s26_kom_age_sex", "T12_s290_kom_age_sex"])
def test_no_more_cells_are_hidden_than_the_peer_hides_and_none_gives_a_primary_away(name: str):
    peer = read_peer(name, "z0s")
    compressed = compress(peer.system)
    least = least_suppression(compressed.system, zeros_first=False)
    hidden = compressed.spread(least | compressed.system.protected)
    assert hidden.sum() <= peer.suppressed.sum()
    assert linearly_revealed(compressed.system, least | compressed.system.protected) == ()


def test_a_figure_that_stands_in_many_tables_is_worth_more():
    system = replace(system_of(TABLE), cells=np.ones(25, dtype=np.int64))
    assert system.cells is not None
    row = int(np.flatnonzero(system.counts == 30)[0])
    often = replace(system, cells=np.where(np.arange(25) == row, 40, 1))
    everything = np.ones(25, dtype=np.bool_)
    assert loss(often, everything) - loss(system, everything) == 39 * (16 + 5)
    tried = publication_order(often, zeros_first=False, nearness=1)
    assert tried[0] == row


def test_rows_that_were_added_later_stand_in_no_cell():
    system = replace(system_of(TABLE), cells=np.full(25, 2))
    more = replace(
        system,
        matrix=sp.vstack([system.matrix, system.matrix[:3]], format="csr"),
        **{mark: np.append(getattr(system, mark), [False] * 3) for mark in ("shown", "protected", "forced")},
        names=(*system.names, "x", "y", "z"),
    )
    grouped = compress(more)
    assert grouped.system.cells is not None
    assert (grouped.system.cells == 2).all()


@given(st.lists(st.lists(st.integers(-1, 1), min_size=4, max_size=4), max_size=12))
def test_identical_rows_are_grouped_and_no_others(rows: list[list[int]]):
    matrix = sp.csr_matrix(np.array(rows, dtype=np.int64).reshape(-1, 4))
    group_of, first = alike(matrix)
    assert [rows[row] for row in first[group_of]] == rows
    assert [rows.index(row) for row in rows] == first[group_of].tolist()
    assert len({tuple(row) for row in rows}) == len(first)


def test_rows_that_share_a_hash_are_still_told_apart(monkeypatch: pytest.MonkeyPatch):
    """A hash that says nothing at first: then another is taken."""
    real = model.row_hashes
    monkeypatch.setattr(
        model, "row_hashes", lambda matrix, salt: real(matrix, salt) if salt else np.zeros(3, dtype=np.uint64)
    )
    group_of, first = alike(sp.csr_matrix(np.array([[1, 0], [0, 1], [1, 0]])))
    assert group_of.tolist() == [0, 1, 0]
    assert first.tolist() == [0, 1]
