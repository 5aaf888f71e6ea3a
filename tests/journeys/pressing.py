"""Pressing buttons and following links, each to the page that they lead to."""

from __future__ import annotations

import re
from typing import Any


def press(page: Any, name: str | re.Pattern[str], *, exact: bool = False) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=exact).first.click()


def follow(page: Any, name: str | re.Pattern[str]) -> None:
    with page.expect_navigation():
        page.get_by_role("link", name=name).first.click()
