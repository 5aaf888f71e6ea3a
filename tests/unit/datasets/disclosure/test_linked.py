"""Several tables of the same people, and a survey round as it comes out of tabulation."""

from __future__ import annotations

from time import process_time

import numpy as np
import pytest

from datasets.cubes import Cube, Dimension, Reason
from datasets.disclosure import (
    AggregationRule,
    CountTable,
    RefusedToPublish,
    ReleasedTable,
    Sensitivity,
    Why,
    protect,
    protect_linked,
)
from datasets.disclosure.tables.frames import choose_frames
from datasets.disclosure.tables.table import prepare
from tests.unit.datasets.disclosure.making import (
    RULE,
    counted,
    dimension,
    plain_dimensions,
    some_people,
    survey_tables,
    whole_cube,
)

SURVEY = AggregationRule.default(Sensitivity.INTERNAL)


def test_a_figure_that_stands_in_two_tables_has_one_fate():
    groups, tables = survey_tables(250, 3)
    linked = [CountTable(cube, over=cube.dimensions[0].code) for one in tables for cube in one]
    seen: dict[tuple[str, ...], bool] = {}
    for table in protect_linked(linked, SURVEY):
        question, group = table.dimensions
        for answer in (*question.leaves, question.total):
            for code in (*group.leaves, group.total):
                key = tuple(f"{d.code}={c}" for d, c in ((question, answer), (group, code)) if c != d.total)
                hidden = table.cube.cell({question.code: answer, group.code: code}).reason is Reason.SUPPRESSED
                assert seen.setdefault(key, hidden) == hidden
    assert any(seen.values())
    assert len(groups) == 5


def test_tables_that_differ_are_refused():
    made = plain_dimensions([2, 2, 2])
    people = some_people(1, [2, 2, 2], 90)
    one = counted(made[:2], people[:2])
    two = counted(made[1:], [column[:-1] for column in people[1:]])
    with pytest.raises(RefusedToPublish) as refused:
        protect_linked([CountTable(one), CountTable(two)], RULE)
    assert refused.value.reasons[0].why is Why.TABLES_DIFFER


def test_a_ring_of_tables_is_counted_in_one_frame():
    made, people = plain_dimensions([3, 3, 3]), some_people(2, [3, 3, 3], 90)
    pairs = [
        prepare(CountTable(counted([made[a], made[b]], [people[a], people[b]])))
        for a, b in ((0, 1), (0, 2), (1, 2))
    ]
    assert {frame.size for frame in choose_frames(pairs)} == {27}
    assert {frame.size for frame in choose_frames(pairs[:2])} == {9}


def options_cube(chosen: np.ndarray, group: np.ndarray, made: Dimension) -> Cube:
    """A multiple choice: option × chosen or not × group; every option is asked of the same people."""
    answer = dimension("answer", ["yes", "no"])
    tables = [counted([answer, made], [1 - column, group]).values for column in chosen.T]
    option = dimension("option", [f"o{at}" for at in range(chosen.shape[1])], total=None)
    return Cube.of_values((option, answer, made), np.stack(tables))


def test_the_options_of_a_multiple_choice_share_their_base():
    """The base of a small group is hidden for one option, so it is for all, and with the table of the group."""
    random = np.random.default_rng(4)
    group = random.choice(3, 200, p=[0.6, 0.37, 0.03])
    made = dimension("g", ["a", "b", "c"])
    chosen = (random.random((200, 3)) < [0.3, 0.5, 0.1]).astype(np.int64)
    cube = options_cube(chosen, group, made)
    base, options = protect_linked(
        [CountTable(counted([made], [group])), CountTable(cube, over="answer", repeats=("option",))], SURVEY
    )
    hidden = np.isnan(options.values)
    assert hidden[:, :, 2].all()  # the small group, whatever the option and the answer
    assert (hidden[:, 2, :] == hidden[0, 2, :]).all()
    assert (np.isnan(base.values) == hidden[0, 2, :]).all()


@pytest.mark.parametrize("number", [250, 1200])
def test_a_survey_round_is_protected_in_seconds(number: int):
    """30 questions by 5 background questions in one municipality: about a second on one core, never ten."""
    groups, tables = survey_tables(number, 30)
    linked = [CountTable(cube, over=cube.dimensions[0].code) for one in tables for cube in one]
    started = process_time()
    protected = protect_linked(linked, SURVEY)
    assert process_time() - started < 10
    cells = sum(table.report.cells for table in protected)
    hidden = sum(table.report.hidden for table in protected)
    assert hidden / cells < (0.25 if number > 1000 else 0.45)
    assert all(table.report.audit["exposed"] == 0 for table in protected)
    assert len(groups) == 5


class TestEarlierReleases:
    def test_one_that_shows_what_the_rule_hides_now_stops_the_next(self):
        cube = whole_cube(plain_dimensions([3, 2]), np.array([[6, 40], [50, 60], [70, 80]]))
        first = protect(cube, RULE)
        stricter = AggregationRule(Sensitivity.INTERNAL, k=10, share_base=0)
        with pytest.raises(RefusedToPublish) as refused:
            protect(cube, stricter, earlier=[ReleasedTable(first, "1")])
        assert refused.value.reasons[0].why is Why.EARLIER_REVEALS
        assert "d0=a, d1=a" in str(refused.value)

    def test_what_one_hides_stays_hidden_though_it_has_grown(self):
        made = plain_dimensions([3, 2])
        before = whole_cube(made, np.array([[4, 40], [50, 60], [70, 80]]))
        now = whole_cube(made, np.array([[24, 60], [90, 99], [97, 98]]))
        first = protect(before, RULE)
        second = protect(now, RULE, earlier=[ReleasedTable(first, "1")])
        assert np.isnan(second.values[0, 0])

    def test_rounded_figures_are_known_between_two_bounds(self):
        rule = AggregationRule(Sensitivity.INTERNAL, k=5, share_base=0, rounding=5)
        made, people = plain_dimensions([4, 3]), some_people(3, [4, 3], 300)
        first = protect(counted(made, people), rule)
        again = protect(counted(made, people), rule, earlier=[ReleasedTable(first, "1")])
        primary = again.report.protected_cells(again.values.shape)
        assert np.isnan(again.values[primary]).all()
