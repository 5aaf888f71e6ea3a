"""The core: the peer's own sets, and exactness whatever the arithmetic."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from datasets.disclosure import CountTable
from datasets.disclosure.elimination import AlreadyRevealed, Core, linearly_revealed, secondary_suppression
from datasets.disclosure.model import Bools, System, compress, no_rows, publication_order
from datasets.disclosure.tables.linking import link
from datasets.disclosure.tables.table import prepare
from tests.unit.datasets.disclosure.making import plain_dimensions, whole_cube
from tests.unit.datasets.disclosure.oracle import read_peer

GIVEN = (
    "T01_z1",
    "T02_z2_two_hier",
    "T03_mun_accidents",
    "T04_example1",
    "T05_d3_4dim",
    "T06_d4_social",
    "T07_s26_kom_age",
    "T08_s26_kom_age_sex",
    "T10_s26_ageyears_sex",
    "T12_s290_kom_age_sex",
)


def system_of(counts: np.ndarray, k: int = 4) -> System:
    """A table's cells as a system in which counts under ``k`` are protected."""
    universe = link([prepare(CountTable(whole_cube(plain_dimensions(counts.shape), counts)))])
    everything = np.ones(len(universe.keys), dtype=np.bool_)
    nothing = no_rows(len(universe.leaves))
    return System(
        matrix=universe.matrix,
        leaves=universe.leaves,
        relations=nothing,
        at_least=nothing,
        least=np.zeros(0, dtype=np.int64),
        shown=everything,
        protected=(universe.counts > 0) & (universe.counts < k),
        forced=~everything,
        names=universe.keys,
    )


def core(system: System, *, zeros_first: bool = False, **options: object) -> Bools:
    """What the core hides, protected rows included, on the system as it is."""
    compressed = compress(system)
    small = compressed.system
    secondary = secondary_suppression(small, publication_order(small, zeros_first=zeros_first), **options)
    return compressed.spread(secondary | small.protected)


counts = st.sampled_from([(2, 3), (3, 3), (2, 2, 2), (3, 2, 2)]).flatmap(
    lambda shape: st.lists(st.integers(0, 12), min_size=int(np.prod(shape)), max_size=int(np.prod(shape))).map(
        lambda values: np.array(values, dtype=np.int64).reshape(shape)
    )
)


@pytest.mark.parametrize("form", Core)
@pytest.mark.parametrize("name", GIVEN)
def test_the_core_hides_the_cells_that_the_peer_hides(name: str, form: Core):
    peer = read_peer(name, "z0n")
    assert np.array_equal(core(peer.system, zeros_first=True, core=form), peer.suppressed)


@settings(max_examples=60, deadline=None)
@given(counts)
def test_nothing_protected_is_a_sum_of_what_is_shown_in_exact_fractions(table: np.ndarray):
    system = system_of(table)
    hidden = core(system)
    known = [[Fraction(int(v)) for v in row] for row in system.known(hidden).toarray()]
    rank = _rank(known)
    for row in np.flatnonzero(system.protected):
        vector = [Fraction(int(v)) for v in system.matrix[[row]].toarray()[0]]
        assert _rank([*known, vector]) == rank + 1


@settings(max_examples=40, deadline=None)
@given(counts)
def test_two_primes_agree(table: np.ndarray):
    system = system_of(table)
    assert np.array_equal(core(system), core(system, prime=2**31 - 1))


@settings(max_examples=40, deadline=None)
@given(counts)
def test_opening_any_secondary_would_give_a_primary_away_or_nobody(table: np.ndarray):
    """Each secondary is needed: with it shown, a protected figure follows, or a sum of nobody is laid bare."""
    system = compress(system_of(table)).system
    secondary = secondary_suppression(system, publication_order(system, zeros_first=False))
    hidden = secondary | system.protected
    for row in np.flatnonzero(secondary & (system.counts > 0)):
        opened = hidden.copy()
        opened[row] = False
        assert linearly_revealed(system, opened) or _with_zeros(system, opened)


def test_what_is_known_already_cannot_be_hidden_again():
    system = system_of(np.array([[2, 7], [8, 9]]))
    forced = replace(system, forced=~system.protected)
    with pytest.raises(AlreadyRevealed) as revealed:
        core(forced)
    assert revealed.value.rows


def _with_zeros(system: System, hidden: Bools) -> bool:
    """Whether a protected row follows for one who also knows which leaf cells are empty."""
    zeros = np.flatnonzero(system.leaves == 0)
    units = np.zeros((len(zeros), len(system.leaves)), dtype=np.int64)
    units[np.arange(len(zeros)), zeros] = 1
    return bool(linearly_revealed(replace(system, relations=sp.csr_matrix(units)), hidden))


def _rank(rows: list[list[Fraction]]) -> int:
    rows = [list(row) for row in rows]
    rank = 0
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((r for r in range(rank, len(rows)) if rows[r][column]), None)
        if pivot is None:
            continue
        rows[rank], rows[pivot] = rows[pivot], rows[rank]
        for other in range(rank + 1, len(rows)):
            factor = rows[other][column] / rows[rank][column]
            rows[other] = [a - factor * b for a, b in zip(rows[other], rows[rank], strict=True)]
        rank += 1
    return rank
