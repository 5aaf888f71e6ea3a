"""What all walks through the ways out ask for."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.fixture(autouse=True)
def as_often_as_one_likes(settings: Any) -> None:
    """The walk asks the interfaces hundreds of times in seconds: it looks for figures, not for limits."""
    settings.API_CALLS = 1_000_000
