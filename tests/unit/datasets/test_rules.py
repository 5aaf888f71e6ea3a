"""A rule chosen for a file is never looser than it must be."""

from __future__ import annotations

import pytest

from datasets.disclosure import AggregationRule, Sensitivity, Zeros
from datasets.rules import GUARDS, chosen_rule, guard_of, stricter

INTERNAL = AggregationRule.default(Sensitivity.INTERNAL)
SENSITIVE = AggregationRule.default(Sensitivity.SENSITIVE)


@pytest.mark.parametrize("least", [INTERNAL, SENSITIVE])
@pytest.mark.parametrize("k", [0, 3, 5, 12])
@pytest.mark.parametrize("zeros", [*Zeros, "", "nonsense"])
@pytest.mark.parametrize("guard", [*GUARDS, "", "nonsense"])
def test_whatever_is_chosen_the_rule_hides_at_least_as_much(
    least: AggregationRule, k: int, zeros: str, guard: str
) -> None:
    rule = stricter(least, {"k": k, "zeros": zeros, "guard": guard, "share_base": None})
    assert rule.stricter_or_equal(least)
    assert rule.k == max(k, least.k)


def test_open_data_stays_open() -> None:
    assert chosen_rule({"sensitivity": "open", "k": 20}).hides_nothing


@pytest.mark.parametrize("guard", GUARDS)
def test_a_guard_is_found_again_in_its_rule(guard: str) -> None:
    assert guard_of(stricter(INTERNAL, {"guard": guard})) == guard
