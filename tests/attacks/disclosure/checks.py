"""What must hold of protected tables, each as a function that raises AssertionError where it does not.

The ordinary tests call them on tables as they are protected; test_mutations.py calls them on an engine of
which one step is broken, and expects the error.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from datasets.cubes import Cube, Reason
from datasets.disclosure import (
    AggregationRule,
    CountTable,
    ProtectedCube,
    RefusedToPublish,
    ReleasedTable,
    Sensitivity,
    Why,
    Zeros,
    protect,
    protect_linked,
)
from tests.attacks.disclosure.attacker import Attacker, Knowledge, Place
from tests.attacks.disclosure.cases import (
    one_question,
    option_by_option,
    options_table,
    pairs,
    some_cube,
    tight_cube,
)
from tests.unit.datasets.disclosure.making import (
    RULE,
    counted,
    dimension,
    plain_dimensions,
    some_people,
    whole_cube,
)

MOST_SECONDARIES = 90
"""So many were hidden beside the primary ones in `little_more_is_hidden_than_must_be`."""
SHARES = AggregationRule.default(Sensitivity.INTERNAL)
SENSITIVE = replace(AggregationRule.default(Sensitivity.SENSITIVE), max_dimensions=4)


def attempt(cube: Cube, rule: AggregationRule, **about: object) -> ProtectedCube | None:
    """The table protected; None where that is refused."""
    try:
        return protect(cube, rule, **about)  # type: ignore[arg-type]
    except RefusedToPublish:
        return None


def secrets_of(attacker: Attacker, tables: Sequence[ProtectedCube]) -> list[Place]:
    """The cells that the tables' own rule protects."""
    return sorted(
        {
            place
            for table in tables
            for place in attacker.cells_of(table.cube, table.report.protected_cells(table.values.shape))
        }
    )


def nothing_worked_out(tables: Sequence[ProtectedCube], knows: Knowledge | None = None, **limits: int) -> None:
    """No protected cell has one single value in all tables of whole people that fit."""
    attacker = Attacker([table.cube for table in tables], knows=knows)
    found = attacker.pinned(secrets_of(attacker, tables), **limits)
    assert found == [], f"{len(found)} protected figures can be worked out, such as {found[0]}"


# What can be worked out


def one_table_gives_nothing_away() -> None:
    """As few people as make whole numbers tell; zeros secondary and sensitive."""
    for zeros, seeds in ((Zeros.SECONDARY, (4, 12, 83)), (Zeros.SENSITIVE, (9,))):
        for seed in seeds:
            table = attempt(tight_cube(seed), replace(RULE, zeros=zeros))
            assert table is not None
            nothing_worked_out([table])
    for seed in (3, 5, 19):
        table = attempt(some_cube(seed), RULE)
        assert table is not None
        nothing_worked_out([table])


def one_who_knows_that_hidden_is_at_least_one_learns_nothing() -> None:
    for seed in (0, 9, 41):
        table = attempt(tight_cube(seed), replace(RULE, zeros=Zeros.SHOWN))
        assert table is not None
        truth = tight_cube(seed).values
        assert not np.isnan(table.values[truth == 0]).any(), "a zero is hidden where all are shown"
        nothing_worked_out([table], Knowledge(hidden_is_at_least_one=True))


def tables_of_the_same_people_give_nothing_away() -> None:
    """Tables in one frame, and tables that are tied by a margin alone."""
    for tables in (pairs(0), pairs(3, 60, 0.5), one_question()):
        nothing_worked_out(protect_linked([CountTable(cube) for cube in tables], RULE))


def the_options_of_a_question_give_nothing_away() -> None:
    for seed in (0, 2, 3, 5):
        base, options, _ = options_table(seed)
        try:
            kept, table = protect_linked([base, options], SHARES)
        except RefusedToPublish:
            continue
        apart = option_by_option(table.cube)
        attacker = Attacker([kept.cube, *apart])
        secret = table.report.protected_cells(table.values.shape)
        places = {p for cube, mask in zip(apart, secret, strict=True) for p in attacker.cells_of(cube, mask)}
        assert attacker.pinned(sorted(places | set(secrets_of(attacker, [kept])))) == []


def a_later_table_gives_nothing_away() -> None:
    """First people by two things, later the same people by three."""
    for seed in (1, 8, 13):
        made, people = plain_dimensions([3, 4, 3]), some_people(seed, [3, 4, 3], 150, 0.7)
        first = attempt(counted(made[:2], people[:2]), RULE)
        assert first is not None
        second = attempt(counted(made, people), RULE, earlier=[ReleasedTable(first, "1")])
        if second is not None:
            nothing_worked_out([first, second])


def late_answers_stay_unknown() -> None:
    """Where counts have grown by fewer than k, no difference of two releases can be worked out."""
    made, people = plain_dimensions([4, 3]), some_people(1, [4, 3], 400)
    before = counted(made, [column[:380] for column in people])
    first = protect(before, RULE)
    second = attempt(counted(made, people), RULE, earlier=[ReleasedTable(first, "1")])
    assert second is not None
    change = np.abs(second.values - first.values)
    assert not ((change > 0) & (change < RULE.k)).any()


def what_is_out_already_is_refused() -> None:
    """A figure that an earlier release shows cannot be hidden again."""
    cube = whole_cube(plain_dimensions([3, 2]), np.array([[6, 40], [50, 60], [70, 80]]))
    first = protect(cube, RULE)
    try:
        protect(cube, replace(RULE, k=10), earlier=[ReleasedTable(first, "1")])
    except RefusedToPublish as refused:
        assert refused.reasons[0].why is Why.EARLIER_REVEALS
    else:
        raise AssertionError("What an earlier release shows was taken for a secret.")


def what_was_protected_stays_so() -> None:
    """Also when it has grown beyond the threshold since."""
    made = plain_dimensions([3, 2])
    first = protect(whole_cube(made, np.array([[4, 40], [50, 60], [70, 80]])), RULE)
    now = whole_cube(made, np.array([[24, 60], [90, 99], [97, 98]]))
    second = attempt(now, RULE, earlier=[ReleasedTable(first, "1")])
    assert second is None or np.isnan(second.values[0, 0])


def an_empty_margin_has_nothing_hidden_under_it() -> None:
    for seed in range(8):
        cube = counted(plain_dimensions([4, 4]), some_people(seed, [4, 4], 40, 0.3))
        table = attempt(cube, RULE)
        if table is None:
            continue
        values = table.values
        for margin, cells in ((values[:4, 4], values[:4, :4]), (values[4, :4], values[:4, :4].T)):
            assert not np.isnan(cells[margin == 0]).any()


# What is told beside the figures, and what it costs


def what_is_told_depends_on_what_is_shown_alone() -> None:
    """Two tables that differ only where figures are hidden give readers the same bytes."""
    made = [dimension("d", ["a", "b", "c"]), dimension("e", ["u", "v"])]
    alike = []
    for small in (3, 2):
        counts = np.array([[small, 614 - small], [523, 407], [302 - small, small]])
        alike.append(protect(whole_cube(made, counts), RULE, input_key=b"a key"))
    one, two = alike
    if not np.array_equal(one.values, two.values, equal_nan=True):
        raise AssertionError("The example no longer shows the same figures; choose another.")
    for told in (lambda table: table.report.for_readers(), lambda table: table.select({}).report.to_json()):
        assert told(one) == told(two), "something beside the figures tells the two apart"
    assert one.select({}).content_hash == two.select({}).content_hash


def every_hidden_cell_carries_one_sign() -> None:
    table = attempt(some_cube(3), RULE)
    assert table is not None
    assert table.report.primary and table.report.secondary
    assert set(table.statuses[np.isnan(table.values)].tolist()) == {Reason.SUPPRESSED}
    assert table.report.hidden == int(np.isnan(table.values).sum())


def no_order_shows_through() -> None:
    """Dimensions and categories turned round: the same figures, byte for byte."""
    for seed in (2, 53, 55):
        cube = some_cube(seed)
        one = attempt(cube, RULE)
        turned = [replace(d, categories=tuple(reversed(d.categories))) for d in reversed(cube.dimensions)]
        values = np.flip(cube.values.transpose(), axis=tuple(range(cube.values.ndim)))
        two = attempt(Cube.of_values(tuple(turned), values), RULE)
        assert (one is None) == (two is None)
        if one is not None and two is not None:
            back = np.flip(two.values, axis=tuple(range(two.values.ndim))).transpose()
            assert back.tobytes() == one.values.tobytes()


def little_more_is_hidden_than_must_be() -> None:
    """Hidden cells over some tables, not more than when this was written; nothing is refused without need."""
    hidden = 0
    for seed in (2, 3, 5, 9, 11):
        table = attempt(some_cube(seed), RULE)
        assert table is not None, seed
        hidden += table.report.secondary
    for seed in (0, 9):
        table = attempt(tight_cube(seed), replace(RULE, zeros=Zeros.SHOWN))
        assert table is not None, seed
        hidden += table.report.secondary
    assert hidden <= MOST_SECONDARIES, f"{hidden} secondaries"


def the_certificate_says_what_was_tried() -> None:
    table = attempt(tight_cube(9), replace(RULE, zeros=Zeros.SHOWN))
    assert table is not None
    audit = table.report.audit
    assert audit["exposed"] == 0
    assert audit["protected"] >= table.report.primary
    assert len(audit["attackers"]) == 3


CHECKS: tuple[Callable[[], None], ...] = (
    one_table_gives_nothing_away,
    one_who_knows_that_hidden_is_at_least_one_learns_nothing,
    tables_of_the_same_people_give_nothing_away,
    the_options_of_a_question_give_nothing_away,
    a_later_table_gives_nothing_away,
    late_answers_stay_unknown,
    what_is_out_already_is_refused,
    what_was_protected_stays_so,
    an_empty_margin_has_nothing_hidden_under_it,
    what_is_told_depends_on_what_is_shown_alone,
    every_hidden_cell_carries_one_sign,
    no_order_shows_through,
    little_more_is_hidden_than_must_be,
    the_certificate_says_what_was_tried,
)
