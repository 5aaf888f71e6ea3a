"""Rules of aggregation: what they may say, and that they only get stricter."""

from dataclasses import replace
from itertools import pairwise

import pytest

from datasets.disclosure import AggregationRule, Sensitivity, Zeros

INTERNAL = AggregationRule.default(Sensitivity.INTERNAL)


@pytest.mark.parametrize("sensitivity", list(Sensitivity))
def test_a_rule_comes_back_from_json(sensitivity: Sensitivity):
    rule = AggregationRule.default(sensitivity)
    assert AggregationRule.from_json(rule.to_json()) == rule


def test_json_with_an_unknown_or_missing_field_is_refused():
    stored = INTERNAL.to_json()
    with pytest.raises(ValueError, match="threshold"):
        AggregationRule.from_json(stored | {"threshold": 3})
    with pytest.raises(ValueError, match="tau"):
        AggregationRule.from_json({name: value for name, value in stored.items() if name != "tau"})
    with pytest.raises(ValueError, match="secret"):
        AggregationRule.from_json(stored | {"sensitivity": "secret"})


@pytest.mark.parametrize("sensitivity", list(Sensitivity))
def test_a_rule_stored_before_a_field_existed_says_nothing_of_it(sensitivity: Sensitivity):
    later = {"insider": False, "interval": False, "deep_base": 0, "dominance": 0}
    rule = AggregationRule.default(sensitivity)
    stored = {name: value for name, value in rule.to_json().items() if name not in later}
    read = AggregationRule.from_json(stored)
    assert read == replace(rule, **later)
    assert rule.stricter_or_equal(read)


def test_the_default_of_what_is_sensitive():
    rule = AggregationRule.default(Sensitivity.SENSITIVE)
    assert rule.tau == rule.k == 5
    assert rule.insider
    assert (rule.max_dimensions, rule.deep_base) == (3, 30)


def test_the_defaults_get_stricter_with_sensitivity():
    rules = [AggregationRule.default(sensitivity) for sensitivity in Sensitivity]
    assert all(after.stricter_or_equal(before) for before, after in pairwise(rules))
    assert rules[0].hides_nothing
    assert not rules[1].hides_nothing


@pytest.mark.parametrize(
    "change",
    [
        {"k": 4},
        {"share_base": 9},
        {"mean_base": 9},
        {"zeros": Zeros.SHOWN},
        {"max_dimensions": 5},
        {"sensitivity": Sensitivity.OPEN},
        {"dominance": 9},
    ],
)
def test_a_looser_rule_is_told_from_a_stricter_one(change: dict[str, object]):
    looser = replace(INTERNAL, **change)
    assert not looser.stricter_or_equal(INTERNAL)
    assert INTERNAL.stricter_or_equal(looser)


@pytest.mark.parametrize("change", [{"insider": True}, {"interval": True}, {"deep_base": 1}, {"dominance": 11}])
def test_what_is_switched_on_stays_on(change: dict[str, object]):
    stricter = replace(INTERNAL, **change)
    assert stricter.stricter_or_equal(INTERNAL)
    assert not INTERNAL.stricter_or_equal(stricter)


def test_rounding_may_only_become_coarser_on_the_same_steps():
    five = replace(INTERNAL, rounding=5)
    assert five.stricter_or_equal(INTERNAL)
    assert replace(INTERNAL, rounding=10).stricter_or_equal(five)
    assert not replace(INTERNAL, rounding=7).stricter_or_equal(five)
    assert not INTERNAL.stricter_or_equal(five)


@pytest.mark.parametrize(
    "change",
    [
        {"k": -1},
        {"k": 2},
        {"max_dimensions": 0},
        {"tau": 5, "zeros": Zeros.SHOWN},
        {"deep_base": -1},
        {"dominance": 101},
    ],
)
def test_a_rule_that_contradicts_itself_is_refused(change: dict[str, object]):
    with pytest.raises(ValueError, match=r"\w"):
        replace(INTERNAL, **change)
