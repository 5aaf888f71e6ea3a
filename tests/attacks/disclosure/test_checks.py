"""Every check of checks.py on the engine as it is; test_mutations.py shows that each of them can fail."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.attacks.disclosure.checks import CHECKS
from tests.attacks.disclosure.core_checks import CORE_CHECKS
from tests.attacks.disclosure.demand_checks import DEMAND_CHECKS
from tests.attacks.disclosure.rule_checks import RULE_CHECKS


@pytest.mark.parametrize(
    "check", [*RULE_CHECKS, *CHECKS, *CORE_CHECKS, *DEMAND_CHECKS], ids=lambda check: check.__name__
)
def test_it_holds(check: Callable[[], None]) -> None:
    check()
