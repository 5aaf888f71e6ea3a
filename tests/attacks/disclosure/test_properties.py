"""What holds of every table, whatever it counts: generated tables, protected and attacked."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import product

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from datasets.cubes import Cube
from datasets.disclosure import ProtectedCube, RefusedToPublish, ReleasedTable, Zeros
from datasets.disclosure.engine import Demands, make_safe
from tests.attacks.disclosure.attacker import Attacker, Knowledge
from tests.attacks.disclosure.checks import attempt, secrets_of
from tests.attacks.disclosure.core_checks import system_for
from tests.attacks.disclosure.generated import Made, examples, leaf_counts, tables, tiny
from tests.unit.datasets.disclosure.making import RULE, plain_dimensions, sums, whole_cube


def protected(made: Made) -> ProtectedCube:
    """The table protected; an example that is refused is none."""
    table = attempt(made.cube, made.rule, **made.about)
    assume(table is not None)
    assert table is not None
    return table


def knowing(made: Made, table: ProtectedCube) -> Knowledge:
    """Where zeros are never hidden, everyone knows that a hidden count is at least one."""
    hides_zeros = bool((made.cube.values[table.report.protected_cells(table.values.shape)] == 0).any())
    return Knowledge(hidden_is_at_least_one=made.rule.zeros is Zeros.SHOWN and not hides_zeros)


def naive(made: Made) -> Cube:
    """The table with nothing but its small counts hidden."""
    hidden = (made.cube.values > 0) & (made.cube.values < made.rule.k)
    return replace(
        made.cube,
        values=np.where(hidden, np.nan, made.cube.values),
        statuses=np.where(hidden, np.uint8(8), made.cube.statuses),
    )


@examples(40)
@given(tables())
def test_nothing_protected_can_be_worked_out(made: Made) -> None:
    table = protected(made)
    attacker = Attacker([table.cube], knows=knowing(made, table))
    assert attacker.pinned(secrets_of(attacker, [table])) == []


@examples(12)
@given(tables())
def test_with_small_counts_alone_hidden_everything_is(made: Made) -> None:
    """The attacker can do it: some small count is always had from a whole table with nothing else hidden."""
    cube = naive(made)
    small = np.isnan(cube.values)
    assume(small.any() and not small.all())
    attacker = Attacker([cube])
    leaves = np.ix_(*([d.positions[leaf] for leaf in d.leaves] for d in cube.dimensions))
    alone = small[leaves].sum() == 1
    if alone:
        assert attacker.pinned(attacker.cells_of(cube, small))
    found = attacker.findings()
    truth = Attacker([made.cube])
    for finding in found:
        assert finding.low <= truth._values[finding.place] <= finding.high


@examples(6)
@given(tables(most_cells=24))
def test_the_truth_lies_inside_every_interval(made: Made) -> None:
    table = protected(made)
    attacker, truth = Attacker([table.cube], knows=knowing(made, table)), Attacker([made.cube])
    for place in attacker.hidden:
        found = attacker.range_of(place)
        assert found.low <= truth._values[place] <= found.high


@examples(6)
@given(tables(most_cells=24), st.randoms(use_true_random=False))
def test_one_more_figure_never_widens_an_interval(made: Made, random: object) -> None:
    table = protected(made)
    free = np.argwhere(np.isnan(table.values) & ~table.report.protected_cells(table.values.shape))
    assume(len(free))
    one = tuple(random.choice(free.tolist()))  # type: ignore[attr-defined]
    values = table.values.copy()
    values[one] = made.cube.values[one]
    statuses = np.where(np.isnan(values), table.statuses, np.uint8(0))
    before, after = Attacker([table.cube]), Attacker([replace(table.cube, values=values, statuses=statuses)])
    for place in secrets_of(before, [table]):
        first, second = before.range_of(place), after.range_of(place)
        assert second.low >= first.low
        assert second.high <= first.high


@examples(15)
@given(tables())
def test_a_larger_k_never_opens_what_was_protected(made: Made) -> None:
    less, more = protected(made), protected(made.under(k=made.rule.k + 2))
    assert np.isnan(more.values[less.report.protected_cells(less.values.shape)]).all()


@examples(15)
@given(tables(), st.randoms(use_true_random=False))
def test_no_order_of_rows_or_columns_shows(made: Made, random: object) -> None:
    table = protected(made)
    axes = list(range(len(made.cube.dimensions)))
    random.shuffle(axes)  # type: ignore[attr-defined]
    values, dimensions = made.cube.values.transpose(axes), []
    for place, axis in enumerate(axes):
        own = made.cube.dimensions[axis]
        order = list(range(len(own)))
        random.shuffle(order)  # type: ignore[attr-defined]
        dimensions.append(replace(own, categories=tuple(own.categories[at] for at in order)))
        values = np.take(values, order, axis=place)
    turned = attempt(Cube.of_values(tuple(dimensions), values), made.rule, **made.about)
    assert turned is not None
    back = turned.cube.select({d.code: d.codes for d in made.cube.dimensions})
    same = back.values.transpose([back.axis(d.code) for d in made.cube.dimensions])
    assert same.tobytes() == table.values.tobytes()


@examples(15)
@given(tables())
def test_an_empty_margin_has_nothing_hidden_under_it(made: Made) -> None:
    table = protected(made.under(zeros=Zeros.SECONDARY, tau=0))
    cube = table.cube
    for axis, one in enumerate(cube.dimensions):
        inside = sums(one).astype(bool)
        ahead = np.moveaxis(table.values, axis, 0)
        leaves = ahead[[one.positions[leaf] for leaf in one.leaves]]
        for place in range(len(one)):
            empty = ahead[place] == 0
            assert not np.isnan(leaves[inside[place]][:, empty]).any()


@examples(12)
@given(tables())
def test_its_own_output_needs_nothing_more(made: Made) -> None:
    """With all that was hidden taken for secret, nothing further has to be."""
    system = system_for([made.cube])
    hidden = make_safe_or_assume(system)
    again = replace(system, protected=hidden)
    assert np.array_equal(make_safe_or_assume(again), hidden)


def make_safe_or_assume(system: object) -> np.ndarray:
    """The rows to hide; an example that is refused is none."""
    try:
        return np.asarray(make_safe(system, Demands(Zeros.SECONDARY), hides_zeros=False).hidden)  # type: ignore[arg-type]
    except RefusedToPublish:
        assume(False)
        raise


@examples(20)
@given(leaf_counts((4, 3)), leaf_counts((4, 3)), st.sampled_from([0.02, 0.1, 0.5]))
def test_no_small_difference_of_two_releases_can_be_worked_out(
    first: np.ndarray, late: np.ndarray, share: float
) -> None:
    """Late answers: who came in between is as secret as a small count."""
    random = np.random.default_rng(int(first.sum() * 1000 + late.sum()))
    added = (late * (random.random(late.shape) < share)).astype(np.int64)
    before, now = (whole_cube(plain_dimensions([4, 3]), counts) for counts in (first * 3, first * 3 + added))
    one = attempt(before, RULE)
    assume(one is not None)
    assert one is not None
    two = attempt(now, RULE, earlier=[ReleasedTable(one, "1")])
    assume(two is not None)
    assert two is not None
    change = two.values - one.values
    truth = now.values - before.values
    shown = replace(now, values=change, statuses=np.where(np.isnan(change), np.uint8(8), np.uint8(0)))
    attacker = Attacker([shown])
    small = (truth > 0) & (truth < RULE.k)
    assert not (small & ~np.isnan(change)).any()
    assert attacker.pinned(attacker.cells_of(now, small)) == []


@cache
def _every_table(cells: int, most: int) -> np.ndarray:
    return np.array(list(product(range(most + 1), repeat=cells)), dtype=np.int64)


@examples(25)
@given(tiny())
def test_every_secret_has_two_values_among_all_tables_that_fit(made: Made) -> None:
    """Brute force: every whole table of six cells that agrees with what is shown is written down."""
    table = protected(made)
    most = 8
    matrix = np.kron(sums(made.cube.dimensions[0]), sums(made.cube.dimensions[1]))
    grid = _every_table(6, most)
    figures = grid @ matrix.T
    shown = ~np.isnan(table.values.ravel())
    fit = (figures[:, shown] == table.values.ravel()[shown]).all(axis=1)
    if knowing(made, table).hidden_is_at_least_one:
        fit &= (figures[:, ~shown] >= 1).all(axis=1)
    assert fit.any()
    for cell in np.flatnonzero(table.report.protected_cells(table.values.shape).ravel()):
        values = set(figures[fit][:, cell].tolist())
        # Where the second value lies beyond the largest table written down, it has been cut off.
        beyond = (figures[fit] >= most).any()
        assert len(values) > 1 or beyond, (cell, values)
