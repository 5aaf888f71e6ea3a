"""Shares are worked out from published counts, and hidden where those are."""

from __future__ import annotations

import numpy as np
import pytest

from datasets.cubes import CubeError, Reason
from datasets.disclosure import AggregationRule, ProtectedCube, Sensitivity, protect, shares
from tests.unit.datasets.disclosure.making import counted, dimension, some_people, whole_cube

RULE = AggregationRule.default(Sensitivity.INTERNAL)
QUESTION = dimension("q", ["yes", "no", "none"])
GROUP = dimension("g", ["a", "b", "c", "d"])


@pytest.fixture(scope="module")
def answers() -> ProtectedCube:
    counts = np.array([[30, 3, 14, 0], [60, 40, 50, 0], [10, 20, 6, 0]])
    return protect(whole_cube([QUESTION, GROUP], counts), RULE, over="q")


def test_a_share_stands_on_its_count_and_its_base(answers: ProtectedCube):
    table = shares(answers, "q").cube
    cell = {"q": "yes", "g": "a", "measure": "share"}
    assert table.cell(cell).value == pytest.approx(30)
    assert table.cell(cell | {"measure": "base"}).value == 100
    low, high = (table.cell(cell | {"measure": m}).value for m in ("low", "high"))
    assert low == pytest.approx(21.89, abs=0.01)
    assert high == pytest.approx(39.58, abs=0.01)


def test_a_hidden_count_hides_its_share(answers: ProtectedCube):
    table = shares(answers, "q")
    assert np.isnan(answers.values[0, 1])
    hidden = np.isnan(answers.values[:3]) | np.isnan(answers.values[3])
    empty = answers.values[3] == 0
    assert (np.isnan(table.values[..., 0]) == (hidden | empty)).all()
    assert (table.statuses[..., 0][hidden] == Reason.SUPPRESSED).all()
    assert (np.isnan(table.values[..., 3]) == np.isnan(answers.values[3])).all()  # the base has its own fate


def test_a_group_of_nobody_has_no_shares(answers: ProtectedCube):
    table = shares(answers, "q")
    assert (table.statuses[:, 3, :3] == Reason.NOT_APPLICABLE).all()
    assert (table.values[:, 3, 3] == 0).all()


def test_parts_left_out_are_not_in_the_base(answers: ProtectedCube):
    table = shares(answers, "q", leave_out=["none"]).cube
    assert table.dimension("q").codes == ("yes", "no")
    assert table.cell({"q": "yes", "g": "a", "measure": "base"}).value == 90


def test_shares_are_protected_and_never_added(answers: ProtectedCube):
    table = shares(answers, "q")
    assert isinstance(table, ProtectedCube)
    assert not any(d.summable for d in table.dimensions)
    assert table.report.protected == ""


def test_shares_need_a_total():
    cube = counted([dimension("q", ["a", "b"], total=None), GROUP], some_people(1, [2, 4], 900))
    with pytest.raises(CubeError, match="total"):
        shares(protect(cube, RULE), "q")
