"""Each step of the engine broken on purpose: a named check of the suite turns red for every one."""

from __future__ import annotations

import pytest

from tests.attacks.disclosure.breaking import Break
from tests.attacks.disclosure.checks import CHECKS
from tests.attacks.disclosure.core_checks import CORE_CHECKS
from tests.attacks.disclosure.demand_checks import DEMAND_CHECKS
from tests.attacks.disclosure.mutations import MUTATIONS, Mutation
from tests.attacks.disclosure.rule_checks import RULE_CHECKS


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.name)
def test_a_check_turns_red(mutation: Mutation, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = Break(monkeypatch)
    mutation.apply(engine)
    with pytest.raises(AssertionError):
        mutation.check()
    assert engine.taken, "The broken step was never taken: it has moved, and this mutation proves nothing."


def test_every_check_is_turned_red_by_some_mutation() -> None:
    assert {mutation.check for mutation in MUTATIONS} == {*RULE_CHECKS, *CHECKS, *CORE_CHECKS, *DEMAND_CHECKS}
