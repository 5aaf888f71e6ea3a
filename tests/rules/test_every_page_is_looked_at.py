"""No page of dialogues or surveys is forgotten by the tests that look at pages with axe."""

from __future__ import annotations

import pytest

from tests.browser.every_page import FILES, FOR_SCRIPTS, LEAD_BACK, looked_at, same_pages
from tests.rules.test_url_matrix import MATRIX


@pytest.mark.parametrize("app", ["dialogues", "surveys"])
def test_every_page_is_on_a_list_of_axe(app: str) -> None:
    seen = set(looked_at())
    assert sorted(name for name, same in same_pages(app).items() if not same & seen) == []


def test_every_name_on_a_list_is_an_address() -> None:
    assert sorted((set(looked_at()) | FILES | FOR_SCRIPTS | LEAD_BACK) - set(MATRIX)) == []
