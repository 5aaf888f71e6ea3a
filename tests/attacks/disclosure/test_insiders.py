"""The sensitive class: one who took part learns no more than others, and no secret lies between close bounds."""

from __future__ import annotations

import pytest

from datasets.disclosure import AggregationRule, ReleasedTable, attack_public
from tests.attacks.disclosure.demand_checks import (
    FEW,
    INSIDER,
    INTERVAL,
    LONELY,
    PLAIN,
    TIGHT,
    known_to_insiders,
    narrow,
    protected,
)

REST = [cube for cube in (*LONELY, *TIGHT) if cube not in FEW]


def test_without_the_rule_an_insider_learns_something() -> None:
    """The counter-proof: these tables do tell insiders more, unless the rule is on."""
    assert any(known_to_insiders(cube, table) for cube, table in protected(PLAIN, LONELY))


def test_without_the_rule_some_interval_is_narrow() -> None:
    assert any(narrow(table, PLAIN.k) for _, table in protected(PLAIN, LONELY))


def test_one_who_took_part_learns_nothing() -> None:
    for cube, table in protected(INSIDER, REST):
        assert known_to_insiders(cube, table) == []


def test_every_secret_count_lies_in_a_wide_interval() -> None:
    for _, table in protected(INTERVAL, REST):
        assert narrow(table, INTERVAL.k) == []


@pytest.mark.parametrize("rule", [INSIDER, INTERVAL], ids=["insider", "interval"])
def test_the_price_is_bounded(rule: AggregationRule) -> None:
    """Of what the plain rule shows, more than half still is."""
    plain = sum(table.report.cells - table.report.hidden for _, table in protected(PLAIN, LONELY))
    assert sum(table.report.cells - table.report.hidden for _, table in protected(rule, LONELY)) > plain / 2


@pytest.mark.parametrize("rule", [PLAIN, INSIDER], ids=["plain", "insider"])
def test_the_audit_of_what_is_out_finds_what_insiders_learn_and_nothing_else(rule: AggregationRule) -> None:
    """From what is public alone; held against an attacker of its own who stands where people really are."""
    found = [
        (
            len(attack_public([ReleasedTable(table)], rule.k, insider=True).exposed),
            len({secret for _leaf, secret in known_to_insiders(cube, table)}),
        )
        for cube, table in protected(rule, [*LONELY[:4], *TIGHT[:2]])
    ]
    assert [exposed for exposed, _known in found] == [known for _exposed, known in found]
    assert any(known for _exposed, known in found) is (rule is PLAIN)
