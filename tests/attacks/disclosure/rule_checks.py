"""What the rule itself must hide, each as a function that raises AssertionError where it does not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from datasets.cubes import Category, Cube, Dimension, Role
from datasets.disclosure import (
    AggregationRule,
    CountTable,
    ProtectedCube,
    RefusedToPublish,
    Sensitivity,
    Why,
    Zeros,
    protect,
    protect_linked,
    shares,
)
from tests.attacks.disclosure.attacker import Attacker
from tests.attacks.disclosure.cases import answers_by_group
from tests.unit.datasets.disclosure.making import (
    RULE,
    counted,
    dimension,
    plain_dimensions,
    some_people,
    whole_cube,
)

SHARES = AggregationRule.default(Sensitivity.INTERNAL)


def small_counts_are_hidden() -> None:
    """One to k - 1, and not k."""
    for k in (3, 5):
        for count, hides in ((1, True), (k - 1, True), (k, False), (0, False)):
            table = protect(_with_one(count), replace(RULE, k=k))
            assert np.isnan(table.values[0, 0]) == hides, (k, count)
            assert hides or not np.isnan(table.values).any()


def noughts_are_hidden_where_they_are_secret() -> None:
    assert np.isnan(protect(_with_one(0), replace(RULE, zeros=Zeros.SENSITIVE)).values[0, 0])


def shares_of_few_are_hidden() -> None:
    """A group under the base with all its answers, the base and the shares of it."""
    made = [dimension("q", ["yes", "no", "none"]), dimension("g", ["a", "b", "c"])]
    for yes, none, hides in ((9, 0, True), (10, 0, False), (9, 5, True), (10, 5, False)):
        counts = np.array([[yes, 40, 50], [0, 30, 60], [none, 12, 14]])
        table = protect(whole_cube(made, counts), SHARES, over="q", leave_out=["none"])
        share = shares(table, "q", leave_out=["none"]).values[0, 0, 0]
        assert np.isnan(table.values[0, 0]) == hides, (yes, none)
        assert np.isnan(share) == hides
        known = Attacker([table.cube])
        base = {leaf: known.row(known.place(q=leaf, g="a")) for leaf in ("yes", "no")}
        assert (known.notebook.pinned(base["yes"] + base["no"]) == []) == hides
    for seed in (69, 176):
        case = answers_by_group(seed)
        table = protect(case.cube, replace(SHARES, share_base=12, k=3), over="q", leave_out=["none"])
        for group, base_of in case.bases().items():
            assert not 0 < base_of < 12 or not told_of(table, group, ("often", "always", "never"))


def groups_that_are_all_alike_are_hidden() -> None:
    """Nobody, hardly anybody, all but hardly anybody: what a group has in common is not told."""
    made = [dimension("q", ["often", "always", "never"]), dimension("g", ["a", "b", "c"])]
    rule = replace(SHARES, tau=5, k=3, share_base=0)
    for having, lacking, hides in ((40, 0, True), (40, 4, True), (0, 40, True), (4, 40, True), (40, 5, False)):
        often = having // 2
        counts = np.array([[often, 40, 44], [having - often, 42, 50], [lacking, 61, 70]])
        table = protect(whole_cube(made, counts), rule, over="q", sensitive=[{"often", "always"}])
        known = Attacker([table.cube])
        rows = {code: known.row(known.place(q=code, g="a")) for code in ("often", "always", "never")}
        told = [known.notebook.pinned(rows["often"] + rows["always"]), known.notebook.pinned(rows["never"])]
        assert (told == [[], []]) == hides, (having, lacking, told)
    for seed in (0, 2, 5):
        case = answers_by_group(seed)
        table = protect(case.cube, rule, over="q", leave_out=["none"], sensitive=[{"often", "always"}])
        for group, (often, always, never, _) in case.counts().items():
            if often + always + never and min(often + always, never) < rule.tau:
                assert not told_of(table, group, ("often", "always")), (seed, group)
                assert not told_of(table, group, ("never",)), (seed, group)


def counties_are_sums_of_their_places() -> None:
    """Without a total, a county and all but one of its places give that one away."""
    places = ["0114", "0115", "0117", "0201"]
    made = dimension("geo", places, parents={place: f"L{place[:2]}" for place in places}, total=None)
    values = np.array([3.0, 40, 60, 70, 103, 70])
    hidden = np.isnan(protect(Cube.of_values((made,), values), RULE).values)
    assert hidden[0] and hidden[[1, 2, 4]].any(), "the county tells"


def told_of(table: ProtectedCube, group: str, answers: Sequence[str]) -> bool:
    """Whether it can be worked out how many of a group gave any of some answers."""
    known = Attacker([table.cube])
    rows = [known.row(known.place(q=answer, g=group)) for answer in answers]
    return bool(known.notebook.pinned(sum(rows[1:], rows[0])))


def tables_of_too_many_dimensions_are_refused() -> None:
    cube = counted(plain_dimensions([2, 2, 2]), some_people(1, [2, 2, 2], 500))
    try:
        protect(cube, replace(RULE, max_dimensions=2))
    except RefusedToPublish as refused:
        assert refused.reasons[0].why is Why.TOO_MANY_DIMENSIONS
    else:
        raise AssertionError("Three dimensions were crossed where two are allowed.")


def sums_that_nobody_declared_are_known() -> None:
    """A total among the categories, counties over municipalities, and a total that is not shown at all."""
    counts = np.array([3.0, 40, 50, 93])
    plain = Dimension("d", {"sv": "d"}, tuple(Category(c, {"sv": c}) for c in ("a", "b", "c", "t")))
    assert np.isnan(protect(Cube.of_values((plain,), counts), RULE).values).sum() >= 2, "the total tells"
    codes = ["01", "0114", "0115", "0117", "02", "0201", "0202"]
    places = Dimension("geo", {"sv": "geo"}, tuple(Category(c, {"sv": c}) for c in codes), role=Role.GEO)
    table = protect(Cube.of_values((places,), np.array([103.0, 3, 40, 60, 95, 45, 50])), RULE)
    assert np.isnan(table.values[:4]).sum() >= 2, "the county tells"
    # What nobody shows but anyone can add up: all the places, where another table counts the same people.
    apart = replace(dimension("d", ["a", "b", "c"], total=None), summable=True)
    groups = dimension("e", ["u", "v"], total=None)
    cube = Cube.of_values((apart, groups), np.array([[3.0, 60], [40, 50], [70, 80]]))
    every = Cube.of_values((groups,), np.array([113.0, 190]))
    table, _ = protect_linked([CountTable(cube), CountTable(every)], RULE)
    assert np.isnan(table.values[:, 0]).sum() >= 2, "the sum of the places tells"


def _with_one(count: int) -> Cube:
    return whole_cube(plain_dimensions([3, 2]), np.array([[count, 90], [80, 70], [60, 50]]))


RULE_CHECKS: tuple[Callable[[], None], ...] = (
    small_counts_are_hidden,
    noughts_are_hidden_where_they_are_secret,
    shares_of_few_are_hidden,
    groups_that_are_all_alike_are_hidden,
    tables_of_too_many_dimensions_are_refused,
    sums_that_nobody_declared_are_known,
    counties_are_sums_of_their_places,
)
