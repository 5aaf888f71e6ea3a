"""For how long the three questions of a dialogue are open where nobody closes it."""

from __future__ import annotations

from datetime import timedelta
from functools import cache

from dialogues.content import content_of


@cache
def closing_open_for() -> timedelta:
    """From the dialogue's beginning until its three questions end by themselves."""
    return timedelta(days=content_of("evaluations")["closing"]["ends_after_days"])
